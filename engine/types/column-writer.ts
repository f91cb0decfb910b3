/**
 * Writes the values of one field, row by row, and finds out on the way how to store them.
 *
 * The layout starts narrow and widens, never losing a value:
 *
 *     empty -> boolean | int32 -> float64 | timestamp | dictionary -> text | vector | sparse -> any
 *
 * Compiled kernels write straight into `values` and `valid` while values fit `layout`, and call
 * `set` for the first one that does not; `set` widens, and the kernel looks at the layout again.
 */
import { assert, SchemaError } from '../errors.js'
import {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  type Layout,
  SparseColumn,
  TextColumn,
  TimestampColumn,
  VectorColumn,
} from './column.js'
import { type DataType, typeName } from './data-type.js'
import { Dictionary } from './dictionary.js'
import { SparseVector } from './sparse-vector.js'

/** The layout of a writer; `empty` before the first value that is not missing. */
export type WriterLayout = Layout | 'empty'

/** From this many distinct strings on, a column whose strings rarely repeat is stored as text. */
const DICTIONARY_TRIAL = 4096
/** More distinct strings than this are never worth a dictionary. */
const DICTIONARY_LIMIT = 1 << 20

/** Collects the values of one column; see the module's documentation. */
export class ColumnWriter {
  layout: WriterLayout = 'empty'
  /** The array of the layout: typed for numbers, codes for dictionaries, plain for the rest. */
  values: Uint8Array | Int32Array | Float64Array | unknown[] = []
  /** Byte mask once something is missing; rows beyond those written are 1. */
  valid: Uint8Array | null = null
  /** The dictionary while the layout is `dictionary`. Outlives `finish`, so that batches share it. */
  dictionary: Dictionary | null = null
  /** The size while the layout is `vector` or `sparse`. */
  size = 0
  capacity: number
  readonly #name: string
  readonly #declared: DataType | undefined
  readonly #nullable: boolean
  #stringsSeen = 0
  #textPreferred = false

  /**
   * @param capacity Rows to make room for; grows as needed.
   * @param name Of the field, for errors.
   * @param declared Refuse values of any other type instead of widening.
   * @param nullable Whether values may be missing.
   */
  constructor(capacity: number, name = '', declared?: DataType, nullable = true) {
    this.capacity = Math.max(capacity, 1)
    this.#name = name
    this.#declared = declared
    this.#nullable = nullable
    if (declared !== undefined)
      this.#begin(declared.kind === 'string' ? 'dictionary' : declared.kind)
    if (declared !== undefined && 'size' in declared) {
      this.size = declared.size
      if (declared.kind === 'vector') this.values = new Float64Array(this.capacity * this.size)
    }
  }

  /** Makes room for `capacity` rows; `length` of them are written. */
  reserve(capacity: number, length: number): void {
    if (capacity <= this.capacity) return
    this.capacity = Math.max(capacity, this.capacity * 2)
    if (this.valid !== null) this.valid = grown(this.valid, this.capacity, length, 1)
    const width = this.layout === 'vector' ? this.size : 1
    if (!Array.isArray(this.values)) {
      this.values = grown(this.values, this.capacity * width, length * width)
    }
  }

  /** Writes `value` at `row`; all rows before it must have been written. */
  set(row: number, value: unknown): void {
    if (row >= this.capacity) this.reserve(row + 1, row)
    if (value === null || value === undefined) this.#setMissing(row)
    else if (!this.#put(row, value)) {
      this.#widen(row, value)
      const fits = this.#put(row, value)
      assert(fits, () => `${this.layout} does not take ${String(value)}`)
    }
  }

  /** Takes back what has been written at `row` and after it, for a record that fails halfway. */
  forget(row: number): void {
    if (Array.isArray(this.values)) this.values.length = Math.min(this.values.length, row)
    this.valid?.fill(1, row)
  }

  /**
   * The column of the first `length` rows. The writer starts anew with the layout it had reached.
   */
  finish(length: number): Column {
    const column = this.#column(length)
    this.valid = null
    this.#allocate()
    return column
  }

