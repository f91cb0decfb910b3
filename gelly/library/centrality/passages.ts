/** How many shortest paths pass through vertices and along edges, summed up over searches. */
import { shown } from '../../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../../engine/index.js'
import type { EdgeDirection } from '../../direction.js'
import type { VertexId } from '../../elements.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import type { EdgeRows } from '../../topology/adjacency.js'
import { along, edgeAlong } from '../../topology/along.js'
import { pivotsOf, type SampleOptions } from '../paths/pivots.js'
import { type SearchProgress, searchProgress } from '../search-progress.js'
import { withTeam } from '../with-team.js'
import { searchedPassages } from './searched-passages.js'

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

/** Brandes' algorithm from all vertices, or a sample. */
export async function passages<K extends VertexId, VV, EV>(
  loaded: LoadedGraph<K, VV, EV>,
  direction: EdgeDirection,
  options: PassageOptions,
): Promise<Passages> {
  const { weights, operation, signal } = options
  const topology = await along(loaded.topology, direction)
  const pivots = pivotsOf(topology.vertexCount, options, operation)
  const told = searchProgress(pivots.length, options.onProgress)
  const wanted = options.edges === true
  if (weights !== null) checkPositive(loaded, weights, operation)
  const found = await withTeam(loaded, signal, (team, scratch) =>
    searchedPassages(team, scratch, topology, pivots, { weights, edges: wanted, told }),
  )
  if (found === null) throw tooFarApart(operation)
  const edges = new Float64Array(wanted ? loaded.topology.edgeCount : 0)
  if (wanted) addByEdge(topology.outEdges, found.places, edges)
  return { vertices: found.vertices, edges, searches: pivots.length }
}

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
