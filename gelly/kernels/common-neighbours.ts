import type { Adjacency } from '../topology/adjacency.js'

/**
 * Adds up, for each vertex behind `u` that shares a neighbour with it, the weights of the shared ones.
 *
 * Cost: the sum of the degrees of `u`'s neighbours, and sorting what was found.
 *
 * @param rows Symmetric, ascending, without loops or duplicates.
 * @param weights By vertex: more than 0.
 * @param u Only positions above it are looked for: each pair is found once.
 * @param sums By vertex: zeros; afterwards, the sums. The caller makes them zeros again.
 * @param found One element per vertex; filled from the beginning, ascending.
 * @returns How many were found.
 */
export function sumCommonNeighbours(
  { offsets, neighbours }: Adjacency,
  weights: Float64Array,
  u: number,
  sums: Float64Array,
  found: Int32Array,
): number {
  let length = 0
  for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
    const shared = neighbours[k]!
    const weight = weights[shared]!
    // From the end, down to `u` itself, which is there because rows are symmetric.
    for (let at = offsets[shared + 1]! - 1; neighbours[at]! > u; at--) {
      const other = neighbours[at]!
      if (sums[other] === 0) found[length++] = other
      sums[other]! += weight
    }
  }
  found.subarray(0, length).sort()
  return length
}
