/**
 * Columns: the values of one field for the records of one batch. Immutable once built.
 *
 * The class says the layout, the layout says how kernels read it. `valid` is a byte mask (1 is
 * present, 0 is missing) and `null` when nothing is missing; a missing value reads as `null`, and
 * its slot in `values` is unspecified.
 */
import {
  any,
  boolean,
  type DataType,
  float64,
  int32,
  sparse,
  string,
  timestamp,
  vector,
} from './data-type.js'
import type { Dictionary } from './dictionary.js'
import { areAllPresent, gather } from './gather.js'
import { SparseVector } from './sparse-vector.js'

/** Byte mask of present values, or `null` when all are present. */
export type Validity = Uint8Array | null

/** How a column stores its values. */
export type Layout =
  | 'boolean'
  | 'int32'
  | 'float64'
  | 'timestamp'
  | 'dictionary'
  | 'text'
  | 'vector'
  | 'sparse'
  | 'any'

/** What all columns can do. Methods are for the generic path; kernels read the arrays. */
interface ColumnBase {
  readonly layout: Layout
  readonly type: DataType
  readonly length: number
  readonly valid: Validity
  /** Bytes that the arrays occupy, estimated for strings and arbitrary values. */
  readonly byteLength: number
  /** The value at `row`, as the user sees it; `null` when missing. */
  get(row: number): unknown
  /** Rows from `start` up to `end`, without copying where the layout allows it. */
  slice(start: number, end: number): Column
  /** The values at `rows`, in their order; a negative row gives a missing value. */
  take(rows: Int32Array): Column
}

/** A column of any layout; switch over `layout` to get at its arrays. */
export type Column =
  | BooleanColumn
  | Int32Column
  | Float64Column
  | TimestampColumn
  | DictionaryColumn
  | TextColumn
  | VectorColumn
  | SparseColumn
  | AnyColumn

type NumberArray = Uint8Array | Int32Array | Float64Array

/** Columns with one number per row. `A` is the array that holds them. */
abstract class FixedColumn<A extends NumberArray> {
  readonly values: A
  readonly valid: Validity
  constructor(values: A, valid: Validity = null) {
    this.values = values
    this.valid = valid
  }
  get length(): number {
    return this.values.length
  }
  get byteLength(): number {
    return this.values.byteLength + (this.valid?.byteLength ?? 0)
  }
  protected sliceValues(start: number, end: number): [A, Validity] {
    return [this.values.subarray(start, end) as A, this.valid?.subarray(start, end) ?? null]
  }
  protected takeValues(rows: Int32Array): [A, Validity] {
    return [gather(this.values, rows), takeValidity(this.valid, rows)]
  }
}

/** `true` and `false` as 1 and 0. */
export class BooleanColumn extends FixedColumn<Uint8Array> implements ColumnBase {
  readonly layout = 'boolean'
  readonly type = boolean
  get(row: number): boolean | null {
    return isMissing(this.valid, row) ? null : this.values[row] === 1
  }
  slice(start: number, end: number): BooleanColumn {
    return new BooleanColumn(...this.sliceValues(start, end))
  }
  take(rows: Int32Array): BooleanColumn {
    return new BooleanColumn(...this.takeValues(rows))
  }
}

/** Whole numbers in four bytes. */
export class Int32Column extends FixedColumn<Int32Array> implements ColumnBase {
  readonly layout = 'int32'
  readonly type = int32
  get(row: number): number | null {
    return isMissing(this.valid, row) ? null : this.values[row]!
  }
  slice(start: number, end: number): Int32Column {
    return new Int32Column(...this.sliceValues(start, end))
  }
  take(rows: Int32Array): Int32Column {
    return new Int32Column(...this.takeValues(rows))
  }
}

/** Numbers in eight bytes. */
export class Float64Column extends FixedColumn<Float64Array> implements ColumnBase {
  readonly layout = 'float64'
  readonly type = float64
  get(row: number): number | null {
    return isMissing(this.valid, row) ? null : this.values[row]!
  }
  slice(start: number, end: number): Float64Column {
    return new Float64Column(...this.sliceValues(start, end))
  }
  take(rows: Int32Array): Float64Column {
    return new Float64Column(...this.takeValues(rows))
  }
}

