/** How the batches of a source are dealt out: to each worker a piece, one behind the other. */
import type { PhysicalNode } from '../../optimizer/physical.js'
import type { SequenceSource, Source } from '../../plan/source.js'
import type { RecordBatch } from '../../types/batch.js'

/** Where records of a batch go. */
export interface Dealt {
  readonly worker: number
  readonly batch: RecordBatch
}

/** The part of a sequence that worker number `worker` makes. */
export function partOfSequence(
  { from, rows, narrow }: SequenceSource,
  worker: number,
  workers: number,
): SequenceSource {
  const start = Math.floor((worker * rows) / workers)
  const end = Math.floor(((worker + 1) * rows) / workers)
  return { from: from + start, rows: end - start, narrow }
}

/**
 * Says which worker gets which records of a source. With a known number of records each gets as
 * many; else each gets as many bytes of a file; else the first one gets all.
 */
export async function dealer(
  source: Source,
  workers: number,
): Promise<(batch: RecordBatch, bytes: number) => Iterable<Dealt>> {
  const { rows, exact, bytes: total } = await source.facts()
  let dealt = 0
  if (rows !== undefined && exact === true) {
    return function* (batch) {
      let start = 0
      while (start < batch.length) {
        const worker = Math.min(workers - 1, Math.floor(((dealt + start) * workers) / rows))
        const next = Math.ceil(((worker + 1) * rows) / workers) - dealt
        const end = worker === workers - 1 ? batch.length : Math.min(next, batch.length)
        yield { worker, batch: batch.slice(start, end) }
        start = end
      }
      dealt += batch.length
    }
  }
  let last = 0
  return function* (batch, bytes) {
    const share = total === undefined || total === 0 ? 0 : bytes / total
    last = Math.max(last, Math.min(workers - 1, Math.floor(share * workers)))
    yield { worker: last, batch }
  }
}

/** The source of a node that is one. */
export function sourceOfNode({ operation }: PhysicalNode): Source | undefined {
  return operation.kind === 'source' ? operation.source : undefined
}
