import type { Region } from '../../engine/extend.js'
import { type DenseRows, type Rows, toDense } from './rows.js'

/** Rows with every entry stored, in the region. */
export function denseRows({
  rows,
  region,
}: {
  readonly rows: Rows
  readonly region: Region
}): DenseRows {
  const dense = toDense(rows)
  return rows.kind === 'dense' ? dense : { ...dense, values: region.float64(dense.values) }
}
