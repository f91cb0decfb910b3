/** How many shortest paths pass through vertices and along edges, summed up over searches. */
import { createPauses, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { EdgeDirection } from '../direction.js'
import type { VertexId } from '../elements.js'
import { continueSearch, longestOf, startSearch, weightsByPlace } from '../kernels/distances.js'
import {
  addDependencies,
  addEdgeDependencies,
  countPaths,
  pathCountsOf,
} from '../kernels/path-counts.js'
import { addWeightedDependencies, countWeightedPaths } from '../kernels/weighted-path-counts.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import type { EdgeRows } from '../topology/adjacency.js'
import { along, edgeAlong } from '../topology/along.js'
import type { Topology } from '../topology/topology.js'
import type { SearchProgress } from './distance-totals.js'
import { pivotsOf, type SampleOptions } from './pivots.js'

/** How to search. */
export interface PassageOptions extends SampleOptions {
  /** By edge; `null` for 1 each. */
  readonly weights: Float64Array | null
  /** Whether edges are wanted. */
  readonly edges?: boolean
  /** For errors. */
  readonly operation: string
  readonly signal?: AbortSignal
  readonly onProgress?: SearchProgress
}

/** Sums, over all searches. */
export interface Passages {
  /** By vertex. */
  readonly vertices: Float64Array
  /** By edge; empty unless wanted. */
  readonly edges: Float64Array
  /** How many searches there were. */
  readonly searches: number
}

/** Progress is told this often at most. */
const PROGRESS_MS = 100

/** Brandes' algorithm from all vertices, or a sample. */
export async function passages<K extends VertexId, VV, EV>(
  loaded: LoadedGraph<K, VV, EV>,
  direction: EdgeDirection,
  options: PassageOptions,
): Promise<Passages> {
  const { weights, operation, signal, onProgress } = options
  const topology = await along(loaded.topology, direction)
  const { vertexCount } = topology
  const pivots = pivotsOf(vertexCount, options, operation)
  const scores = new Float64Array(vertexCount)
  const places = options.edges === true ? new Float64Array(topology.edgeCount) : null
  if (weights !== null) checkPositive(loaded, weights, operation)
  const search =
    weights === null
      ? unweighted(topology, scores, places)
      : weighted(topology, weights, scores, places, operation)
  const pause = createPauses(signal)
  let nextReport = performance.now() + PROGRESS_MS
  for (let done = 0; done < pivots.length; done++) {
    await pause()
    search(pivots[done]!)
    if (onProgress === undefined || performance.now() < nextReport) continue
    nextReport = performance.now() + PROGRESS_MS
    onProgress({ done: done + 1, of: pivots.length })
  }
  const edges = new Float64Array(places === null ? 0 : loaded.topology.edgeCount)
  if (places !== null) addByEdge(topology.outEdges, places, edges)
  return { vertices: scores, edges, searches: pivots.length }
}

function unweighted(topology: Topology, scores: Float64Array, places: Float64Array | null) {
  const out = places === null ? topology.out : topology.outEdges
  const into = topology.in
  const state = pathCountsOf(topology.vertexCount)
  return (source: number) => {
    countPaths(out, into, source, state)
    addDependencies(out, into, state, scores)
    if (places !== null) addEdgeDependencies(out, state, places)
  }
}

function weighted(
  topology: Topology,
  weights: Float64Array,
  scores: Float64Array,
  places: Float64Array | null,
  operation: string,
) {
  const rows = topology.outEdges
  const byPlace = weightsByPlace(rows, weights)
  const longest = longestOf(byPlace)
  const counts = new Float64Array(topology.vertexCount)
  const shares = new Float64Array(topology.vertexCount)
  return (source: number) => {
    const search = startSearch(rows, byPlace, [source], undefined, longest)
    while (continueSearch(search, PIECE)) {
      // In pieces, since V8 replaces its first, slow code at a call.
    }
    if (!countWeightedPaths(search, source, counts)) throw tooFarApart(operation)
    addWeightedDependencies(search, counts, shares, scores, places)
  }
}

/** Vertices of a search between two calls. */
const PIECE = 4096

function tooFarApart(operation: string): ArgumentError {
  return new ArgumentError(
    `${operation}: weights are so different that some change no sum, or there are more than 1e308 equal paths. Use weights of a smaller range, or none.`,
  )
}

function checkPositive<K extends VertexId, VV, EV>(
  loaded: LoadedGraph<K, VV, EV>,
  weights: Float64Array,
  operation: string,
): void {
  const edge = weights.indexOf(0)
  if (edge < 0) return
  const { source, target } = loaded.edgeAt(edge)
  throw new SchemaError(
    `${operation}: the weight of edge ${edge}, from ${shown(source)} to ${shown(target)}, must be above 0; got 0. Filter or map the edges first.`,
  )
}

function addByEdge({ edges }: EdgeRows, places: Float64Array, byEdge: Float64Array): void {
  for (let k = 0; k < places.length; k++) {
    byEdge[edgeAlong(edges[k]!, byEdge.length)]! += places[k]!
  }
}
