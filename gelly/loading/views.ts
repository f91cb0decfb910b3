import { Int32Column } from '../../engine/extend.js'
import type { DataSet, ExecutionEnvironment, RunOptions } from '../../engine/index.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import type { LoadedGraph } from './loaded-graph.js'
import { tableSource } from './table-source.js'
import type { VertexIds } from './vertex-ids.js'

/** Loads a graph when it is first asked for. */
export type Load<K extends VertexId, VV, EV> = (
  options?: RunOptions,
) => Promise<LoadedGraph<K, VV, EV>>

/** The vertices of a graph by position, as a data set that loads it. */
export function vertexView<K extends VertexId, VV, EV>(
  environment: ExecutionEnvironment,
  load: Load<K, VV, EV>,
  label = 'vertices',
): DataSet<Vertex<K, VV>> {
  const source = tableSource(label, async request => {
    const { ids, vertexValues } = await load(signalOf(request))
    return { length: ids.length, columns: { id: () => ids.column, value: () => vertexValues } }
  })
  return environment.read(source)
}

/** The edges of a graph by number, as a data set that loads it. */
export function edgeView<K extends VertexId, VV, EV>(
  environment: ExecutionEnvironment,
  load: Load<K, VV, EV>,
  label = 'edges',
): DataSet<Edge<K, EV>> {
  const source = tableSource(label, async request => {
    const { topology, ids, edgeValues } = await load(signalOf(request))
    const columns = {
      source: () => idsAt(ids, topology.sources),
      target: () => idsAt(ids, topology.targets),
      value: () => edgeValues,
    }
    return { length: topology.edgeCount, columns }
  })
  return environment.read(source)
}

/** The part of a request that loading a graph listens to. */
export function signalOf({ signal }: { readonly signal?: AbortSignal }): RunOptions {
  return signal === undefined ? {} : { signal }
}

/** The ids of the vertices at positions. */
export function idsAt(ids: VertexIds<VertexId>, positions: Int32Array) {
  return ids.arePositions ? new Int32Column(positions) : ids.column.take(positions)
}
