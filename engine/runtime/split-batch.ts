import type { RecordBatch } from '../types/batch.js'

/**
 * The records of a batch by partition, each part in the order of the batch; `undefined` for none.
 *
 * @param assigned For each row the number of its partition; negative for none of them.
 */
export function splitBatch(
  batch: RecordBatch,
  assigned: Int32Array,
  partitions: number,
): (RecordBatch | undefined)[] {
  const ends = new Int32Array(partitions + 1)
  for (let row = 0; row < batch.length; row++) if (assigned[row]! >= 0) ends[assigned[row]! + 1]!++
  for (let k = 0; k < partitions; k++) ends[k + 1]! += ends[k]!
  const next = ends.slice(0, partitions)
  const rows = new Int32Array(ends[partitions]!)
  for (let row = 0; row < batch.length; row++) {
    if (assigned[row]! >= 0) rows[next[assigned[row]!]!++] = row
  }
  return Array.from({ length: partitions }, (_, k) => {
    const own = rows.subarray(ends[k]!, ends[k + 1]!)
    return own.length > 0 ? batch.take(own) : undefined
  })
}