  /** Starts with the layout of `column`, sharing its dictionary; for copies of a field. */
  adopt(column: Column): void {
    if (column.layout === 'vector' || column.layout === 'sparse') this.size = column.size
    if (column.layout === 'dictionary') this.dictionary = column.dictionary
    this.#begin(column.layout)
  }

  #setMissing(row: number): void {
    if (!this.#nullable) {
      throw new SchemaError(`field "${this.#name}" must not be missing; it is in row ${row}.`)
    }
    if (this.layout === 'empty') return
    if (this.layout === 'any') {
      ;(this.values as unknown[])[row] = null
      return
    }
    this.valid ??= new Uint8Array(this.capacity).fill(1)
    this.valid[row] = 0
    if (this.layout === 'text') (this.values as unknown[])[row] = ''
    else if (this.layout === 'sparse') (this.values as unknown[])[row] = null
  }

  /** Stores `value` when it fits the layout. */
  #put(row: number, value: NonNullable<unknown>): boolean {
    const values = this.values as unknown[]
    switch (this.layout) {
      case 'empty':
        return false
      case 'boolean':
        if (typeof value !== 'boolean') return false
        values[row] = value ? 1 : 0
        return true
      case 'int32':
        if (!isInt32(value)) return false
        values[row] = value
        return true
      case 'float64':
        if (typeof value !== 'number') return false
        values[row] = value
        return true
      case 'timestamp':
        if (!isDate(value)) return false
        values[row] = value.getTime()
        return true
      case 'dictionary':
        if (typeof value !== 'string' || !this.#worthEncoding()) return false
        values[row] = this.dictionary!.encode(value)
        return true
      case 'text':
        if (typeof value !== 'string') return false
        values[row] = value
        return true
      case 'vector': {
        const declared = this.#declared !== undefined && isNumbers(value)
        if (!(value instanceof Float64Array || declared) || value.length !== this.size) return false
        ;(this.values as Float64Array).set(value as ArrayLike<number>, row * this.size)
        return true
      }
      case 'sparse':
        if (!(value instanceof SparseVector) || value.size !== this.size) return false
        values[row] = value
        return true
      case 'any':
        values[row] = value
        return true
    }
  }

  /** A dictionary is given up when its strings hardly repeat. */
  #worthEncoding(): boolean {
    const { size } = this.dictionary!
    this.#stringsSeen++
    if (size < DICTIONARY_TRIAL) return true
    return size < DICTIONARY_LIMIT && size * 2 < this.#stringsSeen
  }

  /** Changes to the narrowest layout that holds the first `row` values and `value`. */
  #widen(row: number, value: NonNullable<unknown>): void {
    const from = this.layout
    const wanted = this.#layoutOf(value)
    if (this.#declared !== undefined && !(from === 'dictionary' && wanted === 'text')) {
      throw new SchemaError(
        `field "${this.#name}" must be ${typeName(this.#declared)}; got ${shown(value)} in row ${row}.`,
      )
    }
    if (from === 'empty') {
      this.#begin(wanted, value)
      if (row > 0) for (let k = 0; k < row; k++) this.#setMissing(k)
      return
    }
    const numeric = from === 'int32' && typeof value === 'number'
    const to = numeric ? 'float64' : from === 'dictionary' && wanted === 'text' ? 'text' : 'any'
    const written = this.#column(row)
    const { valid } = this
    if (to === 'text') this.#textPreferred = true
    this.#begin(to)
    if (to === 'float64') {
      ;(this.values as Float64Array).set((written as Int32Column).values)
      this.valid = valid
    } else {
      for (let k = 0; k < row; k++) this.set(k, written.get(k))
    }
  }

  #layoutOf(value: NonNullable<unknown>): Layout {
    if (typeof value === 'boolean') return 'boolean'
    if (typeof value === 'number') return isInt32(value) ? 'int32' : 'float64'
    if (typeof value === 'string') {
      return this.#textPreferred || this.layout === 'dictionary' ? 'text' : 'dictionary'
    }
    if (isDate(value)) return 'timestamp'
    if (value instanceof Float64Array) return 'vector'
    if (value instanceof SparseVector) return 'sparse'
    return 'any'
  }

  #begin(layout: Layout, value?: NonNullable<unknown>): void {
    this.layout = layout
    this.valid = null
    if (layout === 'dictionary') this.dictionary ??= new Dictionary()
    if (layout === 'vector' && value !== undefined) this.size = (value as Float64Array).length
    if (layout === 'sparse' && value !== undefined) this.size = (value as SparseVector).size
    this.#allocate()
  }

  #allocate(): void {
    const { capacity, layout } = this
    if (layout === 'boolean') this.values = new Uint8Array(capacity)
    else if (layout === 'int32' || layout === 'dictionary') this.values = new Int32Array(capacity)
    else if (layout === 'float64' || layout === 'timestamp')
      this.values = new Float64Array(capacity)
    else if (layout === 'vector') this.values = new Float64Array(capacity * this.size)
    else this.values = []
  }

  #column(length: number): Column {
    const values = this.values as never
    const valid = this.#finishedValidity(length)
    const fixed = Array.isArray(this.values) ? values : (this.values.subarray(0, length) as never)
    switch (this.layout) {
      case 'empty':
        return new AnyColumn(new Array(length).fill(null))
      case 'boolean':
        return new BooleanColumn(fixed, valid)
      case 'int32':
        return new Int32Column(fixed, valid)
      case 'float64':
        return new Float64Column(fixed, valid)
      case 'timestamp':
        return new TimestampColumn(fixed, valid)
      case 'dictionary':
        return new DictionaryColumn(fixed, this.dictionary!, valid)
      case 'text':
        return new TextColumn(values, valid)
      case 'vector':
        return new VectorColumn(
          (this.values as Float64Array).subarray(0, length * this.size),
          this.size,
          length,
          valid,
        )
      case 'sparse':
        return sparseColumn(values, this.size, length, valid)
      case 'any':
        return new AnyColumn(values)
    }
  }

  #finishedValidity(length: number): Uint8Array | null {
    const valid = this.valid?.subarray(0, length) ?? null
    return valid?.includes(0) ? valid : null
  }
}

