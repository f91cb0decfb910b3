/** Writes Parquet files, a row group at a time. */

import type { SchemaElement } from 'hyparquet'
import type { ParquetWriter } from 'hyparquet-writer'
import { SchemaError } from '../../errors.js'
import type { Sink, SinkWriter } from '../../plan/source.js'
import { knownOptions, positiveInteger } from '../../types/arguments.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { concatBatches, isAllMissing } from '../../types/concat.js'
import { type DataType, typeName } from '../../types/data-type.js'
import type { RecordShape } from '../../types/schema.js'
import { type OutputFile, openOutput } from '../atomic-file.js'
import { checkOutput } from '../files.js'
import { jsonText } from '../json/json-text.js'
import { METADATA_KEY } from './schema.js'

/** Options of `parquetSink`. */
export interface ParquetWriteOptions {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
  /** Records in a row group. Default 100,000. */
  readonly rowGroupSize?: number
  /** Types of fields that are not what the first row group says, such as `{ price: float64 }`. */
  readonly types?: Readonly<Record<string, DataType>>
}

const OPERATION = 'writeParquet'

/**
 * A sink that writes one Parquet file, compressed with Snappy.
 *
 * `int32`, `float64`, `boolean`, `string` and `timestamp` (milliseconds, UTC) are Parquet's own;
 * vectors are lists; sparse vectors and arbitrary values are JSON, except that a field of `bigint`s
 * alone is a 64-bit integer. Every field may be missing. A file has one type per field, which the
 * first row group decides unless `types` says more.
 *
 * @throws {InputOutputError} If the file exists and may not be replaced, or cannot be written.
 * @throws {SchemaError} If a later row group needs a wider type, naming field and remedy.
 */
export function parquetSink(path: string | URL, options: ParquetWriteOptions = {}): Sink {
  knownOptions(options, ['overwrite', 'rowGroupSize', 'types'], OPERATION)
  checkOutput(path, OPERATION)
  const { overwrite = false, rowGroupSize = 100_000, types = {} } = options
  positiveInteger(rowGroupSize, OPERATION, 'rowGroupSize')
  return {
    label: `${OPERATION} ${path}`,
    async open() {
      const output = await openOutput(path, { operation: OPERATION, overwrite })
      return new ParquetSinkWriter(output, rowGroupSize, types)
    },
  }
}

function hasNegativeZero(values: unknown[] | Int32Array | Float64Array): boolean {
  for (let k = 0; k < values.length; k++) if (Object.is(values[k], -0)) return true
  return false
}

/** How a field is stored. */
interface Stored {
  readonly name: string
  readonly type: DataType
  readonly as: 'plain' | 'timestamp' | 'list' | 'json' | 'bigint'
}

class ParquetSinkWriter implements SinkWriter {
  readonly #output: OutputFile
  readonly #rowGroupSize: number
  readonly #types: Readonly<Record<string, DataType>>
  #pending: RecordBatch[] = []
  #pendingRows = 0
  #writer: ParquetWriter | undefined
  #fields: readonly Stored[] = []
  #rows = 0

  constructor(output: OutputFile, rowGroupSize: number, types: Readonly<Record<string, DataType>>) {
    this.#output = output
    this.#rowGroupSize = rowGroupSize
    this.#types = types
  }

