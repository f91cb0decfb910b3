/** Sums and bounds over the degrees of all vertices. */
import type { Adjacency } from '../topology/adjacency.js'
import { ExactSum } from './exact-sum.js'

/** How many pairs of neighbours there are, over all vertices: the paths of two edges. O(vertices). */
export function countTriplets({ offsets }: Adjacency): bigint {
  const sum = new ExactSum()
  for (let v = 0; v + 1 < offsets.length; v++) sum.addPairs(offsets[v + 1]! - offsets[v]!)
  return sum.value
}

/** The largest of the values; 0 when none is above it. */
export function largest(values: Int32Array): number {
  let found = 0
  for (let k = 0; k < values.length; k++) if (values[k]! > found) found = values[k]!
  return found
}

/** The number of pairs among so many. */
export function pairsAmong(count: number): bigint {
  return (BigInt(count) * (BigInt(count) - 1n)) / 2n
}
