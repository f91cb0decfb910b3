/** Copies of columns in shared memory, made once for each array that comes again. */
import type { FixedArray } from '../../types/adjoin.js'
import type { RecordBatch } from '../../types/batch.js'
import {
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  TimestampColumn,
  VectorColumn,
} from '../../types/column.js'
import { concatBatches } from '../../types/concat.js'

const copies = new WeakMap<ArrayBuffer, SharedArrayBuffer>()

/**
 * The same records in fewer batches where that takes no copy: batches whose columns are views of
 * shared memory, each behind those of the batch before, become one.
 */
export function* adjoined(batches: readonly RecordBatch[]): Generator<RecordBatch> {
  let group: RecordBatch[] = []
  for (const batch of batches) {
    if (group.length > 0 && !adjoin(group.at(-1)!, batch)) {
      yield concatBatches(group)
      group = []
    }
    group.push(batch)
  }
  if (group.length > 0) yield concatBatches(group)
}

function adjoin(before: RecordBatch, after: RecordBatch): boolean {
  return (
    before.shape === after.shape &&
    before.partition === after.partition &&
    before.columns.length === after.columns.length &&
    before.columns.every((column, k) => {
      const next = after.columns[k]!
      if (before.names[k] !== after.names[k] || column.layout !== next.layout) return false
      const [ends, begins] = [fixedArrays(column), fixedArrays(next)]
      if (ends === undefined || begins?.length !== ends.length) return false
      return ends.every((array, j) => endsWhere(array, begins[j]!))
    })
  )
}

/** Whether `sharedBatch` puts all of a column into shared memory. */
export function hasFixedWidth(column: Column): boolean {
  return fixedArrays(column) !== undefined
}

/** What a column consists of, where all of it has a fixed width; else `undefined`. */
export function fixedArrays(column: Column): readonly FixedArray[] | undefined {
  const mask = 'valid' in column && column.valid !== null ? [column.valid] : []
  switch (column.layout) {
    case 'boolean':
    case 'int32':
    case 'float64':
    case 'timestamp':
      return [column.values, ...mask]
    case 'dictionary':
      return [column.codes, ...mask]
    default:
      return undefined
  }
}

function endsWhere(before: FixedArray, after: FixedArray): boolean {
  const { buffer, byteOffset, byteLength } = before
  return (
    !(buffer instanceof ArrayBuffer) &&
    after.buffer === buffer &&
    after.byteOffset === byteOffset + byteLength
  )
}

/** The same records, with columns of fixed width in shared memory. */
export function sharedBatch(batch: RecordBatch): RecordBatch {
  return batch.with(batch.columns.map(sharedColumn), batch.length)
}

function sharedColumn(column: Column): Column {
  if (column.layout !== 'vector') return withArrays(column, shared)
  const { values, size, length, valid } = column
  return new VectorColumn(shared(values), size, length, valid && shared(valid))
}

/** A column of fixed width over other arrays: what `other` gives for each of its own. */
export function withArrays(column: Column, other: <A extends FixedArray>(array: A) => A): Column {
  const valid = column.layout === 'any' ? null : column.valid && other(column.valid)
  switch (column.layout) {
    case 'boolean':
      return new BooleanColumn(other(column.values), valid)
    case 'int32':
      return new Int32Column(other(column.values), valid)
    case 'float64':
      return new Float64Column(other(column.values), valid)
    case 'timestamp':
      return new TimestampColumn(other(column.values), valid)
    case 'dictionary':
      return new DictionaryColumn(other(column.codes), column.dictionary, valid)
    default:
      return column
  }
}

function shared<A extends FixedArray>(values: A): A {
  const { buffer, byteOffset, length } = values
  if (!(buffer instanceof ArrayBuffer)) return values
  let copy = copies.get(buffer)
  if (copy === undefined) {
    copy = new SharedArrayBuffer(buffer.byteLength)
    new Uint8Array(copy).set(new Uint8Array(buffer))
    copies.set(buffer, copy)
  }
  const type = values.constructor as new (
    buffer: SharedArrayBuffer,
    offset: number,
    length: number,
  ) => A
  return new type(copy, byteOffset, length)
}
