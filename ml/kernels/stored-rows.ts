import type { Region } from '../../engine/extend.js'
import type { Rows } from '../data/rows.js'

/** Rows as kernels for both kinds take them. */
export interface StoredRows {
  /** 1 where only entries that are not zero are stored; else 0, and the next two are empty. */
  readonly sparse: 0 | 1
  readonly offsets: Int32Array
  readonly indices: Int32Array
  readonly values: Float64Array
  readonly size: number
}

/** Rows of either kind, which lie in the region, as kernels take them. */
export function storedRows(rows: Rows, region: Region): StoredRows {
  const { size, values } = rows
  if (rows.kind === 'sparse') {
    return { sparse: 1, offsets: rows.offsets, indices: rows.indices, values, size }
  }
  const none = region.int32(0)
  return { sparse: 0, offsets: none, indices: none, values, size }
}
