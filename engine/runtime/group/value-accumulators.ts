/** Aggregates of values as they are: first, last and the number of distinct ones. */
import { AnyColumn, type Column, isMissingAt } from '../../types/column.js'
import { ColumnWriter } from '../../types/column-writer.js'
import { createKeyIndex } from '../keys/key-index.js'
import { PairIndex } from '../keys/pair-index.js'
import { type Accumulator, fitted } from './accumulator.js'
import { bytesOf } from './extreme-accumulator.js'
import { CountAccumulator } from './sum-accumulators.js'

/** The first or last value that is not missing. */
export class EdgeAccumulator implements Accumulator {
  readonly #last: boolean
  #values: unknown[] = []
  #bytes = 0
  /** The number of the batch in which a group was set last. */
  #batchOf = new Int32Array(0)
  #batch = 0

  constructor(last: boolean) {
    this.#last = last
  }

  get byteLength(): number {
    return this.#bytes + this.#batchOf.byteLength
  }

  resize(size: number): void {
    this.#batchOf = fitted(this.#batchOf, size)
    while (this.#values.length < size) this.#values.push(null)
  }

  add(column: Column, ids: Int32Array, length: number): void {
    const batch = ++this.#batch
    const batchOf = this.#batchOf
    if (this.#last) {
      // From the end, so that each group is set once.
      for (let row = length - 1; row >= 0; row--) {
        const id = ids[row]!
        if (batchOf[id] === batch || isMissingAt(column, row)) continue
        batchOf[id] = batch
        this.#set(id, column.get(row))
      }
      return
    }
    for (let row = 0; row < length; row++) {
      const id = ids[row]!
      if (batchOf[id] !== 0 || isMissingAt(column, row)) continue
      batchOf[id] = batch
      this.#set(id, column.get(row))
    }
  }

  state(size: number): readonly Column[] {
    return [this.result(size)]
  }

  merge(state: readonly Column[], ids: Int32Array, length: number): void {
    this.add(state[0]!, ids, length)
  }

  result(size: number): Column {
    const writer = new ColumnWriter(size)
    for (let id = 0; id < size; id++) writer.set(id, this.#values[id])
    return writer.finish(size)
  }

  reset(): void {
    this.#values = []
    this.#bytes = 0
    this.#batchOf = new Int32Array(0)
    this.#batch = 0
  }

  #set(id: number, value: unknown): void {
    const before = this.#values[id]
    this.#bytes += bytesOf(value) - (before === null ? 0 : bytesOf(before))
    this.#values[id] = value
  }
}

/** The number of distinct values, as keys are compared. Keeps one pair of ids per value and group. */
export class DistinctAccumulator implements Accumulator {
  #keys = createKeyIndex(1)
  #pairs = new PairIndex()
  #counts = new CountAccumulator()
  #size = 0

  get byteLength(): number {
    return this.#keys.byteLength + this.#pairs.byteLength + this.#counts.byteLength
  }

  resize(size: number): void {
    this.#size = size
    this.#counts.resize(size)
  }

  add(column: Column, ids: Int32Array, length: number): void {
    const present = new Int32Array(length)
    let count = 0
    for (let row = 0; row < length; row++) if (!isMissingAt(column, row)) present[count++] = row
    if (count === 0) return
    const all = count === length
    const rows = present.subarray(0, count)
    const groups = all ? ids : rows.map(row => ids[row]!)
    const values = this.#keys.insert([all ? column : column.take(rows)], count)
    const before = this.#pairs.size
    const found = new Int32Array(count)
    this.#pairs.lookUp(groups, values, count, found, true, this.#size, this.#keys.size)
    const added = this.#pairs.firsts.subarray(before, this.#pairs.size)
    this.#counts.add(undefined, added, added.length)
  }

  /** The values of each group as an array. */
  state(size: number): readonly Column[] {
    const values = this.#keys.keys()[0]!
    const lists = Array.from({ length: size }, (): unknown[] => [])
    const { firsts, seconds } = this.#pairs
    for (let pair = 0; pair < this.#pairs.size; pair++) {
      lists[firsts[pair]!]!.push(values.get(seconds[pair]!))
    }
    return [new AnyColumn(lists)]
  }

  merge(state: readonly Column[], ids: Int32Array, length: number): void {
    const writer = new ColumnWriter(length)
    const groups: number[] = []
    for (let row = 0; row < length; row++) {
      for (const value of state[0]!.get(row) as readonly unknown[]) {
        writer.set(groups.length, value)
        groups.push(ids[row]!)
      }
    }
    this.add(writer.finish(groups.length), Int32Array.from(groups), groups.length)
  }

  result(size: number): Column {
    return this.#counts.result(size)
  }

  reset(): void {
    this.#keys = createKeyIndex(1)
    this.#pairs = new PairIndex()
    this.#counts.reset()
    this.#size = 0
  }
}
