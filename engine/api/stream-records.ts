import { recordReader } from '../functions/record-reader.js'
import type { PlanNode } from '../plan/node.js'
import type { RecordBatch } from '../types/batch.js'
import type { Host } from './host.js'

/**
 * The records of a plan one by one. The job is one batch ahead at most: it waits until the reader
 * has taken the last one, and is aborted when the reader stops early.
 */
export async function* streamRecords<T>(host: Host, node: PlanNode): AsyncGenerator<T, void, void> {
  const stop = new AbortController()
  let offered: ((batch: RecordBatch | undefined) => void) | undefined
  let taken: (() => void) | undefined
  const next = () =>
    new Promise<RecordBatch | undefined>(resolve => {
      offered = resolve
      taken?.()
    })
  let pending = next()
  const job = host
    .stream(
      node,
      batch =>
        new Promise<void>(resolve => {
          taken = resolve
          offered!(batch)
        }),
      { signal: stop.signal },
    )
    .finally(() => offered!(undefined))
  job.catch(() => {})
  let done = false
  try {
    for (let batch = await pending; batch !== undefined; batch = await pending) {
      const read = recordReader(batch, host.codegen)
      for (let row = 0; row < batch.length; row++) yield read(row) as T
      pending = next()
    }
    done = true
  } finally {
    if (!done) {
      stop.abort(new Error('the reader stopped'))
      taken?.()
      await job.catch(() => {})
    }
  }
  await job
}
