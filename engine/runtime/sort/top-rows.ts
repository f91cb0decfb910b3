import type { Direction } from '../../plan/key.js'
import { BATCH_SIZE, type RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { concatKeyed, type KeyedBatch, keyedBytes, takeKeyed } from '../keys/keyed-batch.js'
import type { OperatorContext } from '../operator.js'
import { Reservation } from '../reservation.js'
import type { StepsTo } from '../steps.js'
import { sortedRows } from './sort-rows.js'

/** Up to this many records are kept instead of sorting all. */
export const TOP_LIMIT = 100_000

/**
 * Keeps the first `limit` records of an order, in memory for about twice as many; equal ones in the
 * order of arrival. Records that come too late to be among them are dropped by a look at their
 * first key.
 */
export class TopRows {
  readonly #limit: number
  readonly #directions: readonly Direction[]
  readonly #reservation: Reservation
  #kept: KeyedBatch | undefined
  #pending: KeyedBatch[] = []
  #rows = 0

  constructor(
    limit: number,
    directions: readonly Direction[],
    context: Pick<OperatorContext, 'memory' | 'operation'>,
  ) {
    this.#limit = limit
    this.#directions = directions
    this.#reservation = new Reservation(context)
  }

  /** Takes a batch in. */
  *add(keys: readonly Column[], batch: RecordBatch): StepsTo<void> {
    const rows = this.#contenders(keys[0])
    const piece = rows === undefined ? { keys, batch } : takeKeyed({ keys, batch }, rows)
    if (piece.batch.length === 0) return
    this.#reservation.demand(keyedBytes(piece))
    this.#pending.push(piece)
    this.#rows += piece.batch.length
    if (this.#rows >= Math.max(this.#limit, BATCH_SIZE)) yield* this.#prune()
  }

  /** The first records, in order; `undefined` when there was none. */
  *sorted(): StepsTo<RecordBatch | undefined> {
    yield* this.#prune()
    return this.#kept?.batch
  }

  /** Gives the memory back. */
  close(): void {
    this.#reservation.releaseAll()
  }

  *#prune(): StepsTo<void> {
    if (this.#pending.length === 0) return
    const kept = this.#kept === undefined ? [] : [this.#kept]
    const all = concatKeyed([...kept, ...this.#pending])
    const rows = yield* sortedRows(all.keys, this.#directions, all.batch.length)
    this.#kept = takeKeyed(all, rows.subarray(0, this.#limit))
    this.#pending = []
    this.#rows = 0
    this.#reservation.releaseAll()
    this.#reservation.demand(keyedBytes(this.#kept))
  }

  /**
   * The rows whose first key does not come after that of the last record kept; `undefined` for all,
   * because nobody can tell so simply.
   */
  #contenders(key: Column | undefined): Int32Array | undefined {
    const kept = this.#kept
    if (kept === undefined || key === undefined || kept.batch.length < this.#limit) return undefined
    const last = kept.keys[0]!.get(this.#limit - 1)
    const bound = last instanceof Date ? last.getTime() : last
    const numeric = key.layout === 'int32' || key.layout === 'float64' || key.layout === 'timestamp'
    if (!numeric || typeof bound !== 'number' || Number.isNaN(bound)) return undefined
    if ((key.layout === 'timestamp') !== last instanceof Date) return undefined
    const { valid, values } = key
    const rows = new Int32Array(values.length)
    const sign = this.#directions[0] === 'ascending' ? 1 : -1
    const limit = sign * bound
    let count = 0
    for (let row = 0; row < values.length; row++) {
      if (sign * values[row]! <= limit && (valid === null || valid[row] === 1)) rows[count++] = row
    }
    return rows.subarray(0, count)
  }
}
