import {
  AnyColumn,
  type Column,
  ColumnWriter,
  createKeyIndex,
  Float64Column,
  Int32Column,
  shown,
} from '../../engine/extend.js'
import { SchemaError } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import { type LoadedVertices, type VertexProperty, vertexReader } from './vertex-reader.js'

/** Labels as numbers in the order of the labels themselves. */
export interface RankedLabels {
  /** By vertex: 0 for the first label. */
  readonly ranks: Int32Array
  /** The labels by rank, each once. */
  readonly labels: Column
}

/** What vertices begin with: a field of their values, or a function of the vertex. */
export type InitialLabel<K extends VertexId, VV, L> = VertexProperty<K, VV, L>

/**
 * The labels that vertices begin with, their ids by default, ranked.
 *
 * @param descending Whether the greatest label is the first.
 * @throws {SchemaError} If labels are missing, of mixed types, or have no order; names the vertex.
 *
 * Cost: O(n log n), O(n) where labels are in order already.
 */
export function rankedLabels<K extends VertexId, VV, L>(
  loaded: LoadedVertices<K>,
  label: InitialLabel<K, VV, L> | undefined,
  descending: boolean,
  operation: string,
): RankedLabels {
  const values = label === undefined ? loaded.ids.column : labelColumn(loaded, label, operation)
  const index = createKeyIndex(1)
  // The index's own array is only valid until the next call.
  const found = index.insert([values], values.length).slice(0, values.length)
  const distinct = values.length === 0 ? values : index.keys()[0]!
  checkOrder(values, loaded, operation)
  const order = ascending(distinct)
  if (descending) order.reverse()
  const rankOf = new Int32Array(order.length)
  for (let rank = 0; rank < order.length; rank++) rankOf[order[rank]!] = rank
  for (let v = 0; v < found.length; v++) found[v] = rankOf[found[v]!]!
  return { ranks: found, labels: distinct.take(order) }
}

function labelColumn<K extends VertexId, VV, L>(
  loaded: LoadedVertices<K>,
  label: InitialLabel<K, VV, L>,
  operation: string,
): Column {
  const read = vertexReader(loaded, label, operation, 'label')
  const n = loaded.ids.length
  const writer = new ColumnWriter(n, 'label')
  for (let v = 0; v < n; v++) writer.set(v, read(v))
  return writer.finish(n)
}

function checkOrder(values: Column, { ids }: LoadedVertices<VertexId>, operation: string): void {
  if (values instanceof Int32Column && values.valid === null) return
  const type = values.length === 0 ? '' : typeof values.get(0)
  for (let v = 0; v < values.length; v++) {
    const value = values.get(v)
    const fits = typeof value === type && ['number', 'string', 'bigint', 'boolean'].includes(type)
    if (fits && !Number.isNaN(value)) continue
    throw new SchemaError(
      `${operation}: the label of vertex ${shown(ids.at(v))} is ${shown(value)}. Labels must be numbers, texts, bigint values or booleans, all of one type.`,
    )
  }
}

/** The rows of a column in ascending order of their values; all are different. */
function ascending(column: Column): Int32Array {
  const rows = new Int32Array(column.length)
  for (let row = 0; row < rows.length; row++) rows[row] = row
  if (column instanceof Int32Column || column instanceof Float64Column) {
    const { values } = column
    let sorted = true
    for (let row = 1; row < values.length && sorted; row++) sorted = values[row - 1]! < values[row]!
    return sorted ? rows : rows.sort((a, b) => values[a]! - values[b]!)
  }
  const values = column instanceof AnyColumn ? column.values : rows
  const all = Array.from(values, (_, row) => column.get(row) as string | bigint | boolean)
  return rows.sort((a, b) => (all[a]! < all[b]! ? -1 : 1))
}
