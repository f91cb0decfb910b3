/** Shortest paths on several threads, where that pays and weights allow it. */
import { type ExecutionEnvironment, MemoryError } from '../../../engine/index.js'
import { deltaStepping } from '../../kernels/delta-stepping.js'
import { arcsOf, longestWhole } from '../../kernels/whole-distances.js'
import type { Topology } from '../../topology/topology.js'
import type { WorkOptions } from '../options.js'
import { searchProgress } from '../search-progress.js'
import { withTeam } from '../with-team.js'
import type { FoundPaths } from './path-searches.js'

/** Edges from which workers pay. */
const LEAST_EDGES = 2 ** 22

/** What one search finds. */
export type OneSearch = Pick<FoundPaths, 'distances' | 'places'> & { readonly visited: number }

/**
 * One search from its beginning to its end on the threads of the graph's environment; `null` where one
 * thread is to do it: there is one only, or the graph is small, or weights are not whole numbers up to
 * 1023, or the region has no room.
 *
 * @param topology Which way to go.
 */
export async function teamPaths(
  environment: ExecutionEnvironment,
  topology: Topology,
  weights: Float64Array,
  sources: readonly number[],
  { maxDistance, signal, onProgress }: WorkOptions & { readonly maxDistance?: number | undefined },
): Promise<OneSearch | null> {
  const { offsets, edges } = topology.outEdges
  if (environment.parallelism === 1 || edges.length < LEAST_EDGES) return null
  const longest = longestWhole(weights, topology.vertexCount)
  if (longest < 0) return null
  const told = searchProgress(topology.vertexCount, onProgress)
  try {
    return await withTeam({ topology, environment }, signal, async (team, scratch) => {
      const arcs = await arcsOf(team, scratch, topology.outEdges, weights)
      const { distances, places, reached } = await deltaStepping(team, scratch, {
        ...{ offsets, arcs, sources, signal, shift: shiftOf(longest) },
        limit: maxDistance ?? Number.POSITIVE_INFINITY,
        // Those that came nearer later count again.
        onVisited: visited => told(Math.min(visited, topology.vertexCount)),
      })
      return { distances: distances.slice(), places: places.slice(), visited: reached }
    })
  } catch (error) {
    if (error instanceof MemoryError) return null
    throw error
  }
}

/** Buckets of width 1 are the fastest for weights up to 255; wider ones for longer edges, as many. */
function shiftOf(longest: number): number {
  return Math.max(0, 24 - Math.clz32(longest))
}
