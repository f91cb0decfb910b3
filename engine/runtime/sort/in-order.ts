/** Batches that the exchange before a sort has brought into its order already. */
import type { RecordBatch } from '../../types/batch.js'

const inOrder = new WeakSet<RecordBatch>()

/** Says that `batch` and all that come after it are in order. */
export function markInOrder(batch: RecordBatch): RecordBatch {
  inOrder.add(batch)
  return batch
}

/** Whether a sort may pass the batch on as it is. */
export function isInOrder(batch: RecordBatch): boolean {
  return inOrder.has(batch)
}
