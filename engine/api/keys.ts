/** The plan's form of keys and orders as users write them. */
import { ArgumentError } from '../errors.js'
import type { Direction, Key, SortKey } from '../plan/key.js'
import { shown } from '../types/column-writer.js'
import { oneOf } from './arguments.js'
import type { FieldOf } from './fields.js'
import { Formula, userFunction } from './function-options.js'

/** What gives a key: a function of the record, or a formula. */
export type KeyFunction<T> = Formula | ((record: T) => unknown)

/** One key: a field, a function of the record, or a formula. */
export type KeyOf<T> = FieldOf<T> | KeyFunction<T>

/**
 * Keys from field paths, or from one key function.
 *
 * @throws {ArgumentError} If there is none, or something else.
 */
export function keysOf(given: readonly unknown[], operation: string): readonly Key[] {
  if (given.length === 0) {
    throw new ArgumentError(`${operation}: name at least one field, or give a key function.`)
  }
  return Object.freeze(given.map(key => keyOf(key, operation)))
}

/** One key from a field path or a key function. */
export function keyOf(given: unknown, operation: string): Key {
  if (typeof given === 'function' || given instanceof Formula) {
    return Object.freeze({ kind: 'function', fn: userFunction(given, operation) })
  }
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0) {
    return Object.freeze({ kind: 'field', path: String(given) })
  }
  if (typeof given !== 'string' || given === '') {
    throw new ArgumentError(
      `${operation}: a key is a field name, a function of the record or formula('...'); got ${shown(given)}.`,
    )
  }
  return Object.freeze({ kind: 'field', path: given })
}

/**
 * One component of an order.
 *
 * @throws {ArgumentError} If the direction is neither 'ascending' nor 'descending'.
 */
export function sortKeyOf(given: unknown, direction: Direction, operation: string): SortKey {
  oneOf(direction, ['ascending', 'descending'], operation, 'direction')
  return Object.freeze({ key: keyOf(given, operation), direction })
}

/**
 * The keys of the other side: as many as there are on this one.
 *
 * @throws {ArgumentError} If the numbers differ.
 */
export function matchingKeys(
  left: readonly Key[],
  given: readonly unknown[],
  operation: string,
): readonly Key[] {
  const right = keysOf(given, operation)
  if (right.length === left.length) return right
  throw new ArgumentError(
    `${operation}: needs as many keys as where, which has ${left.length}; got ${right.length}.`,
  )
}
