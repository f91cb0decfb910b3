/** Operations that compute values and keep the topology, which the new graph shares. */

import { type AnyDataSet, deriveField, missingColumn } from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import { evaluated } from '../loading/evaluated.js'
import { memoised } from '../loading/memoised.js'
import { vertexIds } from '../loading/vertex-ids.js'
import { needsFunction } from './arguments.js'
import { type GraphParts, viewed } from './create.js'

/** See `Graph.mapVertices`. */
export function mapVertices<K extends VertexId, VV, EV, NV>(
  graph: GraphParts<K, VV, EV>,
  fn: unknown,
  options: object | undefined,
): GraphParts<K, NV, EV> {
  const mapped = (vertices: AnyDataSet) =>
    deriveField<Vertex<K, NV>>(vertices, 'value', fn, 'mapVertices', options)
  const load = memoised(async run => {
    const base = await graph.load(run)
    const { vertexCount } = base.topology
    const vertexValues = await evaluated(mapped(base.vertices), 'value', vertexCount, run)
    return base.with<NV, EV>({ vertexValues })
  })
  return { vertices: mapped(graph.vertices), edges: graph.edges, load }
}

/** See `Graph.mapEdges`. */
export function mapEdges<K extends VertexId, VV, EV, NE>(
  graph: GraphParts<K, VV, EV>,
  fn: unknown,
  options: object | undefined,
): GraphParts<K, VV, NE> {
  const mapped = (edges: AnyDataSet) =>
    deriveField<Edge<K, NE>>(edges, 'value', fn, 'mapEdges', options)
  const load = memoised(async run => {
    const base = await graph.load(run)
    const edgeValues = await evaluated(mapped(base.edges), 'value', base.topology.edgeCount, run)
    return base.with<VV, NE>({ edgeValues })
  })
  return { vertices: graph.vertices, edges: mapped(graph.edges), load }
}

/** See `Graph.translateIds`. */
export function translateIds<K extends VertexId, VV, EV, NK extends VertexId>(
  graph: GraphParts<K, VV, EV>,
  fn: (id: K) => NK,
): GraphParts<NK, VV, EV> {
  const operation = 'translateIds'
  needsFunction(fn, operation)
  return viewed(graph, async run => {
    const base = await graph.load(run)
    const { vertexCount } = base.topology
    const translated = deriveField(
      base.vertices,
      'id',
      ({ id }: Vertex<K, VV>) => fn(id),
      operation,
    )
    const column = await evaluated(translated, 'id', vertexCount, run)
    return base.withIds(vertexIds<NK>(column ?? missingColumn(vertexCount), operation))
  })
}

/** See `Graph.reverse`. */
export function reverse<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
): GraphParts<K, VV, EV> {
  const load = memoised(async run => {
    const base = await graph.load(run)
    return base.with<VV, EV>({ topology: base.topology.reversed })
  })
  return { vertices: graph.vertices, edges: turned(graph.edges), load }
}

/** Edges the other way round. */
export function turned<K extends VertexId, EV>(edges: DataSet<Edge<K, EV>>): DataSet<Edge<K, EV>> {
  return edges.map(({ source, target, value }) => ({ source: target, target: source, value }))
}
