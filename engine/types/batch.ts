import { assert } from '../errors.js'
import type { Column } from './column.js'
import { type RecordShape, type Schema, VALUE } from './schema.js'

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
