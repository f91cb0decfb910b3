import { type Column, shown } from '../../engine/extend.js'
import { SchemaError, SparseVector } from '../../engine/index.js'
import type { ReadOptions } from './features.js'
import { notANumber } from './numbers.js'
import { blocksOf, type RowBlocks } from './row-blocks.js'
import type { DenseRows, Rows, SparseRows } from './rows.js'

/**
 * A field with vectors, as rows. Dense ones are not copied.
 *
 * @throws {SchemaError} If a vector is missing, has entries that are not finite, or another size than
 *   the others; names record and field.
 */
export function readVectors(column: Column, name: string, options: ReadOptions): Rows {
  const { length } = column
  checkPresent(column, name, options)
  if (column.layout === 'vector') {
    const { size, values } = column
    return checked({ kind: 'dense', length, size, values }, name, options)
  }
  if (column.layout === 'sparse') {
    const { size, offsets, indices, values } = column
    const start = offsets[0]!
    const end = offsets[length]!
    const rows: SparseRows = {
      kind: 'sparse',
      length,
      size,
      offsets: start === 0 ? offsets : offsets.map(offset => offset - start),
      indices: indices.subarray(start, end),
      values: values.subarray(start, end),
    }
    return checked(rows, name, options)
  }
  return checked(anyVectors(column, name, options), name, options)
}

/**
 * A field with dense vectors, as rows that are read where they lie; `null` for vectors of another kind.
 *
 * @throws {SchemaError} If a vector is missing; names record and field.
 */
export function vectorBlocks(column: Column, name: string, options: ReadOptions): RowBlocks | null {
  if (column.layout !== 'vector') return null
  checkPresent(column, name, options)
  const { length, size, values } = column
  const rows: DenseRows = { kind: 'dense', length, size, values }
  return { ...blocksOf(rows), check: () => void checked(rows, name, options) }
}

function checkPresent({ valid, length }: Column, name: string, options: ReadOptions): void {
  const row = valid === null ? -1 : valid.indexOf(0)
  if (row >= 0 && row < length) throw notAVector(null, row, name, options)
}

/** Vectors in a column of arbitrary values: dense, sparse, and lists of numbers, all of one size. */
function anyVectors(column: Column, name: string, options: ReadOptions): DenseRows {
  const { length } = column
  let size = -1
  let dense = new Float64Array(0)
  for (let row = 0; row < length; row++) {
    const value = column.get(row)
    const vector = value instanceof SparseVector ? value.toDense() : value
    if (!(vector instanceof Float64Array) && !isNumbers(vector)) {
      throw notAVector(value, row, name, options)
    }
    if (row === 0) {
      size = vector.length
      dense = new Float64Array(length * size)
    } else if (vector.length !== size) {
      const { operation, first = 0 } = options
      throw new SchemaError(
        `${operation}: vectors must have one size; field "${name}" has ${size} entries in record ${first} and ${vector.length} in record ${first + row}.`,
      )
    }
    dense.set(vector, row * size)
  }
  return { kind: 'dense', length, size: Math.max(size, 0), values: dense }
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(entry => typeof entry === 'number')
}

function checked(rows: Rows, name: string, options: ReadOptions): Rows {
  const { values } = rows
  const missing = options.missing === true
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    if (value - value === 0 || (missing && Number.isNaN(value))) continue
    const row = rows.kind === 'dense' ? Math.floor(k / rows.size) : rowOf(rows.offsets, k)
    const entry = rows.kind === 'dense' ? k % rows.size : rows.indices[k]!
    throw notANumber(value, row, `${name}[${entry}]`, options)
  }
  return rows
}

function rowOf(offsets: Int32Array, entry: number): number {
  let row = 0
  while (offsets[row + 1]! <= entry) row++
  return row
}

function notAVector(
  value: unknown,
  row: number,
  name: string,
  { operation, first = 0 }: ReadOptions,
): SchemaError {
  const what = value == null ? 'nothing' : shown(value)
  const advice =
    typeof value === 'number' || typeof value === 'boolean'
      ? `For fields with numbers give a list: features: ["${name}"].`
      : 'Give a Float64Array or SparseVector, or a list of fields as features.'
  return new SchemaError(
    `${operation}: record ${first + row} has ${what} in field "${name}", which is not a vector of numbers. ${advice}`,
  )
}
