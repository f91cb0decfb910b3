import { createPauses, knownOptions, shown } from '../../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../../direction.js'
import type { Edge, VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { settleZeroSteps } from '../../kernels/zero-steps.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import { along, edgeAlong } from '../../topology/along.js'
import type { Topology } from '../../topology/topology.js'
import type { WorkOptions } from '../options.js'
import { type SearchProgress, searchProgress } from '../search-progress.js'
import { needsSource } from './needs-source.js'
import { type PathSearches, pathSearches } from './path-searches.js'
import { type OneSearch, teamPaths } from './team-paths.js'

/** Options of `shortestPaths`. */
export interface ShortestPathsOptions<K extends VertexId = never, EV = never> {
  /** Where paths begin: a vertex, or several, of which the nearest one counts. */
  readonly source: K | readonly K[]
  /**
   * How long an edge is: a field of the edges' values, or a function of the edge; not negative.
   * Default: the edge's value, or 1 where edges have none.
   */
  readonly weight?: EdgeWeight<K, EV>
  /** Which way edges are followed. Default `'out'`. */
  readonly direction?: EdgeDirection
  /** Vertices farther away are not reached. Default: no limit. */
  readonly maxDistance?: number
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
  /** Called about ten times a second with how many vertices have been visited, of all. */
  readonly onProgress?: SearchProgress
}

/** A vertex and how far it is. */
export interface ReachedVertex<K extends VertexId> {
  /** The vertex. */
  id: K
  /** The length of a shortest path to it; infinite if there is none. */
  distance: number
  /** The vertex before it on that path; `null` for sources and vertices without a path. */
  predecessor: K | null
}

/** A path of at least one vertex. */
export interface Path<K extends VertexId, EV> {
  /** Its vertices, from source to target. */
  readonly vertices: readonly K[]
  /** Its edges, one less. Against the direction of edges, sources and targets are swapped. */
  readonly edges: readonly Edge<K, EV>[]
  /** The sum of the weights. */
  readonly distance: number
}

/** What `shortestPaths` gives. */
export interface ShortestPathsResult<K extends VertexId, EV> {
  /** One record per vertex. */
  readonly vertices: DataSet<ReachedVertex<K>>
  /** How many vertices have a path, sources included. */
  readonly reached: number
  /**
   * The shortest path to a vertex; `null` if there is none.
   *
   * @throws {ArgumentError} If there is no such vertex; lists the nearest ids.
   */
  pathTo(target: K): Path<K, EV> | null
}

const OPTIONS = ['source', 'weight', 'direction', 'maxDistance', 'signal', 'onProgress']

/**
 * Shortest paths from a vertex to all others, along edges of different lengths.
 *
 * Where several paths are equally short, each vertex has the predecessor that comes first in the graph:
 * the answer is the same each time, for any parallelism of the environment. Parallel edges are edges
 * each, the shortest is taken.
 *
 * @param options.source A vertex, or several.
 * @param options.weight How long an edge is. Default: its value, or 1.
 * @param options.direction `'out'` (default), `'in'`, or `'all'` for both ways.
 * @param options.maxDistance Default: no limit.
 * @throws {ArgumentError} If a source is not in the graph, lists the nearest ids; if an option is
 *   unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: at most O(edges + vertices * log(vertices)), mostly O(edges + vertices); about 40 bytes per
 * vertex, 16 per edge, which stay with the graph: later searches find them. Whole weights up to 1023 are fastest, and only with them several threads work.
 * Source: Dijkstra 1959, with buckets after Dial: Shortest-Path Forest with Topological Ordering, 1969;
 * Denardo, Fox: Shortest-Route Methods, 1979; on several threads Meyer, Sanders: Δ-stepping, 2003.
 * @example
 * const routes = Graph.fromEdges(flights, { source: 'origin', target: 'destination', value: 'distance' })
 * const { vertices, pathTo } = await shortestPaths(routes, { source: 'JFK' })
 * vertices.filter(v => v.distance < 3000).select('id', 'distance')
 * // { id: 'JFK', distance: 0 }, { id: 'LAX', distance: 2475 }, { id: 'SFO', distance: 2586 }
 * pathTo('XXX')?.vertices // ['JFK', 'SFO', 'XXX']
 */
export async function shortestPaths<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: ShortestPathsOptions<K, EV>,
): Promise<ShortestPathsResult<K, EV>> {
  const operation = 'shortestPaths'
  knownOptions(options, OPTIONS, operation)
  needsSource(options, operation)
  checkRange(options, operation)
  const loaded = await loadFor(operation, graph, options.signal)
  const walked = await searched(loaded, options, operation)
  const predecessor = loaded.ids.column.take(predecessorsOf(walked))
  return {
    vertices: loaded.vertexData({ distance: walked.distances, predecessor }),
    reached: walked.visited,
    pathTo: target => pathTo(loaded, walked, loaded.ids.require(target, `${operation}.pathTo`)),
  }
}

