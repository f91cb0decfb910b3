import type { DataSet } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { hubSweeps } from '../kernels/hub-sweeps.js'
import type { EdgeWeight } from '../loading/edge-weights.js'
import { loadFor } from '../loading/load-for.js'
import {
  type ConvergingOptions,
  checkIteration,
  type IterationOutcome,
  iterated,
} from './converging.js'
import { directionRows } from './direction-rows.js'
import { withTeam } from './with-team.js'

/** Options of `hits`. */
export interface HitsOptions<K extends VertexId = never, EV = never> extends ConvergingOptions {
  /** A field of the edges' values, or a function of the edge; not negative. Default: 1 each. */
  readonly weight?: EdgeWeight<K, EV>
}

/** A vertex as hub and as authority. */
export interface HitsVertex<K extends VertexId> {
  /** The vertex. */
  id: K
  /** How good the vertices are to which it leads. */
  hub: number
  /** How good the vertices are that lead to it. */
  authority: number
}

/** What `hits` gives. */
export interface HitsResult<K extends VertexId> extends IterationOutcome {
  /** One record per vertex. */
  readonly vertices: DataSet<HitsVertex<K>>
}

/**
 * Hubs and authorities: a good hub leads to good authorities, a good authority is reached from good
 * hubs.
 *
 * Each iteration does `hub(u) = sum of w(u, v) * authority(v)`, then, from the new hubs,
 * `authority(v) = sum of w(u, v) * hub(u)`, and divides each by its L2 norm. It begins with the
 * in-degrees as authorities. The squares of all hubs add up to 1, those of all authorities as well;
 * all are 0 in graphs without edges. Vertices without edges have 0.
 *
 * Where several groups of vertices are equally strong, scores depend on where it begins. Parallel
 * edges count each, self-loops too. The answer does not depend on the parallelism of the environment.
 *
 * @param options.weight What an edge counts. Default: 1.
 * @param options.tolerance L1 change of all hubs and all authorities together, not per vertex.
 *   Default 1e-8. The first iteration never ends it.
 * @param options.maxIterations Default 1000.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(vertices + edges) time per iteration; 32 bytes per vertex, 16 more per edge with weights.
 * Source: Kleinberg: Authoritative Sources in a Hyperlinked Environment, 1999.
 * @example
 * const links = [{ from: 'a', to: 'c' }, { from: 'b', to: 'c' }, { from: 'b', to: 'd' }]
 * const { vertices } = await hits(Graph.fromEdges(links, { source: 'from', target: 'to' }))
 * const rounded = vertices.map(v => ({ id: v.id, hub: v.hub.toFixed(3), authority: v.authority.toFixed(3) }))
 * rounded.orderBy('id').first(3)
 * // { id: 'a', hub: '0.526', authority: '0.000' }, { id: 'b', hub: '0.851', authority: '0.000' },
 * // { id: 'c', hub: '0.000', authority: '0.851' }
 */
export async function hits<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: HitsOptions<K, EV> = {},
): Promise<HitsResult<K>> {
  checkIteration(options, 'hits', ['weight', 'tolerance'])
  const { weight, tolerance = 1e-8, maxIterations = 1000, signal } = options
  const loaded = await loadFor('hits', graph, signal)
  const { topology } = loaded
  const weights = weight === undefined ? null : await loaded.weights(weight, 'hits')
  return withTeam(loaded, signal, async (team, scratch) => {
    const out = directionRows(topology, 'out', weights, scratch)
    const into = directionRows(topology, 'in', weights, scratch)
    const sweeps = await hubSweeps(team, scratch, out, into)
    const outcome = await iterated('hits', options, maxIterations, async ({ superstep, add }) => {
      const change = await sweeps.sweep()
      add('change', change)
      return { done: superstep > 1 && change <= tolerance }
    })
    const [hub, authority] = [sweeps.hubs.slice(), sweeps.authorities.slice()]
    return { vertices: loaded.vertexData({ hub, authority }), ...outcome }
  })
}
