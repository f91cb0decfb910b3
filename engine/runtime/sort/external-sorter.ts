/**
 * Sorting with a limit on memory: records are gathered until memory is refused, then sorted and
 * written to a file as a run; at the end the runs are merged, a limited number at a time.
 */
import type { Direction } from '../../plan/key.js'
import { BATCH_SIZE, type RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import {
  concatKeyed,
  type KeyedBatch,
  type KeyedReader,
  keyedBytes,
  sliceKeyed,
  takeKeyed,
} from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import type { StepsTo } from '../steps.js'
import { mergeRuns } from './merge-runs.js'
import { sortedRows } from './sort-rows.js'
import { SortedRun } from './sorted-run.js'

/** Runs that are merged at once at most. */
const FAN_IN = 16
/** Runs that there are at once at most, each of them an open file. */
const MAX_RUNS = 256
/** Records of a batch within a run at most. */
const RUN_BATCH = 8192
/** Bytes per record of images, their copy and row numbers while sorting. */
const SORT_BYTES = 28

/** Sorts records by keys; see the module's documentation. The order is that of `compareValues`. */
export class ExternalSorter {
  /** Records added. */
  rows = 0
  readonly #directions: readonly Direction[]
  readonly #context: OperatorContext
  readonly #memory: Reservation
  #pieces: KeyedBatch[] = []
  #runs: SortedRun[] = []
  #bytes = 0

  /** @param directions One per component of the key. */
  constructor(directions: readonly Direction[], context: OperatorContext) {
    this.#directions = directions
    this.#context = context
    this.#memory = new Reservation(context)
  }

  /** Whether runs have been written to files. */
  get spilled(): boolean {
    return this.#runs.length > 0
  }

  /** Adds the records of `batch`, whose keys are `keys`. */
  *add(keys: readonly Column[], batch: RecordBatch): Steps {
    if (batch.length === 0) return
    const piece = { keys, batch }
    this.rows += batch.length
    this.#bytes += keyedBytes(piece)
    yield* this.#keep(piece)
  }

  /** The records in order. Called once, after the last `add`. */
  *sorted(): StepsTo<KeyedReader> {
    if (this.rows === 0) return noRecords
    if (!this.spilled) {
      return chunksOf(yield* this.#sortPieces(), BATCH_SIZE)
    }
    yield* this.#writeRun()
    const fanIn = this.#fanIn()
    while (this.#runs.length > fanIn) yield* this.#mergePass(fanIn)
    this.#memory.demand(2 * Math.ceil(this.#batchBytes()) * this.#runs.length)
    return mergeRuns(
      this.#runs.map(run => run.reader()),
      this.#directions,
    )
  }

  /** Begins again, after `close` or without any records. */
  restart(): void {
    this.rows = 0
    this.#bytes = 0
  }

  /** Gives memory and files back. */
  async close(): Promise<void> {
    this.#pieces = []
    this.#memory.releaseAll()
    const runs = this.#runs
    this.#runs = []
    for (const run of runs) await run.delete()
  }

  *#keep(piece: KeyedBatch): Steps {
    // The records, their concatenation and what sorting takes.
    const { length } = piece.batch
    const bytes = 2 * keyedBytes(piece) + length * SORT_BYTES
    if (this.#memory.tryGrow(bytes)) {
      this.#pieces.push(piece)
      return
    }
    if (this.#pieces.length > 0) {
      yield* this.#writeRun()
      yield* this.#keep(piece)
      return
    }
    if (bytes > this.#context.memory.budget && length > 1) {
      const middle = length >> 1
      yield* this.#keep(sliceKeyed(piece, 0, middle))
      yield* this.#keep(sliceKeyed(piece, middle, length))
      return
    }
    this.#memory.demand(bytes)
    this.#pieces.push(piece)
    yield* this.#writeRun()
  }

  *#sortPieces(): StepsTo<KeyedBatch & { readonly order?: Int32Array }> {
    const whole = concatKeyed(this.#pieces)
    this.#pieces = []
    yield
    const order = yield* sortedRows(whole.keys, this.#directions, whole.batch.length)
    return { ...whole, order }
  }

  *#writeRun(): Steps {
    if (this.#pieces.length === 0) return
    const chunks = chunksOf(yield* this.#sortPieces(), this.#runBatchRows())
    this.#runs.push(yield* this.#write(chunks))
    this.#memory.releaseAll()
    if (this.#runs.length >= MAX_RUNS) yield* this.#mergePass(this.#fanIn())
  }

  *#write(chunks: KeyedReader): StepsTo<SortedRun> {
    const run = yield* SortedRun.create(this.#context)
    for (;;) {
      const chunk = yield* chunks.next()
      if (chunk === undefined) break
      yield* run.write(chunk)
    }
    this.#context.count('spilledBytes', run.bytes)
    return run
  }

  /** Merges neighbouring runs, so that equal keys stay in order, and leaves fewer of them. */
  *#mergePass(fanIn: number): Steps {
    const before = this.#runs
    const after: SortedRun[] = []
    for (let k = 0; k < before.length; k += fanIn) {
      const group = before.slice(k, k + fanIn)
      if (group.length === 1) {
        after.push(group[0]!)
        continue
      }
      const merged = mergeRuns(
        group.map(run => run.reader()),
        this.#directions,
      )
      const run = yield* this.#write(inBatchesOf(merged, this.#runBatchRows()))
      after.push(run)
      this.#runs = [...after, ...before.slice(k)]
      for (const old of group) yield old.delete()
      this.#runs = [...after, ...before.slice(k + fanIn)]
    }
    this.#runs = after
  }

  /** A batch per run, and the output, which is at most as much again, must fit the budget. */
  #fanIn(): number {
    const { budget } = this.#context.memory
    return Math.max(2, Math.min(FAN_IN, Math.floor(budget / (2 * this.#batchBytes()))))
  }

  #batchBytes(): number {
    return this.#runBatchRows() * this.#recordBytes()
  }

  #recordBytes(): number {
    return Math.ceil(this.#bytes / this.rows)
  }

  /** So many that a batch for each of the runs being merged takes half of the budget. */
  #runBatchRows(): number {
    const share = this.#context.memory.budget / (4 * FAN_IN)
    return Math.max(1, Math.min(RUN_BATCH, Math.floor(share / this.#recordBytes())))
  }
}

const noRecords: KeyedReader = {
  *next() {
    yield
    return undefined
  },
}

/** `whole` in the given order, piece by piece. */
function chunksOf(whole: KeyedBatch & { readonly order?: Int32Array }, size: number): KeyedReader {
  const { order } = whole
  const { length } = whole.batch
  const inOrder = order === undefined || order.every((row, k) => row === k)
  let position = 0
  return {
    *next() {
      if (position >= length) return undefined
      const end = Math.min(position + size, length)
      const chunk = inOrder
        ? sliceKeyed(whole, position, end)
        : takeKeyed(whole, order.subarray(position, end))
      position = end
      yield
      return chunk
    },
  }
}

/** Batches cut to at most `size` records. */
function inBatchesOf(reader: KeyedReader, size: number): KeyedReader {
  let rest: KeyedReader | undefined
  return {
    *next() {
      const cut = rest && (yield* rest.next())
      if (cut !== undefined) return cut
      const keyed = yield* reader.next()
      if (keyed === undefined) return undefined
      rest = chunksOf(keyed, size)
      return yield* rest.next()
    },
  }
}
