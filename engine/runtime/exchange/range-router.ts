/** Ranges of an order, one for each worker, by bounds that all workers take from one sample. */
import type { Direction, SortKey } from '../../plan/key.js'
import type { RecordBatch } from '../../types/batch.js'
import { type Column, DictionaryColumn } from '../../types/column.js'
import { concatBatches } from '../../types/concat.js'
import { BatchBuffer } from '../batch-buffer.js'
import type { OperatorContext, Steps } from '../operator.js'
import { compareKeys } from '../sort/compare-values.js'
import { createSortKeyExtractor, directionsOf } from '../sort/sort-keys.js'
import { type StepsTo, wait } from '../steps.js'
import { type BatchMessage, BatchReader, BatchWriter } from './batch-message.js'
import { memoriesOf, seenThrough } from './memory-names.js'
import { type Router, type Send, sendParts } from './send-parts.js'
import { adjoined, hasFixedWidth, sharedBatch } from './shared-columns.js'
import { pushSortedRange } from './sorted-range.js'

/** Of so many records one is in the sample. */
const SAMPLED = 512
/** Records that are looked at between two pauses. */
const PIECE = 1 << 16

type Bound = readonly unknown[]

/** What a worker tells the others once it has all of its records. */
interface Told {
  readonly sample: readonly Bound[]
  /** All of its records in shared memory, where that is possible. */
  readonly records: BatchMessage | undefined
  /** In which memory they are. */
  readonly memories: readonly number[]
}

/**
 * Keeps all records until the bounds are known. Equal keys go to one worker.
 *
 * Records of fixed width that are ordered by one number are not sent: every worker sees those of all
 * others in shared memory, and takes what is in its range.
 */
export function rangeRouter(
  order: readonly SortKey[],
  context: OperatorContext,
  send: Send,
): Router {
  const { team } = context
  const extract = createSortKeyExtractor(order, context)
  const directions = directionsOf(order)
  const held = new BatchBuffer(context)
  const mayShare = order.length === 1 && order[0]!.key.kind === 'field'
  let sample: Bound[] = []

  /** Takes the records of one range, from all workers' records. */
  function* takeRange(parts: readonly RecordBatch[], bounds: readonly number[]): Steps {
    const ascending = directions[0] === 'ascending'
    const assigned = new Int32Array(PIECE)
    for (const part of parts) {
      for (let start = 0; start < part.length; start += PIECE) {
        const piece = part.slice(start, Math.min(start + PIECE, part.length))
        const { values, valid } = numbersOf(extract(piece))!
        rangesOfNumbers(values, valid, bounds, ascending, assigned)
        const own = piece.take(rowsWhere(assigned, piece.length, team.worker))
        if (own.length > 0) yield* send(team.worker, own)
      }
    }
  }

  /** Pushes the range of this worker in order, if the records are views of one memory. */
  function* sortHere(
    own: RecordBatch,
    parts: readonly RecordBatch[],
    told: readonly Told[],
    bounds: readonly number[],
  ): StepsTo<boolean> {
    const seen = parts.flatMap((part, k) => seenThrough(own, part, told[k]!.memories) ?? [])
    if (seen.length < parts.length) return false
    const [all, ...others] = adjoined(withOneDictionary(seen))
    if (all === undefined || others.length > 0) return false
    const { worker } = team
    const range = { after: bounds[worker - 1], upTo: bounds[worker] }
    return yield* pushSortedRange(all, numbersOf(extract(all))!, range, directions[0]!, context)
  }

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
      const own = mayShare && !held.spilled ? concatBatches(held.kept) : undefined
      const shared =
        own?.columns.every(hasFixedWidth) && numbersOf(extract(own)) ? sharedBatch(own) : undefined
      const records = shared && new BatchWriter().write(shared)
      const memories = shared ? memoriesOf(shared) : []
      const all = yield* wait(team.gather<Told>({ sample, records, memories }))
      sample = []
      const bounds = boundsOf(
        all.flatMap(told => told.sample),
        directions,
        team.workers,
      )
      const numbers = bounds.map(bound => bound[0])
      const parts = all.flatMap(told => told.records ?? [])
      if (parts.length === all.length && numbers.every(isNumber)) {
        // The records stay in shared memory; what the sort takes of them is counted there.
        yield held.close()
        const batches = parts.map(part => new BatchReader().read(part))
        const sorted = yield* sortHere(shared!, batches, all, numbers)
        if (!sorted) yield* takeRange(batches, numbers)
        return
      }
      const assign = assignment(bounds, directions)
      yield* held.each((batch: RecordBatch) =>
        sendParts(batch, assign(extract(batch), batch.length), team.workers, send),
      )
      yield held.close()
    },
    close: () => held.close(),
  }
}

/**
 * The same records with the dictionaries of the first of them: of the parts of one array each worker
 * has a copy of the same dictionary. Only for parts that turn out to be such.
 */
function withOneDictionary(parts: readonly RecordBatch[]): readonly RecordBatch[] {
  const [first] = parts
  return parts.map(part =>
    part.with(
      part.columns.map((column, k) => {
        const like = first!.columns[k]
        return column.layout === 'dictionary' && like?.layout === 'dictionary'
          ? new DictionaryColumn(column.codes, like.dictionary, column.valid)
          : column
      }),
      part.length,
    ),
  )
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
  const plain = directions.length === 1 && numbers.every(isNumber) ? numbers : undefined
  return (keys: readonly Column[], length: number): Int32Array => {
    const assigned = new Int32Array(length)
    const key = plain && numbersOf(keys)
    if (key !== undefined) {
      rangesOfNumbers(key.values, key.valid, plain!, directions[0] === 'ascending', assigned)
      return assigned
    }
    for (let row = 0; row < length; row++) {
      const record = keys.map(column => column.get(row))
      let range = 0
      while (range < bounds.length && compareKeys(record, bounds[range]!, directions) > 0) range++
      assigned[row] = range
    }
    return assigned
  }
}

/** The only key, where it is a number. */
function numbersOf(keys: readonly Column[]) {
  const [key] = keys
  return key?.layout === 'int32' || key?.layout === 'float64' ? key : undefined
}

function rangesOfNumbers(
  values: Int32Array | Float64Array,
  valid: Uint8Array | null,
  bounds: readonly number[],
  ascending: boolean,
  assigned: Int32Array,
): void {
  assigned.fill(0, 0, values.length)
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
}

/** The rows that are assigned to `worker`; each is written, and overwritten if it is not. */
function rowsWhere(assigned: Int32Array, length: number, worker: number): Int32Array {
  const rows = new Int32Array(length)
  let count = 0
  for (let row = 0; row < length; row++) {
    rows[count] = row
    count += Number(assigned[row] === worker)
  }
  return rows.subarray(0, count)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value)
}