  async write(batch: RecordBatch): Promise<void> {
    this.#pending.push(batch)
    this.#pendingRows += batch.length
    if (this.#pendingRows >= this.#rowGroupSize) await this.#writeGroups(false)
  }

  async commit(): Promise<void> {
    await this.#writeGroups(true)
    this.#writer!.finish()
    await this.#flush()
    await this.#output.commit()
  }

  async abort(): Promise<void> {
    await this.#output.abort()
  }

  /** Writes full row groups, and the rest if `all`. */
  async #writeGroups(all: boolean): Promise<void> {
    const whole = concatBatches(this.#pending)
    let start = 0
    while (start < whole.length) {
      if (!all && whole.length - start < this.#rowGroupSize) break
      const end = Math.min(start + this.#rowGroupSize, whole.length)
      await this.#writeGroup(whole.slice(start, end))
      start = end
    }
    if (all && this.#writer === undefined) await this.#begin(whole)
    this.#pending = start < whole.length ? [whole.slice(start, whole.length)] : []
    this.#pendingRows = whole.length - start
  }

  async #begin(first: RecordBatch): Promise<void> {
    const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
    this.#fields = first.names.map((name, k) => storedAs(name, first.columns[k]!, this.#types))
    this.#writer = new ParquetWriter({
      writer: new ByteWriter(),
      schema: [
        { name: 'root', num_children: this.#fields.length },
        ...this.#fields.flatMap(schemaElements),
      ],
      kvMetadata: [{ key: METADATA_KEY, value: ownMetadata(first.shape, this.#fields) }],
      createdBy: 'wiesel',
    })
  }

  async #writeGroup(group: RecordBatch): Promise<void> {
    if (this.#writer === undefined) await this.#begin(group)
    const unknown = group.names.find(name => !this.#fields.some(field => field.name === name))
    if (unknown !== undefined) {
      throw new SchemaError(
        `${OPERATION}: field "${unknown}" first appears in record ${this.#rows}, when the file's fields are fixed already. Give its type: { types: { ${unknown}: ... } }.`,
      )
    }
    const columnData = this.#fields.map(field => {
      const column = group.find(field.name)
      const data: unknown[] | Int32Array | Float64Array =
        column === undefined
          ? new Array(group.length).fill(null)
          : parquetValues(column, field, this.#rows)
      // The writer's dictionary takes -0 and 0 for one value.
      const plain = field.type.kind === 'float64' && hasNegativeZero(data)
      return { name: field.name, data, ...(plain && { encoding: 'PLAIN' as const }) }
    })
    this.#writer!.write({ columnData, rowGroupSize: group.length })
    this.#rows += group.length
    await this.#flush()
  }

  /** Hands what the writer has encoded to the file. */
  async #flush(): Promise<void> {
    const bytes = this.#writer!.writer as import('hyparquet-writer').ByteWriter
    await this.#output.write(bytes.getBytes())
    bytes.index = 0
  }
}

function storedAs(name: string, column: Column, types: Readonly<Record<string, DataType>>): Stored {
  const type = types[name] ?? column.type
  if (type.kind === 'timestamp') return { name, type, as: 'timestamp' }
  if (type.kind === 'vector') return { name, type, as: 'list' }
  if (type.kind === 'sparse') return { name, type, as: 'json' }
  if (type.kind !== 'any') return { name, type, as: 'plain' }
  const bigints =
    column.layout === 'any' &&
    !isAllMissing(column) &&
    column.values.every(value => value == null || isInt64(value))
  return { name, type, as: bigints ? 'bigint' : 'json' }
}

function isInt64(value: unknown): value is bigint {
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value
}

function schemaElements({ as, name, type }: Stored): SchemaElement[] {
  const leaf = { name, repetition_type: 'OPTIONAL' as const }
  switch (as) {
    case 'timestamp':
      return [
        {
          ...leaf,
          type: 'INT64',
          converted_type: 'TIMESTAMP_MILLIS',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
        },
      ]
    case 'list':
      return [
        { ...leaf, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      ]
    case 'json':
      return [{ ...leaf, type: 'BYTE_ARRAY', converted_type: 'JSON' }]
    case 'bigint':
      return [{ ...leaf, type: 'INT64' }]
    case 'plain':
      if (type.kind === 'string') return [{ ...leaf, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
      if (type.kind === 'boolean') return [{ ...leaf, type: 'BOOLEAN' }]
      return [{ ...leaf, type: type.kind === 'int32' ? 'INT32' : 'DOUBLE' }]
  }
}

function ownMetadata(shape: RecordShape, fields: readonly Stored[]): string {
  const types = fields.flatMap(({ name, type }) =>
    type.kind === 'vector' || type.kind === 'sparse' ? [[name, type]] : [],
  )
  return JSON.stringify({ shape, types: Object.fromEntries(types) })
}

/** The values of `column` as the writer of `field` wants them; `firstRow` is for errors. */
function parquetValues(
  column: Column,
  field: Stored,
  firstRow: number,
): unknown[] | Int32Array | Float64Array {
  const { as, name, type } = field
  const { length } = column
  const fits =
    as === 'json' ||
    as === 'bigint' ||
    typeName(column.type) === typeName(type) ||
    (column.layout === 'int32' && type.kind === 'float64') ||
    isAllMissing(column)
  if (!fits) {
    throw new SchemaError(
      `${OPERATION}: field "${name}" is ${typeName(type)} in the records before, but ${typeName(column.type)} from record ${firstRow} on. Give the wider type: { types: { ${name}: ${type.kind === 'int32' && column.layout === 'float64' ? 'float64' : 'any'} } }.`,
    )
  }
  const values = new Array<unknown>(length)
  if (as === 'timestamp' && column.layout === 'timestamp') {
    for (let row = 0; row < length; row++) {
      if (column.valid?.[row] === 0) values[row] = null
      else if (Number.isNaN(column.values[row]!)) {
        throw new SchemaError(
          `${OPERATION}: field "${name}" has an invalid Date in record ${firstRow + row}, which Parquet cannot hold. Map it to null.`,
        )
      } else values[row] = BigInt(column.values[row]!)
    }
    return values
  }
  if (as === 'plain' && (column.layout === 'int32' || column.layout === 'float64')) {
    if (column.valid === null) return column.values
  }
  for (let row = 0; row < length; row++) {
    const value = column.get(row)
    if (value === null) values[row] = null
    else if (as === 'list') values[row] = Array.from(value as Float64Array)
    else if (as === 'json') values[row] = jsonCopy(value, where(name, firstRow + row))
    else if (as === 'bigint' && !isInt64(value)) {
      throw new SchemaError(
        `${where(name, firstRow + row)} is not a 64-bit integer like those before. Give its type: { types: { ${name}: any } }.`,
      )
    } else values[row] = value
  }
  return values
}

/** The value as a reader will get it back; the writer's own conversion would round `bigint`s. */
function jsonCopy(value: unknown, where: string): unknown {
  if (typeof value === 'bigint') {
    throw new SchemaError(`${where} is a bigint among other values. Map it to a string.`)
  }
  return JSON.parse(jsonText(value, where))
}

function where(name: string, row: number): string {
  return `${OPERATION}: field "${name}" of record ${row}`
}
