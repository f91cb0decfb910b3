import type { RecordBatch } from '../../types/batch.js'
import { type Column, Float64Column, Int32Column, isMissingAt } from '../../types/column.js'
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
 * What a join needs of the side in which it looks up keys: an index from keys to ids, and for each
 * id its rows in order. A record with a missing key component is in no list.
 */
export interface MatchTable {
  /** All records of the side. */
  readonly batch: RecordBatch
  /** Whether the id of each key is its row: no key repeats and none is missing. */
  readonly idsAreRows: boolean
  /** When no key repeats: the row of each id, -1 for keys that are missing. */
  readonly single: Int32Array | null
  /** When keys repeat: id `k` has the rows `rows[starts[k]]` up to `rows[starts[k + 1]]`. */
  readonly starts: Int32Array | null
  /** `null` where the rows themselves are in that order: `starts[k]` up to `starts[k + 1]`. */
  readonly rows: Int32Array | null
  /** The id of each row's key, -1 for unknown ones. Valid until the next call. */
  find(keys: readonly Column[], length: number): Int32Array
}

/** The table of a join that builds one of all records of a side. */
export class JoinTable implements MatchTable {
  readonly batch: RecordBatch
  readonly starts: Int32Array | null
  readonly rows: Int32Array | null
  readonly single: Int32Array | null
  readonly idsAreRows: boolean
  readonly #index: KeyIndex

  private constructor(batch: RecordBatch, index: KeyIndex, ids: Int32Array, clustered: boolean) {
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
      this.batch = batch
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
    this.batch = clustered ? batch.take(rows) : batch
    this.rows = clustered ? null : rows
  }

  /**
   * Indexes `keyed`.
   *
   * @param clustered Whether to copy the records so that those of a key are neighbours, which pays
   * when the table is used several times. Records with a missing key component are left out then.
   */
  static *build(keyed: KeyedBatch, clustered = false): StepsTo<JoinTable> {
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
    const ordered = clustered ? inOrderOfKeys(index, ids) : undefined
    if (ordered !== undefined) return new JoinTable(keyed.batch, ordered, ids, true)
    return new JoinTable(keyed.batch, index, ids, clustered)
  }

  find(keys: readonly Column[], length: number): Int32Array {
    return this.#index.find(keys, length)
  }
}

/**
 * An index that gives ids in the order of the keys, where these are numbers, and `ids` changed to
 * its ids. Records that come in the order of their keys, as vertices often do, then find their
 * matches one list after the other.
 */
function inOrderOfKeys(index: KeyIndex, ids: Int32Array): KeyIndex | undefined {
  const [keys, ...more] = index.keys()
  if (keys === undefined || more.length > 0 || keys.valid !== null) return undefined
  if (keys.layout !== 'int32' && keys.layout !== 'float64') return undefined
  const sorted =
    keys.layout === 'int32'
      ? new Int32Column(keys.values.slice().sort())
      : new Float64Column(keys.values.slice().sort())
  const ordered = createKeyIndex(1)
  ordered.insert([sorted], sorted.length)
  const changed = ordered.find([keys], keys.length)
  for (let row = 0; row < ids.length; row++) if (ids[row]! >= 0) ids[row] = changed[ids[row]!]!
  return ordered
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
