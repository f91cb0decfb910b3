/** The state of a delta iteration: one record per key, replaced and added to from superstep to superstep. */

import { ArgumentError } from '../../errors.js'
import type { OnDuplicate } from '../../plan/loop.js'
import { BATCH_SIZE, RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { shown } from '../../types/column-writer.js'
import { missingKeys } from '../join/join-table.js'
import { createKeyIndex, type KeyIndex } from '../keys/key-index.js'
import { type KeyedBatch, sliceKeyed } from '../keys/keyed-batch.js'
import type { Steps } from '../operator.js'
import { GrowingRecords } from './growing-records.js'
import { KeyExamples } from './key-examples.js'

/** Records between two pauses while the set is built. */
const PAUSE = 1 << 16

/** A solution set as plain batches: row `k` of both is the entry with id `k`. */
export interface SolutionSnapshot {
  /** The components of the keys, as a tuple. */
  readonly keys: RecordBatch
  readonly records: RecordBatch
}

/**
 * Records by unique key, in columns that grow. An entry's id is its row, given in the order of first
 * appearance and kept for good; a missing key is a key like any other.
 *
 * Cost: an update takes time for the records that it brings, not for those that are there.
 */
export class SolutionSet {
  readonly #operation: string
  #index: KeyIndex | undefined
  #records = new GrowingRecords()
  #size = 0
  /** The update that touched an entry last, by id. */
  #touched = new Int32Array(0)
  #update = 0
  #examples = new KeyExamples()
  #hasMissingKeys = false

  /** @param operation Named in errors. */
  constructor(operation = 'iterateDelta') {
    this.#operation = operation
  }

  /** Number of entries. */
  get size(): number {
    return this.#size
  }

  /** Bytes that records and index occupy. */
  get byteLength(): number {
    const index = this.#index?.byteLength ?? 0
    return index + this.#touched.byteLength + this.#records.byteLength
  }

  /** All records, the row of each its id. Not a copy: valid until the next update. */
  get batch(): RecordBatch {
    return this.#records.batch
  }

  /** Whether a component of some entry's key is missing. */
  get hasMissingKeys(): boolean {
    return this.#hasMissingKeys
  }

  /** Key columns of one row that have between them the types of all keys; for checks of types. */
  get keyExamples(): readonly (readonly Column[])[] {
    return this.#examples.rows
  }

  /**
   * Replaces everything by the records of `pieces`.
   *
   * @throws {ArgumentError} If a key comes twice and `onDuplicate` is `error`.
   * @throws {SchemaError} If a key has no contents to compare.
   */
  *build(pieces: Iterable<KeyedBatch>, onDuplicate: OnDuplicate): Steps {
    this.clear()
    for (const piece of pieces) {
      this.#records.know(piece.batch)
      const { length } = piece.batch
      for (let start = 0; start < length; start += PAUSE) {
        const part = sliceKeyed(piece, start, Math.min(start + PAUSE, length))
        if (onDuplicate === 'last') this.update(part)
        else this.#addNew(part, onDuplicate)
        yield
      }
    }
  }

  /**
   * Puts records in: those of known keys replace what is there as a whole, others are added. Of
   * several records with one key the last one counts.
   *
   * @returns The number of different entries that were written.
   * @throws {SchemaError} If a key has no contents to compare.
   */
  update(keyed: KeyedBatch): number {
    const { length } = keyed.batch
    if (length === 0) return 0
    const ids = this.#insert(keyed)
    this.#records.write(ids, keyed.batch, this.#size)
    if (this.#touched.length < this.#size) {
      const larger = new Int32Array(Math.max(this.#size, this.#touched.length * 2))
      larger.set(this.#touched)
      this.#touched = larger
    }
    return countTouched(ids, length, this.#touched, ++this.#update)
  }

  /** The id of each row's key, -1 for unknown ones. Valid until the next call. */
  find(keys: readonly Column[], length: number): Int32Array {
    return this.#index?.find(keys, length) ?? new Int32Array(length).fill(-1)
  }

  /** The keys by id, one column per component. Cost: all of them are copied. */
  keys(): readonly Column[] {
    return this.#index?.keys() ?? []
  }

  /** Copies of the records by id, in batches that later updates do not change. */
  *batches(): Iterable<RecordBatch> {
    for (let start = 0; start < this.#size; start += BATCH_SIZE) {
      yield this.#records.copy(start, Math.min(start + BATCH_SIZE, this.#size))
    }
  }

  /** A copy of everything, which `restore` takes. */
  snapshot(): SolutionSnapshot {
    const keys = this.keys()
    const names = keys.map((_, k) => String(k))
    return {
      keys: new RecordBatch('tuple', names, keys, this.#size),
      records: this.#records.copy(0, this.#size),
    }
  }

  /** Replaces everything by what a snapshot holds; each entry gets the id that it had. */
  restore({ keys, records }: SolutionSnapshot): void {
    this.clear()
    this.#records.know(records)
    // Inserted in the order of their ids, keys get the same ids again.
    if (records.length > 0) this.update({ keys: keys.columns, batch: records })
  }

  /** Forgets all records. */
  clear(): void {
    this.#index = undefined
    this.#records = new GrowingRecords()
    this.#size = 0
    this.#touched = new Int32Array(0)
    this.#update = 0
    this.#examples = new KeyExamples()
    this.#hasMissingKeys = false
  }

  /** Puts in records none of whose keys is known. */
  #addNew(keyed: KeyedBatch, onDuplicate: 'error' | 'first'): void {
    const { length } = keyed.batch
    const before = this.#size
    const ids = this.#insert(keyed)
    const fresh = firstRows(ids, length, before)
    if (fresh.length === length) {
      this.#records.write(ids, keyed.batch, this.#size)
      return
    }
    if (onDuplicate === 'error') throw this.#twice(keyed, fresh)
    const own = fresh.map(row => ids[row]!)
    if (own.length > 0) this.#records.write(own, keyed.batch.take(fresh), this.#size)
  }

  #insert({ keys, batch }: KeyedBatch): Int32Array {
    this.#index ??= createKeyIndex(keys.length)
    this.#examples.note(keys, batch.length)
    this.#hasMissingKeys ||= missingKeys(keys, batch.length) !== null
    const ids = this.#index.insert(keys, batch.length)
    this.#size = this.#index.size
    return ids
  }

  #twice({ keys }: KeyedBatch, fresh: Int32Array): ArgumentError {
    const row = fresh.findIndex((other, k) => other !== k)
    const twice = row < 0 ? fresh.length : row
    const key = keys.map(column => shown(column.get(twice))).join(', ')
    return new ArgumentError(
      `${this.#operation}: the initial solution set has the key ${key} twice. Make keys unique, or choose with { onDuplicate: 'first' } or 'last'.`,
    )
  }
}

/** The rows at which a key appears first; new ids count up from `before` in that order. */
function firstRows(ids: Int32Array, length: number, before: number): Int32Array {
  const rows = new Int32Array(length)
  let count = 0
  for (let row = 0; row < length; row++) if (ids[row] === before + count) rows[count++] = row
  return rows.subarray(0, count)
}

function countTouched(
  ids: Int32Array,
  length: number,
  touched: Int32Array,
  update: number,
): number {
  let count = 0
  for (let row = 0; row < length; row++) {
    const id = ids[row]!
    if (touched[id] === update) continue
    touched[id] = update
    count++
  }
  return count
}
