/** Copies of columns in shared memory, made once for each array that comes again. */
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

const copies = new WeakMap<ArrayBuffer, SharedArrayBuffer>()

/** The same records, with columns of fixed width in shared memory. */
export function sharedBatch(batch: RecordBatch): RecordBatch {
  return batch.with(batch.columns.map(sharedColumn), batch.length)
}

function sharedColumn(column: Column): Column {
  const valid = column.valid && shared(column.valid)
  switch (column.layout) {
    case 'boolean':
      return new BooleanColumn(shared(column.values), valid)
    case 'int32':
      return new Int32Column(shared(column.values), valid)
    case 'float64':
      return new Float64Column(shared(column.values), valid)
    case 'timestamp':
      return new TimestampColumn(shared(column.values), valid)
    case 'dictionary':
      return new DictionaryColumn(shared(column.codes), column.dictionary, valid)
    case 'vector':
      return new VectorColumn(shared(column.values), column.size, column.length, valid)
    default:
      return column
  }
}

function shared<A extends Uint8Array | Int32Array | Float64Array>(values: A): A {
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
