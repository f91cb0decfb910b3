/** Whole records by key, for functions and orders that need all records of a group at once. */
import type { Direction } from '../../plan/key.js'
import type { RecordBatch } from '../../types/batch.js'
import { type Column, Int32Column } from '../../types/column.js'
import { createKeyIndex, type KeyIndex } from '../keys/key-index.js'
import { concatKeyed, type KeyedBatch, keyedBytes, takeKeyed } from '../keys/keyed-batch.js'
import type { Steps } from '../operator.js'
import { sortedRows } from '../sort/sort-rows.js'
import type { StepsTo } from '../steps.js'
import type { Groups } from './spilling-groups.js'

/** Bytes per record for its group's id, and for ordering the records. */
const ORDER_BYTES = 32
/** Records that may pile up before those that cannot be among the first are dropped. */
const PILE = 131_072

/** All records, group after group. */
export interface GroupedRecords {
  readonly batch: RecordBatch
  /** The rows of `batch`, groups in order of appearance, in each the order asked for. */
  readonly rows: Int32Array
  /** Group `g` has the rows `starts[g]` up to `starts[g + 1]`. */
  readonly starts: Int32Array
  /** The keys by group. */
  readonly keys: readonly Column[]
}

/** How `RecordGroups` works. */
export interface RecordGroupsOptions {
  /** The columns to order by within each group; none is the order of arrival. */
  readonly orderOf: (batch: RecordBatch) => readonly Column[]
  readonly directions: readonly Direction[]
  /** Only so many records of each group are wanted; all when absent. */
  readonly limit?: number
  /** What becomes of the groups. */
  readonly emit: (groups: GroupedRecords) => Steps
}

/** See the module's documentation. Keeps its records as they came, with the ids of their groups. */
export class RecordGroups implements Groups {
  readonly #options: RecordGroupsOptions
  #index: KeyIndex | undefined
  #pieces: KeyedBatch[] = []
  #ids: Int32Array[] = []
  #pieceBytes = 0
  #rows = 0
  /** Rows that the last compaction left. */
  #compacted = 0

  constructor(options: RecordGroupsOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#index?.size ?? 0
  }

  get byteLength(): number {
    // Records are copied once more when they are brought together.
    return (this.#index?.byteLength ?? 0) + 2 * this.#pieceBytes + ORDER_BYTES * this.#rows
  }

  *restore(piece: KeyedBatch): Steps {
    const { keys, batch } = piece
    this.#index ??= createKeyIndex(keys.length)
    this.#keep(piece, this.#index.insert(keys, batch.length).slice(0, batch.length))
    if (this.#rows > PILE + 4 * this.#compacted) yield* this.compact()
  }

  /** Drops records that cannot be among the first of their groups. */
  *compact(): Steps {
    const { limit } = this.#options
    if (limit === undefined || this.#rows < 2 * this.#compacted + 2 * limit) return
    const { whole, ids, rows, starts } = yield* this.#grouped()
    const kept: number[] = []
    for (let group = 0; group + 1 < starts.length; group++) {
      const end = Math.min(starts[group]! + limit, starts[group + 1]!)
      for (let k = starts[group]!; k < end; k++) kept.push(rows[k]!)
    }
    // In the order of arrival, which decides between equal records.
    const remaining = Int32Array.from(kept).sort()
    this.#forget()
    this.#keep(
      takeKeyed(whole, remaining),
      remaining.map(row => ids[row]!),
    )
    this.#compacted = remaining.length
  }

  drain(): KeyedBatch[] {
    const pieces = this.#pieces
    this.clear()
    return pieces
  }

  clear(): void {
    this.#forget()
    this.#index = undefined
    this.#compacted = 0
  }

  *results(): Steps {
    if (this.#rows === 0) return
    const { whole, rows, starts } = yield* this.#grouped()
    const keys = this.#index!.keys()
    this.clear()
    yield* this.#options.emit({ batch: whole.batch, rows, starts, keys })
  }

  #keep(piece: KeyedBatch, ids: Int32Array): void {
    this.#pieces.push(piece)
    this.#ids.push(ids)
    this.#pieceBytes += keyedBytes(piece)
    this.#rows += ids.length
  }

  #forget(): void {
    this.#pieces = []
    this.#ids = []
    this.#pieceBytes = 0
    this.#rows = 0
  }

  *#grouped(): StepsTo<{
    readonly whole: KeyedBatch
    readonly ids: Int32Array
    readonly rows: Int32Array
    readonly starts: Int32Array
  }> {
    const { orderOf, directions } = this.#options
    const whole = concatKeyed(this.#pieces)
    const ids = new Int32Array(this.#rows)
    let position = 0
    for (const part of this.#ids) {
      ids.set(part, position)
      position += part.length
    }
    yield
    const starts = startsOf(ids, this.size)
    const order = orderOf(whole.batch)
    const rows =
      order.length === 0
        ? rowsByGroup(ids, starts)
        : yield* sortedRows(
            [new Int32Column(ids), ...order],
            ['ascending', ...directions],
            ids.length,
          )
    return { whole, ids, rows, starts }
  }
}

/** Where each group begins when rows are arranged by group; one more than there are groups. */
function startsOf(ids: Int32Array, size: number): Int32Array {
  const starts = new Int32Array(size + 1)
  for (let row = 0; row < ids.length; row++) starts[ids[row]! + 1]!++
  for (let group = 0; group < size; group++) starts[group + 1]! += starts[group]!
  return starts
}

/** The rows arranged by group, within each in their order: a counting sort. */
function rowsByGroup(ids: Int32Array, starts: Int32Array): Int32Array {
  const next = starts.slice()
  const rows = new Int32Array(ids.length)
  for (let row = 0; row < ids.length; row++) rows[next[ids[row]!]!++] = row
  return rows
}
