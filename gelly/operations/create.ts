import {
  deriveField,
  environmentOf,
  knownOptions,
  selectFields,
  shown,
} from '../../engine/extend.js'
import { ArgumentError, type Collection, DataSet, defaultEnvironment } from '../../engine/index.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import { loadGraph } from '../loading/load-graph.js'
import { memoised } from '../loading/memoised.js'
import { edgeView, type Load, vertexView } from '../loading/views.js'

/** Records: a data set, or anything that one can be made of. */
export type Records<T> = DataSet<T> | Collection<T>

/** Where the parts of edges stand in records. */
export interface EdgeFields {
  readonly source: string
  readonly target: string
  readonly value?: string | ((record: never) => unknown) | undefined
}

/** What a graph is: two data sets, and how both are loaded. */
export interface GraphParts<K extends VertexId, VV, EV> {
  readonly vertices: DataSet<Vertex<K, VV>>
  readonly edges: DataSet<Edge<K, EV>>
  readonly load: Load<K, VV, EV>
}

/**
 * A graph of data sets; without `vertices` the ends of edges are the vertices.
 *
 * @param explained The error to throw instead of one that loading throws.
 */
export function partsOf<K extends VertexId, VV, EV>(
  vertices: DataSet<Vertex<K, VV>> | null,
  edges: DataSet<Edge<K, EV>>,
  operation: string,
  loaded: DataSet<Edge<K, EV>> = edges,
  explained: (error: unknown) => unknown = error => error,
): GraphParts<K, VV, EV> {
  const load = memoised(async options => {
    try {
      return await loadGraph<K, VV, EV>({ vertices, edges: loaded }, operation, options)
    } catch (error) {
      throw await explained(error)
    }
  })
  const view = () => vertexView(environmentOf(edges), load, 'vertices of edges')
  return { vertices: vertices ?? view(), edges, load }
}

/** See `Graph.from`. */
export function graphFrom<K extends VertexId, VV, EV>(
  vertices: Records<{ id: K; value?: VV }> | undefined,
  edges: Records<{ source: K; target: K; value?: EV }>,
): GraphParts<K, VV, EV> {
  const dataSetOf = dataSetsOf([edges, vertices])
  const whole = dataSetOf(edges).map(({ source, target, value }) => ({ source, target, value }))
  const all = vertices && dataSetOf(vertices).map(({ id, value }) => ({ id, value }))
  return partsOf<K, VV, EV>(
    (all ?? null) as DataSet<Vertex<K, VV>> | null,
    whole as DataSet<Edge<K, EV>>,
    'Graph.from',
  )
}

/** See `Graph.fromEdges`. */
export function graphFromEdges<K extends VertexId, EV>(
  records: Records<unknown>,
  fields: EdgeFields,
): GraphParts<K, null, EV> {
  const operation = 'Graph.fromEdges'
  const { source: from, target: to } = (fields as EdgeFields | undefined) ?? {}
  if (from === undefined || to === undefined) {
    throw new ArgumentError(
      `${operation}: the second argument must name the fields that have the ends of edges, such as { source: 'from', target: 'to' }, '0' and '1' for pairs; got ${shown(fields)}.`,
    )
  }
  knownOptions(fields, ['source', 'target', 'value'], operation)
  const { source, target, value } = fields
  const data = dataSetsOf([records])(records)
  const select = (from: DataSet<unknown>, fields: Readonly<Record<string, string>>) =>
    selectFields<Edge<K, EV>>(from, fields, operation)
  if (value === undefined) {
    const ends = select(data, { source, target })
    const edges = deriveField<Edge<K, EV>>(ends, 'value', () => null, operation)
    return partsOf<K, null, EV>(null, edges, operation, ends)
  }
  if (typeof value === 'string') {
    return partsOf<K, null, EV>(null, select(data, { source, target, value }), operation)
  }
  const valued = deriveField<unknown>(data, 'value', value, operation)
  return partsOf<K, null, EV>(null, select(valued, { source, target, value: 'value' }), operation)
}

/**
 * A function that gives a data set itself, or one made of records: in the environment of those that
 * are data sets, else in the ready-made one.
 */
export function dataSetsOf(parts: readonly unknown[]): <T>(records: Records<T>) => DataSet<T> {
  const given = parts.find(records => records instanceof DataSet)
  const environment = given === undefined ? defaultEnvironment() : environmentOf(given)
  return records => (records instanceof DataSet ? records : environment.from(records))
}

/** The data set itself, or one made of the records in the environment of a graph. */
export function dataSetIn<K extends VertexId, VV, EV, T>(
  graph: GraphParts<K, VV, EV>,
  records: Records<T>,
): DataSet<T> {
  return records instanceof DataSet ? records : environmentOf(graph.vertices).from(records)
}

/** A graph that is computed of another one when one of its data sets is run. */
export function viewed<K extends VertexId, VV, EV, NK extends VertexId, NV, NE>(
  graph: GraphParts<K, VV, EV>,
  load: Load<NK, NV, NE>,
): GraphParts<NK, NV, NE> {
  const once = memoised(load)
  const environment = environmentOf(graph.vertices)
  return {
    vertices: vertexView(environment, once),
    edges: edgeView(environment, once),
    load: once,
  }
}
