/** Graphs out of two graphs. */
import {
  createKeyIndex,
  Int32Column,
  knownOptions,
  missingColumn,
  shown,
} from '../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../engine/index.js'
import type { Vertex, VertexId } from '../elements.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import { endToEnd } from '../topology/end-to-end.js'
import { topologyOf } from '../topology/topology.js'
import { needsFunction } from './arguments.js'
import { type GraphParts, partsOf, viewed } from './create.js'
import { keepEdges, keepVertices } from './keep.js'
import { turned } from './map.js'

/** See `Graph.undirected`. */
export function undirected<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
): GraphParts<K, VV, EV> {
  const edges = graph.edges.union(turned(graph.edges))
  const { load } = viewed(graph, async run => {
    const base = await graph.load(run)
    const { vertexCount, edgeCount, sources, targets } = base.topology
    const topology = await topologyOf(
      vertexCount,
      endToEnd(sources, targets),
      endToEnd(targets, sources),
    )
    const twice = Int32Array.from({ length: 2 * edgeCount }, (_, k) => k % edgeCount)
    return base.with<VV, EV>({ topology, edgeValues: base.edgeValues?.take(twice) ?? null })
  })
  return { vertices: graph.vertices, edges, load }
}

/** See `Graph.union`. */
export function union<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  other: GraphParts<K, VV, EV>,
  merge: ((value: VV, other: VV) => VV) | undefined,
): GraphParts<K, VV, EV> {
  mustBeGraph(other, 'union')
  if (merge !== undefined) needsFunction(merge, 'union')
  const all = graph.vertices.union(other.vertices)
  const vertices: DataSet<Vertex<K, VV>> =
    merge === undefined
      ? all.distinct('id' as never)
      : all.groupBy('id' as never).reduce((a, b) => ({ id: a.id, value: merge(a.value, b.value) }))
  return partsOf(vertices, graph.edges.union(other.edges), 'union')
}

/** See `Graph.difference`. */
export function difference<K extends VertexId, VV, EV, OV, OE>(
  graph: GraphParts<K, VV, EV>,
  other: GraphParts<K, OV, OE>,
): GraphParts<K, VV, EV> {
  mustBeGraph(other, 'difference')
  return viewed(graph, async run => {
    const [base, minus] = await Promise.all([graph.load(run), other.load(run)])
    const found = minus.ids.positionsOf(base.ids.column)
    return keepVertices(
      base,
      maskOf(base.topology.vertexCount, v => found[v]! < 0),
    )
  })
}

/** See `Graph.differenceEdges`. */
export function differenceEdges<K extends VertexId, VV, EV, OV, OE>(
  graph: GraphParts<K, VV, EV>,
  other: GraphParts<K, OV, OE>,
): GraphParts<K, VV, EV> {
  mustBeGraph(other, 'differenceEdges')
  return viewed(graph, async run => {
    const [base, minus] = await Promise.all([graph.load(run), other.load(run)])
    const { sources, targets } = minus.topology
    const index = createKeyIndex(2)
    index.insert([new Int32Column(sources), new Int32Column(targets)], sources.length)
    const found = index.find(endsIn(minus, base), base.topology.edgeCount)
    return keepEdges(
      base,
      maskOf(base.topology.edgeCount, k => found[k]! < 0),
    )
  })
}

/** See `Graph.intersect`. */
export function intersect<K extends VertexId, VV, EV, OV>(
  graph: GraphParts<K, VV, EV>,
  other: GraphParts<K, OV, EV>,
  options: { readonly distinct?: boolean } = {},
): GraphParts<K, VV, EV> {
  mustBeGraph(other, 'intersect')
  knownOptions(options, ['distinct'], 'intersect')
  const { distinct = false } = options
  return viewed(graph, async run => {
    const [base, second] = await Promise.all([graph.load(run), other.load(run)])
    const index = createKeyIndex(3)
    const { sources, targets, edgeCount } = second.topology
    const value = (of: LoadedGraph<K, unknown, EV>) =>
      of.edgeValues ?? missingColumn(of.topology.edgeCount)
    const keys = [new Int32Column(sources), new Int32Column(targets), value(second as never)]
    const left = new Int32Array(edgeCount)
    for (const id of index.insert(keys, edgeCount).subarray(0, edgeCount)) left[id]!++
    const { edgeCount: own } = base.topology
    const found = index.find([...endsIn(second, base), value(base as never)], own)
    const edges = maskOf(own, k => {
      const id = found[k]!
      if (id < 0 || left[id] === 0) return false
      left[id] = distinct ? 0 : left[id]! - 1
      return true
    })
    const kept = await keepEdges(base, edges)
    const shared = second.ids.positionsOf(base.ids.column)
    return keepVertices(
      kept,
      maskOf(base.topology.vertexCount, v => shared[v]! >= 0),
    )
  })
}

/** The ends of a graph's edges by their positions in another one; -1 where a vertex is not there. */
function endsIn<K extends VertexId>(
  other: Pick<LoadedGraph<K, unknown, unknown>, 'ids'>,
  { ids, topology }: Pick<LoadedGraph<K, unknown, unknown>, 'ids' | 'topology'>,
): [Int32Column, Int32Column] {
  const positions = new Int32Column(other.ids.positionsOf(ids.column).slice(0, ids.length))
  return [positions.take(topology.sources), positions.take(topology.targets)]
}

function maskOf(count: number, kept: (place: number) => boolean): Uint8Array {
  const mask = new Uint8Array(count)
  for (let place = 0; place < count; place++) if (kept(place)) mask[place] = 1
  return mask
}

/** @throws {ArgumentError} If it is none. */
function mustBeGraph(other: unknown, operation: string): void {
  if (typeof (other as { readonly load?: unknown } | null | undefined)?.load === 'function') return
  throw new ArgumentError(`${operation}: the other graph must be a Graph; got ${shown(other)}.`)
}
