/** What routers of all kinds share: how they send, and how they cut batches. */
import type { RecordBatch } from '../../types/batch.js'
import type { Steps } from '../operator.js'
import { splitBatch } from '../split-batch.js'

/** Sends a batch to a worker. */
export type Send = (to: number, batch: RecordBatch) => Steps

/** Takes an exchange's input and sends it on. */
export interface Router {
  take(batch: RecordBatch): Steps
  finish(): Steps
  close(): Promise<void>
}

/** Sends each row of a batch to the worker that `assigned` says. */
export function* sendParts(
  batch: RecordBatch,
  assigned: Int32Array,
  workers: number,
  send: Send,
): Steps {
  for (const [worker, part] of splitBatch(batch, assigned, workers).entries()) {
    if (part !== undefined) yield* send(worker, part)
  }
}
