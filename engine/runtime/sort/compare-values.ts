/**
 * The order of values, one for all operators:
 *
 *     booleans < numbers and bigints < strings < dates < others by their text < NaN < missing
 *
 * Arrays order by their first values, then by their second ones, a shorter one before a longer one.
 * Strings order by UTF-16 code units. -0 equals 0; an invalid date counts as NaN. In a descending
 * order the values turn round, but NaN and then missing values stay last.
 */

import type { Direction } from '../../plan/key.js'
import { isDate } from '../../types/column-writer.js'

const NAN_CLASS = 8
const MISSING_CLASS = 9

/** Negative, zero or positive as `a` comes before, with or after `b`. */
export function compareValues(a: unknown, b: unknown, direction: Direction = 'ascending'): number {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) return direction === 'ascending' ? -1 : 1
    if (a > b) return direction === 'ascending' ? 1 : -1
    if (a === b) return 0
  } else if (typeof a === 'string' && typeof b === 'string') {
    if (a === b) return 0
    return a < b === (direction === 'ascending') ? -1 : 1
  }
  const classA = classOf(a)
  const classB = classOf(b)
  if (classA >= NAN_CLASS || classB >= NAN_CLASS) return classA - classB
  const ascending = classA === classB ? compareSame(a, b, classA) : classA - classB
  return direction === 'ascending' ? ascending : -ascending
}

function classOf(value: unknown): number {
  if (value === null || value === undefined) return MISSING_CLASS
  if (typeof value === 'boolean') return 0
  if (typeof value === 'number') return Number.isNaN(value) ? NAN_CLASS : 1
  if (typeof value === 'bigint') return 1
  if (typeof value === 'string') return 2
  if (isDate(value)) return Number.isNaN(value.getTime()) ? NAN_CLASS : 3
  return 4
}

function compareSame(a: unknown, b: unknown, valueClass: number): number {
  if (valueClass === 4) {
    if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b)
    return compareTexts(textOf(a), textOf(b))
  }
  if (valueClass === 3) return (a as Date).getTime() - (b as Date).getTime()
  const x = a as number
  const y = b as number
  return x < y ? -1 : x > y ? 1 : 0
}

/** Like `compareValues`, by each component in turn; ascending where no direction is given. */
export function compareKeys(
  a: readonly unknown[],
  b: readonly unknown[],
  directions: readonly Direction[] = [],
): number {
  for (let k = 0; k < a.length; k++) {
    const order = compareValues(a[k], b[k], directions[k])
    if (order !== 0) return order
  }
  return 0
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length)
  for (let k = 0; k < length; k++) {
    const order = compareValues(a[k], b[k])
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Objects as JSON where that is possible, so that those with equal content are equal. */
function textOf(value: unknown): string {
  if (ArrayBuffer.isView(value)) return String(value)
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}
