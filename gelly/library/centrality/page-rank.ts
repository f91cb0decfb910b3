import { knownOptions, positiveInteger } from '../../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { pageRankSweeps } from '../../kernels/page-rank-sweeps.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import type { VertexIds } from '../../loading/vertex-ids.js'
import { type IterationOutcome, iterated, type LongOptions } from '../converging.js'
import { withTeam } from '../with-team.js'

/** Options of `pageRank`. */
export interface PageRankOptions<K extends VertexId = never, EV = never> extends LongOptions {
  /** Probability of following an edge, from 0 to below 1. Default 0.85. */
  readonly damping?: number
  /** The most iterations. Default 100. */
  readonly maxIterations?: number
  /** It has converged when all scores together change by at most this much. Default 1e-6. */
  readonly tolerance?: number
  /** A field of the edges' values, or a function of the edge; not negative. Default: 1 each. */
  readonly weight?: EdgeWeight<K, EV>
  /**
   * Where jumps lead: vertices, or vertices with weights of which at least one is above 0. Default:
   * to all alike.
   */
  readonly personalized?: readonly K[] | ReadonlyMap<K, number>
}

/** A vertex with its score. */
export interface PageRankVertex<K extends VertexId> {
  /** The vertex. */
  id: K
  /** The probability to be there; all together are 1. */
  score: number
}

/** What `pageRank` gives. */
export interface PageRankResult<K extends VertexId> extends IterationOutcome {
  /** One record per vertex. */
  readonly vertices: DataSet<PageRankVertex<K>>
}

/**
 * Scores each vertex by the probability that a random walk along out-edges is there.
 *
 * `score(v) = (1 - damping + damping * lost) * jump(v) + damping * sum over edges (u, v) of
 * score(u) * w(u, v) / strength(u)`, where `strength` is the sum of the weights of out-edges, `lost` the
 * scores of vertices without any, and `jump` 1 / vertices, or what `personalized` says. Scores sum
 * to 1. They begin as `jump`. Parallel edges count each, self-loops too.
 *
 * Graphs of more than some 260,000 edges are gone through in up to 64 blocks of vertices: each sees the
 * new scores of those before it (Gauss-Seidel), which takes fewer iterations to the same tolerance. Once
 * the change is `tolerance`, no iteration of the formula above would change more, whoever computes:
 * scores are then within `tolerance / (1 - damping)` of the exact ones, all together.
 *
 * The answer does not depend on the parallelism of the environment.
 *
 * @param options.damping Default 0.85.
 * @param options.maxIterations Default 100.
 * @param options.tolerance L1 change of all scores together, not per vertex. Default 1e-6.
 * @throws {ArgumentError} If an option is unknown or out of range, or a vertex of `personalized` is
 *   not in the graph; lists the nearest ids.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(vertices + edges) time per iteration; 36 bytes per vertex, 8 more per edge with weights. Graphs
 * of 131,072 vertices or more keep 4 bytes per edge for the next time. Sources: Page, Brin, Motwani,
 * Winograd: The PageRank Citation Ranking, 1999; for blocks, Arasu, Novak, Tomkins, Tomlin: PageRank
 * Computation and the Structure of the Web, 2002.
 * @example
 * const links = [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'c', to: 'b' }]
 * const graph = Graph.fromEdges(links, { source: 'from', target: 'to' })
 * const { vertices, converged } = await pageRank(graph)
 * converged // true
 * vertices.map(v => ({ id: v.id, score: v.score.toFixed(3) }))
 * // { id: 'a', score: '0.050' }, { id: 'b', score: '0.486' }, { id: 'c', score: '0.464' }
 */
export async function pageRank<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: PageRankOptions<K, EV> = {},
): Promise<PageRankResult<K>> {
  const { damping, maxIterations, tolerance } = checked(options)
  const { weight, personalized, signal } = options
  const loaded = await loadFor('pageRank', graph, signal)
  const { topology, ids } = loaded
  const weights = weight === undefined ? null : await loaded.weights(weight, 'pageRank')
  const jumps = personalized === undefined ? null : jumpsTo(personalized, ids)
  return withTeam(loaded, signal, async (team, scratch) => {
    const sweeps = await pageRankSweeps({ team, topology, scratch, damping, weights, jumps })
    const outcome = await iterated('pageRank', options, maxIterations, async ({ add }) => {
      const change = await sweeps.sweep()
      add('change', change)
      return { done: change <= tolerance }
    })
    const vertices = loaded.vertexData<{ score: number }>({ score: await sweeps.scores() })
    return { vertices, ...outcome }
  })
}

const OPTIONS = [
  ...['damping', 'maxIterations', 'tolerance', 'weight', 'personalized'],
  ...['signal', 'onProgress'],
]

function checked(options: Omit<PageRankOptions, 'personalized' | 'weight'>) {
  knownOptions(options, OPTIONS, 'pageRank')
  const { damping = 0.85, maxIterations = 100, tolerance = 1e-6 } = options
  if (!(damping >= 0 && damping < 1)) {
    throw new ArgumentError(`pageRank: damping must be from 0 to below 1; got ${String(damping)}.`)
  }
  if (!(tolerance >= 0)) {
    throw new ArgumentError(`pageRank: tolerance must be at least 0; got ${String(tolerance)}.`)
  }
  if (maxIterations !== Infinity) positiveInteger(maxIterations, 'pageRank', 'maxIterations')
  return { damping, maxIterations, tolerance }
}

/** Where jumps lead, by position, with a sum of 1. */
function jumpsTo<K extends VertexId>(
  given: readonly K[] | ReadonlyMap<K, number>,
  ids: VertexIds<K>,
): Float64Array {
  const jumps = new Float64Array(ids.column.length)
  const entries = given instanceof Map ? given : new Map([...given].map(id => [id as K, 1]))
  let total = 0
  for (const [id, weight] of entries as ReadonlyMap<K, number>) {
    if (!(weight >= 0 && weight < Infinity)) {
      throw new ArgumentError(
        `pageRank: personalized must have weights of at least 0; got ${String(weight)} for ${String(id)}.`,
      )
    }
    jumps[ids.require(id, 'pageRank')] = weight
    total += weight
  }
  if (!(total > 0)) {
    throw new ArgumentError('pageRank: personalized must name a vertex with a weight above 0.')
  }
  for (let v = 0; v < jumps.length; v++) jumps[v]! /= total
  return jumps
}
