import { BATCH_SIZE, type RecordBatch, valueBatch } from './batch.js'
import { Float64Column, Int32Column } from './column.js'

/** Where a sequence begins, how long it is, and whether all of it fits into 32 bits. */
interface Sequence {
  readonly from: number
  readonly rows: number
  readonly narrow: boolean
}

/** The batches of a sequence of whole numbers. */
export function* sequenceBatches({ from, rows, narrow }: Sequence): Generator<RecordBatch> {
  for (let start = 0; start < rows; start += BATCH_SIZE) {
    const length = Math.min(BATCH_SIZE, rows - start)
    const values = narrow ? new Int32Array(length) : new Float64Array(length)
    const first = from + start
    for (let k = 0; k < length; k++) values[k] = first + k
    yield valueBatch(
      values instanceof Int32Array ? new Int32Column(values) : new Float64Column(values),
    )
  }
}
