import { ArgumentError } from '../errors.js'
import type { Source } from '../plan/source.js'
import type { RecordBatch } from '../types/batch.js'
import { isInt32 } from '../types/column-writer.js'
import { float64, int32 } from '../types/data-type.js'
import { VALUE } from '../types/schema.js'
import { sequenceBatches } from '../types/sequence-batches.js'
import { stopIfAborted } from './abort.js'

/**
 * A source of the whole numbers from `from` to `to`, both included, made batch by batch.
 *
 * `to = from - 1` is the empty sequence.
 *
 * @throws {ArgumentError} If one of them is not a safe integer, or `to` is smaller than `from - 1`.
 *
 * @example sequenceSource(1, 3) // 1, 2, 3
 */
export function sequenceSource(from: number, to: number): Source {
  for (const [name, value] of Object.entries({ from, to })) {
    if (Number.isSafeInteger(value)) continue
    throw new ArgumentError(`generateSequence: ${name} must be a safe integer; got ${value}.`)
  }
  if (to < from - 1) {
    throw new ArgumentError(`generateSequence: to must not be below from = ${from}; got ${to}.`)
  }
  const narrow = isInt32(from) && isInt32(to)
  const rows = to - from + 1
  const sequence = { from, rows, narrow }
  const field = { name: VALUE, type: narrow ? int32 : float64, nullable: false }
  return {
    label: `generateSequence ${from} to ${to}`,
    facts: async () => ({ fields: [field], shape: 'value', rows, exact: true }),
    read: ({ signal }) => watched(sequenceBatches(sequence), signal),
    sequence,
  }
}

function* watched(
  batches: Iterable<RecordBatch>,
  signal: AbortSignal | undefined,
): Generator<RecordBatch> {
  for (const batch of batches) {
    stopIfAborted(signal, 'generateSequence')
    yield batch
  }
}
