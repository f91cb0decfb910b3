import { countText, nearestFirst, shown } from '../../engine/extend.js'
import { ArgumentError, type RunOptions, SchemaError } from '../../engine/index.js'
import type { VertexId } from '../../gelly/index.js'
import type { DrawnGraph } from './drawn-graph.js'

/** A data set, whatever its records are. */
export interface Collectable {
  /** Its records. */
  collect(options?: RunOptions): Promise<readonly object[]>
}

/**
 * Something for each vertex: the name of a field of the vertices' values (`'value'` where values are
 * none, `'id'`, `'degree'`), a map by id, an array by position, a function of the vertex, or records with
 * `id` and one more field, such as the vertices that an algorithm gives.
 */
export type ByVertex =
  | string
  | ReadonlyMap<VertexId, unknown>
  | ArrayLike<unknown>
  | ((vertex: { readonly id: VertexId; readonly value: unknown }) => unknown)
  | Collectable
  | readonly object[]

/** Values by position, and what they are. */
export interface VertexColumn {
  readonly name: string
  readonly values: readonly unknown[]
}

/**
 * What is given for each vertex, by position; `undefined` where there is nothing.
 *
 * @throws {ArgumentError} If it is none of the forms; names the fields that there are.
 */
export async function byVertex(
  given: ByVertex,
  graph: DrawnGraph,
  figure: string,
  option: string,
  signal?: AbortSignal,
): Promise<VertexColumn> {
  const { count, loaded } = graph
  if (typeof given === 'string')
    return { name: given, values: fieldOf(given, graph, figure, option) }
  if (typeof given === 'function') {
    const values = Array.from({ length: count }, (_, v) =>
      given({ id: loaded.ids.at(v), value: loaded.vertexValues?.get(v) ?? null }),
    )
    return { name: option, values }
  }
  if (given instanceof Map) {
    const values = Array.from({ length: count }, (_, v) => given.get(loaded.ids.at(v)))
    return { name: option, values }
  }
  const records =
    typeof (given as Partial<Collectable> | null)?.collect === 'function'
      ? await (given as Collectable).collect(signal === undefined ? {} : { signal })
      : given
  if (Array.isArray(records) && records.length > 0 && isRecord(records[0])) {
    return recordColumn(records, graph, figure, option)
  }
  const list = records as ArrayLike<unknown>
  if (typeof list === 'object' && list !== null && list.length === count) {
    return { name: option, values: Array.from(list) }
  }
  throw new ArgumentError(
    `${figure}: ${option} must be the name of a field, a map by id, an array with a value for each of the ${countText(count)} vertices, a function, or records with id and one more field; got ${typeof list?.length === 'number' ? `${list.length} values` : shown(given)}.`,
  )
}

function isRecord(value: unknown): value is { readonly id: unknown } {
  return typeof value === 'object' && value !== null && 'id' in value
}

function recordColumn(
  records: readonly Readonly<Record<string, unknown>>[],
  { count, loaded }: DrawnGraph,
  figure: string,
  option: string,
): VertexColumn {
  const fields = Object.keys(records[0]!).filter(field => field !== 'id')
  if (fields.length !== 1) {
    throw new ArgumentError(
      `${figure}: records for ${option} must have id and one more field; they have ${fields.length === 0 ? 'only id' : `${fields.join(', ')}. Choose one: .select('id', '${fields[0]}')`}.`,
    )
  }
  const name = fields[0]!
  const known = new Map(records.map(record => [record.id, record[name]]))
  return { name, values: Array.from({ length: count }, (_, v) => known.get(loaded.ids.at(v))) }
}

function fieldOf(
  field: string,
  { count, loaded, degrees }: DrawnGraph,
  figure: string,
  option: string,
): readonly unknown[] {
  const { vertexValues, ids } = loaded
  const at = (v: number) => vertexValues?.get(v)
  const first = Array.from({ length: Math.min(count, 100) }, (_, v) => at(v)).filter(
    value => typeof value === 'object' && value !== null && !(value instanceof Date),
  )
  const fields = [...new Set(first.flatMap(value => Object.keys(value as object)))]
  if (fields.includes(field)) {
    return Array.from(
      { length: count },
      (_, v) => (at(v) as Readonly<Record<string, unknown>> | null | undefined)?.[field],
    )
  }
  if (field === 'id') return Array.from({ length: count }, (_, v) => ids.at(v))
  if (field === 'degree') return Array.from(degrees)
  if (field === 'value' && vertexValues !== null && fields.length === 0) {
    return Array.from({ length: count }, (_, v) => at(v))
  }
  if (count === 0) return []
  const own = vertexValues !== null && fields.length === 0 ? ['value'] : fields
  throw new SchemaError(
    `${figure}: ${option} "${field}" is no field of the vertices' values; there are ${nearestFirst(field, [...own, 'id', 'degree']).join(', ')}.`,
  )
}
