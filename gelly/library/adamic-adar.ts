import { Float64Column, knownOptions, numberFrom, trueOrFalse } from '../../engine/extend.js'
import { type DataSet, float64 } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import type { PairChoice } from '../kernels/pair-list.js'
import { loadFor } from '../loading/load-for.js'
import type { Adjacency } from '../topology/adjacency.js'
import { lazyData } from './lazy-data.js'
import type { SignalOptions } from './options.js'
import { similarPairs } from './similar-pairs.js'

/** Options of `adamicAdar`. */
export interface AdamicAdarOptions extends SignalOptions {
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
 * Cost: O(sum of squared degrees) time for each reading; 20 bytes per vertex. Source: Adamic, Adar:
 * Friends and Neighbors on the Web, 2003.
 *
 * @param options.signal For loading the graph and for the mean; jobs that read the pairs have their own.
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
  knownOptions(options, ['minimumScore', 'maximumScore', 'minimumRatio', 'mirror', 'signal'], name)
  const { minimumScore = 0, maximumScore = Number.POSITIVE_INFINITY, mirror = false } = options
  const { minimumRatio = 0, signal } = options
  numberFrom(minimumScore, name, 'minimumScore', 0)
  numberFrom(maximumScore, name, 'maximumScore', minimumScore)
  numberFrom(minimumRatio, name, 'minimumRatio', 0)
  trueOrFalse(mirror, name, 'mirror')
  const loaded = await loadFor(name, graph, signal)
  const { simple } = loaded.topology
  const weights = weightsByDegree(simple)
  const ofMean = minimumRatio > 0 ? minimumRatio * (await meanScore(simple, weights, signal)) : 0
  const least = Math.max(minimumScore, ofMean)
  const choice: PairChoice = { score: own, minimumScore: least, maximumScore, mirror }
  const fields = { a: 'id', b: 'id', score: float64 } as const
  const pairs = lazyData<AdamicAdarPair<K>>(loaded, name, fields, async function* (signal) {
    for await (const { length, first, second, scores } of similarPairs(
      simple,
      weights,
      choice,
      signal,
    )) {
      const score = new Float64Column(scores.slice(0, length))
      yield [first.slice(0, length), second.slice(0, length), score]
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
  rows: Adjacency,
  weights: Float64Array,
  signal: AbortSignal | undefined,
): Promise<number> {
  const all = { score: own, minimumScore: 0, maximumScore: Number.POSITIVE_INFINITY, mirror: false }
  let sum = 0
  let pairs = 0
  for await (const { length, scores } of similarPairs(rows, weights, all, signal)) {
    for (let k = 0; k < length; k++) sum += scores[k]!
    pairs += length
  }
  return pairs === 0 ? 0 : sum / pairs
}

function own(_u: number, _other: number, sum: number): number {
  return sum
}
