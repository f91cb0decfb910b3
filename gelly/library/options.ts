/** Options that several algorithms share, and their checks. */
import { knownOptions } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'

/** Options of algorithms without any other. */
export interface SignalOptions {
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
}

/** Options of algorithms that can heed the direction of edges. */
export interface DirectedOptions extends SignalOptions {
  /** Whether the direction of edges counts. Default: false. */
  readonly directed?: boolean
}

/** @throws {ArgumentError} If there is an option other than `signal`. */
export function signalOptions(options: SignalOptions = {}, operation: string): SignalOptions {
  knownOptions(options, ['signal'], operation)
  return options
}

/** @throws {ArgumentError} If there is another option, or `directed` is not a boolean. */
export function directedOptions(
  options: DirectedOptions = {},
  operation: string,
): DirectedOptions & { readonly directed: boolean } {
  knownOptions(options, ['directed', 'signal'], operation)
  const { directed = false, signal } = options
  requireBoolean(directed, operation, 'directed')
  return { directed, signal }
}

/** @throws {ArgumentError} Unless `value` is `true` or `false`. */
export function requireBoolean(value: unknown, operation: string, name: string): void {
  if (typeof value === 'boolean') return
  throw new ArgumentError(`${operation}: ${name} must be true or false; got ${String(value)}.`)
}

/** @throws {ArgumentError} Unless `value` is a number from `least` to `most`. */
export function requireNumber(
  value: unknown,
  operation: string,
  name: string,
  least: number,
  most = Number.POSITIVE_INFINITY,
): void {
  if (typeof value === 'number' && value >= least && value <= most) return
  const upTo =
    most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`
  throw new ArgumentError(`${operation}: ${name} must be a number ${upTo}; got ${String(value)}.`)
}

/** @throws {ArgumentError} Unless `value` is an integer of at least 0. */
export function requireCount(value: unknown, operation: string, name: string): void {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return
  throw new ArgumentError(
    `${operation}: ${name} must be a non-negative integer; got ${String(value)}.`,
  )
}

/** @throws {ArgumentError} Unless `value` is one of `known`. */
export function requireOneOf(
  value: unknown,
  known: readonly string[],
  operation: string,
  name: string,
): void {
  if (known.includes(value as string)) return
  const list = known.map(each => `'${each}'`).join(' or ')
  throw new ArgumentError(`${operation}: ${name} must be ${list}; got ${String(value)}.`)
}
