/** Rows with a weight for each neighbour, in the order of the rows, so that sweeps read along. */
import type { Adjacency, EdgeRows } from '../topology/adjacency.js'
import type { Scratch } from '../topology/scratch.js'
import type { Topology } from '../topology/topology.js'

/** See the module's documentation. */
export interface WeightedRows extends Adjacency {
  /** By place in `neighbours`; `null` when every edge weighs 1. */
  readonly weights: Float64Array | null
}

/**
 * The rows with the weights of their edges. O(edges) time; 8 bytes per edge.
 *
 * @param scratch Lends the new array; without, it is the caller's own.
 */
export function weightedRows(
  rows: EdgeRows,
  weights: Float64Array,
  scratch: Lender = OWN,
): WeightedRows {
  const { offsets, neighbours, edges } = rows
  const inOrder = scratch.float64(edges.length)
  for (let k = 0; k < edges.length; k++) inOrder[k] = weights[edges[k]!]!
  return { offsets, neighbours, weights: inOrder }
}

/**
 * Neighbours in either direction: an edge stands in the rows of both of its ends, a self-loop twice
 * in that of its vertex. First those that the vertex leads to, then those that lead to it.
 *
 * @param scratch Lends the new arrays; without, they are the caller's own.
 *
 * Cost: O(vertices + edges) time; 8 bytes per edge, 16 more with weights.
 */
export function bothWays(
  topology: Topology,
  weights: Float64Array | null,
  scratch: Lender = OWN,
): WeightedRows {
  const { vertexCount: n, edgeCount } = topology
  const out = weights === null ? topology.out : topology.outEdges
  const into = weights === null ? topology.in : topology.inEdges
  const offsets = scratch.int32(n + 1)
  const neighbours = scratch.int32(2 * edgeCount)
  for (let v = 0; v < n; v++) {
    let at = out.offsets[v]! + into.offsets[v]!
    offsets[v] = at
    for (let k = out.offsets[v]!; k < out.offsets[v + 1]!; k++)
      neighbours[at++] = out.neighbours[k]!
    for (let k = into.offsets[v]!; k < into.offsets[v + 1]!; k++) {
      neighbours[at++] = into.neighbours[k]!
    }
  }
  offsets[n] = 2 * edgeCount
  if (weights === null) return { offsets, neighbours, weights: null }
  const inOrder = scratch.float64(2 * edgeCount)
  const { outEdges, inEdges } = topology
  for (let v = 0; v < n; v++) {
    let at = offsets[v]!
    for (let k = out.offsets[v]!; k < out.offsets[v + 1]!; k++) {
      inOrder[at++] = weights[outEdges.edges[k]!]!
    }
    for (let k = into.offsets[v]!; k < into.offsets[v + 1]!; k++) {
      inOrder[at++] = weights[inEdges.edges[k]!]!
    }
  }
  return { offsets, neighbours, weights: inOrder }
}

/** Where arrays come from, all zeros. */
type Lender = Pick<Scratch, 'int32' | 'float64'>

const OWN: Lender = {
  int32: length => new Int32Array(length),
  float64: length => new Float64Array(length),
}
