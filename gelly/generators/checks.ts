/** Checks that generators share. */
import { knownOptions, plainObject, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'

/** @throws {ArgumentError} Unless `options` is an object with no other names than those in `known`. */
export function checkOptions(options: object, known: readonly string[], operation: string): void {
  plainObject(options, operation, 'the options', `{ ${known[0]}: ... }`)
  knownOptions(options, known, operation)
}

/** @throws {ArgumentError} Unless `seed` is an integer. */
export function checkSeed(seed: unknown, operation: string): void {
  if (Number.isSafeInteger(seed)) return
  throw new ArgumentError(`${operation}: seed must be an integer; got ${shown(seed)}.`)
}

/** @throws {ArgumentError} Unless `value` is a number from 0 to 1. */
export function checkProbability(value: unknown, operation: string, name: string): void {
  if (typeof value === 'number' && value >= 0 && value <= 1) return
  throw new ArgumentError(`${operation}: ${name} must be from 0 to 1; got ${shown(value)}.`)
}
