import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { countTriplets } from '../../kernels/degree-sums.js'
import { loadFor } from '../../loading/load-for.js'
import { type WorkOptions, workOptions } from '../options.js'
import { countAllTriangles } from './count-all-triangles.js'

/** What `globalClusteringCoefficient` gives. */
export interface GlobalClusteringCoefficientResult {
  /** Three times the triangles, by the triplets; 0 without triplets. */
  readonly coefficient: number
  /** Each triangle once; Gelly's result had three times as many. */
  readonly triangles: number
  /** Pairs of neighbours of a vertex, over all vertices. */
  readonly triplets: bigint
}

/**
 * How likely two neighbours of a vertex are neighbours of each other: also called transitivity.
 *
 * `3 triangles / triplets`, where each vertex has a triplet for each pair of its neighbours. A graph
 * without triplets has 0, as in networkx; Gelly gave NaN. Directions, loops and parallel edges do not
 * count.
 *
 * Cost: that of `triangleCount`. Source: Newman, Watts, Strogatz: Random Graph Models of Social Networks,
 * 2002.
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * await globalClusteringCoefficient(graph) // { coefficient: 0.6, triangles: 1, triplets: 5n }
 */
export async function globalClusteringCoefficient<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: WorkOptions,
): Promise<GlobalClusteringCoefficientResult> {
  const work = workOptions(options, 'globalClusteringCoefficient')
  const loaded = await loadFor('globalClusteringCoefficient', graph, work.signal)
  const triangles = await countAllTriangles(loaded, work)
  const triplets = countTriplets(loaded.topology.simple)
  const coefficient = triplets === 0n ? 0 : (3 * triangles) / Number(triplets)
  return { coefficient, triangles, triplets }
}
