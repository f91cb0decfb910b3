import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { countTriplets, largest, pairsAmong } from '../kernels/degree-sums.js'
import { preparedRows } from '../kernels/prepared-rows.js'
import { shapeOf } from '../kernels/shape.js'
import { loadFor } from '../loading/load-for.js'
import { densityOf } from './density.js'
import { type SignalOptions, signalOptions } from './options.js'

/** What `directedVertexMetrics` gives: all but the last two without loops and parallel edges. */
export interface DirectedVertexMetricsResult {
  /** How many vertices there are. */
  readonly vertices: number
  /** Arcs: `oneWay + 2 bothWays`. */
  readonly edges: number
  /** Pairs of vertices with an arc one way only. */
  readonly oneWay: number
  /** Pairs of vertices with arcs both ways. */
  readonly bothWays: number
  /** `edges / vertices`; 0 without vertices. */
  readonly averageDegree: number
  /** `edges / (vertices (vertices - 1))`; 0 for less than two vertices. */
  readonly density: number
  /** Pairs of distinct neighbours of a vertex, in either direction, over all vertices. */
  readonly triplets: bigint
  /** Distinct neighbours, in either direction, of the vertex that has most. */
  readonly maximumDegree: number
  /** Vertices that one vertex has arcs to, at most. */
  readonly maximumOutDegree: number
  /** Vertices that have arcs to one vertex, at most. */
  readonly maximumInDegree: number
  /** Pairs of neighbours of the vertex that has most. */
  readonly maximumTriplets: bigint
  /** Edges from a vertex to itself. */
  readonly loops: number
  /** Edges beyond the first from one vertex to another. */
  readonly parallel: number
}

/**
 * How large and how dense a directed graph is.
 *
 * Loops and parallel edges only count where they are named.
 *
 * Cost: O(vertices + edges).
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 1 }, { source: 3, target: 1 }, { source: 3, target: 3 },
 * ] })
 * const { edges, bothWays, maximumInDegree, loops } = await directedVertexMetrics(graph)
 * ;[edges, bothWays, maximumInDegree, loops] // [3, 1, 2, 1]
 */
export async function directedVertexMetrics<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: SignalOptions,
): Promise<DirectedVertexMetricsResult> {
  const { signal } = signalOptions(options, 'directedVertexMetrics')
  const { topology } = await loadFor('directedVertexMetrics', graph, signal)
  const { vertexCount: vertices } = topology
  const { arcs, degrees: byVertex } = preparedRows(topology)
  const { oneWay, bothWays, loops, parallel } = shapeOf(topology, arcs)
  const edges = oneWay + 2 * bothWays
  const maximumDegree = largest(byVertex.degrees)
  return {
    vertices,
    edges,
    oneWay,
    bothWays,
    averageDegree: vertices === 0 ? 0 : edges / vertices,
    density: densityOf(vertices, edges),
    triplets: countTriplets(arcs),
    maximumDegree,
    maximumOutDegree: largest(byVertex.outDegrees),
    maximumInDegree: largest(byVertex.inDegrees),
    maximumTriplets: pairsAmong(maximumDegree),
    loops,
    parallel,
  }
}
