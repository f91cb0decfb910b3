import { type Column, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError, SparseVector } from '../../engine/index.js'
import type { FeatureFields } from './feature-fields.js'
import { numberBlocks, readNumbers } from './numbers.js'
import type { RowBlocks } from './row-blocks.js'
import type { Rows } from './rows.js'
import { readVectors, vectorBlocks } from './vectors.js'

/** How features are read. */
export interface ReadOptions {
  /** What the user called, for errors. */
  readonly operation: string
  /** The number of the first record, for errors. Default 0. */
  readonly first?: number
  /** Whether values may be missing or NaN; they are read as NaN. Default `false`. */
  readonly missing?: boolean
  /** Whether it is what is to be predicted, which changes the advice in errors. Default `false`. */
  readonly label?: boolean
  /** What to do instead where a value is a text. Default: what suits features, or labels. */
  readonly forTexts?: string
}

/** Where the features of records are, and how they are read. */
export class Features {
  /** As the user gave them. */
  readonly fields: FeatureFields
  /** The fields that are read. */
  readonly reads: readonly string[]

  /**
   * @param fields A field with vectors, or a list of fields with a number each.
   * @throws {ArgumentError} If there is none, or one twice.
   */
  constructor(fields: unknown, operation: string) {
    const list = typeof fields === 'string' ? [fields] : fields
    if (!Array.isArray(list) || list.length === 0 || !list.every(isName)) {
      throw new ArgumentError(
        `${operation}: features must be the name of a field with vectors, or a list of names of fields with numbers; got ${shown(fields)}.`,
      )
    }
    const twice = list.find((name, k) => list.indexOf(name) !== k)
    if (twice !== undefined) {
      throw new ArgumentError(`${operation}: features has ${shown(twice)} twice.`)
    }
    this.fields = fields as FeatureFields
    this.reads = Object.freeze([...list])
  }

  /** Whether they are a field with vectors. */
  get isVector(): boolean {
    return typeof this.fields === 'string'
  }

  /** A name for each feature: that of its field, or of its place in the vector. */
  names(size: number): readonly string[] {
    if (!this.isVector) return this.reads
    return Array.from({ length: size }, (_, k) => `${this.reads[0]}[${k}]`)
  }

  /**
   * The features of many records.
   *
   * @param columns Those of `reads`.
   * @param size How many features there must be; any number when absent.
   * @throws {SchemaError} If a value is missing or no finite number, or there is another number of features.
   */
  rows(
    columns: readonly Column[],
    length: number,
    size: number | undefined,
    options: ReadOptions,
  ): Rows {
    const rows = this.isVector
      ? readVectors(columns[0]!, this.reads[0]!, options)
      : readNumbers(columns, this.reads, length, options)
    if (size !== undefined && length > 0) this.#checkSize(rows.size, size, options)
    return rows
  }

  /**
   * The features of many records, to be read where they lie; `null` where they are sparse, or of a kind
   * that has to be looked at one by one.
   *
   * @param columns Those of `reads`.
   * @throws {SchemaError} If a value is missing; that all are finite is checked later.
   */
  blocks(columns: readonly Column[], length: number, options: ReadOptions): RowBlocks | null {
    return this.isVector
      ? vectorBlocks(columns[0]!, this.reads[0]!, options)
      : numberBlocks(columns, this.reads, length, options)
  }

  /**
   * The features of one record.
   *
   * @throws {SchemaError} As for `rows`.
   */
  row(record: Readonly<Record<string, unknown>>, size: number, options: ReadOptions): Rows {
    if (this.isVector) {
      const vector = record[this.reads[0]!]
      const rows = vectorRow(vector, this.reads[0]!, options)
      this.#checkSize(rows.size, size, options)
      return rows
    }
    const { reads } = this
    const values = new Float64Array(reads.length)
    for (let k = 0; k < reads.length; k++) {
      const value = record[reads[k]!]
      if (typeof value === 'number' && Number.isFinite(value)) values[k] = value
      else values[k] = numberOf(value, reads[k]!, options)
    }
    return { kind: 'dense', length: 1, size: reads.length, values }
  }

  #checkSize(found: number, size: number, { operation }: ReadOptions): void {
    if (found === size) return
    throw new SchemaError(
      `${operation}: field "${this.reads[0]}" has vectors of ${found} entries; the model was made of ${size}.`,
    )
  }
}

function isName(name: unknown): boolean {
  return typeof name === 'string' && name !== ''
}

/** A number that is no finite one: a switch, or missing where that may be. */
function numberOf(value: unknown, name: string, { operation, missing }: ReadOptions): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (missing === true && (value == null || Number.isNaN(value))) return Number.NaN
  throw new SchemaError(
    `${operation}: field "${name}" must be a finite number; got ${value === undefined ? 'nothing' : shown(value)}.`,
  )
}

function vectorRow(value: unknown, name: string, { operation, missing }: ReadOptions): Rows {
  if (value instanceof SparseVector) {
    const { size, indices, values } = value
    const offsets = Int32Array.of(0, indices.length)
    if (missing === true || values.every(Number.isFinite)) {
      return { kind: 'sparse', length: 1, size, offsets, indices, values }
    }
  } else if (value instanceof Float64Array || Array.isArray(value)) {
    const values = Float64Array.from(value)
    const good = (entry: number) =>
      Number.isFinite(entry) || (missing === true && Number.isNaN(entry))
    if (values.every(good)) return { kind: 'dense', length: 1, size: values.length, values }
  }
  throw new SchemaError(
    `${operation}: field "${name}" must be a vector of finite numbers, a Float64Array or SparseVector; got ${value === undefined ? 'nothing' : shown(value)}.`,
  )
}
