import { type Column, columnsSource } from '../../engine/extend.js'
import type { ColumnValues, DataSet } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'

/**
 * The data set of an answer about edges: a record for each, with the ids of its ends.
 *
 * @param edges Numbers of the edges; `null` for all.
 * @param fields By name: an array or column with one value for each of these edges. Not copied.
 */
export function edgeData<K extends VertexId, R extends object>(
  {
    topology,
    ids,
    environment,
  }: Pick<LoadedGraph<K, unknown, unknown>, 'topology' | 'ids' | 'environment'>,
  edges: Int32Array | null,
  fields: Readonly<Record<string, ColumnValues | Column>>,
): DataSet<{ source: K; target: K } & R> {
  const endsIn = (ends: Int32Array) =>
    ids.column.take(edges === null ? ends : edges.map(edge => ends[edge]!))
  const [source, target] = [endsIn(topology.sources), endsIn(topology.targets)]
  return environment.read(columnsSource({ source, target, ...fields }, 'edgeData'))
}
