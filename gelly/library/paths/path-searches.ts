/** Searches for shortest paths along the same rows, in the form that suits the weights. */
import {
  createKernelTeam,
  createPauses,
  type KernelTeamOptions,
  type TeamKernels,
} from '../../../engine/extend.js'
import { MemoryError } from '../../../engine/index.js'
import {
  continueSearch,
  type DistanceSearch,
  longestOf,
  startSearch,
  weightsByPlace,
} from '../../kernels/distances.js'
import {
  arcsOf,
  longestWhole,
  NOT_REACHED,
  QUEUE,
  QUEUE_WORDS,
  SEARCH_STATUS,
  wholeDistanceKernels,
} from '../../kernels/whole-distances.js'
import type { EdgeRows } from '../../topology/adjacency.js'
import { Scratch } from '../../topology/scratch.js'
import type { Topology } from '../../topology/topology.js'
import { inRanges } from '../in-ranges.js'

/** One search after the other. */
export interface PathSearches {
  /** Where they go. */
  readonly rows: EdgeRows
  /** Begins one at `sources`, all at distance 0. Vertices beyond `maxDistance` are not reached. */
  start(sources: ArrayLike<number>, maxDistance?: number): void
  /**
   * Visits up to `count` vertices more, the nearest first.
   *
   * @param target The search ends when this vertex is next: its distance is final then.
   * @returns `false` when the search is over.
   */
  proceed(count: number, target?: number): boolean
  /** What the search has found so far; the next one overwrites it. */
  found(): FoundPaths
  /** Gives memory back; nothing may be used after that. */
  release(): void
}

/** See `PathSearches.found`. */
export interface FoundPaths {
  /** By vertex: infinite where not reached. */
  readonly distances: Float64Array
  /** By vertex: the place in the rows of the last edge of a shortest path; -1 for none. */
  readonly places: Int32Array
  /** The vertices whose distance is final, the nearest first: as many as `visited`. */
  readonly order: Int32Array
  readonly visited: number
}

/**
 * Searches along rows of a topology.
 *
 * Small whole weights have a faster form, unless the region has no room for it.
 *
 * @param weights By edge of the topology, or of the graph that it was made of; at least 0.
 * @param options.webAssembly As for kernel teams.
 * @param options.signal Stops the preparation.
 *
 * Cost: O(vertices + edges); 8 bytes per edge.
 */
export async function pathSearches(
  { region }: Topology,
  rows: EdgeRows,
  weights: Float64Array,
  options: Pick<KernelTeamOptions, 'webAssembly' | 'signal'> = {},
): Promise<PathSearches> {
  if (longestWhole(weights, rows.offsets.length - 1) < 0) {
    return new AnySearches(rows, await byPlace(rows, weights, options.signal))
  }
  const scratch = new Scratch(region)
  try {
    const team = createKernelTeam(region, options)
    const { visit } = await team.load(wholeDistanceKernels)
    return new WholeSearches(scratch, rows, await arcsOf(team, scratch, rows, weights), visit)
  } catch (error) {
    scratch.release()
    if (!(error instanceof MemoryError)) throw error
    return new AnySearches(rows, await byPlace(rows, weights, options.signal))
  }
}

/** Weights by place, with an ear for the signal: most of it is waiting for memory. */
async function byPlace(
  rows: EdgeRows,
  weights: Float64Array,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const placed = new Float64Array(rows.edges.length)
  await inRanges(placed.length, createPauses(signal), (from, to) => {
    weightsByPlace(rows, weights, placed, from, to)
  })
  return placed
}

type Visit = TeamKernels<typeof wholeDistanceKernels.functions>['visit']

class WholeSearches implements PathSearches {
  readonly rows: EdgeRows
  readonly #scratch: Scratch
  readonly #visit: Visit
  readonly #arcs: Int32Array
  readonly #distances: Int32Array
  readonly #places: Int32Array
  readonly #order: Int32Array
  readonly #queue: Int32Array
  #pool: Int32Array
  #limit = 0
  #visited = 0

  constructor(scratch: Scratch, rows: EdgeRows, arcs: Int32Array, visit: Visit) {
    const vertexCount = rows.offsets.length - 1
    this.rows = rows
    this.#scratch = scratch
    this.#visit = visit
    this.#arcs = arcs
    this.#distances = scratch.int32(vertexCount)
    this.#places = scratch.int32(vertexCount)
    this.#order = scratch.int32(vertexCount)
    this.#queue = scratch.int32(QUEUE_WORDS)
    this.#pool = scratch.int32(4 * vertexCount + 1024)
  }

  start(sources: ArrayLike<number>, maxDistance = Number.POSITIVE_INFINITY): void {
    const distances = this.#distances.fill(NOT_REACHED)
    const queue = this.#queue.fill(0)
    this.#places.fill(-1)
    this.#limit = Math.min(Math.floor(maxDistance), NOT_REACHED - 1)
    this.#visited = 0
    while (this.#pool.length < 2 * sources.length + 64) this.#growPool()
    const pool = this.#pool
    // Chunks from the second one on, since 0 says that there is none.
    let end = 0
    let top = 16
    let live = 0
    for (let k = 0; k < sources.length; k++) {
      const source = sources[k]!
      if (distances[source] === 0) continue
      distances[source] = 0
      if ((end & 15) === 0) {
        pool[top] = end
        end = top + 1
        top += 16
      }
      pool[end++] = source
      live++
    }
    queue[0] = end
    queue[QUEUE.top] = top
    queue[QUEUE.capacity] = pool.length
    queue[QUEUE.live] = live
  }

  proceed(count: number, target = -1): boolean {
    const to = Math.min(this.#visited + count, this.rows.offsets.length)
    for (;;) {
      this.#visited = this.#visit.here(
        this.#visited,
        to,
        this.rows.offsets,
        this.#arcs,
        this.#distances,
        this.#places,
        this.#order,
        this.#queue,
        this.#pool,
        this.#limit,
        target,
      )
      const status = this.#queue[QUEUE.status]
      if (status !== SEARCH_STATUS.poolFull) return status === SEARCH_STATUS.going
      this.#growPool()
    }
  }

  found(): FoundPaths {
    const distances = new Float64Array(this.#distances)
    for (let v = 0; v < distances.length; v++) {
      if (distances[v] === NOT_REACHED) distances[v] = Number.POSITIVE_INFINITY
    }
    return { distances, places: this.#places, order: this.#order, visited: this.#visited }
  }

  release(): void {
    this.#scratch.release()
  }

  #growPool(): void {
    const larger = this.#scratch.int32(2 * this.#pool.length)
    larger.set(this.#pool)
    this.#pool = larger
    this.#queue[QUEUE.capacity] = larger.length
  }
}

class AnySearches implements PathSearches {
  readonly rows: EdgeRows
  readonly #weights: Float64Array
  readonly #longest: number
  #search: DistanceSearch

  constructor(rows: EdgeRows, weights: Float64Array) {
    this.rows = rows
    this.#weights = weights
    this.#longest = longestOf(weights)
    this.#search = startSearch(rows, weights, [], 0, this.#longest)
  }

  start(sources: ArrayLike<number>, maxDistance?: number): void {
    this.#search = startSearch(this.rows, this.#weights, sources, maxDistance, this.#longest)
  }

  proceed(count: number, target?: number): boolean {
    return continueSearch(this.#search, count, target)
  }

  found(): FoundPaths {
    return this.#search
  }

  release(): void {}
}
