import type { VertexId } from '../../elements.js'
import { type Graph, graphOf } from '../../graph.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import { topologyOf } from '../../topology/topology.js'

/**
 * The vertices that are kept, with all edges between them. O(vertices + edges).
 *
 * @param kept Whether the vertex at a position is.
 */
export async function subgraphOf<K extends VertexId, VV, EV>(
  loaded: LoadedGraph<K, VV, EV>,
  kept: (position: number) => boolean,
): Promise<Graph<K, VV, EV>> {
  const { topology, ids, vertexValues, edgeValues, environment } = loaded
  const { vertexCount, edgeCount, sources, targets } = topology
  const places = new Int32Array(vertexCount).fill(-1)
  const vertices = new Int32Array(vertexCount)
  let length = 0
  for (let v = 0; v < vertexCount; v++) {
    if (!kept(v)) continue
    vertices[length] = v
    places[v] = length++
  }
  const positions = vertices.slice(0, length)
  const edges = new Int32Array(edgeCount)
  let edgeLength = 0
  for (let k = 0; k < edgeCount; k++) {
    if (places[sources[k]!]! >= 0 && places[targets[k]!]! >= 0) edges[edgeLength++] = k
  }
  const numbers = edges.slice(0, edgeLength)
  const smaller = await topologyOf(
    length,
    numbers.map(k => places[sources[k]!]!),
    numbers.map(k => places[targets[k]!]!),
  )
  return graphOf<K, VV, EV>(
    smaller,
    ids.column.take(positions),
    vertexValues?.take(positions) ?? null,
    edgeValues?.take(numbers) ?? null,
    environment,
  ) as unknown as Graph<K, VV, EV>
}
