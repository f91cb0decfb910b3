/**
 * Shortest distances along edges with small whole weights: Dijkstra's algorithm with a bucket for each
 * distance, in a circle. The plain twin of `assembly/whole-distances.ts`; it uses nothing from outside,
 * since all kernels are so.
 *
 * A vertex is put into a bucket each time that it comes nearer; who finds it in one that is no longer
 * its distance skips it. That reads and writes far less than to move it: buckets are stacks in chunks
 * of 16, of one pool. A chunk begins with the place behind the chunk below it, 0 for none.
 *
 * Of several edges that could be the last of a shortest path, the first in the rows is taken; edges of
 * weight 0, which could lead in a circle, only where there is no other.
 *
 *     queue[bucket]      where the next vertex of the bucket goes in `pool`; 0 where it is empty
 *     queue[1024 ...]    the current distance, the first free chunk, the end of the used pool, the
 *                        pool's length, how many entries there are, and the status
 *
 * Source: Dial, "Algorithm 360: Shortest-path forest with topological ordering", Communications of the
 * ACM 12(11), 1969.
 */
import type { KernelTeam } from '../../engine/extend.js'
import type { EdgeRows } from '../topology/adjacency.js'
import type { Scratch } from '../topology/scratch.js'
import { weightRange } from './weight-range.js'

/** The longest edge there may be. */
export const LONGEST_WHOLE = 1023

/** The distance of vertices that are not reached; none is longer. */
export const NOT_REACHED = 2 ** 31 - 1

/** Words of `queue`. */
export const QUEUE_WORDS = 1030

/** Where in `queue` the words are that callers set or read. */
export const QUEUE = { top: 1026, capacity: 1027, live: 1028, status: 1029 } as const

/** Why a kernel came back before it had visited what it should. */
export const SEARCH_STATUS = { going: 0, over: 1, poolFull: 2 } as const

/** Visits vertices, nearest first, until there are `to` in `order`; returns how many there are. */
function visit(
  offsets: Int32Array,
  arcs: Int32Array,
  distances: Int32Array,
  places: Int32Array,
  order: Int32Array,
  queue: Int32Array,
  pool: Int32Array,
  limit: number,
  target: number,
  from: number,
  to: number,
): number {
  let current = queue[1024]!
  let free = queue[1025]!
  let top = queue[1026]!
  let live = queue[1028]!
  const capacity = queue[1027]!
  let status = 0
  let at = from
  while (at < to) {
    if (live === 0) {
      status = 1
      break
    }
    const bucket = current & 1023
    let cursor = queue[bucket]!
    if (cursor === 0) {
      current++
      continue
    }
    const u = pool[--cursor]!
    let k = offsets[u]!
    const end = offsets[u + 1]!
    // As many chunks as its neighbours could need, so that there is no check for each.
    if (top + ((Math.min(end - k, 1024 + ((end - k) >> 3)) + 1) << 4) > capacity) {
      status = 2
      break
    }
    live--
    if ((cursor & 15) === 1) {
      const chunk = cursor - 1
      cursor = pool[chunk]!
      pool[chunk] = free
      free = chunk
    }
    queue[bucket] = cursor
    if (distances[u] !== current) continue
    if (u === target) {
      status = 1
      break
    }
    order[at++] = u
    for (; k < end; k++) {
      const v = arcs[2 * k]!
      const through = current + arcs[2 * k + 1]!
      const before = distances[v]!
      if (through > before || through > limit) continue
      if (through === before) {
        if (k < places[v]! && through > current) places[v] = k
        continue
      }
      distances[v] = through
      places[v] = k
      const other = through & 1023
      let next = queue[other]!
      if ((next & 15) === 0) {
        let chunk = free
        if (chunk !== 0) free = pool[chunk]!
        else {
          chunk = top
          top += 16
        }
        pool[chunk] = next
        next = chunk + 1
      }
      pool[next] = v
      queue[other] = next + 1
      live++
    }
  }
  queue[1024] = current
  queue[1025] = free
  queue[1026] = top
  queue[1028] = live
  queue[1029] = status
  return at
}

/** Writes neighbours with the weights that lead to them; edge e + m weighs as edge e. */
function weigh(
  neighbours: Int32Array,
  edges: Int32Array,
  weights: Float64Array,
  arcs: Int32Array,
  edgeCount: number,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) {
    const edge = edges[k]!
    arcs[2 * k] = neighbours[k]!
    arcs[2 * k + 1] = weights[edge < edgeCount ? edge : edge - edgeCount]!
  }
}

/** The kernels, for a team. To visit is for one thread: its range says how many vertices. */
export const wholeDistanceKernels = {
  name: 'gelly/whole-distances',
  code: () => import('./modules/whole-distances.js'),
  functions: { visit, weigh },
}

/**
 * The longest edge, if distances are exact in 32 bits: if all weights are whole numbers up to
 * `LONGEST_WHOLE`, and the longest path ends before `NOT_REACHED`; otherwise -1.
 */
export function longestWhole(weights: Float64Array, vertexCount: number): number {
  const { whole, longest } = weightRange(weights)
  return whole && longest <= LONGEST_WHOLE && vertexCount * longest < NOT_REACHED ? longest : -1
}

/** Arcs by rows and weights that both stay with their region. */
const known = new WeakMap<EdgeRows, WeakMap<Float64Array, Int32Array>>()

/**
 * By place in the rows, the neighbour and the weight that leads to it, as two numbers: do not write into
 * it.
 *
 * @param weights Whole; by edge of the rows' topology, or of the graph that it was made of. Where they lie
 *   in the region, the arcs stay there with them, and are the same the next time; otherwise they are the
 *   scratch's.
 *
 * Cost: O(edges) the first time, most of it waiting for memory; 8 bytes per edge.
 */
export async function arcsOf(
  team: KernelTeam,
  scratch: Scratch,
  rows: EdgeRows,
  weights: Float64Array,
): Promise<Int32Array> {
  const there = known.get(rows)?.get(weights)
  if (there !== undefined) return there
  const { region } = team
  const { weigh } = await team.load(wholeDistanceKernels)
  const { neighbours, edges } = rows
  const stays = region.owns(weights)
  const arcs = stays ? region.int32(2 * edges.length) : scratch.uncleared(2 * edges.length)
  const within = stays ? weights : scratch.unclearedFloat64(weights.length)
  if (!stays) within.set(weights)
  await weigh(team.evenParts(edges.length), neighbours, edges, within, arcs, weights.length)
  if (!stays) return arcs
  const ofRows = known.get(rows) ?? new WeakMap<Float64Array, Int32Array>()
  known.set(rows, ofRows.set(weights, arcs))
  return arcs
}
