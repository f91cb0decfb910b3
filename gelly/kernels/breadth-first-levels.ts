/**
 * A breadth-first search, level by level, on the threads of a team.
 *
 * While few vertices are new, their out-edges are followed. When many are, it is quicker to look at the
 * in-edges of those that are not reached yet, until one comes from a new vertex.
 *
 * A parent is chosen at once: where edges are followed, the least vertex that leads there; where in-edges
 * are looked at, the first that comes from one level up. When it turns depends on the graph and the
 * source alone, and so does the answer: not on who works.
 *
 * Source: Beamer, Asanović, Patterson: Direction-Optimizing Breadth-First Search, 2012.
 */
import type { KernelTeam, Parts } from '../../engine/extend.js'
import type { Scratch } from '../topology/scratch.js'
import type { Topology } from '../topology/topology.js'
import { bfsKernels } from './bfs.js'
import { total } from './total.js'

/** A search under way. */
export interface BreadthFirstLevels {
  /** By vertex: its level, -1 when it is not reached. Of the scratch. */
  readonly levels: Int32Array
  /** By vertex: its parent, -1 for the source and when it is not reached. */
  readonly parents: Int32Array
  /** Finds the next level; gives the number of its vertices. */
  next(): Promise<number>
}

/** Turns to in-edges when more than this part of the remaining edges leaves the frontier. */
const ALPHA = 15

/** Turns back when less than this part of the vertices is in the frontier, and it shrinks. */
const BETA = 18

/** Begins a search at a position; follows the out-edges of the topology. */
export async function breadthFirstLevels(
  team: KernelTeam,
  topology: Topology,
  scratch: Scratch,
  source: number,
): Promise<BreadthFirstLevels> {
  const kernels = await team.load(bfsKernels)
  const { vertexCount: n, out, in: into } = topology
  const levels = scratch.uncleared(n)
  const parents = scratch.uncleared(n)
  const queue = scratch.uncleared(n)
  const end = scratch.int32(1)
  const words = Math.ceil(n / 32)
  let [frontier, following] = [scratch.uncleared(words), scratch.uncleared(words)]
  const missing = scratch.uncleared(words)
  const vertices = wholeWords(team.rowParts(into.offsets), n)
  await kernels.prepare(team.evenParts(n), levels, parents)
  levels[source] = 0
  queue[0] = source
  end[0] = 1
  const alone = team.size === 1 ? 1 : 0
  let [begin, level, size] = [0, 0, 1]
  let leaving = out.offsets[source + 1]! - out.offsets[source]!
  let remaining = out.neighbours.length
  let upwards = false

  /** Follows the edges of the queue's window. */
  async function down(): Promise<number> {
    remaining -= leaving
    const stop = end[0]!
    const { offsets, neighbours } = out
    const counts = await kernels.topDown(
      ...([window(team, begin, stop, leaving), offsets, neighbours] as const),
      ...([levels, parents, queue, end, level, alone] as const),
    )
    leaving = total(counts)
    begin = stop
    return end[0]! - stop
  }

  async function up(): Promise<number> {
    const { offsets, neighbours } = into
    const counts = await kernels.bottomUp(
      ...([vertices, offsets, neighbours, levels, parents] as const),
      ...([missing, frontier, following, level] as const),
    )
    ;[frontier, following] = [following, frontier]
    return total(counts)
  }

  return {
    levels,
    parents,
    async next() {
      if (!upwards && leaving > remaining / ALPHA) {
        upwards = true
        frontier.fill(0)
        kernels.toBits.here(begin, end[0]!, queue, frontier)
        await kernels.toFind(vertices, into.offsets, levels, missing)
      }
      level++
      const before = size
      size = await (upwards ? up() : down())
      if (upwards && size < before && size < n / BETA) {
        upwards = false
        begin = 0
        end[0] = 0
        await kernels.toQueue(vertices, frontier, queue, end)
        // So few edges remain that they are followed from here on.
        leaving = 1
      }
      return size
    },
  }
}

/** Parts that begin at the beginning of a word of bits. */
function wholeWords(parts: Parts, vertexCount: number): Parts {
  return parts.map(cut => (cut === vertexCount ? cut : cut & ~31))
}

/** Parts of the queue, as many as the edges that leave it are worth. */
function window(team: KernelTeam, begin: number, stop: number, leaving: number): Parts {
  const parts = Math.min(team.evenParts(leaving + stop - begin).length - 1, stop - begin, 256)
  return Int32Array.from(
    { length: parts + 1 },
    (_, k) => begin + Math.round(((stop - begin) * k) / parts),
  )
}
