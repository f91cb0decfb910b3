/**
 * PageRank of a topology, iteration by iteration, on the threads of a team.
 *
 * Pulls: each vertex adds up what its in-edges bring, so no two threads write to one place; what a
 * vertex sends is divided by its strength once per iteration, not once per edge. Vertices that many
 * edges ask for stand side by side in the array of contributions, where a processor finds them in its
 * cache: above some half a million vertices that takes off a third of the time.
 *
 * Sources: Page, Brin, Motwani, Winograd: The PageRank Citation Ranking, 1999; the order by degree is
 * "frequency based clustering" of Zhang, Kiriansky, Mendis, Zaharia, Amarasinghe: Making Caches Work
 * for Graph Analytics, 2017.
 */
import type { KernelTeam } from '../../engine/extend.js'
import type { Scratch } from '../topology/scratch.js'
import type { Topology } from '../topology/topology.js'
import { pageRankKernels } from './page-rank.js'
import { total } from './total.js'

/** What a run begins with. */
export interface PageRankSetting {
  readonly team: KernelTeam
  readonly topology: Topology
  readonly scratch: Scratch
  /** By edge; not negative. `null`: 1 each. */
  readonly weights: Float64Array | null
  /** By vertex: where a jump leads, with a sum of 1. `null`: anywhere. */
  readonly jumps: ArrayLike<number> | null
  /** From how many vertices contributions are ordered by degree. */
  readonly orderFrom?: number
}

/** A run under way. */
export interface PageRankSweeps {
  /** By vertex; they sum to 1. Of the scratch. */
  readonly scores: Float64Array
  /** One iteration; gives the L1 change. */
  sweep(damping: number): Promise<number>
}

/** Contributions of fewer vertices fit the caches as they are. */
const ORDER_FROM = 2 ** 19

/** Prepares a run: O(vertices + edges) where weights or an order are needed, else O(vertices). */
export async function pageRankSweeps(setting: PageRankSetting): Promise<PageRankSweeps> {
  const { team, topology, scratch, weights, orderFrom = ORDER_FROM } = setting
  const n = topology.vertexCount
  const { rename, spread, pull, pullWeighted } = await team.load(pageRankKernels)
  const strengths = scratch.float64(n)
  if (weights === null) strengths.set(topology.outDegrees)
  else for (let e = 0; e < weights.length; e++) strengths[topology.sources[e]!]! += weights[e]!
  const jumps = scratch.float64(n)
  if (setting.jumps === null) jumps.fill(1 / n)
  else jumps.set(setting.jumps)
  const scores = scratch.float64(n)
  scores.set(jumps)
  const contributions = scratch.float64(n)
  const places = scratch.int32(n)
  const rows = topology.in
  const { offsets } = rows
  let sources = rows.neighbours
  if (n < orderFrom) for (let v = 0; v < n; v++) places[v] = v
  else {
    placesByDegree(topology.outDegrees, places)
    sources = scratch.int32(rows.neighbours.length)
    await rename(team.evenParts(sources.length), rows.neighbours, places, sources)
  }
  const vertices = team.evenParts(n)
  const parts = team.rowParts(offsets)
  const placed = weights === null ? null : weightsByPlace(weights, topology, scratch)
  return {
    scores,
    async sweep(damping) {
      const dangling = total(await spread(vertices, scores, strengths, places, contributions))
      const jump = 1 - damping + damping * dangling
      const changes =
        placed === null
          ? pull(parts, offsets, sources, contributions, scores, jumps, jump, damping)
          : pullWeighted(
              ...([parts, offsets, sources, placed, contributions, scores] as const),
              ...([jumps, jump, damping] as const),
            )
      return total(await changes)
    },
  }
}

/** The place of each vertex when the highest degrees come first; a counting sort. */
function placesByDegree(degrees: Int32Array, places: Int32Array): void {
  const starts = new Int32Array(degrees.length + 1)
  // Degrees above the number of vertices, of parallel edges, count as that many.
  const rank = (v: number) => degrees.length - Math.min(degrees[v]!, degrees.length)
  for (let v = 0; v < degrees.length; v++) starts[rank(v)]!++
  let begin = 0
  for (let k = 0; k < starts.length; k++) {
    const size = starts[k]!
    starts[k] = begin
    begin += size
  }
  for (let v = 0; v < degrees.length; v++) places[v] = starts[rank(v)]!++
}

function weightsByPlace(
  weights: Float64Array,
  { inEdges }: Topology,
  scratch: Scratch,
): Float64Array {
  const placed = scratch.float64(weights.length)
  for (let k = 0; k < placed.length; k++) placed[k] = weights[inEdges.edges[k]!]!
  return placed
}
