import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { concatBatches, concatColumns } from '../../types/concat.js'
import type { StepsTo } from '../steps.js'

/** Records with their keys, which need not be among their fields. */
export interface KeyedBatch {
  readonly keys: readonly Column[]
  readonly batch: RecordBatch
}

/** Gives keyed batches one at a time; `undefined` at the end. */
export interface KeyedReader {
  next(): StepsTo<KeyedBatch | undefined>
}

/** Rows from `start` up to `end`. */
export function sliceKeyed({ keys, batch }: KeyedBatch, start: number, end: number): KeyedBatch {
  if (start === 0 && end === batch.length) return { keys, batch }
  return { keys: keys.map(key => key.slice(start, end)), batch: batch.slice(start, end) }
}

/** The records at `rows`, in their order. */
export function takeKeyed({ keys, batch }: KeyedBatch, rows: Int32Array): KeyedBatch {
  const taken = batch.take(rows)
  return {
    keys: keys.map(key => {
      const position = batch.columns.indexOf(key)
      return position < 0 ? key.take(rows) : taken.columns[position]!
    }),
    batch: taken,
  }
}

/** All of them end to end; a key that is a field in each of them is not copied twice. */
export function concatKeyed(pieces: readonly KeyedBatch[]): KeyedBatch {
  const first = pieces[0]!
  if (pieces.length === 1) return first
  const batch = concatBatches(pieces.map(piece => piece.batch))
  const keys = first.keys.map((key, k) => {
    const name = first.batch.names[first.batch.columns.indexOf(key)]
    const isField =
      name !== undefined && pieces.every(piece => piece.batch.find(name) === piece.keys[k])
    const field = isField ? batch.find(name) : undefined
    return field ?? concatColumns(pieces.map(piece => piece.keys[k]!))
  })
  return { keys, batch }
}

/** Bytes of records and keys, what is shared counted once. */
export function keyedBytes({ keys, batch }: KeyedBatch): number {
  let bytes = batch.byteLength
  for (const key of keys) if (!batch.columns.includes(key)) bytes += key.byteLength
  return bytes
}
