/**
 * PageRank of a topology, iteration by iteration, on the threads of a team.
 *
 * Pulls: each vertex adds up what its in-edges bring, so no two threads write to one place; what a
 * vertex sends is computed once per iteration, not once per edge. In large graphs it
 * is kept by other names, see `hot-rows.ts`.
 *
 * An iteration takes the vertices in blocks, one after the other: those of a block see what the blocks
 * before it have come to (Gauss-Seidel), which takes a third of the iterations off. Blocks depend on the
 * graph alone, so the answer does not depend on the number of threads. Graphs of few edges are one block.
 *
 * Scores are those of the equation in which what jumps is a share of all scores, `(1 - damping) * sum of
 * scores + damping * scores of vertices without out-edges`. Its solutions are multiples of each other, so
 * scores may have any sum while they are computed; the answer is divided by it. This matters: with a
 * fixed sum, blocks would lose or win some of it, and iterations would be spent on bringing it back.
 * It converges since the ratio of each new score to its solution is a mean of ratios before, one of
 * them that of all vertices together.
 *
 * Sources: Page, Brin, Motwani, Winograd: The PageRank Citation Ranking, 1999; Arasu, Novak, Tomkins,
 * Tomlin: PageRank Computation and the Structure of the Web: Experiments and Algorithms, 2002
 * (Gauss-Seidel).
 */
import type { KernelTeam, Parts } from '../../engine/extend.js'
import type { Scratch } from '../topology/scratch.js'
import type { Topology } from '../topology/topology.js'
import { hotRows } from './hot-rows.js'
import { pageRankKernels } from './page-rank.js'
import { total } from './total.js'

/** What a run begins with. */
export interface PageRankSetting {
  readonly team: KernelTeam
  readonly topology: Topology
  readonly scratch: Scratch
  /** From 0 to below 1. */
  readonly damping: number
  /** By edge; not negative. `null`: 1 each. */
  readonly weights: Float64Array | null
  /** By vertex: where a jump leads, with a sum of 1. `null`: anywhere. */
  readonly jumps: ArrayLike<number> | null
  /** From how many vertices contributions are ordered by degree. */
  readonly orderFrom?: number
}

/** A run under way. */
export interface PageRankSweeps {
  /** One iteration; gives the L1 change, where scores sum to 1. */
  sweep(): Promise<number>
  /** A copy of the scores, by vertex; they sum to 1. */
  scores(): Promise<Float64Array>
}

/** Contributions of fewer vertices, at 8 bytes each, fit a cache of 2 MiB beside what passes through it. */
export const ORDER_FROM = 2 ** 17

/** More blocks take hardly fewer iterations. */
const MOST_BLOCKS = 64

/** A block has so many parts at least, so that each thread gets some. */
const LEAST_PARTS = 4

/** What fewer vertices send is sooner computed by one thread than told to others. */
const SENT_TOGETHER = 2 ** 16

/** Prepares a run: O(vertices), and O(edges) with weights or, once, an order. */
export async function pageRankSweeps(setting: PageRankSetting): Promise<PageRankSweeps> {
  const { team, topology, scratch, damping, weights, orderFrom = ORDER_FROM } = setting
  const n = topology.vertexCount
  const { fill, begin, spread, pull, pullWeighted, sum } = await team.load(pageRankKernels)
  const { offsets, neighbours } = topology.in
  const { places, sources } =
    n < orderFrom
      ? { places: identity(scratch.uncleared(n)), sources: neighbours }
      : await hotRows(team, topology)
  const vertices = team.evenParts(n)
  const shares = scratch.unclearedFloat64(n)
  const jumps = scratch.unclearedFloat64(n)
  const scores = scratch.unclearedFloat64(n)
  const contributions = scratch.unclearedFloat64(n)
  if (setting.jumps === null) await fill(vertices, jumps, 1 / n)
  else jumps.set(setting.jumps)
  await begin(vertices, offsets, topology.outDegrees, jumps, damping, shares, scores)
  const portions = weights === null ? null : scratch.unclearedFloat64(neighbours.length)
  if (portions !== null) weightedPortions(topology, weights!, shares, portions)
  const blocks = blocksOf(team.rowParts(offsets))
  /** By block: what of its scores jumps. */
  const leaving = new Float64Array(blocks.length)
  const send = async (block: number) => {
    const parts = blocks[block]!
    const [from, to] = [parts[0]!, parts[parts.length - 1]!]
    const args = [scores, shares, places, contributions, damping] as const
    leaving[block] =
      to - from < SENT_TOGETHER
        ? spread.here(from, to, ...args)
        : total(await spread(parts, ...args))
  }
  for (let block = 0; block < blocks.length; block++) await send(block)
  return {
    async sweep() {
      let change = 0
      for (const [block, parts] of blocks.entries()) {
        const jump = total(leaving)
        const changes =
          portions === null
            ? pull(parts, offsets, sources, contributions, scores, jumps, jump, damping)
            : pullWeighted(
                ...([parts, offsets, sources, portions, contributions, scores] as const),
                ...([jumps, jump, damping] as const),
              )
        change += total(await changes)
        await send(block)
      }
      return n === 0 ? 0 : change / total(await sum(vertices, scores))
    },
    async scores() {
      const all = total(await sum(vertices, scores))
      const copy = new Float64Array(n)
      for (let v = 0; v < n; v++) copy[v] = scores[v]! / all
      return copy
    },
  }
}

function identity(places: Int32Array): Int32Array {
  for (let v = 0; v < places.length; v++) places[v] = v
  return places
}

/** Sends whole scores, of which each in-edge takes a portion: its part of the weights of its source. */
function weightedPortions(
  { sources, inEdges: { edges } }: Topology,
  weights: Float64Array,
  shares: Float64Array,
  portions: Float64Array,
): void {
  const strengths = new Float64Array(shares.length)
  for (let e = 0; e < weights.length; e++) strengths[sources[e]!]! += weights[e]!
  for (let v = 0; v < shares.length; v++) shares[v] = strengths[v] === 0 ? 0 : 1
  for (let k = 0; k < portions.length; k++) {
    const weight = weights[edges[k]!]!
    portions[k] = weight === 0 ? 0 : weight / strengths[sources[edges[k]!]!]!
  }
}

/** Parts that belong to one block. */
function blocksOf(parts: Parts): Parts[] {
  const count = parts.length - 1
  const blocks = Math.max(1, Math.min(MOST_BLOCKS, Math.floor(count / LEAST_PARTS)))
  const cut = (block: number) => Math.round((count * block) / blocks)
  return Array.from({ length: blocks }, (_, k) => parts.subarray(cut(k), cut(k + 1) + 1))
}
