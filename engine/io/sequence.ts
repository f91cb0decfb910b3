import { ArgumentError } from '../errors.js'
import type { ReadRequest, Source } from '../plan/source.js'
import { BATCH_SIZE, type RecordBatch, valueBatch } from '../types/batch.js'
import { Float64Column, Int32Column } from '../types/column.js'
import { isInt32 } from '../types/column-writer.js'
import { float64, int32 } from '../types/data-type.js'
import { VALUE } from '../types/schema.js'
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
  const field = { name: VALUE, type: narrow ? int32 : float64, nullable: false }
  return {
    label: `generateSequence ${from} to ${to}`,
    facts: async () => ({ fields: [field], shape: 'value', rows, exact: true }),
    read: request => batches(from, rows, narrow, request),
  }
}

function* batches(
  from: number,
  rows: number,
  narrow: boolean,
  { signal }: ReadRequest,
): Generator<RecordBatch> {
  for (let start = 0; start < rows; start += BATCH_SIZE) {
    stopIfAborted(signal, 'generateSequence')
    const length = Math.min(BATCH_SIZE, rows - start)
    const values = narrow ? new Int32Array(length) : new Float64Array(length)
    const first = from + start
    for (let k = 0; k < length; k++) values[k] = first + k
    yield valueBatch(
      values instanceof Int32Array ? new Int32Column(values) : new Float64Column(values),
    )
  }
}
