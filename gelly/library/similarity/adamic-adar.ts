import { Float64Column, knownOptions, numberFrom, trueOrFalse } from '../../../engine/extend.js'
import { type DataSet, float64 } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { loadFor } from '../../loading/load-for.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import type { Adjacency } from '../../topology/adjacency.js'
import { lazyData } from '../lazy-data.js'
import type { WorkOptions } from '../options.js'
import { type PairSearch, similarPairs } from './similar-pairs.js'

/** Options of `adamicAdar`. */
export interface AdamicAdarOptions extends WorkOptions {
  /** Only pairs of at least this score. Default: 0. */
  readonly minimumScore?: number
  /** Only pairs of at most this score. Default: no limit. */
  readonly maximumScore?: number
  /** Only pairs of at least so many times the mean score of all pairs. Default: 0. */
  readonly minimumRatio?: number
  /** Whether each pair is there in both orders. Default: false. */
  readonly mirror?: boolean
}

/** Two vertices that share a neighbour. */
export interface AdamicAdarPair<K extends VertexId> {
  /** A vertex. */
  a: K
  /** Another one. */
  b: K
  /** More for shared neighbours of low degree. */
  score: number
}

/** What `adamicAdar` gives. */
export interface AdamicAdarResult<K extends VertexId> {
  /** The pairs, found anew, piece by piece, by each job that reads them. */
  readonly pairs: DataSet<AdamicAdarPair<K>>
}

const OPTIONS = ['minimumScore', 'maximumScore', 'minimumRatio', 'mirror', 'signal', 'onProgress']

/**
 * How much two vertices have in common: the sum of `1 / ln(degree)` over their shared neighbours, for all
 * pairs that share one.
 *
 * A shared neighbour has at least two neighbours, so nothing is divided by zero. All other pairs have 0
 * and are not listed. Each pair comes once, in the order of the vertices; limits are inclusive.
 * Directions, loops and parallel edges do not count.
 *
 * Pairs are found while they are read, as in `jaccardIndex`. With `minimumRatio` they are looked for twice:
 * the mean needs the number of all pairs.
 *
 * Cost: O(sum of squared degrees) time for each reading, on all threads of the environment; 24 bytes per
 * vertex, 12 more for each thread. Source: Adamic, Adar:
 * Friends and Neighbors on the Web, 2003.
 *
 * @param options.signal For loading the graph and for the mean; jobs that read the pairs have their own.
 * @param options.onProgress For the mean, and whenever pairs are read: how many vertices have been looked at.
 * @throws {ArgumentError} If an option is wrong.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 1, target: 3 }, { source: 4, target: 2 }, { source: 4, target: 3 },
 * ] })
 * const similar = (await adamicAdar(graph)).pairs
 * similar.derive({ score: 'round(score, 3)' }) // { a: 1, b: 4, score: 2.885 }, { a: 2, b: 3, score: 2.885 }
 */
export async function adamicAdar<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: AdamicAdarOptions = {},
): Promise<AdamicAdarResult<K>> {
  const name = 'adamicAdar'
  knownOptions(options, OPTIONS, name)
  const { minimumScore = 0, maximumScore = Number.POSITIVE_INFINITY, mirror = false } = options
  const { minimumRatio = 0, signal, onProgress } = options
  numberFrom(minimumScore, name, 'minimumScore', 0)
  numberFrom(maximumScore, name, 'maximumScore', minimumScore)
  numberFrom(minimumRatio, name, 'minimumRatio', 0)
  trueOrFalse(mirror, name, 'mirror')
  const loaded = await loadFor(name, graph, signal)
  const all: PairSearch = {
    ...{ byUnion: false, mirror: false, minimumScore: 0, maximumScore: Number.POSITIVE_INFINITY },
    ...{ weights: weightsByDegree(loaded.topology.simple), onProgress },
  }
  const ofMean = minimumRatio > 0 ? minimumRatio * (await meanScore(loaded, all, signal)) : 0
  const least = Math.max(minimumScore, ofMean)
  const search: PairSearch = { ...all, minimumScore: least, maximumScore, mirror }
  const fields = { a: 'id', b: 'id', score: float64 } as const
  const pairs = lazyData<AdamicAdarPair<K>>(loaded, name, fields, async function* (signal) {
    for await (const { first, second, scores } of similarPairs(loaded, search, signal)) {
      yield [first, second, new Float64Column(scores)]
    }
  })
  return { pairs }
}

/** 1 / ln(degree); of no account, but more than 0, where nobody can share the vertex. */
function weightsByDegree({ offsets }: Adjacency): Float64Array {
  return Float64Array.from({ length: offsets.length - 1 }, (_, v) => {
    const degree = offsets[v + 1]! - offsets[v]!
    return degree < 2 ? 1 : 1 / Math.log(degree)
  })
}

/** The mean over all pairs that share a neighbour; 0 without any. */
async function meanScore(
  loaded: Pick<LoadedGraph<VertexId, unknown, unknown>, 'topology' | 'environment'>,
  all: PairSearch,
  signal: AbortSignal | undefined,
): Promise<number> {
  let sum = 0
  let pairs = 0
  for await (const { scores } of similarPairs(loaded, all, signal)) {
    for (let k = 0; k < scores.length; k++) sum += scores[k]!
    pairs += scores.length
  }
  return pairs === 0 ? 0 : sum / pairs
}
