/**
 * State by key with a limit on memory, for all grouping operators. While memory is granted, state
 * stays in memory; when it is refused, all of it moves to disk, split by the hash of its keys, and
 * starts anew. At the end each part is put together again alone, and split further when it is still
 * too large. (Hybrid of Graefe's partial aggregation and Grace hash partitioning.)
 */
import { MemoryError } from '../../errors.js'
import { type KeyedBatch, sliceKeyed } from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import { PartitionedSpill } from '../spill/partitioned-spill.js'

/** Parts of parts of ... : 32^6 parts, which no data need unless their keys do not spread. */
const DEEPEST = 6
/** Records that are taken in between two looks at the memory, at most and at least. */
const MOST_ROWS = 32_768
const LEAST_ROWS = 32

/** What a grouping operator keeps. Empty after `drain`, `results` and `clear`. */
export interface Groups {
  /** Number of keys. */
  readonly size: number
  /** Bytes occupied now. */
  readonly byteLength: number
  /** Makes room without losing anything that matters, where that is possible. */
  compact?(): Steps
  /** Moves everything out, to be given to `restore` in the same order. */
  drain(): KeyedBatch[]
  /** Takes in what `drain` gave, also in pieces; adds to what is there. */
  restore(piece: KeyedBatch): Steps
  /** Pushes the results on. */
  results(): Steps
  /** Forgets everything. */
  clear(): void
}

/** See the module's documentation. */
export class SpillingGroups {
  readonly #context: OperatorContext
  readonly #groups: Groups
  readonly #memory: Reservation
  readonly #spills: (PartitionedSpill | undefined)[] = []
  /** Number of records to take in at a time, so that little memory is used before it is granted. */
  readonly pieceRows: number

  constructor(groups: Groups, context: OperatorContext) {
    this.#groups = groups
    this.#context = context
    this.#memory = new Reservation(context)
    this.pieceRows = pieceRowsFor(context)
  }

  /** Gives records to the groups, piece by piece, and reserves what they grow by. */
  take(records: KeyedBatch): Steps {
    return this.#restore(records, 0)
  }

  /** To be called after each piece that the groups got otherwise; reserves what they grew by. */
  settle(): Steps {
    return this.#settle(0)
  }

  /** Pushes on all results, part by part when something was moved to disk. */
  *finish(): Steps {
    yield* this.#finish(0)
  }

  /** Gives memory and files back. */
  async close(): Promise<void> {
    this.#groups.clear()
    this.#memory.releaseAll()
    for (const spill of this.#spills) await spill?.close()
  }

  *#settle(level: number): Steps {
    if (this.#reserve()) return
    if (this.#groups.compact !== undefined) {
      yield* this.#groups.compact()
      if (this.#reserve()) return
    }
    const needed = this.#groups.byteLength
    // One key cannot be split, and what other operators hold they give back in turn.
    const { memory, operation } = this.#context
    if (this.#groups.size <= 1 || level > DEEPEST) {
      if (needed > memory.budget) {
        throw new MemoryError(
          `${operation}: the records of one group need ${needed} bytes, the memory budget is ${memory.budget}. Give the environment more memory.`,
        )
      }
      this.#memory.demand(needed - this.#memory.bytes)
      return
    }
    // The first piece after a spill must fit, or there would be a spill for every few records.
    if (this.#memory.bytes === 0) {
      this.#memory.demand(needed)
      return
    }
    this.#spills[level] ??= new PartitionedSpill(this.#context, level)
    yield* this.#drain(level)
  }

  #reserve(): boolean {
    const growth = this.#groups.byteLength - this.#memory.bytes
    if (growth > 0) return this.#memory.tryGrow(growth)
    if (growth < 0) this.#memory.release(-growth)
    return true
  }

  *#drain(level: number): Steps {
    yield* this.#spills[level]!.write(this.#groups.drain())
    this.#memory.releaseAll()
  }

  *#finish(level: number): Steps {
    const spill = this.#spills[level]
    if (spill === undefined) {
      yield* this.#groups.results()
      this.#groups.clear()
      this.#memory.releaseAll()
      return
    }
    yield* this.#drain(level)
    const take = (piece: KeyedBatch) => this.#restore(piece, level + 1)
    yield* spill.forEachPart(take, () => this.#finish(level + 1))
    this.#spills[level] = undefined
  }

  *#restore(piece: KeyedBatch, level: number): Steps {
    const { length } = piece.batch
    for (let start = 0; start < length; start += this.pieceRows) {
      const end = Math.min(start + this.pieceRows, length)
      yield* this.#groups.restore(sliceKeyed(piece, start, end))
      yield* this.#settle(level)
    }
  }
}

/** Records to take in between two looks at the memory: fewer when there is little of it. */
export function pieceRowsFor({ memory }: Pick<OperatorContext, 'memory'>): number {
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(memory.budget / 2048)))
}
