import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { preparedRows } from '../kernels/prepared-rows.js'
import { shapeOf } from '../kernels/shape.js'
import { loadFor } from '../loading/load-for.js'
import { type DirectedOptions, directedOptions } from './options.js'

/**
 * The share of all pairs of vertices that are linked; with `directed`, of all arcs that could be.
 *
 * `edges / (n (n - 1) / 2)`, or `arcs / (n (n - 1))`. From 0 to 1, since loops and parallel edges do not
 * count; 0 for less than two vertices.
 *
 * Cost: O(vertices + edges).
 *
 * @param options.directed Whether arcs are counted. Default: false.
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const graph = Graph.from({ edges: [{ source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }] })
 * await density(graph) // 1
 * await density(graph, { directed: true }) // 0.5
 */
export async function density<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: DirectedOptions,
): Promise<number> {
  const { directed, signal } = directedOptions(options, 'density')
  const { topology } = await loadFor('density', graph, signal)
  if (!directed) return densityOf(topology.vertexCount, topology.simple.neighbours.length)
  const { oneWay, bothWays } = shapeOf(topology, preparedRows(topology).arcs)
  return densityOf(topology.vertexCount, oneWay + 2 * bothWays)
}

/** Arcs by those that there could be; 0 if there could not be any. */
export function densityOf(vertices: number, arcs: number): number {
  return vertices < 2 ? 0 : arcs / (vertices * (vertices - 1))
}
