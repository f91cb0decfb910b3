import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { countTriplets, largest, pairsAmong } from '../kernels/degree-sums.js'
import { preparedRows } from '../kernels/prepared-rows.js'
import { loadFor } from '../loading/load-for.js'
import { densityOf } from './density.js'
import { type SignalOptions, signalOptions } from './options.js'

/** What `vertexMetrics` gives: all without loops, parallel edges and directions. */
export interface VertexMetricsResult {
  /** How many vertices there are. */
  readonly vertices: number
  /** Pairs of vertices that are linked. */
  readonly edges: number
  /** `2 edges / vertices`; 0 without vertices. */
  readonly averageDegree: number
  /** `edges / (vertices (vertices - 1) / 2)`; 0 for less than two vertices. */
  readonly density: number
  /** Pairs of neighbours of a vertex, over all vertices. */
  readonly triplets: bigint
  /** Neighbours of the vertex that has most. */
  readonly maximumDegree: number
  /** Pairs of neighbours of the vertex that has most. */
  readonly maximumTriplets: bigint
}

/**
 * How large and how dense a graph is, read without directions.
 *
 * Loops and parallel edges do not count; `directedVertexMetrics` says how many there are.
 *
 * Cost: O(vertices + edges).
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const { averageDegree, triplets } = await vertexMetrics(graph)
 * averageDegree // 2
 * triplets // 5n
 */
export async function vertexMetrics<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: SignalOptions,
): Promise<VertexMetricsResult> {
  const { signal } = signalOptions(options, 'vertexMetrics')
  const { topology } = await loadFor('vertexMetrics', graph, signal)
  const { simple, vertexCount: vertices } = topology
  const edges = simple.neighbours.length / 2
  const maximumDegree = largest(preparedRows(topology).degrees.degrees)
  return {
    vertices,
    edges,
    averageDegree: vertices === 0 ? 0 : (2 * edges) / vertices,
    density: densityOf(vertices, 2 * edges),
    triplets: countTriplets(simple),
    maximumDegree,
    maximumTriplets: pairsAmong(maximumDegree),
  }
}
