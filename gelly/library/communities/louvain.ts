import { nonNegativeInteger, numberFrom, Random, trueOrFalse } from '../../../engine/extend.js'
import type { DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { firstLevel } from '../../kernels/level-graph.js'
import { LouvainLevels } from '../../kernels/louvain-levels.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import {
  checkIteration,
  type IterationOptions,
  type IterationOutcome,
  iterated,
} from '../converging.js'
import type { CommunityVertex } from './label-propagation.js'

/** Options of `louvain`. */
export interface LouvainOptions<K extends VertexId = never, EV = never> extends IterationOptions {
  /** A field of the edges' values, or a function of the edge; not negative. Default: 1 each. */
  readonly weight?: EdgeWeight<K, EV>
  /** More than 1 gives more and smaller communities, less than 1 fewer and larger ones. Default 1. */
  readonly resolution?: number
  /** Whether modularity heeds the direction of edges. Default `false`. */
  readonly directed?: boolean
  /** Whether communities are refined, as Leiden does, so that each hangs together. Default `false`. */
  readonly refine?: boolean
  /** Shuffles the order in which vertices are looked at. Default: the order of the vertices. */
  readonly seed?: number
}

/** One level of communities. */
export interface LouvainLevel<K extends VertexId> {
  /** How many there are. */
  readonly communities: number
  /** How good they are. */
  readonly modularity: number
  /** One record per vertex. */
  readonly vertices: DataSet<CommunityVertex<K, number>>
}

/** What `louvain` gives. */
export interface LouvainResult<K extends VertexId> extends IterationOutcome {
  /** One record per vertex; community 0 is the largest. */
  readonly vertices: DataSet<CommunityVertex<K, number>>
  /** How many communities there are. */
  readonly communities: number
  /** Their modularity; see `modularity`. */
  readonly modularity: number
  /** From the finest to the coarsest, which is the answer. */
  readonly levels: readonly LouvainLevel<K>[]
}

/**
 * Communities with as high a modularity as can be found fast.
 *
 * Vertices move to the neighbouring community where modularity gains most, until none gains by
 * moving; then communities become vertices, and so on until nothing moves. Each level is kept. Which
 * of many good answers is found depends on the order in which vertices are looked at: the vertices'
 * own, or one that `seed` shuffles. The same order gives the same answer.
 *
 * Directions are not heeded unless `directed` is true. Parallel edges add up. Communities are numbered
 * by size, the largest is 0, of equals the one with the first vertex. In graphs without edges each
 * vertex is one, and the modularity 0.
 *
 * @param options.weight What an edge counts. Default: 1.
 * @param options.resolution At least 0; see `modularity`. Default 1.
 * @param options.directed Takes the modularity of Leicht and Newman. Default `false`.
 * @param options.refine Refines each level before it is built on (Leiden): no community falls apart,
 *   and modularity is often higher. Takes up to twice as long. Default `false`.
 * @param options.seed An integer of at least 0. Default: the order of the vertices.
 * @param options.maxIterations The most levels. Default 100, which is never reached.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(edges) time per look at all vertices, of which some ten are usual in the first level, few
 * afterwards; some 50 bytes per vertex, 24 per edge, 40 with weights. The history has `modularity`,
 * `communities` and `moves` by level.
 * Source: Blondel, Guillaume, Lambiotte, Lefebvre: Fast Unfolding of Communities in Large Networks,
 * 2008; Leicht, Newman: Community Structure in Directed Networks, 2008; Traag, Waltman, van Eck: From
 * Louvain to Leiden, 2019.
 * @example
 * // Two triangles and a bridge.
 * const edges = [[1, 2], [2, 3], [3, 1], [3, 4], [4, 5], [5, 6], [6, 4]]
 * const graph = Graph.fromEdges(edges.map(([from = 0, to = 0]) => ({ from, to })), { source: 'from', target: 'to' })
 * const found = await louvain(graph)
 * found.modularity.toFixed(3) // '0.357'
 * found.vertices.groupBy('community').count() // { community: 0, count: 3 }, { community: 1, count: 3 }
 */
export async function louvain<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: LouvainOptions<K, EV> = {},
): Promise<LouvainResult<K>> {
  checkIteration(options, 'louvain', ['weight', 'resolution', 'directed', 'refine', 'seed'])
  const { weight, resolution = 1, directed = false, refine = false, seed } = options
  const { maxIterations = 100, signal } = options
  numberFrom(resolution, 'louvain', 'resolution', 0, Number.MAX_VALUE)
  trueOrFalse(directed, 'louvain', 'directed')
  trueOrFalse(refine, 'louvain', 'refine')
  if (seed !== undefined) nonNegativeInteger(seed, 'louvain', 'seed')
  const loaded = await loadFor('louvain', graph, signal)
  const weights = weight === undefined ? null : await loaded.weights(weight, 'louvain')
  const first = firstLevel(loaded.topology, weights, resolution, directed)
  const found = new LouvainLevels(first, lookingOrder(first.vertexCount, seed), refine)
  const levels: LouvainLevel<K>[] = []
  const outcome = await iterated('louvain', options, maxIterations, async ({ add, breathe }) => {
    const { moves, communities, modularity } = await found.next(breathe)
    add('modularity', modularity)
    add('communities', communities)
    add('moves', moves)
    // A level without moves is the one before again.
    if (moves > 0 || levels.length === 0) {
      const community = bySize(found.communities, communities)
      levels.push({ communities, modularity, vertices: loaded.vertexData({ community }) })
    }
    return { done: moves === 0 }
  })
  const { vertices, communities, modularity } = levels.at(-1)!
  return { vertices, communities, modularity, levels, ...outcome }
}

/** All vertices, by position or shuffled (Fisher, Yates). */
function lookingOrder(vertexCount: number, seed: number | undefined): Int32Array {
  const order = new Int32Array(vertexCount)
  for (let v = 0; v < vertexCount; v++) order[v] = v
  if (seed === undefined) return order
  const random = new Random(seed)
  for (let last = vertexCount - 1; last > 0; last--) {
    const other = random.int(last + 1)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}

/** Numbers communities anew, by size and then by the number they have. */
function bySize(communities: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count)
  for (const c of communities) sizes[c]!++
  const order = Int32Array.from({ length: count }, (_, c) => c)
  order.sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  const numbers = new Int32Array(count)
  for (let c = 0; c < count; c++) numbers[order[c]!] = c
  return communities.map(c => numbers[c]!)
}
