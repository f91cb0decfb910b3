/** The graphs that Louvain's levels work on. */
import type { Topology } from '../topology/topology.js'
import { bothWays } from './weighted-rows.js'

/**
 * An undirected weighted graph without self-loops. Where communities became vertices, what lies
 * within them is in `inside`.
 *
 * Directed graphs have this form too: only sums of both directions of an edge matter, besides what
 * leaves and what reaches each vertex.
 */
export interface LevelGraph {
  readonly vertexCount: number
  readonly offsets: Int32Array
  readonly neighbours: Int32Array
  /** By place in `neighbours`; empty when every edge weighs 1. */
  readonly weights: Float64Array
  /** By vertex: the weight of the edges within it. */
  readonly inside: Float64Array
  /**
   * By vertex: the weight of the ends of edges at it. For directed modularity only of those that
   * leave it.
   */
  readonly out: Float64Array
  /** By vertex: the weight of the edges that reach it; the same array as `out` when undirected. */
  readonly into: Float64Array
  /** What a product of `out` and `into` counts against the weight of edges: see `modularityOf`. */
  readonly penalty: number
  /** The weight of all edges, each once. */
  readonly total: number
}

/**
 * The level of a graph itself.
 *
 * @param weights By edge, none negative; `null` for 1 each. Edges that weigh 0 are left out.
 * @param resolution How much a community's size counts against it.
 *
 * Cost: O(vertices + edges) time; 8 bytes per edge, 16 more with weights.
 */
export function firstLevel(
  topology: Topology,
  weights: Float64Array | null,
  resolution: number,
  directed: boolean,
): LevelGraph {
  const { vertexCount, edgeCount, sources, targets } = topology
  const inside = new Float64Array(vertexCount)
  const out = new Float64Array(vertexCount)
  const into = directed ? new Float64Array(vertexCount) : out
  let total = 0
  for (let e = 0; e < edgeCount; e++) {
    const weight = weights === null ? 1 : weights[e]!
    const [u, v] = [sources[e]!, targets[e]!]
    if (u === v) inside[u]! += weight
    out[u]! += weight
    into[v]! += weight
    total += weight
  }
  // Undirected: m edges have 2m ends, and a pair of ends (i, j) is expected k_i k_j / 2m times.
  const penalty = resolution / (directed ? total : 2 * total)
  const rows = bothWays(topology, weights)
  const kept = withoutLoops(vertexCount, rows.offsets, rows.neighbours, rows.weights)
  return { vertexCount, ...kept, inside, out, into, penalty, total }
}

function withoutLoops(
  vertexCount: number,
  offsets: Int32Array,
  neighbours: Int32Array,
  weights: Float64Array | null,
): Pick<LevelGraph, 'offsets' | 'neighbours' | 'weights'> {
  const starts = new Int32Array(vertexCount + 1)
  // In place: what is kept never stands further back than it was.
  const keptWeights = weights ?? new Float64Array(0)
  let at = 0
  for (let v = 0; v < vertexCount; v++) {
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      if (neighbours[k] === v) continue
      if (weights !== null) {
        if (weights[k] === 0) continue
        keptWeights[at] = weights[k]!
      }
      neighbours[at++] = neighbours[k]!
    }
    starts[v + 1] = at
  }
  return { offsets: starts, neighbours: neighbours.subarray(0, at), weights: keptWeights }
}

/**
 * The modularity of a level whose vertices are the communities:
 *
 *     undirected  Q = sum over communities of  inside / m - resolution * (ends / 2m)^2
 *     directed    Q = sum over communities of  inside / m - resolution * out * into / m^2
 *
 * 0 where there are no edges.
 */
export function modularityOf({ inside, out, into, penalty, total }: LevelGraph): number {
  if (total === 0) return 0
  const share = out === into ? penalty / 2 : penalty
  let sum = 0
  for (let c = 0; c < inside.length; c++) sum += inside[c]! - share * out[c]! * into[c]!
  return sum / total
}
