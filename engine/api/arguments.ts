/** Checks of arguments that several operations share. */
import { ArgumentError } from '../errors.js'
import { shown } from '../types/column-writer.js'

/** @throws {ArgumentError} Unless `value` is an integer of at least 1. */
export function positiveInteger(value: unknown, operation: string, name: string): void {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return
  throw new ArgumentError(`${operation}: ${name} must be a positive integer; got ${shown(value)}.`)
}

/**
 * @throws {ArgumentError} If `options` has a key that is not in `known`; names the nearest.
 */
export function knownOptions(
  options: object | undefined,
  known: readonly string[],
  operation: string,
): void {
  for (const key of Object.keys(options ?? {})) {
    if (known.includes(key)) continue
    const list = known.join(', ')
    throw new ArgumentError(`${operation}: unknown option "${key}"; it has ${list}.`)
  }
}

/** @throws {ArgumentError} Unless `value` is an integer of at least 0. */
export function nonNegativeInteger(value: unknown, operation: string, name: string): void {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return
  throw new ArgumentError(
    `${operation}: ${name} must be a non-negative integer; got ${shown(value)}.`,
  )
}

/** @throws {ArgumentError} Unless `value` is one of `known`. */
export function oneOf(
  value: unknown,
  known: readonly string[],
  operation: string,
  name: string,
): void {
  if (known.includes(value as string)) return
  const list = known.map(shown).join(' or ')
  throw new ArgumentError(`${operation}: ${name} must be ${list}; got ${shown(value)}.`)
}
