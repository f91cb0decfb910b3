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
  countParts(assigned, batch.length, ends)
  for (let k = 0; k < partitions; k++) ends[k + 1]! += ends[k]!
  const next = ends.slice(0, partitions)
  const rows = new Int32Array(ends[partitions]!)
  listRows(assigned, batch.length, next, rows)
  return Array.from({ length: partitions }, (_, k) => {
    const own = rows.subarray(ends[k]!, ends[k + 1]!)
    return own.length > 0 ? batch.take(own) : undefined
  })
}

// The loops are functions of their own: what comes behind a loop that V8 compiles while it runs has not
// been seen by then, and would send each batch back to the interpreter.

function countParts(assigned: Int32Array, length: number, ends: Int32Array): void {
  for (let row = 0; row < length; row++) if (assigned[row]! >= 0) ends[assigned[row]! + 1]!++
}

function listRows(assigned: Int32Array, length: number, next: Int32Array, rows: Int32Array): void {
  for (let row = 0; row < length; row++) {
    if (assigned[row]! >= 0) rows[next[assigned[row]!]!++] = row
  }
}
