/** A source over columns that a program already has: typed arrays and arrays, by name. */

import { ArgumentError } from '../errors.js'
import type { ReadRequest, Source } from '../plan/source.js'
import { plainObject } from '../types/arguments.js'
import { BATCH_SIZE, RecordBatch } from '../types/batch.js'
import { type Column, Float64Column, Int32Column } from '../types/column.js'
import { ColumnWriter } from '../types/column-writer.js'
import { integers64 } from '../types/integers.js'
import { stopIfAborted } from './abort.js'

/** Values of one field: a typed array, or an array of anything. */
export type ColumnValues =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | readonly unknown[]

/**
 * A source of records given column by column.
 *
 * `Float64Array` and `Int32Array` are used as they are, without a copy: do not change them later.
 * Other typed arrays are widened, 64-bit integers to numbers when all of them are safe integers and
 * to `bigint` values otherwise; plain arrays are looked at once, at the first use.
 *
 * @param columns Arrays of one length, by field name.
 * @throws {ArgumentError} If lengths differ, naming the columns, or a column is not an array.
 *
 * @example columnsSource({ id: Int32Array.of(1, 2), name: ['ada', 'grace'] })
 */
export function columnsSource(
  columns: Readonly<Record<string, ColumnValues | Column>>,
  operation = 'fromColumns',
): Source {
  plainObject(columns, operation, 'the columns', '{ x: [1, 2] }')
  const names = Object.keys(columns)
  const length = commonLength(columns, operation)
  let built: readonly Column[] | undefined
  const build = () => {
    built ??= names.map(name => columnOf(columns[name]!, name))
    return new RecordBatch('object', names, built, length)
  }
  return {
    label: `${operation} ${names.join(', ')}`,
    facts: async () => {
      const { fields, shape } = build().schema
      return { fields, shape, rows: length, exact: true }
    },
    read: request => slices(build(), request, operation),
    content: () => columns,
    stable: true,
  }
}

/**
 * The batches of `whole`, none longer than `BATCH_SIZE` unless any length will do, with the fields
 * that are asked for.
 */
export function* slices(
  whole: RecordBatch,
  { fields, signal, anyLength = false }: ReadRequest,
  operation: string,
): Generator<RecordBatch> {
  const wanted = fields === undefined ? whole : selected(whole, fields)
  const most = anyLength ? wanted.length : BATCH_SIZE
  for (let start = 0; start < wanted.length; start += most) {
    stopIfAborted(signal, operation)
    yield wanted.slice(start, Math.min(start + most, wanted.length))
  }
}

/** Only the fields in `fields`, in the batch's order; all of them unless records are objects. */
function selected(batch: RecordBatch, fields: readonly string[]): RecordBatch {
  if (batch.shape !== 'object') return batch
  const names = batch.names.filter(name => fields.includes(name))
  const columns = names.map(name => batch.find(name)!)
  return new RecordBatch(batch.shape, names, columns, batch.length, batch.partition)
}

function commonLength(
  columns: Readonly<Record<string, ColumnValues | Column>>,
  operation: string,
): number {
  const entries = Object.entries(columns)
  for (const [name, values] of entries) {
    if (Array.isArray(values) || isColumn(values)) continue
    if (ArrayBuffer.isView(values) && !(values instanceof DataView)) continue
    throw new ArgumentError(
      `${operation}: column "${name}" must be an array or a typed array; got ${values === null ? 'null' : `a value of type ${typeof values}`}.`,
    )
  }
  const [first] = entries
  if (first === undefined) return 0
  const other = entries.find(([, values]) => values.length !== first[1].length)
  if (other === undefined) return first[1].length
  throw new ArgumentError(
    `${operation}: columns must have one length; "${first[0]}" has ${first[1].length} values, "${other[0]}" has ${other[1].length}.`,
  )
}

function isColumn(values: ColumnValues | Column): values is Column {
  return typeof values === 'object' && values !== null && 'layout' in values
}

function columnOf(values: ColumnValues | Column, name: string): Column {
  if (isColumn(values)) return values
  if (values instanceof Float64Array) return new Float64Column(values)
  if (values instanceof Int32Array) return new Int32Column(values)
  if (values instanceof Float32Array || values instanceof Uint32Array) {
    return new Float64Column(Float64Array.from(values))
  }
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    return integers64(values, null)
  }
  if (ArrayBuffer.isView(values)) return new Int32Column(Int32Array.from(values))
  const writer = new ColumnWriter(values.length, name)
  for (let row = 0; row < values.length; row++) writer.set(row, values[row])
  return writer.finish(values.length)
}