/** Options of `shortestPath`. */
export interface ShortestPathOptions<K extends VertexId = never, EV = never>
  extends ShortestPathsOptions<K, EV> {
  /** Where the path ends. */
  readonly target: K
}

/**
 * One shortest path; `null` if there is none. Stops when it is found: for one path it costs less than
 * `shortestPaths`, of which it has all options.
 *
 * @throws {ArgumentError} If source or target are not in the graph, lists the nearest ids; if an
 *   option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: as `shortestPaths`; the search itself visits only vertices that are nearer than the target.
 * @example
 * const routes = Graph.fromEdges(flights, { source: 'origin', target: 'destination', value: 'distance' })
 * const path = await shortestPath(routes, { source: 'JFK', target: 'XXX' })
 * path?.distance // 3286
 */
export async function shortestPath<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: ShortestPathOptions<K, EV>,
): Promise<Path<K, EV> | null> {
  const operation = 'shortestPath'
  knownOptions(options, [...OPTIONS, 'target'], operation)
  needsSource(options, operation)
  checkRange(options, operation)
  const loaded = await loadFor(operation, graph, options.signal)
  const target = loaded.ids.require(options.target, operation)
  return pathTo(loaded, await searched(loaded, options, operation, target), target)
}

/** Vertices between two looks at the clock. */
const PIECE = 4096

function checkRange<K extends VertexId, EV>(
  { source, maxDistance, direction = 'out' }: ShortestPathsOptions<K, EV>,
  operation: string,
): void {
  checkDirection(direction, operation)
  if (Array.isArray(source) && source.length === 0) {
    throw new ArgumentError(`${operation}: source must be a vertex or several; got none.`)
  }
  if (maxDistance === undefined || (typeof maxDistance === 'number' && maxDistance >= 0)) return
  throw new ArgumentError(
    `${operation}: maxDistance must be a number of at least 0; got ${shown(maxDistance)}.`,
  )
}

/** What a search found, and where. */
interface Walked extends OneSearch {
  readonly topology: Topology
}

async function searched<K extends VertexId, VV, EV>(
  loaded: LoadedGraph<K, VV, EV>,
  { source, weight, direction = 'out', maxDistance, ...work }: ShortestPathsOptions<K, EV>,
  operation: string,
  target?: number,
): Promise<Walked> {
  const sources = (Array.isArray(source) ? source : [source]) as readonly K[]
  const positions = sources.map(id => loaded.ids.require(id, operation))
  const weights = await loaded.weights(weight, operation)
  const topology = await along(loaded.topology, direction)
  const settled = (found: OneSearch): Walked => {
    settleZeroSteps(topology, weights, found.distances, found.places)
    return { topology, ...found }
  }
  if (target === undefined) {
    const found = await teamPaths(loaded.environment, topology, weights, positions, {
      ...work,
      maxDistance,
    })
    if (found !== null) return settled(found)
  }
  const searches = await pathSearches(topology, topology.outEdges, weights, {
    signal: work.signal,
  })
  try {
    searches.start(positions, maxDistance)
    await finished(searches, topology.vertexCount, work, target)
    const { distances, places, visited } = searches.found()
    const found = { distances, places: places.slice(), visited }
    // A search for one target ends before it knows all distances that this takes.
    return target === undefined ? settled(found) : { topology, ...found }
  } finally {
    searches.release()
  }
}

async function finished(
  searches: PathSearches,
  vertexCount: number,
  { signal, onProgress }: WorkOptions,
  target?: number,
): Promise<void> {
  const pause = createPauses(signal)
  const told = searchProgress(vertexCount, onProgress)
  let visited = 0
  do {
    told(visited)
    await pause()
    visited += PIECE
  } while (searches.proceed(PIECE, target))
}

/** By vertex: the position of the one before it, -1 for none. */
function predecessorsOf({ topology, places }: Walked): Int32Array {
  const { edges } = topology.outEdges
  return places.map(place => (place < 0 ? -1 : topology.sources[edges[place]!]!))
}

function pathTo<K extends VertexId, VV, EV>(
  loaded: LoadedGraph<K, VV, EV>,
  { topology, distances, places }: Walked,
  target: number,
): Path<K, EV> | null {
  const { edges: numbers } = topology.outEdges
  const distance = distances[target]!
  if (distance === Number.POSITIVE_INFINITY) return null
  const vertices: K[] = [loaded.ids.at(target)]
  const edges: Edge<K, EV>[] = []
  for (let v = target; places[v]! >= 0; ) {
    const edge = numbers[places[v]!]!
    v = topology.sources[edge]!
    edges.push(loaded.edgeAt(edgeAlong(edge, loaded.topology.edgeCount)))
    vertices.push(loaded.ids.at(v))
  }
  return { vertices: vertices.reverse(), edges: edges.reverse(), distance }
}
