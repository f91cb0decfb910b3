import type { RecordBatch } from '../types/batch.js'

/**
 * Records as functions that take many of them get them: a new array of new objects.
 *
 * @param rows Those of `batch` that are wanted; all when absent.
 */
export function recordArray(
  batch: RecordBatch,
  rows?: Int32Array,
  start = 0,
  end = rows?.length ?? batch.length,
): unknown[] {
  const records = new Array<unknown>(end - start)
  for (let k = start; k < end; k++) {
    records[k - start] = batch.record(rows === undefined ? k : rows[k]!)
  }
  return records
}
