/** Graphs with more or fewer vertices and edges. */
import {
  type Column,
  ColumnWriter,
  createKeyIndex,
  Int32Column,
  missingColumn,
} from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import { needsList } from './arguments.js'
import { dataSetIn, type GraphParts, partsOf, type Records, viewed } from './create.js'
import { keepEdges, keepVertices } from './keep.js'

/** Edges to remove: all from a source to a target, or only those of a value. */
export interface RemovedEdge<K extends VertexId, EV> {
  readonly source: K
  readonly target: K
  /** Only edges with this value; all when absent. */
  readonly value?: EV
}

/** See `Graph.addVertices`. */
export function addVertices<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  vertices: Records<Vertex<K, VV>>,
): GraphParts<K, VV, EV> {
  const added = dataSetIn(graph, vertices).map(({ id, value }) => ({ id, value }))
  const all = graph.vertices.union(added as DataSet<Vertex<K, VV>>).distinct('id' as never)
  return partsOf(all, graph.edges, 'addVertices')
}

/** See `Graph.addEdges`. */
export function addEdges<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  edges: Records<Edge<K, EV>>,
): GraphParts<K, VV, EV> {
  const added = dataSetIn(graph, edges).map(({ source, target, value }) => {
    return { source, target, value }
  })
  const all = graph.edges.union(added as DataSet<Edge<K, EV>>)
  return partsOf(graph.vertices, all, 'addEdges')
}

/** See `Graph.removeVertices`. */
export function removeVertices<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  ids: Iterable<K>,
): GraphParts<K, VV, EV> {
  needsList(ids, 'the ids', 'removeVertices')
  const removed = [...ids]
  return viewed(graph, async run => {
    const base = await graph.load(run)
    const mask = new Uint8Array(base.topology.vertexCount).fill(1)
    for (const id of removed) {
      const position = base.ids.positionOf(id)
      if (position >= 0) mask[position] = 0
    }
    return keepVertices(base, mask)
  })
}

/** See `Graph.removeEdges`. */
export function removeEdges<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  edges: Iterable<RemovedEdge<K, EV>>,
): GraphParts<K, VV, EV> {
  needsList(edges, 'the edges', 'removeEdges')
  const removed = [...edges]
  return viewed(graph, async run => {
    const base = await graph.load(run)
    const mask = new Uint8Array(base.topology.edgeCount).fill(1)
    clear(
      mask,
      base,
      removed.filter(({ value }) => value === undefined),
      false,
    )
    clear(
      mask,
      base,
      removed.filter(({ value }) => value !== undefined),
      true,
    )
    return keepEdges(base, mask)
  })
}

/** Clears the mask at the edges that equal one of `removed`, also in value if that counts. */
function clear<K extends VertexId, VV, EV>(
  mask: Uint8Array,
  { topology, ids, edgeValues }: LoadedGraph<K, VV, EV>,
  removed: readonly RemovedEdge<K, EV>[],
  byValue: boolean,
): void {
  if (removed.length === 0) return
  const { sources, targets, edgeCount } = topology
  const end = (name: 'source' | 'target') =>
    new Int32Column(Int32Array.from(removed, edge => ids.positionOf(edge[name])))
  const wanted: Column[] = [end('source'), end('target')]
  const own: Column[] = [new Int32Column(sources), new Int32Column(targets)]
  if (byValue) {
    const writer = new ColumnWriter(removed.length)
    for (const [row, { value }] of removed.entries()) writer.set(row, value)
    wanted.push(writer.finish(removed.length))
    own.push(edgeValues ?? missingColumn(edgeCount))
  }
  const index = createKeyIndex(wanted.length)
  index.insert(wanted, removed.length)
  const found = index.find(own, edgeCount)
  for (let k = 0; k < edgeCount; k++) if (found[k]! >= 0) mask[k] = 0
}
