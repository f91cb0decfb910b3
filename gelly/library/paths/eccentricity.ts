import { knownOptions } from '../../../engine/extend.js'
import type { DataSet } from '../../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../../direction.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import { along } from '../../topology/along.js'
import type { SearchProgress } from '../search-progress.js'
import { distanceTotals } from './distance-totals.js'
import { pivotsOf } from './pivots.js'

/** Options of `eccentricity`. */
export interface EccentricityOptions<K extends VertexId = never, EV = never> {
  /**
   * How long an edge is: a field of the edges' values, or a function of the edge; not negative.
   * Default: 1 each.
   */
  readonly weight?: EdgeWeight<K, EV>
  /** Which way edges are followed from the vertex. Default `'out'`. */
  readonly direction?: EdgeDirection
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
  /** Called about ten times a second with how many searches are done, of how many. */
  readonly onProgress?: SearchProgress
}

/** A vertex and how far others are. */
export interface EccentricVertex<K extends VertexId> {
  /** The vertex. */
  id: K
  /** The distance to the farthest vertex that it reaches; 0 if there is none. */
  eccentricity: number
  /** How many other vertices it reaches. */
  reached: number
}

/** What `eccentricity` gives. */
export interface EccentricityResult<K extends VertexId> {
  /** One record per vertex. */
  readonly vertices: DataSet<EccentricVertex<K>>
  /** The largest eccentricity: the longest of all shortest paths. 0 without vertices. */
  readonly diameter: number
  /** The smallest eccentricity of those that reach all others; infinite if nobody does. */
  readonly radius: number
  /** The mean length of all shortest paths between two vertices; 0 if there are none. */
  readonly meanDistance: number
  /** Whether every vertex reaches all others. */
  readonly connected: boolean
}

/**
 * How far the farthest vertices are, from each vertex and in the whole graph.
 *
 * Pairs without a path do not count: in a graph that is not connected the diameter is that of what can
 * be reached, and `connected` says so.
 *
 * @param options.weight How long an edge is. Default: 1.
 * @param options.direction `'out'` (default), `'in'`, or `'all'` for both ways.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: as `closeness` from all vertices. Source: Then et al.: The More the Merrier, 2014.
 * @example
 * const path = Graph.fromEdges([{ from: 1, to: 2 }, { from: 2, to: 3 }], { source: 'from', target: 'to' })
 * const { diameter, radius } = await eccentricity(path, { direction: 'all' })
 * ;[diameter, radius] // [2, 1]
 */
export async function eccentricity<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: EccentricityOptions<K, EV> = {},
): Promise<EccentricityResult<K>> {
  const operation = 'eccentricity'
  knownOptions(options, ['weight', 'direction', 'signal', 'onProgress'], operation)
  const { weight, direction = 'out', signal, onProgress } = options
  checkDirection(direction, operation)
  const loaded = await loadFor(operation, graph, signal)
  const weights = weight === undefined ? null : await loaded.weights(weight, operation)
  const topology = await along(loaded.topology, direction)
  const n = topology.vertexCount
  const { reached, totals, farthest } = await distanceTotals(topology, pivotsOf(n, {}, operation), {
    weights,
    signal,
    onProgress,
  })
  let [diameter, radius, distance, paths] = [0, Number.POSITIVE_INFINITY, 0, 0]
  let connected = true
  for (let v = 0; v < n; v++) {
    diameter = Math.max(diameter, farthest[v]!)
    distance += totals[v]!
    paths += reached[v]!
    if (reached[v] === n - 1) radius = Math.min(radius, farthest[v]!)
    else connected = false
  }
  return {
    vertices: loaded.vertexData({ eccentricity: farthest, reached }),
    diameter,
    radius,
    meanDistance: paths === 0 ? 0 : distance / paths,
    connected,
  }
}
