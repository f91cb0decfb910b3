import { type Column, shown } from '../../engine/extend.js'
import { SchemaError } from '../../engine/index.js'
import type { ReadOptions } from './features.js'
import type { RowBlocks } from './row-blocks.js'
import type { DenseRows } from './rows.js'

/** Rows of a block that is written column by column, so that it stays in the cache. */
const BLOCK = 512

/** The arrays of columns with numbers. */
export type Numbers = Float64Array | Int32Array | Uint8Array

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
  const blocks = numberBlocks(columns, names, length, options)
  blocks.check()
  const values = new Float64Array(length * blocks.size)
  blocks.read(0, length, values)
  return { kind: 'dense', length, size: blocks.size, values }
}

/**
 * Fields with a number each, as rows that are put together when they are read.
 *
 * @throws {SchemaError} If a value is missing or no number; names record and field.
 */
export function numberBlocks(
  columns: readonly Column[],
  names: readonly string[],
  length: number,
  options: ReadOptions,
): RowBlocks {
  const size = columns.length
  const sources = columns.map((column, k) =>
    column.layout === 'float64' && column.valid === null
      ? column.values
      : numbersOf(column, names[k]!, options),
  )
  return {
    kind: 'blocks',
    length,
    size,
    read(from, to, target) {
      for (let first = from; first < to; first += BLOCK) {
        const last = Math.min(to, first + BLOCK)
        for (let k = 0; k < size; k++) {
          const source = sources[k]!
          for (let row = first, at = (first - from) * size + k; row < last; row++, at += size) {
            target[at] = source[row]!
          }
        }
      }
    },
    check: () => columns.forEach((column, k) => void numbersOf(column, names[k]!, options)),
  }
}

/**
 * The numbers of a column, checked.
 *
 * @returns The column's own array where it can be.
 * @throws {SchemaError} If a value is missing or no finite number; names record and field.
 */
export function numbersOf(column: Column, name: string, options: ReadOptions): Numbers {
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
  { operation, first = 0, label = false, forTexts }: ReadOptions,
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
    `${operation}: ${record} has ${shown(value)} in field "${name}", which is not a finite number.${remedy(value, label, forTexts)}`,
  )
}

function remedy(value: unknown, label: boolean, forTexts: string | undefined): string {
  if (typeof value === 'string') {
    if (forTexts !== undefined) return ` ${forTexts}`
    return label
      ? ' To tell classes apart there are classifiers, such as logisticRegression.'
      : ' Make numbers of texts with oneHotEncoder or stringIndexer.'
  }
  if (value instanceof Date) {
    return ' Make numbers of dates with map, such as date.getUTCHours() or date.getTime().'
  }
  return typeof value === 'bigint' ? ' Make numbers of big integers with map: Number(value).' : ''
}
