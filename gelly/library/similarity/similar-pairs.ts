import { BATCH_SIZE, createKernelTeam } from '../../../engine/extend.js'
import type { VertexId } from '../../elements.js'
import {
  type PairChoice,
  type PairRoom,
  pairKernels,
  pairRoom,
  pairSpace,
} from '../../kernels/find-pairs.js'
import { pairRounds } from '../../kernels/pair-rounds.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import { Scratch } from '../../topology/scratch.js'
import { type SearchProgress, searchProgress } from '../search-progress.js'

/** How to look for pairs. */
export interface PairSearch extends PairChoice {
  /** By vertex: what it adds to the sum of a pair that shares it; more than 0. */
  readonly weights: Float64Array
  /** Told how many vertices have been looked at. */
  readonly onProgress?: SearchProgress | undefined
}

/**
 * The pairs of vertices that share a neighbour and are chosen, piece by piece, on all threads: at any time
 * there are those of one round. The order is that of the vertices, for any number of threads.
 */
export async function* similarPairs(
  {
    topology,
    environment,
  }: Pick<LoadedGraph<VertexId, unknown, unknown>, 'topology' | 'environment'>,
  search: PairSearch,
  signal: AbortSignal | undefined,
): AsyncGenerator<PairRoom> {
  const { region, simple, vertexCount } = topology
  const { byUnion, minimumScore, maximumScore, mirror } = search
  const told = searchProgress(vertexCount, search.onProgress)
  const scratch = new Scratch(region)
  const team = createKernelTeam(region, { workers: environment.parallelism, signal })
  try {
    const { findPairs } = await team.load(pairKernels)
    const weights = scratch.unclearedFloat64(vertexCount)
    weights.set(search.weights)
    const space = pairSpace(vertexCount, team.size, scratch)
    const places = scratch.uncleared(vertexCount)
    let room = pairRoom(0, scratch)
    for (const round of pairRounds(simple, places, mirror ? 2 : 1)) {
      if (room.first.length < round.room) {
        room = pairRoom(Math.max(round.room, 2 * room.first.length), scratch)
      }
      const counts = await findPairs(
        ...([round.parts, simple.offsets, simple.neighbours, weights] as const),
        ...([space.slots, space.sums, space.found, places] as const),
        ...([room.first, room.second, room.sums, room.scores] as const),
        ...([byUnion ? 1 : 0, minimumScore, maximumScore, mirror ? 1 : 0] as const),
      )
      yield* inBatches(gathered(room, places, round.parts, counts))
      told(round.parts.at(-1)!)
    }
  } finally {
    team.close()
    scratch.release()
  }
}

/** What the parts have found, one behind the other, in arrays of their own. */
function gathered(
  room: PairRoom,
  places: Int32Array,
  parts: Int32Array,
  counts: Float64Array,
): PairRoom {
  const length = counts.reduce((sum, count) => sum + count, 0)
  const first = new Int32Array(length)
  const second = new Int32Array(length)
  const sums = new Float64Array(length)
  const scores = new Float64Array(length)
  let at = 0
  for (let part = 0; part < counts.length; part++) {
    const begin = places[parts[part]!]!
    const end = begin + counts[part]!
    for (let k = begin; k < end; k++) {
      first[at] = room.first[k]!
      second[at] = room.second[k]!
      sums[at] = room.sums[k]!
      scores[at++] = room.scores[k]!
    }
  }
  return { first, second, sums, scores }
}

function* inBatches({ first, second, sums, scores }: PairRoom): Generator<PairRoom> {
  for (let from = 0; from < first.length; from += BATCH_SIZE) {
    const to = from + BATCH_SIZE
    yield {
      first: first.subarray(from, to),
      second: second.subarray(from, to),
      sums: sums.subarray(from, to),
      scores: scores.subarray(from, to),
    }
  }
}
