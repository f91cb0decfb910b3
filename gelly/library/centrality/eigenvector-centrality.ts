import type { DataSet } from '../../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../../direction.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { neighbourSums } from '../../kernels/neighbour-sums-of.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import {
  type ConvergingOptions,
  checkIteration,
  type IterationOutcome,
  iterated,
} from '../converging.js'
import { directionRows } from '../direction-rows.js'
import { withTeam } from '../with-team.js'

/** Options of centralities that are sums over neighbours. */
export interface SpectralOptions<K extends VertexId = never, EV = never> extends ConvergingOptions {
  /** A field of the edges' values, or a function of the edge; not negative. Default: 1 each. */
  readonly weight?: EdgeWeight<K, EV>
  /** Whose scores a vertex gets. Default `'in'`: of those that lead to it. */
  readonly direction?: EdgeDirection
}

/** A vertex and how central it is. */
export interface CentralVertex<K extends VertexId> {
  /** The vertex. */
  id: K
  /** Its score. */
  score: number
}

/** What centralities give that iterate. */
export interface CentralityResult<K extends VertexId> extends IterationOutcome {
  /** One record per vertex. */
  readonly vertices: DataSet<CentralVertex<K>>
}

/**
 * Central is whose neighbours are central: the principal eigenvector of the adjacency matrix.
 *
 * Each iteration adds to a vertex's score the scores of its neighbours, times the weights of the
 * edges, and divides by the L2 norm; it begins with equal scores. Adding to the old score, rather than
 * replacing it, does not change the vector but makes it converge on bipartite graphs as well.
 * Squares of scores add up to 1.
 *
 * Meant for graphs that hang together. Where they do not, the strongest component takes all, and in
 * graphs without cycles scores gather where all paths end, slowly: `converged` tells. The answer does not
 * depend on the parallelism of the environment.
 *
 * @param options.weight What an edge counts. Default: 1.
 * @param options.direction `'in'` (default), `'out'`, or `'all'`, which heeds no direction.
 * @param options.tolerance L1 change of all scores together, not per vertex. Default 1e-8.
 * @param options.maxIterations Default 1000.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(vertices + edges) time per iteration; 16 bytes per vertex, 8 more per edge with weights.
 * Source: Bonacich: Power and Centrality, 1987.
 * @example
 * // A triangle with a tail.
 * const edges = [[1, 2], [2, 3], [3, 1], [3, 4]].map(([from = 0, to = 0]) => ({ from, to }))
 * const graph = Graph.fromEdges(edges, { source: 'from', target: 'to' })
 * const { vertices } = await eigenvectorCentrality(graph, { direction: 'all' })
 * vertices.map(v => ({ id: v.id, score: v.score.toFixed(3) })).filter(v => v.id > 2)
 * // { id: 3, score: '0.612' }, { id: 4, score: '0.282' }
 */
export async function eigenvectorCentrality<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: SpectralOptions<K, EV> = {},
): Promise<CentralityResult<K>> {
  const operation = 'eigenvectorCentrality'
  checkIteration(options, operation, ['weight', 'direction', 'tolerance'])
  const { weight, direction = 'in', tolerance = 1e-8, maxIterations = 1000, signal } = options
  checkDirection(direction, operation)
  const loaded = await loadFor(operation, graph, signal)
  const n = loaded.topology.vertexCount
  const weights = weight === undefined ? null : await loaded.weights(weight, operation)
  return withTeam(loaded, signal, async (team, scratch) => {
    const rows = directionRows(loaded.topology, direction, weights, scratch)
    const sums = await neighbourSums(team, rows)
    let scores = scratch.unclearedFloat64(n).fill(1 / Math.sqrt(n))
    let next = scratch.unclearedFloat64(n)
    const outcome = await iterated(operation, options, maxIterations, async ({ add }) => {
      const largest = await sums.gather(scores, next, { own: scores, kept: 1, share: 1 })
      const change = await sums.settle(next, largest, scores)
      ;[scores, next] = [next, scores]
      add('change', change)
      return { done: change <= tolerance }
    })
    return { vertices: loaded.vertexData({ score: scores.slice() }), ...outcome }
  })
}
