import type { RecordBatch } from '../types/batch.js'
import { type Column, isMissingAt } from '../types/column.js'
import { concatBatches } from '../types/concat.js'
import { typeName } from '../types/data-type.js'

/** What `summarize` says about one field. Missing values count only as `missing`. */
export interface FieldSummary {
  /** As `explain()` names types: `float64`, `string`. */
  readonly type: string
  /** Records in which the field is there. */
  readonly count: number
  /** Records in which it is missing. */
  readonly missing: number
  /** Number of distinct values; absent for values that are not compared (objects, vectors). */
  readonly distinct?: number
  /** Smallest and largest number, text (by code units) or date; NaN left out. */
  readonly min?: number | string | Date
  readonly max?: number | string | Date
  /** Of numbers other than NaN and infinities. */
  readonly mean?: number
  /** Sample standard deviation (divisor n - 1) of finite numbers. */
  readonly deviation?: number
  readonly median?: number
  /** Numbers that are NaN, and that are infinite. */
  readonly nan?: number
  readonly infinite?: number
  /** Texts: shortest, mean and longest length in UTF-16 code units, and how many are ''. */
  readonly length?: { readonly min: number; readonly mean: number; readonly max: number }
  readonly empty?: number
  /** Truth values: how many are true. */
  readonly true?: number
}

/** What `summarize` gives. */
export interface Summary<T> {
  /** Number of records. */
  readonly rows: number
  /** A summary per field; plain values are called `value`. */
  readonly fields: {
    readonly [K in T extends object ? keyof T & string : 'value']: FieldSummary
  }
}

/** Describes all fields of the records in `batches`. */
export function summarize<T>(batches: readonly RecordBatch[]): Summary<T> {
  const batch = concatBatches(batches)
  const fields = batch.names.map((name, k) => [name, fieldSummary(batch.columns[k]!)])
  return { rows: batch.length, fields: Object.fromEntries(fields) }
}

function fieldSummary(column: Column): FieldSummary {
  let missing = 0
  for (let row = 0; row < column.length; row++) if (isMissingAt(column, row)) missing++
  const base = { type: typeName(column.type), count: column.length - missing, missing }
  switch (column.layout) {
    case 'int32':
    case 'float64':
      return { ...base, ...numberSummary(present(column) as number[]) }
    case 'timestamp':
      return { ...base, ...dateSummary(present(column) as Date[]) }
    case 'dictionary':
    case 'text':
      return { ...base, ...textSummary(present(column) as string[]) }
    case 'boolean': {
      const values = present(column)
      const yes = values.filter(Boolean).length
      return { ...base, distinct: new Set(values).size, true: yes }
    }
    default:
      return base
  }
}

function present(column: Column): unknown[] {
  const values: unknown[] = []
  for (let row = 0; row < column.length; row++) {
    if (!isMissingAt(column, row)) values.push(column.get(row))
  }
  return values
}

function dateSummary(values: readonly Date[]): Partial<FieldSummary> {
  const { distinct, min, max } = numberSummary(values.map(date => date.getTime()))
  if (min === undefined || max === undefined) return { distinct }
  return { distinct, min: new Date(min), max: new Date(max) }
}

/** What can be said of numbers. */
interface NumberSummary {
  readonly distinct: number
  readonly nan: number
  readonly infinite: number
  readonly min?: number
  readonly max?: number
  readonly median?: number
  readonly mean?: number
  readonly deviation?: number
}

function numberSummary(values: readonly number[]): NumberSummary {
  const sorted = Float64Array.from(values.filter(value => !Number.isNaN(value))).sort()
  const finite = sorted.filter(Number.isFinite)
  let distinct = values.length > sorted.length ? 1 : 0
  for (let k = 0; k < sorted.length; k++) if (k === 0 || sorted[k] !== sorted[k - 1]) distinct++
  const counts = {
    distinct,
    nan: values.length - sorted.length,
    infinite: sorted.length - finite.length,
  }
  if (sorted.length === 0) return counts
  const range = { min: sorted[0]!, max: sorted.at(-1)!, median: middle(sorted) }
  if (finite.length === 0) return { ...counts, ...range }
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = finite.length > 1 ? { deviation: Math.sqrt(squares / (finite.length - 1)) } : {}
  return { ...counts, ...range, mean, ...deviation }
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

function textSummary(values: readonly string[]) {
  const distinct = new Set(values)
  if (values.length === 0) return { distinct: 0, empty: 0 }
  let [min, max] = [values[0]!, values[0]!]
  let [shortest, longest, total, empty] = [Number.POSITIVE_INFINITY, 0, 0, 0]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
    shortest = Math.min(shortest, value.length)
    longest = Math.max(longest, value.length)
    total += value.length
    if (value === '') empty++
  }
  const length = { min: shortest, mean: total / values.length, max: longest }
  return { distinct: distinct.size, min, max, length, empty }
}
