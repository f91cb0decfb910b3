import {
  Float64Column,
  Int32Column,
  knownOptions,
  numberFrom,
  trueOrFalse,
} from '../../../engine/extend.js'
import { ArgumentError, type DataSet, float64, int32 } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { loadFor } from '../../loading/load-for.js'
import { lazyData } from '../lazy-data.js'
import type { WorkOptions } from '../options.js'
import { similarPairs } from './similar-pairs.js'

/** Options of `jaccardIndex`. */
export interface JaccardIndexOptions extends WorkOptions {
  /** Only pairs of at least this score. Default: 0. */
  readonly minimumScore?: number
  /** Only pairs of at most this score. Default: 1. */
  readonly maximumScore?: number
  /** Whether each pair is there in both orders. Default: false. */
  readonly mirror?: boolean
}

/** Two vertices that share a neighbour. */
export interface JaccardPair<K extends VertexId> {
  /** A vertex. */
  a: K
  /** Another one. */
  b: K
  /** Neighbours of both. */
  shared: number
  /** Neighbours of at least one of them. */
  distinct: number
  /** `shared / distinct`. */
  score: number
}

/** What `jaccardIndex` gives. */
export interface JaccardIndexResult<K extends VertexId> {
  /** The pairs, found anew, piece by piece, by each job that reads them. */
  readonly pairs: DataSet<JaccardPair<K>>
}

/**
 * How similar the neighbourhoods of two vertices are: shared neighbours by distinct neighbours, for all
 * pairs that share one.
 *
 * All other pairs have 0 and are not listed. Each pair comes once, in the order of the vertices. Limits
 * of the score are part of the search, both inclusive. Directions, loops and parallel edges do not count.
 *
 * Pairs are found while they are read, so that as many as a graph has need not fit into memory: a filter,
 * an aggregate or a file takes them as they come. A vertex of degree d makes d (d - 1) / 2 pairs:
 * `maximumDegree` removes hubs beforehand.
 *
 * Cost: O(sum of squared degrees) time for each reading, on all threads of the environment; 24 bytes per
 * vertex, 12 more for each thread. Source: Jaccard: Étude comparative de la distribution florale, 1901.
 *
 * @param options.signal For loading the graph; jobs that read the pairs have their own.
 * @param options.onProgress Whenever pairs are read: how many vertices have been looked at.
 * @throws {ArgumentError} If an option is wrong.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 1, target: 3 }, { source: 4, target: 2 }, { source: 4, target: 3 },
 *   { source: 4, target: 5 },
 * ] })
 * const similar = (await jaccardIndex(graph, { minimumScore: 0.6 })).pairs
 * similar // { a: 1, b: 4, shared: 2, distinct: 3, score: 0.6666666666666666 }, { a: 2, b: 3, shared: 2, distinct: 2, score: 1 }
 */
export async function jaccardIndex<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: JaccardIndexOptions = {},
): Promise<JaccardIndexResult<K>> {
  const name = 'jaccardIndex'
  knownOptions(options, ['minimumScore', 'maximumScore', 'mirror', 'signal', 'onProgress'], name)
  const { minimumScore = 0, maximumScore = 1, mirror = false, signal, onProgress } = options
  numberFrom(minimumScore, name, 'minimumScore', 0, 1)
  numberFrom(maximumScore, name, 'maximumScore', 0, 1)
  trueOrFalse(mirror, name, 'mirror')
  if (minimumScore > maximumScore) {
    throw new ArgumentError(
      `${name}: minimumScore must be at most maximumScore; got ${minimumScore} and ${maximumScore}.`,
    )
  }
  const loaded = await loadFor(name, graph, signal)
  const { offsets } = loaded.topology.simple
  const degree = (v: number) => offsets[v + 1]! - offsets[v]!
  const weights = new Float64Array(loaded.topology.vertexCount).fill(1)
  const search = { byUnion: true, minimumScore, maximumScore, mirror, weights, onProgress }
  const fields = { a: 'id', b: 'id', shared: int32, distinct: int32, score: float64 } as const
  const pairs = lazyData<JaccardPair<K>>(loaded, name, fields, async function* (signal) {
    for await (const { first, second, sums, scores } of similarPairs(loaded, search, signal)) {
      const shared = Int32Array.from(sums)
      const distinct = shared.map((count, k) => degree(first[k]!) + degree(second[k]!) - count)
      const columns = [new Int32Column(shared), new Int32Column(distinct)]
      yield [first, second, ...columns, new Float64Column(scores)]
    }
  })
  return { pairs }
}
