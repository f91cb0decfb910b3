/**
 * Writes whole records into columns and finds out their shape on the way: objects, tuples or plain
 * values. The generic path; compiled kernels write into the same column writers directly.
 */

import { SchemaError } from '../errors.js'
import { RecordBatch } from './batch.js'
import { AnyColumn } from './column.js'
import { ColumnWriter } from './column-writer.js'
import { type RecordShape, type Schema, schemaText, unknownField, VALUE } from './schema.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * Records as a batch, for sources of your own.
 *
 * @param schema Names and types of the fields; found out from the records by default.
 * @throws {SchemaError} If there is a schema and a record does not match it.
 * @example batchOf([{ id: 1 }, { id: 2 }]).length // 2
 */
export function batchOf(records: readonly unknown[], schema?: Schema): RecordBatch {
  const writer = new RecordWriter(records.length, schema)
  for (const record of records) writer.write(record)
  return writer.finish()
}

/** Collects records; a record of another shape than the ones before makes all of them values. */
export class RecordWriter {
  /** `undefined` before the first record. */
  shape: RecordShape | undefined
  readonly names: string[] = []
  readonly columns: ColumnWriter[] = []
  /** Records written since the last `finish`. */
  length = 0
  capacity: number
  readonly #schema: Schema | undefined
  /** By field: whether every object inherits something of that name, such as `constructor`. */
  readonly #inherited: boolean[] = []

  /**
   * @param capacity Records to make room for; grows as needed.
   * @param schema Refuse records of other types instead of widening.
   */
  constructor(capacity: number, schema?: Schema) {
    this.capacity = capacity
    this.#schema = schema
    if (schema === undefined) return
    this.shape = schema.shape
    for (const { name, nullable, type } of schema.fields) {
      this.names.push(name)
      this.columns.push(new ColumnWriter(capacity, name, type, nullable))
      this.#inherited.push(name in Object.prototype)
    }
  }

  /**
   * Appends one record, or nothing if it throws.
   *
   * @throws {SchemaError} If there is a schema and the record does not match it.
   */
  write(record: unknown): void {
    const shape = shapeOf(record)
    if (this.shape === undefined) this.begin(shape)
    else if (shape !== this.shape && this.shape !== 'value') this.#becomeValues()
    try {
      if (this.shape === 'value') this.columns[0]!.set(this.length, record)
      else if (this.shape === 'tuple') this.#writeTuple(record as readonly unknown[])
      else this.#writeObject(record as Fields)
      this.length++
    } catch (error) {
      for (const column of this.columns) column.forget(this.length)
      throw error
    }
  }

  /** Fixes the shape; kernels that know it call this before they add columns. */
  begin(shape: RecordShape): void {
    this.shape = shape
    if (shape === 'value') this.addColumn(VALUE)
  }

  /** The writer of the field `name`, added when it is new; earlier records miss it. */
  addColumn(name: string): ColumnWriter {
    const position = this.names.indexOf(name)
    if (position >= 0) return this.columns[position]!
    const writer = new ColumnWriter(this.capacity, name)
    this.names.push(name)
    this.columns.push(writer)
    this.#inherited.push(name in Object.prototype)
    return writer
  }

  /** Makes room for `capacity` records in every column. */
  reserve(capacity: number): void {
    if (capacity <= this.capacity) return
    this.capacity = Math.max(capacity, this.capacity * 2)
    for (const column of this.columns) column.reserve(this.capacity, this.length)
  }

  /** The records so far as a batch; the writer starts anew with the fields it has. */
  finish(partition = 0): RecordBatch {
    const { length } = this
    const columns = this.columns.map(column => column.finish(length))
    this.length = 0
    return new RecordBatch(this.shape ?? 'object', [...this.names], columns, length, partition)
  }

  #writeTuple(record: readonly unknown[]): void {
    if (this.length === 0)
      while (this.columns.length < record.length) this.addColumn(String(this.columns.length))
    if (record.length !== this.columns.length) {
      this.#becomeValues()
      this.columns[0]!.set(this.length, record)
      return
    }
    for (let k = 0; k < record.length; k++) this.columns[k]!.set(this.length, record[k])
  }

  #writeObject(record: Fields): void {
    const { columns, length, names } = this
    const inherited = this.#inherited
    let found = 0
    for (let k = 0; k < names.length; k++) {
      const name = names[k]!
      const value = inherited[k] && !Object.hasOwn(record, name) ? undefined : record[name]
      if (value !== undefined || Object.hasOwn(record, name)) found++
      columns[k]!.set(length, value)
    }
    const keys = Object.keys(record)
    if (keys.length === found) return
    for (const key of keys) {
      if (names.includes(key)) continue
      if (this.#schema !== undefined) throw unknownField('write', key, names)
      this.addColumn(key).set(length, record[key])
    }
  }

  /** Turns what has been written into arbitrary values, because shapes differ. */
  #becomeValues(): void {
    const { length } = this
    if (this.#schema !== undefined) {
      throw new SchemaError(
        `record ${length} does not have the shape of the schema, ${schemaText(this.#schema)}.`,
      )
    }
    const batch = this.finish()
    this.length = length
    const records = Array.from({ length }, (_, row) => batch.record(row))
    this.names.length = 0
    this.columns.length = 0
    this.#inherited.length = 0
    this.begin('value')
    this.columns[0]!.adopt(new AnyColumn([]))
    for (let row = 0; row < length; row++) this.columns[0]!.set(row, records[row])
  }
}

/**
 * The shape of one record. Instances of classes (dates, maps, a user's own) are plain values; only
 * object literals and their like have fields.
 */
export function shapeOf(record: unknown): RecordShape {
  if (typeof record !== 'object' || record === null) return 'value'
  if (Array.isArray(record)) return 'tuple'
  const prototype: unknown = Object.getPrototypeOf(record)
  const plain = prototype === null || Object.getPrototypeOf(prototype) === null
  return plain ? 'object' : 'value'
}
