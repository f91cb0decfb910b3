import type { VertexId } from '../../elements.js'
import { type Graph, graphOf } from '../../graph.js'
import type { LoadedGraph } from '../../loading/loaded-graph.js'
import { keepVertices } from '../../operations/keep.js'

/**
 * The vertices that are kept, with all edges between them. O(vertices + edges).
 *
 * @param kept Whether the vertex at a position is.
 */
export async function subgraphOf<K extends VertexId, VV, EV>(
  loaded: LoadedGraph<K, VV, EV>,
  kept: (position: number) => boolean,
): Promise<Graph<K, VV, EV>> {
  const mask = new Uint8Array(loaded.topology.vertexCount)
  for (let v = 0; v < mask.length; v++) mask[v] = Number(kept(v))
  const { topology, ids, vertexValues, edgeValues, environment } = await keepVertices(loaded, mask)
  return graphOf<K, VV, EV>(
    topology,
    ids,
    vertexValues,
    edgeValues,
    environment,
  ) as unknown as Graph<K, VV, EV>
}
