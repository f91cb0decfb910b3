import type { RecordBatch } from '../types/batch.js'
import type { Column } from '../types/column.js'

/** The columns of records `T`: a typed array or a plain array per field. */
export type Columns<T> = T extends readonly unknown[]
  ? Readonly<Record<string, ColumnArray<T[number]>>>
  : T extends Readonly<Record<string, unknown>>
    ? { readonly [K in keyof T]: ColumnArray<T[K]> }
    : T extends object
      ? { readonly [K in keyof T]: ColumnArray<T[K]> }
      : { readonly value: ColumnArray<T> }

/** Numbers without missing values are a typed array, everything else a plain array. */
export type ColumnArray<V> = [V] extends [number] ? Int32Array | Float64Array | number[] : V[]

/** The arrays behind a batch, by field; plain values are called `value`. */
export function columnsOf<T>(batch: RecordBatch): Columns<T> {
  const columns: Record<string, unknown> = {}
  for (const [k, name] of batch.names.entries()) columns[name] = arrayOf(batch.columns[k]!)
  return columns as Columns<T>
}

function arrayOf(column: Column): ArrayLike<unknown> {
  const numeric = column.layout === 'int32' || column.layout === 'float64'
  if (numeric && column.valid === null) return column.values
  return Array.from({ length: column.length }, (_, row) => column.get(row))
}
