import { type Column, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { Vertex, VertexId } from '../elements.js'
import type { VertexIds } from '../loading/vertex-ids.js'

/** Something of a vertex: a field of its value, or what a function says of it. */
export type VertexProperty<K extends VertexId, VV, T> = string | ((vertex: Vertex<K, VV>) => T)

/** What is needed of a graph in memory. */
export interface LoadedVertices<K extends VertexId> {
  readonly ids: VertexIds<K>
  readonly vertexValues: Column | null
}

/**
 * Reads a property by position; `undefined` where a value has no such field. The field `'value'` is the
 * value itself, by the name that it has in vertices.
 *
 * @param name The option's name, for errors.
 * @throws {ArgumentError} If it is neither a field nor a function.
 */
export function vertexReader<K extends VertexId, VV>(
  { ids, vertexValues }: LoadedVertices<K>,
  property: VertexProperty<K, VV, unknown>,
  operation: string,
  name: string,
): (position: number) => unknown {
  const valueAt = (v: number) => (vertexValues?.get(v) ?? null) as VV
  if (typeof property === 'string') return v => fieldOf(valueAt(v), property)
  if (typeof property === 'function') return v => property({ id: ids.at(v), value: valueAt(v) })
  throw new ArgumentError(
    `${operation}: ${name} must be a field of the vertices' values or a function of the vertex; got ${shown(property)}.`,
  )
}

/**
 * A number of at least 0 for each vertex: a property, or the same for all.
 *
 * @throws {SchemaError} If one is missing, below 0 or no finite number; names the vertex.
 */
export function vertexNumbers<K extends VertexId, VV>(
  loaded: LoadedVertices<K>,
  given: number | VertexProperty<K, VV, number>,
  operation: string,
  name: string,
): Float64Array {
  const numbers = new Float64Array(loaded.ids.length)
  if (typeof given === 'number') return numbers.fill(given)
  const read = vertexReader(loaded, given, operation, name)
  for (let v = 0; v < numbers.length; v++) {
    const value = read(v)
    if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) {
      throw new SchemaError(
        `${operation}: the ${name} of vertex ${shown(loaded.ids.at(v))} is ${shown(value)}. It must be a number of at least 0.`,
      )
    }
    numbers[v] = value
  }
  return numbers
}

function fieldOf(value: unknown, field: string): unknown {
  if (typeof value === 'object' && value !== null && field in value) {
    return (value as Record<string, unknown>)[field]
  }
  return field === 'value' ? value : undefined
}
