/** Categories: texts, numbers and switches that stand for one of a few things. */
import { type Column, isMissingAt, shown } from '../../engine/extend.js'
import { SchemaError } from '../../engine/index.js'

/** What a category is: a text, a number, `true` or `false`. */
export type Category = string | number | boolean

/**
 * How often each category occurs, in the order in which they appear.
 *
 * @throws {SchemaError} If a value is missing or no category, or categories have several types.
 */
export function countCategories(
  column: Column,
  name: string,
  operation: string,
): ReadonlyMap<Category, number> {
  const counts = new Map<Category, number>()
  for (let row = 0; row < column.length; row++) {
    const value = isMissingAt(column, row) ? null : column.get(row)
    const count = counts.get(value as Category)
    if (count === undefined) checkCategory(value, row, name, operation)
    counts.set(value as Category, (count ?? 0) + 1)
  }
  const types = new Set([...counts.keys()].map(value => typeof value))
  if (types.size < 2) return counts
  throw new SchemaError(
    `${operation}: field "${name}" has values of several types: ${[...types].join(' and ')}. Make them one type with map.`,
  )
}

/** Categories in ascending order: `false` before `true`, numbers by size, texts by code units. */
export function ascending(categories: Iterable<Category>): Category[] {
  return [...categories].sort((a, b) => (a < b ? -1 : 1))
}

/** Rows of a card: each field, how many categories it has, and the first of them. */
export function categoryRows(
  fields: readonly string[],
  categories: readonly (readonly Category[])[],
): (readonly [string, number, string])[] {
  return fields.map((field, k) => {
    const own = categories[k]!
    return [field, own.length, own.slice(0, 5).join(', ') + (own.length > 5 ? ', ...' : '')]
  })
}

/** How values become places among known categories. */
export interface PlaceOptions {
  readonly operation: string
  /** The number of the first record, for errors. */
  readonly first: number
  /** The place of unknown categories; they are refused when it is `undefined`. */
  readonly unknown: number | undefined
}

/**
 * The place of each value among known categories.
 *
 * @throws {SchemaError} If a value is missing, or unknown and may not be; names the record.
 */
export function placesOf(
  column: Column,
  name: string,
  known: ReadonlyMap<unknown, number>,
  { operation, first, unknown }: PlaceOptions,
): Int32Array {
  const place = (value: unknown, row: number) => {
    const found = known.get(value)
    if (found !== undefined) return found
    checkCategory(value, first + row, name, operation)
    if (unknown !== undefined) return unknown
    throw new SchemaError(
      `${operation}: record ${first + row} has ${shown(value)} in field "${name}", which was not there when it was learned. Say what unknown values become: the option unknown.`,
    )
  }
  if (column.layout === 'dictionary' && column.valid === null) {
    // Texts that repeat are looked up once.
    const { codes, dictionary } = column
    const seen = new Int32Array(dictionary.values.length).fill(-1)
    return codes.map((code, row) => {
      if (seen[code]! < 0) seen[code] = place(dictionary.values[code], row)
      return seen[code]!
    })
  }
  const places = new Int32Array(column.length)
  for (let row = 0; row < places.length; row++) {
    places[row] = place(isMissingAt(column, row) ? null : column.get(row), row)
  }
  return places
}

/** By category its place. */
export function placesByCategory(categories: readonly Category[]): ReadonlyMap<unknown, number> {
  return new Map(categories.map((category, place) => [category, place]))
}

function checkCategory(value: unknown, row: number, name: string, operation: string): void {
  const type = typeof value
  if (type === 'string' || type === 'boolean' || Number.isFinite(value)) return
  const missing = value == null || Number.isNaN(value)
  throw new SchemaError(
    missing
      ? `${operation}: record ${row} has ${value == null ? 'nothing' : 'NaN'} in field "${name}". Fill it in with imputer, or leave such records out with filter.`
      : `${operation}: record ${row} has ${shown(value)} in field "${name}", which is neither a text, a number nor a switch.`,
  )
}
