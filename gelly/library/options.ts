/** Options that several algorithms share, and their checks. */
import { knownOptions, trueOrFalse } from '../../engine/extend.js'
import type { SearchProgress } from './search-progress.js'

/** Options of algorithms without any other. */
export interface SignalOptions {
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
}

/** Options of algorithms whose work is long, and has no iterations. */
export interface WorkOptions extends SignalOptions {
  /** Called about ten times a second with how much of the work is done, of how much. */
  readonly onProgress?: SearchProgress
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

/** @throws {ArgumentError} If there is an option other than `signal` and `onProgress`. */
export function workOptions(options: WorkOptions = {}, operation: string): WorkOptions {
  knownOptions(options, ['signal', 'onProgress'], operation)
  return options
}

/** Options of algorithms whose work is long, and that can heed the direction of edges. */
export interface DirectedWorkOptions extends DirectedOptions, WorkOptions {}

/** @throws {ArgumentError} If there is another option, or `directed` is not a boolean. */
export function directedWorkOptions(
  options: DirectedWorkOptions = {},
  operation: string,
): DirectedWorkOptions & { readonly directed: boolean } {
  const { onProgress, ...others } = options
  return { ...directedOptions(others, operation), ...(onProgress && { onProgress }) }
}

/** @throws {ArgumentError} If there is another option, or `directed` is not a boolean. */
export function directedOptions(
  options: DirectedOptions = {},
  operation: string,
): DirectedOptions & { readonly directed: boolean } {
  knownOptions(options, ['directed', 'signal'], operation)
  const { directed = false, signal } = options
  trueOrFalse(directed, operation, 'directed')
  return { directed, signal }
}
