import type { RowBlocks } from '../data/row-blocks.js'
import type { Rows } from '../data/rows.js'

/** Features up to which products of all pairs of them are made; fewer where they are sparse. */
const [DENSE_LIMIT, SPARSE_LIMIT] = [1000, 500]

/** Whether products of all pairs of features are made, rather than work done feature by feature. */
export function pairsAreFew({ kind, size }: Rows | RowBlocks): boolean {
  return size <= (kind === 'sparse' ? SPARSE_LIMIT : DENSE_LIMIT)
}
