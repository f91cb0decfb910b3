import type { WeightedRows } from './weighted-rows.js'

/**
 * The product of a matrix and a vector: `sums[v]` becomes the sum of its neighbours' values, each
 * times the weight of the edge, for the vertices `from` to `to`. Ranges are independent of each other.
 *
 * Cost: O(edges of the range) time, one random access for each.
 */
export function gatherSum(
  rows: WeightedRows,
  values: Float64Array,
  sums: Float64Array,
  from: number,
  to: number,
): void {
  const { offsets, neighbours, weights } = rows
  if (weights !== null) return gatherWeighted(rows as WeightedOnly, values, sums, from, to)
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    for (; at < end; at++) sum += values[neighbours[at]!]!
    sums[v] = sum
  }
}

type WeightedOnly = WeightedRows & { readonly weights: Float64Array }

function gatherWeighted(
  { offsets, neighbours, weights }: WeightedOnly,
  values: Float64Array,
  sums: Float64Array,
  from: number,
  to: number,
): void {
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    for (; at < end; at++) sum += weights[at]! * values[neighbours[at]!]!
    sums[v] = sum
  }
}
