/** The plan's form of keys and orders as users write them. */
import { ArgumentError, SchemaError } from '../errors.js'
import type { Direction, Key, SortKey } from '../plan/key.js'
import { oneOf } from '../types/arguments.js'
import { shown } from '../types/column-writer.js'
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

/**
 * Names of fields, or paths; positions of tuples may be numbers.
 *
 * @throws {ArgumentError} If there is none, or something else.
 */
export function fieldsOf(given: readonly unknown[], operation: string): readonly string[] {
  if (given.length === 0) throw new ArgumentError(`${operation}: name at least one field.`)
  return given.map(field => {
    const key = typeof field === 'function' ? undefined : keyOf(field, operation)
    if (key?.kind === 'field') return key.path
    throw new ArgumentError(
      `${operation}: a field is given by its name; got ${shown(field)}. Use map or derive to compute values.`,
    )
  })
}

/** @throws {SchemaError} If a record would have two fields of one name. */
export function differentNames(names: readonly string[], operation: string): void {
  const twice = names.find((name, k) => names.indexOf(name) !== k)
  if (twice === undefined) return
  throw new SchemaError(
    `${operation}: the result would have two fields called "${twice}". Name it once, or use selectAs to give another name.`,
  )
}

/** One key from a field path or a key function. */
export function keyOf(given: unknown, operation: string): Key {
  if (typeof given === 'function' || given instanceof Formula) {
    return Object.freeze({ kind: 'function', fn: userFunction(given, operation) })
  }
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0) {
    return Object.freeze({ kind: 'field', path: String(given), operation })
  }
  if (typeof given !== 'string' || given === '') {
    throw new ArgumentError(
      `${operation}: a key is a field name, a function of the record or formula('...'); got ${shown(given)}.${Array.isArray(given) ? ' Give several fields one by one.' : ''}`,
    )
  }
  return Object.freeze({ kind: 'field', path: given, operation })
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