/** Dates as milliseconds since 1970; an invalid `Date` is NaN. */
export class TimestampColumn extends FixedColumn<Float64Array> implements ColumnBase {
  readonly layout = 'timestamp'
  readonly type = timestamp
  get(row: number): Date | null {
    return isMissing(this.valid, row) ? null : new Date(this.values[row]!)
  }
  slice(start: number, end: number): TimestampColumn {
    return new TimestampColumn(...this.sliceValues(start, end))
  }
  take(rows: Int32Array): TimestampColumn {
    return new TimestampColumn(...this.takeValues(rows))
  }
}

/** Strings as codes into a dictionary that other batches share. */
export class DictionaryColumn implements ColumnBase {
  readonly layout = 'dictionary'
  readonly type = string
  readonly codes: Int32Array
  readonly dictionary: Dictionary
  readonly valid: Validity
  constructor(codes: Int32Array, dictionary: Dictionary, valid: Validity = null) {
    this.codes = codes
    this.dictionary = dictionary
    this.valid = valid
  }
  get length(): number {
    return this.codes.length
  }
  get byteLength(): number {
    return this.codes.byteLength + (this.valid?.byteLength ?? 0)
  }
  get(row: number): string | null {
    return isMissing(this.valid, row) ? null : this.dictionary.values[this.codes[row]!]!
  }
  slice(start: number, end: number): DictionaryColumn {
    const codes = this.codes.subarray(start, end)
    return new DictionaryColumn(codes, this.dictionary, this.valid?.subarray(start, end) ?? null)
  }
  take(rows: Int32Array): DictionaryColumn {
    const codes = gather(this.codes, rows)
    return new DictionaryColumn(codes, this.dictionary, takeValidity(this.valid, rows))
  }
}

/** Strings that do not repeat, each on its own. A missing one is `''` in `values`. */
export class TextColumn implements ColumnBase {
  readonly layout = 'text'
  readonly type = string
  readonly values: readonly string[]
  readonly valid: Validity
  constructor(values: readonly string[], valid: Validity = null) {
    this.values = values
    this.valid = valid
  }
  get length(): number {
    return this.values.length
  }
  get byteLength(): number {
    let bytes = this.valid?.byteLength ?? 0
    for (const text of this.values) bytes += 24 + text.length
    return bytes
  }
  get(row: number): string | null {
    return isMissing(this.valid, row) ? null : this.values[row]!
  }
  slice(start: number, end: number): TextColumn {
    return new TextColumn(this.values.slice(start, end), this.valid?.subarray(start, end) ?? null)
  }
  take(rows: Int32Array): TextColumn {
    const { values } = this
    const taken = new Array<string>(rows.length)
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!
      taken[k] = row < 0 ? '' : values[row]!
    }
    return new TextColumn(taken, takeValidity(this.valid, rows))
  }
}

/** Dense vectors of one size, row after row in one flat array. */
export class VectorColumn implements ColumnBase {
  readonly layout = 'vector'
  readonly values: Float64Array
  readonly size: number
  readonly length: number
  readonly valid: Validity
  constructor(values: Float64Array, size: number, length: number, valid: Validity = null) {
    this.values = values
    this.size = size
    this.length = length
    this.valid = valid
  }
  get type(): DataType {
    return vector(this.size)
  }
  get byteLength(): number {
    return this.values.byteLength + (this.valid?.byteLength ?? 0)
  }
  get(row: number): Float64Array | null {
    if (isMissing(this.valid, row)) return null
    return this.values.slice(row * this.size, (row + 1) * this.size)
  }
  slice(start: number, end: number): VectorColumn {
    const values = this.values.subarray(start * this.size, end * this.size)
    const valid = this.valid?.subarray(start, end) ?? null
    return new VectorColumn(values, this.size, end - start, valid)
  }
  take(rows: Int32Array): VectorColumn {
    const { values, size } = this
    const taken = new Float64Array(rows.length * size)
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!
      if (row >= 0) taken.set(values.subarray(row * size, (row + 1) * size), k * size)
    }
    return new VectorColumn(taken, size, rows.length, takeValidity(this.valid, rows))
  }
}

