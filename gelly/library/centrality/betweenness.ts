import { knownOptions, trueOrFalse } from '../../../engine/extend.js'
import type { DataSet } from '../../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../../direction.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import { edgeData } from '../edge-data.js'
import type { SampleOptions } from '../paths/pivots.js'
import type { SearchProgress } from '../search-progress.js'
import { passages } from './passages.js'

/** Options of `betweenness` and `edgeBetweenness`. */
export interface BetweennessOptions<K extends VertexId = never, EV = never> extends SampleOptions {
  /**
   * How long an edge is: a field of the edges' values, or a function of the edge; more than 0.
   * Default: 1 each.
   */
  readonly weight?: EdgeWeight<K, EV>
  /** Which way edges are followed. Default `'out'`. */
  readonly direction?: EdgeDirection
  /** Whether scores are divided by the number of pairs of vertices. Default `false`. */
  readonly normalized?: boolean
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
  /** Called about ten times a second with how many searches are done, of how many. */
  readonly onProgress?: SearchProgress
}

/** What `betweenness` gives. */
export interface BetweennessResult<K extends VertexId> {
  /** One record per vertex. */
  readonly vertices: DataSet<{ id: K; score: number }>
  /** How many vertices were searched from. */
  readonly searches: number
}

/** What `edgeBetweenness` gives. */
export interface EdgeBetweennessResult<K extends VertexId> {
  /** One record per edge. */
  readonly edges: DataSet<{ source: K; target: K; score: number }>
  /** How many vertices were searched from. */
  readonly searches: number
}

const OPTIONS = [
  ...['weight', 'direction', 'normalized', 'samples', 'seed'],
  ...['signal', 'onProgress'],
]

/**
 * How often a vertex lies between others: for all pairs of other vertices, the share of the shortest
 * paths from one to the other that pass through it.
 *
 * `'out'` and `'in'` count each pair in both orders, `'all'` once. Parallel edges are different paths.
 * With `samples` only paths from some vertices are looked at, and scores scaled to what all would
 * give: right on average. Normalised scores are from 0 to 1: divided by `(n - 1) (n - 2)`, or half of
 * it for `'all'`. With weights, paths are equally short when sums of weights are equal as 64-bit
 * numbers, so whole numbers are best.
 *
 * @param options.weight How long an edge is, more than 0. Default: 1.
 * @param options.direction `'out'` (default), `'in'`, or `'all'` for both ways.
 * @param options.normalized Default false.
 * @param options.samples From how many vertices to search. Default: all.
 * @param options.seed For the choice of the samples. Default 1.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, not above 0 or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Searches run on all threads of the environment; scores are the same for any number.
 *
 * Cost: O(vertices + edges) time per search, weights as in `shortestPaths`; 32 bytes per vertex and
 * thread, 40 with weights, and 8 for each of up to 16 arrays of scores, which take 256 MiB at most where they are several.
 * Source: Brandes: A Faster Algorithm for Betweenness Centrality, 2001; samples: Brandes, Pich:
 * Centrality Estimation in Large Networks, 2007.
 * @example
 * const path = Graph.fromEdges([{ from: 1, to: 2 }, { from: 2, to: 3 }], { source: 'from', target: 'to' })
 * const { vertices } = await betweenness(path)
 * vertices // { id: 1, score: 0 }, { id: 2, score: 1 }, { id: 3, score: 0 }
 */
export async function betweenness<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: BetweennessOptions<K, EV> = {},
): Promise<BetweennessResult<K>> {
  const { loaded, direction, normalized, ...search } = await prepared(graph, options, 'betweenness')
  const { vertices: score, searches } = await passages(loaded, direction, search)
  const n = loaded.topology.vertexCount
  const pairs = (n - 1) * (n - 2)
  scale(score, n, searches, direction, normalized ? pairs : 0)
  return { vertices: loaded.vertexData({ score }), searches }
}

/**
 * How often an edge lies between vertices: for all pairs of vertices, the share of the shortest paths
 * from one to the other that go along it.
 *
 * As `betweenness`, except that normalised scores are divided by `n (n - 1)`, or half of it for
 * `'all'`. Of parallel edges each has its own paths.
 *
 * @param options As of `betweenness`.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, not above 0 or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: as `betweenness`, and 8 bytes per edge for each array of scores. Source: Girvan, Newman: Community Structure in Social
 * and Biological Networks, 2002; Brandes: On Variants of Shortest-Path Betweenness Centrality, 2008.
 * @example
 * const path = Graph.fromEdges([{ from: 1, to: 2 }, { from: 2, to: 3 }], { source: 'from', target: 'to' })
 * const { edges } = await edgeBetweenness(path)
 * edges // { source: 1, target: 2, score: 2 }, { source: 2, target: 3, score: 2 }
 */
export async function edgeBetweenness<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: BetweennessOptions<K, EV> = {},
): Promise<EdgeBetweennessResult<K>> {
  const { loaded, direction, normalized, ...search } = await prepared(
    graph,
    options,
    'edgeBetweenness',
  )
  const { edges: score, searches } = await passages(loaded, direction, { ...search, edges: true })
  const n = loaded.topology.vertexCount
  scale(score, n, searches, direction, normalized ? n * (n - 1) : 0)
  return { edges: edgeData(loaded, null, { score }), searches }
}

async function prepared<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: BetweennessOptions<K, EV>,
  operation: string,
) {
  knownOptions(options, OPTIONS, operation)
  const { weight, direction = 'out', normalized = false, ...rest } = options
  checkDirection(direction, operation)
  trueOrFalse(normalized, operation, 'normalized')
  const loaded = await loadFor(operation, graph, rest.signal)
  const weights = weight === undefined ? null : await loaded.weights(weight, operation)
  return { loaded, direction, normalized, weights, operation, ...rest }
}

/** From sums over the searches to scores; `pairs` is 0 where they are not normalised. */
function scale(
  scores: Float64Array,
  n: number,
  searches: number,
  direction: EdgeDirection,
  pairs: number,
): void {
  // What is halved for pairs that are met twice is halved in their number, too.
  const each = pairs > 0 ? 1 / pairs : direction === 'all' ? 0.5 : 1
  const factor = (each * n) / Math.max(1, searches)
  if (factor === 1) return
  for (let k = 0; k < scores.length; k++) scores[k]! *= factor
}
