import { deepStrictEqual } from 'node:assert/strict'
import type { ExecutionContext } from 'ava'

/** How strictly records are compared. */
export interface Comparison {
  /** Whether the order of the records counts. Default true. */
  readonly ordered?: boolean
  /** Numbers may differ by this share of the larger one: 1e-12. Default 0. */
  readonly tolerance?: number
}

/**
 * Asserts that two lists hold the same records, as the engine understands "same": NaN equals NaN,
 * -0 equals 0, and a field that is `undefined`, `null` or absent is missing in all three cases.
 * Typed arrays equal arrays of the same numbers. The order of fields does not count.
 */
export function equalRecords(
  t: ExecutionContext,
  actual: Iterable<unknown>,
  expected: Iterable<unknown>,
  comparison?: Comparison,
): void {
  assertRecords(actual, expected, comparison)
  t.pass()
}

/**
 * The same for use inside a fast-check property, which wants a throw.
 *
 * @throws {AssertionError} If the records differ; the message shows where.
 */
export function assertRecords(
  actual: Iterable<unknown>,
  expected: Iterable<unknown>,
  { ordered = true, tolerance = 0 }: Comparison = {},
): void {
  let [left, right] = [[...actual].map(canonical), [...expected].map(canonical)]
  if (!ordered) [left, right] = [inTextOrder(left), inTextOrder(right)]
  if (tolerance > 0) left = left.map((value, row) => snap(value, right[row], tolerance))
  deepStrictEqual(left, right)
}

/** One form for all values that are the same: missing fields go, typed arrays become arrays. */
function canonical(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (value === 0) return 0
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<unknown>, canonical)
  }
  if (Array.isArray(value)) return Array.from(value, canonical)
  if (typeof value !== 'object' || !isPlain(value)) return value
  const present = Object.entries(value).filter(([, field]) => field !== undefined && field !== null)
  return Object.fromEntries(present.map(([name, field]) => [name, canonical(field)]))
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Rounds numbers in the sort key, so that nearly equal records mostly come to lie side by side. */
function inTextOrder(values: unknown[]): unknown[] {
  const keyed = values.map(value => ({ value, key: sortKey(value) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.map(({ value }) => value)
}

function sortKey(value: unknown): string {
  if (typeof value === 'number') return value.toPrecision(9)
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return `[${value.map(sortKey).join()}]`
  if (typeof value !== 'object' || value === null || !isPlain(value)) {
    return `${typeof value} ${value instanceof Date ? value.getTime() : String(value)}`
  }
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${name}:${sortKey(field)}`).join()}}`
}

/** Replaces numbers of `value` by their close counterparts in `model`, so that they compare equal. */
function snap(value: unknown, model: unknown, tolerance: number): unknown {
  if (typeof value === 'number' && typeof model === 'number') {
    const allowed = tolerance * Math.max(Math.abs(value), Math.abs(model))
    return Math.abs(value - model) <= allowed ? model : value
  }
  if (Array.isArray(value) && Array.isArray(model)) {
    return value.map((item, index) => snap(item, model[index], tolerance))
  }
  if (isRecord(value) && isRecord(model)) {
    const fields = Object.entries(value)
    return Object.fromEntries(fields.map(([name, x]) => [name, snap(x, model[name], tolerance)]))
  }
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && isPlain(value)
}
