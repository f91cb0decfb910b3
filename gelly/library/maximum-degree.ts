import { knownOptions, nonNegativeInteger } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { loadFor } from '../loading/load-for.js'
import type { SignalOptions } from './options.js'
import { subgraphOf } from './subgraph-of.js'

/** Options of `maximumDegree`. */
export interface MaximumDegreeOptions extends SignalOptions {
  /** How many neighbours a vertex may have. */
  readonly maximum: number
}

/**
 * The graph without its hubs: vertices with more neighbours than `maximum`, and their edges, are left out.
 *
 * Neighbours are distinct ones in either direction, in the graph as it was: others lose some when a hub
 * goes. Makes `jaccardIndex` and `adamicAdar` possible where hubs have too many pairs of neighbours.
 *
 * Cost: O(vertices + edges).
 *
 * @throws {ArgumentError} If `maximum` is not an integer of at least 0, or an option is not known.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const graph = Graph.from({
 *   edges: [
 *     { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 *   ],
 * })
 * const withoutHub = await maximumDegree(graph, { maximum: 2 })
 * withoutHub.edges // { source: 1, target: 2, value: null }
 */
export async function maximumDegree<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: MaximumDegreeOptions,
): Promise<Graph<K, VV, EV>> {
  knownOptions(options, ['maximum', 'signal'], 'maximumDegree')
  const { maximum, signal } = options ?? {}
  nonNegativeInteger(maximum, 'maximumDegree', 'maximum')
  const loaded = await loadFor('maximumDegree', graph, signal)
  const { offsets } = loaded.topology.simple
  return subgraphOf(loaded, v => offsets[v + 1]! - offsets[v]! <= maximum)
}
