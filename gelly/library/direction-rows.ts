/** Rows of neighbours for algorithms that let their users choose the direction. */
import type { EdgeDirection } from '../direction.js'
import { bothWays, type WeightedRows, weightedRows } from '../kernels/weighted-rows.js'
import type { Scratch } from '../topology/scratch.js'
import type { Topology } from '../topology/topology.js'

/**
 * The neighbours of each vertex in a direction: those that lead to it, those that it leads to, or
 * both, one for each edge.
 *
 * @param weights By edge; `null` for 1 each.
 * @param scratch Lends new arrays, for kernels that several threads run; without, they are the caller's
 *   own.
 */
export function directionRows(
  topology: Topology,
  direction: EdgeDirection,
  weights: Float64Array | null,
  scratch?: Scratch,
): WeightedRows {
  if (direction === 'all') return bothWays(topology, weights, scratch)
  if (weights !== null) {
    const rows = direction === 'in' ? topology.inEdges : topology.outEdges
    return weightedRows(rows, weights, scratch)
  }
  return { ...(direction === 'in' ? topology.in : topology.out), weights: null }
}
