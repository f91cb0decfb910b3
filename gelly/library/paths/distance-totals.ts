/** Sums over the distances from all vertices to some, with or without weights. */
import { createPauses } from '../../../engine/extend.js'
import {
  addDistances,
  type DistanceSums,
  distanceSumsOf,
  manySearchesOf,
  SEARCHES,
} from '../../kernels/distance-sums.js'
import type { Topology } from '../../topology/topology.js'
import { type SearchProgress, searchProgress } from '../search-progress.js'
import { type PathSearches, pathSearches } from './path-searches.js'

/** How to search. */
export interface TotalsOptions {
  /** By edge of the topology, or of the graph that it was made of; `null` for 1 each. */
  readonly weights: Float64Array | null
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: SearchProgress | undefined
}

/** Vertices of a search between two looks at the clock. */
const PIECE = 4096

/**
 * What the distances to the pivots add up to, by vertex.
 *
 * Searches go from the pivots against the edges.
 */
export async function distanceTotals(
  topology: Topology,
  pivots: Int32Array,
  { weights, signal, onProgress }: TotalsOptions,
): Promise<DistanceSums> {
  const sums = distanceSumsOf(topology.vertexCount)
  const pause = createPauses(signal)
  const along =
    weights === null ? null : await pathSearches(topology, topology.inEdges, weights, { signal })
  const search = along === null ? searches(topology, sums) : weightedSearch(along, sums)
  const step = along === null ? SEARCHES : 1
  const told = searchProgress(pivots.length, onProgress)
  try {
    for (let from = 0; from < pivots.length; from += step) {
      const done = Math.min(from + step, pivots.length)
      await search(pivots.subarray(from, done), pause)
      told(done)
    }
  } finally {
    along?.release()
  }
  return sums
}

function searches(topology: Topology, sums: DistanceSums) {
  const state = manySearchesOf(topology.vertexCount)
  const against = topology.in
  return async (pivots: Int32Array, pause: () => Promise<void>) => {
    await pause()
    addDistances(against, pivots, 0, pivots.length, state, sums)
  }
}

function weightedSearch(searches: PathSearches, sums: DistanceSums) {
  return async (pivots: Int32Array, pause: () => Promise<void>) => {
    searches.start(pivots)
    do await pause()
    while (searches.proceed(PIECE))
    const { distances, order, visited } = searches.found()
    // The first one is the pivot itself.
    for (let at = 1; at < visited; at++) {
      const v = order[at]!
      const distance = distances[v]!
      sums.reached[v]!++
      sums.totals[v]! += distance
      sums.reciprocals[v]! += 1 / distance
      if (distance > sums.farthest[v]!) sums.farthest[v] = distance
    }
  }
}
