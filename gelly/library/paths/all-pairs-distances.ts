import { createPauses, knownOptions, positiveInteger } from '../../../engine/extend.js'
import { ArgumentError } from '../../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../../direction.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import { along } from '../../topology/along.js'
import { type SearchProgress, searchProgress } from '../search-progress.js'
import { pathSearches } from './path-searches.js'

/** Options of `allPairsDistances`. */
export interface AllPairsDistancesOptions<K extends VertexId = never, EV = never> {
  /**
   * How long an edge is: a field of the edges' values, or a function of the edge; not negative.
   * Default: the edge's value, or 1 where edges have none.
   */
  readonly weight?: EdgeWeight<K, EV>
  /** Which way edges are followed. Default `'out'`. */
  readonly direction?: EdgeDirection
  /** Larger graphs are refused: 8 bytes for each pair. Default 4096. */
  readonly maxVertices?: number
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
  /** Called about ten times a second with how many searches are done, of how many. */
  readonly onProgress?: SearchProgress
}

/** What `allPairsDistances` gives. */
export interface AllPairsDistancesResult<K extends VertexId> {
  /** The vertices, in the order of the rows and columns. */
  readonly ids: readonly K[]
  /** Row by row: distances from one vertex to all; infinite where there is no path. */
  readonly distances: Float64Array
  /**
   * The distance from one vertex to another.
   *
   * @throws {ArgumentError} If there is no such vertex; lists the nearest ids.
   */
  distance(source: K, target: K): number
}

/**
 * The distances between all vertices of a small graph.
 *
 * @param options.weight How long an edge is. Default: its value, or 1.
 * @param options.direction `'out'` (default), `'in'`, or `'all'` for both ways.
 * @param options.maxVertices Default 4096, for which it takes 128 MiB.
 * @throws {ArgumentError} If the graph has more vertices; if an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: that of `shortestPaths` for each vertex; n * n * 8 bytes.
 * @example
 * const path = Graph.fromEdges([{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }], { source: 'from', target: 'to' })
 * const { distance } = await allPairsDistances(path)
 * ;[distance('a', 'c'), distance('c', 'a')] // [2, Infinity]
 */
export async function allPairsDistances<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: AllPairsDistancesOptions<K, EV> = {},
): Promise<AllPairsDistancesResult<K>> {
  const operation = 'allPairsDistances'
  knownOptions(options, ['weight', 'direction', 'maxVertices', 'signal', 'onProgress'], operation)
  const { weight, direction = 'out', maxVertices = 4096, signal } = options
  checkDirection(direction, operation)
  positiveInteger(maxVertices, operation, 'maxVertices')
  const loaded = await loadFor(operation, graph, signal)
  const { ids } = loaded
  const n = ids.length
  if (n > maxVertices) {
    throw new ArgumentError(
      `${operation}: the graph has ${n} vertices, more than maxVertices, ${maxVertices}. Distances would take ${Math.ceil((n * n) / 2 ** 17)} MiB; raise it, or use shortestPaths.`,
    )
  }
  const weights = await loaded.weights(weight, operation)
  const topology = await along(loaded.topology, direction)
  const searches = await pathSearches(topology, topology.outEdges, weights, { signal })
  const distances = new Float64Array(n * n)
  const pause = createPauses(signal)
  const told = searchProgress(n, options.onProgress)
  try {
    for (let source = 0; source < n; source++) {
      await pause()
      searches.start([source])
      searches.proceed(n + 1)
      distances.set(searches.found().distances, source * n)
      told(source + 1)
    }
  } finally {
    searches.release()
  }
  return {
    ids: Array.from({ length: n }, (_, v) => ids.at(v)),
    distances,
    distance: (source, target) =>
      distances[ids.require(source, operation) * n + ids.require(target, operation)]!,
  }
}
