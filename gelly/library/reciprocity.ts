import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { preparedRows } from '../kernels/prepared-rows.js'
import { shapeOf } from '../kernels/shape.js'
import { loadFor } from '../loading/load-for.js'
import { type SignalOptions, signalOptions } from './options.js'

/**
 * The share of arcs that are returned: there is one the other way round.
 *
 * 1 where each edge goes both ways, 0 where none does or there are no arcs. Loops and parallel edges do
 * not count.
 *
 * Cost: O(vertices + edges). Source: Newman, Forrest, Balthrop: Email Networks and the Spread of
 * Computer Viruses, 2002.
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 1 }, { source: 2, target: 3 }, { source: 3, target: 1 },
 * ] })
 * await reciprocity(graph) // 0.5
 */
export async function reciprocity<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: SignalOptions,
): Promise<number> {
  const { signal } = signalOptions(options, 'reciprocity')
  const { topology } = await loadFor('reciprocity', graph, signal)
  const { oneWay, bothWays } = shapeOf(topology, preparedRows(topology).arcs)
  return bothWays === 0 ? 0 : (2 * bothWays) / (oneWay + 2 * bothWays)
}
