import { type Column, shown } from '../../engine/extend.js'
import { SchemaError } from '../../engine/index.js'
import type { ReadOptions } from './features.js'
import type { DenseRows } from './rows.js'

/** Rows of a block that is written column by column, so that it stays in the cache. */
const BLOCK = 512

/**
 * Fields with a number each, as rows.
 *
 * @throws {SchemaError} If a value is missing or no finite number; names record and field.
 */
export function readNumbers(
  columns: readonly Column[],
  names: readonly string[],
  length: number,
  options: ReadOptions,
): DenseRows {
  const size = columns.length
  const { allocate = (entries: number) => new Float64Array(entries) } = options
  const values = allocate(length * size)
  const sources = columns.map((column, k) => numbersOf(column, names[k]!, options))
  for (let from = 0; from < length; from += BLOCK) {
    const to = Math.min(length, from + BLOCK)
    for (let k = 0; k < size; k++) {
      const source = sources[k]!
      for (let row = from, at = from * size + k; row < to; row++, at += size) {
        values[at] = source[row]!
      }
    }
  }
  return { kind: 'dense', length, size, values }
}

/**
 * The numbers of a column, checked.
 *
 * @returns The column's own array where it can be.
 * @throws {SchemaError} If a value is missing or no finite number; names record and field.
 */
export function numbersOf(
  column: Column,
  name: string,
  options: ReadOptions,
): Float64Array | Int32Array | Uint8Array {
  const { layout, valid } = column
  const numeric = layout === 'float64' || layout === 'int32' || layout === 'boolean'
  if (numeric && valid === null) {
    if (layout !== 'float64') return column.values
    const bad = firstNotFinite(column.values, options.missing === true)
    if (bad >= 0) throw notANumber(column.values[bad], bad, name, options)
    return column.values
  }
  const values = new Float64Array(column.length)
  for (let row = 0; row < values.length; row++) {
    const value = column.get(row)
    if (typeof value === 'number' && Number.isFinite(value)) values[row] = value
    else if (typeof value === 'boolean') values[row] = value ? 1 : 0
    else if (options.missing === true && (value == null || Number.isNaN(value))) {
      values[row] = Number.NaN
    } else throw notANumber(value, row, name, options)
  }
  return values
}

/** The place of the first value that is not finite, -1 for none; NaN is fine where it may be. */
function firstNotFinite(values: Float64Array, missing: boolean): number {
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    if (value - value !== 0 && !(missing && Number.isNaN(value))) return k
  }
  return -1
}

/** What is wrong with a value that should be a number. */
export function notANumber(
  value: unknown,
  row: number,
  name: string,
  { operation, first = 0, label = false }: ReadOptions,
): SchemaError {
  const record = `record ${first + row}`
  if (value == null || (typeof value === 'number' && Number.isNaN(value))) {
    const advice = label
      ? 'Leave such records out with filter.'
      : 'Fill it in with imputer, or leave such records out with filter.'
    return new SchemaError(
      `${operation}: ${record} has ${value == null ? 'nothing' : 'NaN'} in field "${name}". ${advice}`,
    )
  }
  return new SchemaError(
    `${operation}: ${record} has ${shown(value)} in field "${name}", which is not a finite number.${remedy(value, label)}`,
  )
}

function remedy(value: unknown, label: boolean): string {
  if (typeof value === 'string') {
    return label
      ? ' To tell classes apart there are classifiers, such as logisticRegression.'
      : ' Make numbers of texts with oneHotEncoder or stringIndexer.'
  }
  if (value instanceof Date) {
    return ' Make numbers of dates with map, such as date.getUTCHours() or date.getTime().'
  }
  return typeof value === 'bigint' ? ' Make numbers of big integers with map: Number(value).' : ''
}
