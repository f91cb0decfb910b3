/** Ranges of an order, one for each worker, by bounds that all workers take from one sample. */
import type { Direction, SortKey } from '../../plan/key.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { BatchBuffer } from '../batch-buffer.js'
import type { OperatorContext } from '../operator.js'
import { compareKeys } from '../sort/compare-values.js'
import { createSortKeyExtractor, directionsOf } from '../sort/sort-keys.js'
import { wait } from '../steps.js'
import { type Router, type Send, sendParts } from './send-parts.js'

/** Of so many records one is in the sample. */
const SAMPLED = 512

type Bound = readonly unknown[]

/** Keeps all records until the bounds are known. Equal keys go to one worker. */
export function rangeRouter(
  order: readonly SortKey[],
  context: OperatorContext,
  send: Send,
): Router {
  const { team } = context
  const extract = createSortKeyExtractor(order, context)
  const directions = directionsOf(order)
  const held = new BatchBuffer(context)
  let sample: Bound[] = []
  return {
    *take(batch) {
      const keys = extract(batch)
      const step = Math.min(SAMPLED, batch.length)
      for (let row = step >> 1; row < batch.length; row += step) {
        sample.push(keys.map(key => key.get(row)))
      }
      yield* held.add(batch)
    },
    *finish() {
      const samples = (yield* wait(team.gather(sample))).flat()
      sample = []
      const bounds = boundsOf(samples, directions, team.workers)
      const assign = assignment(bounds, directions)
      yield* held.each((batch: RecordBatch) =>
        sendParts(batch, assign(extract(batch), batch.length), team.workers, send),
      )
      yield held.close()
    },
    close: () => held.close(),
  }
}

function boundsOf(
  samples: Bound[],
  directions: readonly Direction[],
  workers: number,
): readonly Bound[] {
  samples.sort((a, b) => compareKeys(a, b, directions))
  if (samples.length === 0) return []
  return Array.from({ length: workers - 1 }, (_, k) => {
    return samples[Math.floor(((k + 1) * samples.length) / workers)]!
  })
}

/** For each row the number of bounds that come before it. */
function assignment(bounds: readonly Bound[], directions: readonly Direction[]) {
  const numbers = bounds.map(bound => bound[0])
  const plain = directions.length === 1 && numbers.every(isNumber)
  return (keys: readonly Column[], length: number): Int32Array => {
    const [key] = keys
    if (plain && key !== undefined && (key.layout === 'int32' || key.layout === 'float64')) {
      return rangesOfNumbers(key.values, key.valid, numbers, directions[0] === 'ascending')
    }
    const assigned = new Int32Array(length)
    for (let row = 0; row < length; row++) {
      const record = keys.map(column => column.get(row))
      let range = 0
      while (range < bounds.length && compareKeys(record, bounds[range]!, directions) > 0) range++
      assigned[row] = range
    }
    return assigned
  }
}

function rangesOfNumbers(
  values: Int32Array | Float64Array,
  valid: Uint8Array | null,
  bounds: readonly number[],
  ascending: boolean,
): Int32Array {
  const assigned = new Int32Array(values.length)
  const sign = ascending ? 1 : -1
  for (const bound of bounds) {
    const least = sign * bound
    for (let row = 0; row < values.length; row++) {
      const value = sign * values[row]!
      // NaN and missing values come last in both directions. Added up, not branched on: in no order,
      // a branch would be foretold wrongly half of the time.
      assigned[row]! += Number(!(value <= least) || (valid !== null && valid[row] === 0))
    }
  }
  return assigned
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value)
}
