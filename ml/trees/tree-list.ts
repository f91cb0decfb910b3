import type { Rows } from '../data/rows.js'
import { toDense } from '../data/rows.js'

/**
 * Trees, flat: the nodes of all of them one behind the other. A record goes left where its feature is at
 * most the threshold; the right child stands behind the left one.
 */
export interface TreeList {
  /** Where each tree begins, its root. */
  readonly roots: Int32Array
  /** By node: the feature that it looks at. */
  readonly features: Int32Array
  /** By node: the threshold; for leaves, the value. */
  readonly thresholds: Float64Array
  /** By node: its left child; -1 for leaves. */
  readonly lefts: Int32Array
  /** By node: 1 where records without the feature go left. */
  readonly missingLeft: Uint8Array
}

/** Rows that go through a tree together, so that it stays in the cache. */
const BLOCK = 256

/**
 * The sums of what trees give: tree t adds to output `t % outputs`.
 *
 * @param baseline By output: what the sums begin with.
 * @returns Output by output, row by row.
 * Cost: O(rows * trees * depth).
 */
export function treeSums(rows: Rows, trees: TreeList, baseline: Float64Array): Float64Array {
  const { values, length, size } = toDense(rows)
  const { roots, features, thresholds, lefts, missingLeft } = trees
  const outputs = baseline.length
  const sums = new Float64Array(length * outputs)
  for (let k = 0; k < outputs; k++) sums.fill(baseline[k]!, k * length, (k + 1) * length)
  for (let from = 0; from < length; from += BLOCK) {
    const to = Math.min(length, from + BLOCK)
    for (let tree = 0; tree < roots.length; tree++) {
      const root = roots[tree]!
      const target = (tree % outputs) * length
      for (let row = from, first = from * size; row < to; row++, first += size) {
        let node = root
        for (let left = lefts[node]!; left >= 0; left = lefts[node]!) {
          const value = values[first + features[node]!]!
          if (value <= thresholds[node]!) node = left
          else node = missingLeft[node] === 0 || !Number.isNaN(value) ? left + 1 : left
        }
        sums[target + row]! += thresholds[node]!
      }
    }
  }
  return sums
}
