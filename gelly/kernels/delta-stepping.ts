/**
 * Shortest distances along edges with small whole weights on the threads of a team: delta-stepping, with
 * buckets of each thread's own and no distinction of light and heavy edges, as the GAP suite has it.
 *
 * Where a bucket's vertices are few, the calling thread does them alone.
 *
 * Source: Meyer, Sanders: Δ-stepping: a parallelizable shortest path algorithm, Journal of Algorithms
 * 49(1), 2003; Beamer, Asanović, Patterson: The GAP Benchmark Suite, 2015.
 */
import { createPauses, type KernelTeam, type Parts } from '../../engine/extend.js'
import type { Scratch } from '../topology/scratch.js'
import { deltaStepKernels, STATE } from './delta-steps.js'
import { total } from './total.js'
import { NOT_REACHED } from './whole-distances.js'

/** Where to search. */
export interface DeltaSearch {
  readonly offsets: Int32Array
  /** By place, the neighbour and the weight; see `arcsOf`. */
  readonly arcs: Int32Array
  readonly sources: ArrayLike<number>
  /** Vertices farther away are not reached. */
  readonly limit: number
  /** Buckets are 2^shift wide. */
  readonly shift?: number
  readonly signal?: AbortSignal | undefined
  /** Told after each step how many vertices have been visited; those that came nearer later, again. */
  readonly onVisited?: (visited: number) => void
  /** Chunks of 63 vertices that are worth the workers. */
  readonly grain?: number
  /** Chunks that there are at the beginning. */
  readonly chunks?: number
}

/** What was found. Arrays are the scratch's. */
export interface DeltaPaths {
  /** By vertex: infinite where not reached. */
  readonly distances: Float64Array
  /**
   * By vertex: the least place in the rows that a shortest path can end with; -1 for none. With the
   * highest bit set where all such edges weigh 0.
   */
  readonly places: Int32Array
  /** How many vertices are reached. */
  readonly reached: number
}

const CHUNK = 64
const BUCKETS = 1024

/** Chunks that are worth the workers: some 250 vertices. */
const GRAIN = 4

/** Runs a search from its beginning to its end. */
export async function deltaStepping(
  team: KernelTeam,
  scratch: Scratch,
  search: DeltaSearch,
): Promise<DeltaPaths> {
  const { relax, gather, unpack } = await team.load(deltaStepKernels)
  const { offsets, arcs, sources, limit, shift = 0, signal, onVisited, grain = GRAIN } = search
  const n = offsets.length - 1
  const slots = team.size
  const labels = scratch.uncleared(2 * n)
  for (let v = 0; v < n; v++) {
    labels[2 * v] = -1
    labels[2 * v + 1] = NOT_REACHED
  }
  const heads = scratch.int32(BUCKETS * slots)
  const state = scratch.int32(STATE.slotWords * (slots + 1))
  let chunks = Math.max(search.chunks ?? defaultChunks(n, slots), (sources.length >> 5) + 2)
  let pool = scratch.uncleared(CHUNK * chunks)
  let list = scratch.uncleared(chunks)
  let spare = scratch.uncleared(chunks)
  // The first chunk stays empty, since 0 says that there is none.
  let [end, top] = [0, CHUNK]
  for (let k = 0; k < sources.length; k++) {
    const source = sources[k]!
    if (labels[2 * source + 1] === 0) continue
    labels[2 * source + 1] = 0
    labels[2 * source] = 0
    if (end % CHUNK === 0) {
      pool[top] = end
      end = top + 1
      top += CHUNK
    }
    pool[end++] = source
  }
  heads[0] = end
  state[STATE.top] = top
  state[STATE.free] = chunks - top / CHUNK
  state[STATE.shift] = shift
  state[STATE.limit] = Math.min(Math.floor(limit), NOT_REACHED - 1)
  state[STATE.slots] = slots
  const alone = slots === 1 ? 1 : 0
  const pause = createPauses(signal)
  let visited = 0
  while (gather.here(0, 0, state, heads, pool, list, spare) > 0) {
    do {
      state[STATE.full] = 0
      const args = [offsets, arcs, labels, state, heads, pool, list, spare, alone] as const
      const listed = state[STATE.listed]!
      if (listed < grain || slots === 1) {
        await pause()
        visited += relax.here(0, listed, ...args)
      } else visited += total(await relax(partsOf(listed), ...args))
      onVisited?.(visited)
      if (state[STATE.full] === 1) grow()
    } while (state[STATE.full] === 1)
  }
  const distances = scratch.unclearedFloat64(n)
  const places = scratch.uncleared(n)
  const reached = total(await unpack(team.evenParts(n), labels, distances, places))
  for (let k = 0; k < sources.length; k++) places[sources[k]!] = -1
  return { distances, places, reached }

  /** Twice as many chunks. */
  function grow(): void {
    const [larger, longer, more] = [2 * CHUNK * chunks, 2 * chunks, 2 * chunks]
    const before = { pool, list, spare }
    pool = scratch.uncleared(larger)
    pool.set(before.pool)
    list = scratch.uncleared(longer)
    list.set(before.list)
    spare = scratch.uncleared(more)
    spare.set(before.spare)
    state[STATE.free]! += chunks
    chunks *= 2
  }
}

/** Enough for most searches, and for a chunk in each bucket of each slot. */
function defaultChunks(vertexCount: number, slots: number): number {
  return Math.ceil(vertexCount / 16) + 2 * BUCKETS * slots
}

/** A part for each chunk, unless there are many. */
function partsOf(listed: number): Parts {
  const parts = Math.min(listed, 512)
  return Int32Array.from({ length: parts + 1 }, (_, k) => Math.round((listed * k) / parts))
}
