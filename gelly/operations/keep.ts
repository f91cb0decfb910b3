/** Parts of a loaded graph, by masks: 1 is kept, 0 is left out. */
import { Int32Column } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import { VertexIds } from '../loading/vertex-ids.js'
import { topologyOf } from '../topology/topology.js'

/** All vertices, and the edges of a mask. O(edges). */
export async function keepEdges<K extends VertexId, VV, EV>(
  graph: LoadedGraph<K, VV, EV>,
  mask: Uint8Array,
): Promise<LoadedGraph<K, VV, EV>> {
  const { vertexCount, sources, targets } = graph.topology
  const kept = placesOf(mask)
  const topology = await topologyOf(vertexCount, taken(sources, kept), taken(targets, kept))
  return graph.with({ topology, edgeValues: graph.edgeValues?.take(kept) ?? null })
}

/** The vertices of a mask, and the edges both of whose ends are kept. O(vertices + edges). */
export async function keepVertices<K extends VertexId, VV, EV>(
  graph: LoadedGraph<K, VV, EV>,
  mask: Uint8Array,
): Promise<LoadedGraph<K, VV, EV>> {
  const { sources, targets, edgeCount } = graph.topology
  const vertices = placesOf(mask)
  const positions = new Int32Array(mask.length)
  for (let v = 0; v < vertices.length; v++) positions[vertices[v]!] = v
  const edgeMask = new Uint8Array(edgeCount)
  for (let k = 0; k < edgeCount; k++) edgeMask[k] = mask[sources[k]!]! & mask[targets[k]!]!
  const edges = placesOf(edgeMask)
  const topology = await topologyOf(
    vertices.length,
    taken(positions, taken(sources, edges)),
    taken(positions, taken(targets, edges)),
  )
  return graph.with({
    topology,
    ids: new VertexIds<K>(graph.ids.column.take(vertices), graph.ids.kind),
    vertexValues: graph.vertexValues?.take(vertices) ?? null,
    edgeValues: graph.edgeValues?.take(edges) ?? null,
  })
}

/** The places of a mask that hold 1. */
function placesOf(mask: Uint8Array): Int32Array {
  let count = 0
  for (let k = 0; k < mask.length; k++) count += mask[k]!
  const places = new Int32Array(count)
  let next = 0
  for (let k = 0; k < mask.length; k++) if (mask[k] === 1) places[next++] = k
  return places
}

function taken(values: Int32Array, places: Int32Array): Int32Array {
  return new Int32Column(values).take(places).values
}
