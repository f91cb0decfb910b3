import type { WeightedRows } from './weighted-rows.js'

/**
 * The product of a matrix and a vector: `sums[v]` becomes the sum of its neighbours' values, each
 * times the weight of the edge, for the vertices `from` to `to`. Ranges are independent of each other.
 *
 * Cost: O(edges of the range) time, one random access for each.
 */
export function gatherSum(
  { offsets, neighbours, weights }: WeightedRows,
  values: Float64Array,
  sums: Float64Array,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    if (weights === null) {
      for (let k = offsets[v]!; k < end; k++) sum += values[neighbours[k]!]!
    } else {
      for (let k = offsets[v]!; k < end; k++) sum += weights[k]! * values[neighbours[k]!]!
    }
    sums[v] = sum
  }
}
