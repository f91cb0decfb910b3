/**
 * The first records of each key, passed on as they come. When memory is refused, the keys known by
 * then stay known, and records of other keys go to disk; their first ones follow at the end.
 */
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { missingColumn } from '../../types/concat.js'
import { createKeyIndex, type KeyIndex } from '../keys/key-index.js'
import { type KeyedBatch, sliceKeyed, takeKeyed } from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import { PartitionedSpill } from '../spill/partitioned-spill.js'
import { fitted } from './accumulator.js'
import { pieceRowsFor } from './spilling-groups.js'

/** See the module's documentation. */
export class StreamingFirst {
  readonly #count: number
  readonly #context: OperatorContext
  readonly #memory: Reservation
  readonly #spills: PartitionedSpill[] = []
  readonly #pieceRows: number
  #index: KeyIndex | undefined
  #emitted = new Int32Array(0)
  /** Components of a key; those on disk may have fewer, and the others are missing. */
  #components = 0
  /** Whether new keys are refused; records of unknown keys go to this level's spill. */
  #full: PartitionedSpill | undefined

  /** @param count Records per key. */
  constructor(count: number, context: OperatorContext) {
    this.#count = count
    this.#context = context
    this.#memory = new Reservation(context)
    this.#pieceRows = pieceRowsFor(context)
  }

  /** Passes on those records of `batch` that are among the first of their keys. */
  take(keys: readonly Column[], batch: RecordBatch): Steps {
    return this.#take({ keys, batch }, 0)
  }

  /** The keys so far, when they shall be compared in another way: `change` gives the new columns. */
  rekey(change: (keys: readonly Column[]) => readonly Column[]): void {
    if (this.#index === undefined) return
    const { size } = this.#index
    const keys = change(this.#index.keys())
    this.#index = createKeyIndex(keys.length)
    // Inserted in the order of their ids, keys get the same ids again.
    this.#index.insert(keys, size)
  }

  /** Passes on what the records on disk give. */
  finish(): Steps {
    return this.#finish(0)
  }

  /** Begins again, after `finish`. */
  restart(): void {
    this.#clear()
    this.#components = 0
  }

  /** Gives memory and files back. */
  async close(): Promise<void> {
    this.#clear()
    for (const spill of this.#spills) await spill.close()
  }

  *#finish(level: number): Steps {
    this.#clear()
    const spill = this.#spills[level]
    if (spill === undefined) return
    yield* spill.forEachPart(
      piece => this.#take(piece, level + 1),
      () => this.#finish(level + 1),
    )
    this.#spills.length = level
  }

  #clear(): void {
    this.#index = undefined
    this.#emitted = new Int32Array(0)
    this.#full = undefined
    this.#memory.releaseAll()
  }

  *#take(whole: KeyedBatch, level: number): Steps {
    const { length } = whole.batch
    this.#components = Math.max(this.#components, whole.keys.length)
    const keys = [...whole.keys]
    while (keys.length < this.#components) keys.push(missingColumn(length))
    for (let start = 0; start < length; start += this.#pieceRows) {
      if (this.#context.output.closed) return
      const piece = sliceKeyed(
        { keys, batch: whole.batch },
        start,
        Math.min(start + this.#pieceRows, length),
      )
      if (this.#full === undefined) yield* this.#takeInto(piece, level)
      else yield* this.#takeFull(piece, this.#full)
    }
  }

  *#takeInto({ keys, batch }: KeyedBatch, level: number): Steps {
    this.#index ??= createKeyIndex(keys.length)
    const ids = this.#index.insert(keys, batch.length)
    this.#emitted = fitted(this.#emitted, this.#index.size)
    yield* this.#emit(batch, ids)
    const growth = this.#index.byteLength + this.#emitted.byteLength - this.#memory.bytes
    if (growth <= 0 || this.#memory.tryGrow(growth)) return
    // What is there stays, also when its last growth was by more than the whole budget.
    const { bytes } = this.#memory
    const free = this.#context.memory.budget - bytes
    this.#memory.demand(bytes === 0 ? growth : Math.min(growth, free))
    this.#full = new PartitionedSpill(this.#context, level)
    this.#spills[level] = this.#full
  }

  *#takeFull({ keys, batch }: KeyedBatch, spill: PartitionedSpill): Steps {
    const ids = this.#index!.find(keys, batch.length)
    const unknown: number[] = []
    for (let row = 0; row < batch.length; row++) if (ids[row]! < 0) unknown.push(row)
    if (unknown.length > 0) {
      yield* spill.write([takeKeyed({ keys, batch }, Int32Array.from(unknown))])
    }
    yield* this.#emit(batch, ids)
  }

  *#emit(batch: RecordBatch, ids: Int32Array): Steps {
    const emitted = this.#emitted
    const count = this.#count
    const rows = new Int32Array(batch.length)
    let taken = 0
    for (let row = 0; row < batch.length; row++) {
      const id = ids[row]!
      if (id < 0 || emitted[id]! >= count) continue
      emitted[id]!++
      rows[taken++] = row
    }
    if (taken === 0) return
    yield* this.#context.output.push(
      taken === batch.length ? batch : batch.take(rows.subarray(0, taken)),
    )
  }
}
