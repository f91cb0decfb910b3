/** Checks of arguments that several operations share. */
import { ArgumentError } from '../errors.js'
import { shown } from './column-writer.js'
import { nearestFirst } from './nearest.js'

/**
 * Checks a number of things that cannot be none.
 *
 * @throws {ArgumentError} Unless `value` is an integer of at least 1.
 */
export function positiveInteger(value: unknown, operation: string, name: string): void {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return
  throw new ArgumentError(`${operation}: ${name} must be a positive integer; got ${shown(value)}.`)
}

/**
 * Checks a number of things that may be none.
 *
 * @throws {ArgumentError} Unless `value` is an integer of at least 0.
 */
export function nonNegativeInteger(value: unknown, operation: string, name: string): void {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return
  throw new ArgumentError(
    `${operation}: ${name} must be a non-negative integer; got ${shown(value)}.`,
  )
}

/**
 * Checks a number.
 *
 * @throws {ArgumentError} Unless `value` is a number from `least` to `most`; NaN is none.
 */
export function numberFrom(
  value: unknown,
  operation: string,
  name: string,
  least: number,
  most = Number.POSITIVE_INFINITY,
): void {
  if (typeof value === 'number' && value >= least && value <= most) return
  throw new ArgumentError(
    `${operation}: ${name} must be ${numbersIn(least, most)}; got ${shown(value)}.`,
  )
}

/** Numbers from `least` to `most`, in words: the extremes of what numbers can be are no bounds that say much. */
function numbersIn(least: number, most: number): string {
  const isFree = least <= -Number.MAX_VALUE
  const from = least === Number.MIN_VALUE ? 'above 0' : `of at least ${least}`
  if (most === Number.POSITIVE_INFINITY) return isFree ? 'a number' : `a number ${from}`
  if (most === Number.MAX_VALUE) return isFree ? 'a finite number' : `a finite number ${from}`
  if (least === Number.MIN_VALUE) return `a number above 0 and of at most ${most}`
  if (least === Number.EPSILON && most === 1 - Number.EPSILON) return 'a number above 0 and below 1'
  return `a number from ${least} to ${most}`
}

/**
 * Checks a switch.
 *
 * @throws {ArgumentError} Unless `value` is `true` or `false`.
 */
export function trueOrFalse(value: unknown, operation: string, name: string): void {
  if (typeof value === 'boolean') return
  throw new ArgumentError(`${operation}: ${name} must be true or false; got ${shown(value)}.`)
}

/**
 * Checks a choice.
 *
 * @throws {ArgumentError} Unless `value` is one of `known`.
 */
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

/**
 * Checks the names of options; values are the caller's to check.
 *
 * @throws {ArgumentError} If `options` is not an object, or has a key that is not in `known`; lists
 * the known ones, the nearest first.
 */
export function knownOptions(
  options: object | undefined,
  known: readonly string[],
  operation: string,
): void {
  if (options === undefined) return
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new ArgumentError(
      `${operation}: options must be an object, with ${known.join(', ')}; got ${shown(options)}.`,
    )
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue
    const list = nearestFirst(key, known).join(', ')
    throw new ArgumentError(`${operation}: option "${key}" is not known; there are ${list}.`)
  }
}

/**
 * Checks options of an operation that needs some.
 *
 * @throws {ArgumentError} As for `knownOptions`, and if there are none.
 */
export function requiredOptions(
  options: object | undefined,
  known: readonly string[],
  operation: string,
): void {
  if (options === undefined) {
    throw new ArgumentError(
      `${operation}: there are no options. Give an object with ${known.join(', ')}; not all are needed.`,
    )
  }
  knownOptions(options, known, operation)
}

/**
 * Checks that a value is an object with names and values.
 *
 * @param example What it could be, for the error.
 * @throws {ArgumentError} If it is not.
 */
export function plainObject(
  value: unknown,
  operation: string,
  name: string,
  example: string,
): void {
  if (typeof value === 'object' && value !== null && !isList(value)) return
  throw new ArgumentError(
    `${operation}: ${name} must be an object such as ${example}; got ${shown(value)}.`,
  )
}

/**
 * Checks an object that stands for an interface, such as a source of the user's.
 *
 * @param parts The `typeof` of each of its parts.
 * @throws {ArgumentError} If `value` is not an object, or one of `parts` is missing or another type.
 */
export function hasParts(
  value: unknown,
  parts: Readonly<Record<string, 'string' | 'function'>>,
  operation: string,
  name: string,
): void {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >
  for (const [part, type] of Object.entries(parts)) {
    if (typeof given[part] === type) continue
    const list = Object.keys(parts).join(', ')
    throw new ArgumentError(
      `${operation}: the ${name} must be an object with ${list}; got ${shown(value)}, whose ${part} is not a ${type}.`,
    )
  }
}

function isList(value: object): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value)
}

/** @throws {ArgumentError} Unless `value` is a text that is not empty. */
export function nonEmptyText(value: unknown, operation: string, name: string): void {
  if (typeof value === 'string' && value !== '') return
  throw new ArgumentError(`${operation}: ${name} must be a text; got ${shown(value)}.`)
}
