import type { Column } from '../../types/column.js'
import { isMissingAt } from '../../types/column.js'
import { createKeyIndex, type KeyIndex } from '../keys/key-index.js'
import { type KeyedBatch, keyedBytes, sliceKeyed } from '../keys/keyed-batch.js'
import type { StepsTo } from '../steps.js'

/** Rows between two pauses while a table is built. */
const PAUSE = 1 << 16
/** Bytes per row of index and row lists, about. */
const INDEX_BYTES = 32

/** Bytes that a table of these records takes, with what is needed to build it. */
export function tableBytes(keyed: KeyedBatch): number {
  return 2 * keyedBytes(keyed) + keyed.batch.length * INDEX_BYTES
}

/**
 * The records of one side of a join, found by key: an index from keys to ids, and for each id its
 * rows in order. A record with a missing key component is in no list.
 */
export class JoinTable {
  readonly keyed: KeyedBatch
  /** The rows of id `k` are `rows[starts[k]]` up to `rows[starts[k + 1]]`; `null` if `single`. */
  readonly starts: Int32Array | null
  readonly rows: Int32Array | null
  /** When no key repeats: the row of each id, -1 for keys that are missing. */
  readonly single: Int32Array | null
  /** Whether the id of each key is its row: no key repeats and none is missing. */
  readonly idsAreRows: boolean
  readonly #index: KeyIndex

  private constructor(keyed: KeyedBatch, index: KeyIndex, ids: Int32Array) {
    this.keyed = keyed
    this.#index = index
    const { size } = index
    const counts = new Int32Array(size + 1)
    let most = 0
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row]!
      if (id < 0) continue
      const count = counts[id + 1]! + 1
      counts[id + 1] = count
      if (count > most) most = count
    }
    if (most <= 1) {
      const single = new Int32Array(size).fill(-1)
      for (let row = 0; row < ids.length; row++) if (ids[row]! >= 0) single[ids[row]!] = row
      this.single = single
      this.idsAreRows = size === ids.length && ids.every((id, row) => id === row)
      this.starts = null
      this.rows = null
      return
    }
    for (let id = 0; id < size; id++) counts[id + 1]! += counts[id]!
    const next = counts.slice(0, size)
    const rows = new Int32Array(counts[size]!)
    for (let row = 0; row < ids.length; row++) if (ids[row]! >= 0) rows[next[ids[row]!]!++] = row
    this.single = null
    this.idsAreRows = false
    this.starts = counts
    this.rows = rows
  }

  /** Indexes `keyed`. */
  static *build(keyed: KeyedBatch): StepsTo<JoinTable> {
    const { length } = keyed.batch
    const index = createKeyIndex(keyed.keys.length)
    const ids = new Int32Array(length)
    for (let start = 0; start < length; start += PAUSE) {
      const end = Math.min(start + PAUSE, length)
      const { keys } = sliceKeyed(keyed, start, end)
      ids.set(index.insert(keys, end - start).subarray(0, end - start), start)
      yield
    }
    const missing = missingKeys(keyed.keys, length)
    if (missing !== null) for (let row = 0; row < length; row++) if (missing[row]) ids[row] = -1
    return new JoinTable(keyed, index, ids)
  }

  /** The id of each row's key, -1 for unknown ones. Valid until the next call. */
  find(keys: readonly Column[], length: number): Int32Array {
    return this.#index.find(keys, length)
  }
}

/** A mask of the rows in which a component of the key is missing; `null` when there is none. */
export function missingKeys(keys: readonly Column[], length: number): Uint8Array | null {
  let mask: Uint8Array | null = null
  for (const key of keys) {
    if (key.valid === null && key.layout !== 'any') continue
    for (let row = 0; row < length; row++) {
      if (!isMissingAt(key, row)) continue
      mask ??= new Uint8Array(length)
      mask[row] = 1
    }
  }
  return mask
}