/** Sparse vectors of one dimension: row `i` has the entries `offsets[i]` up to `offsets[i + 1]`. */
export class SparseColumn implements ColumnBase {
  readonly layout = 'sparse'
  /** Positions in `indices` and `values`; one more than there are rows. Need not begin at 0. */
  readonly offsets: Int32Array
  readonly indices: Int32Array
  readonly values: Float64Array
  readonly size: number
  readonly valid: Validity
  constructor(
    offsets: Int32Array,
    indices: Int32Array,
    values: Float64Array,
    size: number,
    valid: Validity = null,
  ) {
    this.offsets = offsets
    this.indices = indices
    this.values = values
    this.size = size
    this.valid = valid
  }
  get type(): DataType {
    return sparse(this.size)
  }
  get length(): number {
    return this.offsets.length - 1
  }
  get byteLength(): number {
    const entries = this.offsets[this.length]! - this.offsets[0]!
    return this.offsets.byteLength + entries * 12 + (this.valid?.byteLength ?? 0)
  }
  get(row: number): SparseVector | null {
    if (isMissing(this.valid, row)) return null
    const start = this.offsets[row]!
    const end = this.offsets[row + 1]!
    return new SparseVector(
      this.size,
      this.indices.subarray(start, end),
      this.values.subarray(start, end),
    )
  }
  slice(start: number, end: number): SparseColumn {
    const offsets = this.offsets.subarray(start, end + 1)
    const valid = this.valid?.subarray(start, end) ?? null
    return new SparseColumn(offsets, this.indices, this.values, this.size, valid)
  }
  take(rows: Int32Array): SparseColumn {
    const offsets = new Int32Array(rows.length + 1)
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!
      offsets[k + 1] = offsets[k]! + (row < 0 ? 0 : this.offsets[row + 1]! - this.offsets[row]!)
    }
    const indices = new Int32Array(offsets[rows.length]!)
    const values = new Float64Array(offsets[rows.length]!)
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!
      if (row < 0) continue
      const start = this.offsets[row]!
      const end = this.offsets[row + 1]!
      indices.set(this.indices.subarray(start, end), offsets[k]!)
      values.set(this.values.subarray(start, end), offsets[k]!)
    }
    return new SparseColumn(offsets, indices, values, this.size, takeValidity(this.valid, rows))
  }
}

/** Any values at all, each as it is; missing ones are `null`. */
export class AnyColumn implements ColumnBase {
  readonly layout = 'any'
  readonly type = any
  readonly values: readonly unknown[]
  readonly valid = null
  constructor(values: readonly unknown[]) {
    this.values = values
  }
  get length(): number {
    return this.values.length
  }
  get byteLength(): number {
    return this.values.length * 64
  }
  get(row: number): unknown {
    return this.values[row] ?? null
  }
  slice(start: number, end: number): AnyColumn {
    return new AnyColumn(this.values.slice(start, end))
  }
  take(rows: Int32Array): AnyColumn {
    const { values } = this
    const taken = new Array<unknown>(rows.length)
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!
      taken[k] = row < 0 ? null : (values[row] ?? null)
    }
    return new AnyColumn(taken)
  }
}

/** Whether `row` is missing under the mask `valid`. */
function isMissing(valid: Validity, row: number): boolean {
  return valid !== null && valid[row] === 0
}

/** Whether the value at `row` is missing, whatever the layout. */
export function isMissingAt(column: Column, row: number): boolean {
  return column.layout === 'any' ? column.values[row] == null : isMissing(column.valid, row)
}

/** The mask of the rows `rows`; a negative row is missing. `null` when nothing is. */
function takeValidity(valid: Validity, rows: Int32Array): Validity {
  if (valid === null && areAllPresent(rows)) return null
  let taken: Validity = null
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    if (row >= 0 && (valid === null || valid[row] === 1)) continue
    taken ??= new Uint8Array(rows.length).fill(1)
    taken[k] = 0
  }
  return taken
}
