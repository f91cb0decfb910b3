/** New values of vertices and edges, by what other records say about them. */

import {
  type AnyDataSet,
  assert,
  type Column,
  collectTogether,
  columnsSource,
  concatBatches,
  Int32Column,
  isAllMissing,
  knownOptions,
  missingColumn,
} from '../../engine/extend.js'
import type { DataSet, RunOptions } from '../../engine/index.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import { memoised } from '../loading/memoised.js'
import { needsFunction } from './arguments.js'
import { dataSetIn, type GraphParts, type Records } from './create.js'

/** A record with a value, and where it stands. */
interface Placed {
  readonly position: number
  readonly value: unknown
}

/** See `Graph.joinWithVertices`. */
export function joinWithVertices<K extends VertexId, VV, EV, D, NV>(
  graph: GraphParts<K, VV, EV>,
  records: Records<D>,
  fn: (vertex: Vertex<K, VV>, record: D) => NV,
  options: { readonly id?: string } = {},
): GraphParts<K, VV | NV, EV> {
  knownOptions(options, ['id'], 'joinWithVertices')
  needsFunction(fn, 'joinWithVertices')
  const { id: key = 'id' } = options
  const data = firstOfEach(dataSetIn(graph, records), [key])
  const vertices = lookUp(graph.vertices, data, ['id'], [key]).with(({ id, value }, record) => ({
    id,
    value: record === null ? value : fn({ id, value }, record as D),
  }))
  const load = memoised(async run => {
    const base = await graph.load(run)
    const { vertexCount } = base.topology
    const placed = base.vertexData<Placed>({
      position: ascending(vertexCount),
      value: base.vertexValues ?? missingColumn(vertexCount),
    }) as unknown as DataSet<Vertex<K, VV> & Placed>
    const values = lookUp(placed, data, ['id'], [key]).with(({ id, position, value }, record) => ({
      position,
      value: record === null ? value : fn({ id, value }, record as D),
    }))
    return base.with<VV | NV, EV>({ vertexValues: await arranged(values, vertexCount, run) })
  })
  return { vertices: vertices as DataSet<Vertex<K, VV | NV>>, edges: graph.edges, load }
}

/** See `Graph.joinWithEdges`. */
export function joinWithEdges<K extends VertexId, VV, EV, D, NE>(
  graph: GraphParts<K, VV, EV>,
  records: Records<D>,
  fn: (edge: Edge<K, EV>, record: D) => NE,
  options: { readonly source?: string; readonly target?: string } = {},
): GraphParts<K, VV, EV | NE> {
  knownOptions(options, ['source', 'target'], 'joinWithEdges')
  needsFunction(fn, 'joinWithEdges')
  const { source = 'source', target = 'target' } = options
  return joined(graph, records, fn, ['source', 'target'], [source, target])
}

/** See `Graph.joinWithEdgesOnSource` and `Graph.joinWithEdgesOnTarget`. */
export function joinWithEnds<K extends VertexId, VV, EV, D, NE>(
  graph: GraphParts<K, VV, EV>,
  records: Records<D>,
  fn: (edge: Edge<K, EV>, record: D) => NE,
  end: 'source' | 'target',
  options: { readonly id?: string } = {},
): GraphParts<K, VV, EV | NE> {
  const operation = end === 'source' ? 'joinWithEdgesOnSource' : 'joinWithEdgesOnTarget'
  knownOptions(options, ['id'], operation)
  needsFunction(fn, operation)
  return joined(graph, records, fn, [end], [options.id ?? 'id'])
}

function joined<K extends VertexId, VV, EV, D, NE>(
  graph: GraphParts<K, VV, EV>,
  records: Records<D>,
  fn: (edge: Edge<K, EV>, record: D) => NE,
  ends: readonly ('source' | 'target')[],
  keys: readonly string[],
): GraphParts<K, VV, EV | NE> {
  const data = firstOfEach(dataSetIn(graph, records), keys)
  const edges = lookUp(graph.edges, data, ends, keys).with(({ source, target, value }, record) => ({
    source,
    target,
    value: record === null ? value : fn({ source, target, value }, record as D),
  }))
  const load = memoised(async run => {
    const base = await graph.load(run)
    const { edgeCount, sources, targets } = base.topology
    const { column } = base.ids
    const placed = base.environment.read<Edge<K, EV> & Placed>(
      columnsSource({
        source: column.take(sources),
        target: column.take(targets),
        value: base.edgeValues ?? missingColumn(edgeCount),
        position: new Int32Column(ascending(edgeCount)),
      }),
    )
    const values = lookUp(placed, data, ends, keys).with(
      ({ source, target, value, position }, record) => ({
        position,
        value: record === null ? value : fn({ source, target, value }, record as D),
      }),
    )
    return base.with<VV, EV | NE>({ edgeValues: await arranged(values, edgeCount, run) })
  })
  return { vertices: graph.vertices, edges: edges as DataSet<Edge<K, EV | NE>>, load }
}

/** The first record with each key; later ones do not count. */
function firstOfEach<D>(data: DataSet<D>, keys: readonly string[]): DataSet<D> {
  return data.distinct(...(keys as never[]))
}

function lookUp<T, D>(
  records: DataSet<T>,
  data: DataSet<D>,
  on: readonly string[],
  keys: readonly string[],
) {
  return records
    .leftJoin(data)
    .where(...(on as never[]))
    .equalTo(...(keys as never[]))
}

/** The values by position. Joins give their records in any order. */
async function arranged(
  values: AnyDataSet,
  count: number,
  options: RunOptions | undefined,
): Promise<Column | null> {
  if (count === 0) return null
  const [batches] = await collectTogether([values], 'arranged', options)
  const all = concatBatches(batches!)
  assert(all.length === count, () => `${all.length} values for ${count} places`)
  const column = all.find('value') ?? missingColumn(count)
  if (isAllMissing(column)) return null
  const places = (all.find('position') as Int32Column).values
  const rows = new Int32Array(count)
  for (let row = 0; row < count; row++) rows[places[row]!] = row
  return column.take(rows)
}

function ascending(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, position) => position)
}