function sparseColumn(
  vectors: readonly (SparseVector | null)[],
  size: number,
  length: number,
  valid: Uint8Array | null,
): SparseColumn {
  const offsets = new Int32Array(length + 1)
  for (let k = 0; k < length; k++) offsets[k + 1] = offsets[k]! + (vectors[k]?.indices.length ?? 0)
  const indices = new Int32Array(offsets[length]!)
  const values = new Float64Array(offsets[length]!)
  for (let k = 0; k < length; k++) {
    const vector = vectors[k]
    if (!vector) continue
    indices.set(vector.indices, offsets[k]!)
    values.set(vector.values, offsets[k]!)
  }
  return new SparseColumn(offsets, indices, values, size, valid)
}

/** Whether `value` is a number that an int32 column holds exactly; -0 is not. */
export function isInt32(value: unknown): value is number {
  return typeof value === 'number' && Object.is(value | 0, value)
}

/** Whether `value` is a date, also one from another realm, as notebooks make them. */
export function isDate(value: unknown): value is Date {
  return (
    value instanceof Date ||
    (typeof value === 'object' && Object.prototype.toString.call(value) === '[object Date]')
  )
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(entry => typeof entry === 'number')
}

/** A value as an error shows it: short, with quotes around strings. */
export function shown(value: unknown): string {
  let text: string | undefined
  try {
    text = typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)
  } catch {
    text = undefined
  }
  if (typeof value === 'number' || text === undefined) text = String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function grown<A extends Uint8Array | Int32Array | Float64Array>(
  values: A,
  capacity: number,
  length: number,
  fill = 0,
): A {
  const larger = new (values.constructor as new (length: number) => A)(capacity)
  larger.set(values.subarray(0, length))
  if (fill !== 0) larger.fill(fill, length)
  return larger
}
