import { assert } from '../errors.js'
import { AnyColumn, type Column, isMissingAt } from './column.js'
import { type RecordShape, type Schema, unknownField, unknownProperty, VALUE } from './schema.js'

/** Records that a batch holds at most, unless a source says otherwise. */
export const BATCH_SIZE = 32_768

/** A piece of a DataSet: some records, column by column. Immutable. */
export class RecordBatch {
  readonly shape: RecordShape
  readonly names: readonly string[]
  readonly columns: readonly Column[]
  readonly length: number
  /** The partition that the records belong to; batches of one partition keep their order. */
  readonly partition: number

  /** @param length Needed because a batch may have records without any field. */
  constructor(
    shape: RecordShape,
    names: readonly string[],
    columns: readonly Column[],
    length: number,
    partition = 0,
  ) {
    assert(
      names.length === columns.length,
      () => `${names.length} names, ${columns.length} columns`,
    )
    this.shape = shape
    this.names = names
    this.columns = columns
    this.length = length
    this.partition = partition
  }

  /** Names and types of this batch; later batches of the same DataSet may be wider. */
  get schema(): Schema {
    const fields = this.names.map((name, k) => {
      const column = this.columns[k]!
      return { name, type: column.type, nullable: column.valid !== null }
    })
    return { shape: this.shape, fields }
  }

  /** Bytes that the columns occupy. */
  get byteLength(): number {
    let bytes = 0
    for (const column of this.columns) bytes += column.byteLength
    return bytes
  }

  /** The column called `name`, or `undefined`. */
  find(name: string): Column | undefined {
    const position = this.names.indexOf(name)
    return position < 0 ? undefined : this.columns[position]
  }

  /**
   * The column at `path`: the name of a field, or `user.zip` for a property of nested values.
   *
   * @param operation Named in the error.
   * @param known Whether an earlier batch had it; then its values are missing where this one has not.
   * @throws {SchemaError} If there is no such field; the message lists those that are.
   */
  column(path: string, operation: string, known = false): Column {
    return this.find(path) ?? this.#nested(path, known) ?? this.#missing(path, operation, known)
  }

  #missing(path: string, operation: string, known: boolean): Column {
    if (known) return new AnyColumn(new Array(this.length).fill(null))
    const outer = this.shape === 'value' ? undefined : this.find(path.split('.')[0]!)
    if (outer?.layout === 'any') throw unknownProperty(operation, path, outer.values)
    throw unknownField(operation, path, this.names, this.shape)
  }

  #nested(path: string, knownBefore: boolean): Column | undefined {
    const keys = path.split('.')
    const outer = this.shape === 'value' ? this.columns[0] : this.find(keys.shift()!)
    if (outer === undefined || keys.length === 0) return undefined
    // Where the outer values are all missing, the inner ones are, whatever they would be.
    let known = knownBefore || allMissing(outer)
    if (outer.layout !== 'any') return known ? missingColumn(this.length) : undefined
    let lacking = false
    const values = outer.values.map(value => {
      let inner: unknown = value
      for (const key of keys) {
        if (inner === null || inner === undefined) return null
        if (typeof inner !== 'object' || !(key in inner)) {
          lacking = true
          return null
        }
        inner = (inner as Record<string, unknown>)[key]
      }
      known = true
      return inner ?? null
    })
    return known || !lacking ? new AnyColumn(values) : undefined
  }

  /** The record at `row`, built anew at each call. */
  record(row: number): unknown {
    const { columns, names } = this
    if (this.shape === 'value') return columns[0]!.get(row)
    if (this.shape === 'tuple') return columns.map(column => column.get(row))
    const record: Record<string, unknown> = {}
    for (let k = 0; k < names.length; k++) record[names[k]!] = columns[k]!.get(row)
    return record
  }

  /** Rows from `start` up to `end`. */
  slice(start: number, end: number): RecordBatch {
    if (start === 0 && end === this.length) return this
    return this.with(
      this.columns.map(column => column.slice(start, end)),
      end - start,
    )
  }

  /** The records at `rows`, in their order. */
  take(rows: Int32Array): RecordBatch {
    return this.with(
      this.columns.map(column => column.take(rows)),
      rows.length,
    )
  }

  /** The same fields with other columns. */
  with(columns: readonly Column[], length: number): RecordBatch {
    return new RecordBatch(this.shape, this.names, columns, length, this.partition)
  }

  /** The same records in another partition. */
  inPartition(partition: number): RecordBatch {
    if (partition === this.partition) return this
    return new RecordBatch(this.shape, this.names, this.columns, this.length, partition)
  }
}

/** A batch of plain values. */
export function valueBatch(column: Column, partition = 0): RecordBatch {
  return new RecordBatch('value', [VALUE], [column], column.length, partition)
}

function allMissing(column: Column): boolean {
  for (let row = 0; row < column.length; row++) if (!isMissingAt(column, row)) return false
  return true
}

function missingColumn(length: number): Column {
  return new AnyColumn(new Array(length).fill(null))
}
