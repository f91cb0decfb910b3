/** Brandes' algorithm from many vertices on several threads. */
import type { KernelTeam } from '../../../engine/extend.js'
import { longestOf, weightsByPlace } from '../../kernels/distances.js'
import { pathCountKernels, pathCountsOf } from '../../kernels/path-counts.js'
import {
  bucketScale,
  weightedPathCountKernels,
  weightedPathCountsOf,
} from '../../kernels/weighted-path-counts.js'
import type { Scratch } from '../../topology/scratch.js'
import type { Topology } from '../../topology/topology.js'

/** Sums over searches: by vertex, and by place in the out-rows. */
export interface PassageSums {
  readonly vertices: Float64Array
  /** Empty unless wanted. */
  readonly places: Float64Array
}

/** What is searched for. */
export interface PassageSearch {
  /** By edge of the graph, above 0; `null` for 1 each. */
  readonly weights: Float64Array | null
  /** Whether sums by place are wanted. */
  readonly edges: boolean
  /** Called after each round with how many sources are done. */
  readonly told: (done: number) => void
}

/** Arrays of scores, where they are not too large. */
const ARRAYS = 16

/** What the arrays of scores take together, in elements: 256 MiB. */
const ARRAY_ELEMENTS = 2 ** 25

/** Vertices and edges to look at in a turn: about a millisecond, some more with weights. */
const TURN_WORK = 2 ** 18

/**
 * How often shortest paths from some vertices pass through vertices, and along edges; `null` where the
 * kernel for weights gives up.
 *
 * Sources are dealt out in turns of some of them. Each turn adds to one of a few arrays of scores; so many
 * turns make a round, whose turns run side by side. How many arrays there are, and which is for whom, depends
 * on the graph alone, and so does the sum of their scores to the last bit.
 */
export async function searchedPassages(
  team: KernelTeam,
  scratch: Scratch,
  topology: Topology,
  sources: Int32Array,
  { weights, edges, told }: PassageSearch,
): Promise<PassageSums | null> {
  const { vertexCount } = topology
  const placeCount = edges ? topology.edgeCount : 0
  const work = vertexCount + topology.edgeCount
  const turn = Math.ceil(TURN_WORK / Math.max(1, work))
  const turns = Math.max(1, Math.ceil(sources.length / turn))
  const room = Math.floor(ARRAY_ELEMENTS / Math.max(1, vertexCount + placeCount))
  const arrays = Math.max(1, Math.min(ARRAYS, room, turns))
  const lent = scratch.int32(sources.length)
  lent.set(sources)
  const scores = scratch.float64(arrays * vertexCount)
  const placeScores = scratch.float64(arrays * placeCount)
  // No more than can be at work.
  const threads = Math.min(team.size, arrays)
  const search =
    weights === null
      ? await unweighted(team, scratch, topology, edges, threads)
      : await weighted(team, scratch, topology, weights, threads)
  for (let from = 0; from < sources.length; from += arrays * turn) {
    const parts = partsOf(from, Math.min(from + arrays * turn, sources.length), turn)
    const failed = await search(parts, lent, turn, arrays, scores, placeScores)
    if (failed.includes(1)) return null
    told(parts.at(-1)!)
  }
  return { vertices: summed(scores, arrays), places: summed(placeScores, arrays) }
}

/** Searches from sources, a part for each turn; gives 1 for parts that gave up. */
type TurnSearch = (
  parts: Int32Array,
  sources: Int32Array,
  turn: number,
  arrays: number,
  scores: Float64Array,
  placeScores: Float64Array,
) => Promise<Float64Array>

async function unweighted(
  team: KernelTeam,
  scratch: Scratch,
  topology: Topology,
  edges: boolean,
  threads: number,
): Promise<TurnSearch> {
  const out = edges ? topology.outEdges : topology.out
  const into = topology.in
  const { addPassages } = await team.load(pathCountKernels)
  const state = pathCountsOf(topology.vertexCount, threads, scratch)
  return (parts, sources, turn, arrays, scores, placeScores) =>
    addPassages(
      ...([parts, out.offsets, out.neighbours, into.offsets, into.neighbours] as const),
      ...([sources, turn, arrays, state.slots, state.levels, state.counts] as const),
      ...([state.shares, state.order, state.starts, state.scales] as const),
      ...([scores, placeScores] as const),
    )
}

async function weighted(
  team: KernelTeam,
  scratch: Scratch,
  { outEdges: rows, vertexCount }: Topology,
  weights: Float64Array,
  threads: number,
): Promise<TurnSearch> {
  const { addWeightedPassages } = await team.load(weightedPathCountKernels)
  const byPlace = scratch.unclearedFloat64(rows.edges.length)
  weightsByPlace(rows, weights, byPlace)
  const scale = bucketScale(longestOf(byPlace))
  const state = weightedPathCountsOf(vertexCount, threads, scratch)
  return (parts, sources, turn, arrays, scores, placeScores) =>
    addWeightedPassages(
      ...([parts, rows.offsets, rows.neighbours, byPlace, scale] as const),
      ...([sources, turn, arrays, state.slots, state.distances, state.counts] as const),
      ...([state.shares, state.order, state.queue, state.buckets] as const),
      ...([scores, placeScores] as const),
    )
}

/** Where turns begin, with the end of the last one. */
function partsOf(from: number, to: number, turn: number): Int32Array {
  const count = Math.ceil((to - from) / turn)
  return Int32Array.from({ length: count + 1 }, (_, k) => Math.min(from + k * turn, to))
}

/** The sum of arrays that stand one behind the other, in their order. */
function summed(values: Float64Array, arrays: number): Float64Array {
  const length = values.length / arrays
  const sums = values.slice(0, length)
  for (let array = 1; array < arrays; array++) {
    const offset = array * length
    for (let k = 0; k < length; k++) sums[k]! += values[offset + k]!
  }
  return sums
}
