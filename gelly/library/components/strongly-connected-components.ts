import type { DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { strongComponents } from '../../kernels/strong-components.js'
import { loadFor } from '../../loading/load-for.js'
import { stepsOf } from '../in-ranges.js'
import { type WorkOptions, workOptions } from '../options.js'

/** Options of `stronglyConnectedComponents`. */
export interface StronglyConnectedComponentsOptions extends WorkOptions {}

/** What `stronglyConnectedComponents` gives. */
export interface StronglyConnectedComponentsResult<K extends VertexId> {
  /** One record per vertex; components are numbered from 0 in the order of their first vertices. */
  readonly vertices: DataSet<{ id: K; component: number }>
  /** How many components there are. */
  readonly count: number
  /** How many vertices the largest one has; 0 without vertices. */
  readonly largest: number
}

/**
 * Sets of vertices that all reach each other along edges. A vertex on no cycle is a set of its own.
 *
 * @throws {ArgumentError} If an option is unknown.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(vertices + edges) time, 24 bytes per vertex. Source: Tarjan: Depth-First Search and Linear
 * Graph Algorithms, 1972.
 * @example
 * const links = [{ from: 1, to: 2 }, { from: 2, to: 1 }, { from: 2, to: 3 }]
 * const graph = Graph.fromEdges(links, { source: 'from', target: 'to' })
 * const { vertices } = await stronglyConnectedComponents(graph)
 * vertices // { id: 1, component: 0 }, { id: 2, component: 0 }, { id: 3, component: 1 }
 */
export async function stronglyConnectedComponents<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: StronglyConnectedComponentsOptions = {},
): Promise<StronglyConnectedComponentsResult<K>> {
  const work = workOptions(options, 'stronglyConnectedComponents')
  const loaded = await loadFor('stronglyConnectedComponents', graph, work.signal)
  const { out, vertexCount } = loaded.topology
  const { components, count } = await strongComponents(out, stepsOf(vertexCount, work))
  const sizes = new Int32Array(count)
  for (let v = 0; v < components.length; v++) sizes[components[v]!]!++
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0)
  return { vertices: loaded.vertexData({ component: components }), count, largest }
}
