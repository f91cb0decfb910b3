import {
  AnyColumn,
  BooleanColumn,
  type Column,
  deriveField,
  Float64Column,
  Int32Column,
  nearestFirst,
  shown,
} from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { Edge, VertexId } from '../elements.js'
import { evaluated } from './evaluated.js'
import type { LoadedGraph } from './loaded-graph.js'

/** What the weight of an edge is: a field of its value, a function of the edge, or its value. */
export type EdgeWeight<K extends VertexId, EV> =
  | string
  | ((edge: Edge<K, EV>) => number)
  | undefined

/** Which numbers may be weights. */
export interface WeightOptions {
  /** Whether weights may be below 0. Default `false`. */
  readonly negative?: boolean
}

/** See `LoadedGraph.weights`; negative ones are among them. */
export async function edgeWeights<K extends VertexId, VV, EV>(
  graph: LoadedGraph<K, VV, EV>,
  weight: EdgeWeight<K, EV>,
  operation: string,
): Promise<Float64Array> {
  const { edgeCount, region } = graph.topology
  const column = await weightColumn(graph, weight, operation)
  // Of functions there is no end, and what a region has given out it never takes back.
  const own = typeof weight === 'function'
  const weights = own ? new Float64Array(edgeCount) : region.float64(edgeCount)
  if (column === null) return weights.fill(1)
  fill(weights, column, row => refused(graph, row, column.get(row), operation))
  for (let k = 0; k < edgeCount; k++) {
    if (!Number.isFinite(weights[k]!)) throw refused(graph, k, weights[k]!, operation)
  }
  return weights
}

/** @throws {SchemaError} If a weight is below 0; names the edge. */
export function refuseNegative<K extends VertexId, VV, EV>(
  graph: LoadedGraph<K, VV, EV>,
  weights: Float64Array,
  operation: string,
): void {
  for (let k = 0; k < weights.length; k++) {
    if (weights[k]! < 0) throw refused(graph, k, weights[k]!, operation)
  }
}

async function weightColumn<K extends VertexId, VV, EV>(
  graph: LoadedGraph<K, VV, EV>,
  weight: EdgeWeight<K, EV>,
  operation: string,
): Promise<Column | null> {
  if (weight === undefined) return graph.edgeValues
  if (typeof weight === 'string') return fieldColumn(graph, weight, operation)
  if (typeof weight !== 'function') {
    throw new ArgumentError(
      `${operation}: the weight must be a field of the edges' values or a function of the edge; got ${shown(weight)}.`,
    )
  }
  const weighed = deriveField<{ weight: number }>(graph.edges, 'weight', weight, operation)
  return evaluated(weighed, 'weight', graph.topology.edgeCount)
}

function fieldColumn<K extends VertexId, VV, EV>(
  { edgeValues, topology }: LoadedGraph<K, VV, EV>,
  field: string,
  operation: string,
): Column | null {
  if (topology.edgeCount === 0) return null
  const values = edgeValues
  const first = values?.get(0)
  if (values !== null && typeof first === 'object' && first !== null && field in first) {
    const { length } = values
    return new AnyColumn(
      Array.from({ length }, (_, k) => (values.get(k) as Record<string, unknown> | null)?.[field]),
    )
  }
  // The value itself, by the name that it has in edges.
  if (field === 'value') return values
  const known = typeof first === 'object' && first !== null ? Object.keys(first) : []
  const has =
    known.length === 0
      ? `the edges' values have no fields; the first is ${shown(first ?? null)}`
      : `they have ${nearestFirst(field, known).join(', ')}`
  throw new SchemaError(`${operation}: the values of edges have no field "${field}"; ${has}.`)
}

function fill(weights: Float64Array, column: Column, refuse: (row: number) => SchemaError): void {
  const numeric = column instanceof Int32Column || column instanceof Float64Column
  const missing = column.valid?.indexOf(0) ?? -1
  if (missing >= 0) throw refuse(missing)
  if (numeric || column instanceof BooleanColumn) {
    if (!numeric) throw refuse(0)
    weights.set(column.values)
    return
  }
  for (let row = 0; row < column.length; row++) {
    const value = column.get(row)
    if (typeof value !== 'number') throw refuse(row)
    weights[row] = value
  }
}

function refused(
  graph: { edgeAt(edge: number): { readonly source: VertexId; readonly target: VertexId } },
  edge: number,
  weight: unknown,
  operation: string,
): SchemaError {
  const { source, target } = graph.edgeAt(edge)
  const must =
    typeof weight === 'number' && weight < 0 ? 'must not be negative' : 'must be a finite number'
  const remedy =
    typeof weight === 'string'
      ? 'It is a text: one value that is no number makes a column of a file one of texts. Say types, or map the edges first.'
      : 'Filter or map the edges first.'
  return new SchemaError(
    `${operation}: the weight of edge ${edge}, from ${shown(source)} to ${shown(target)}, ${must}; got ${shown(weight)}. ${remedy}`,
  )
}
