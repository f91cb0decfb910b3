/** Reads Parquet files: only the columns that are needed, a row group at a time. */
import type { AsyncBuffer, FileMetaData, ParquetParsers, SchemaTree } from 'hyparquet'
import { InputOutputError, WieselError } from '../errors.js'
import type { ReadRequest, Source, SourceFacts } from '../plan/source.js'
import { BATCH_SIZE, RecordBatch } from '../types/batch.js'
import type { Column } from '../types/column.js'
import { ColumnWriter } from '../types/column-writer.js'
import { sameType } from '../types/data-type.js'
import { unknownField } from '../types/schema.js'
import { stopIfAborted } from './abort.js'
import { type Input, inputName, listFiles } from './files.js'
import type { InputFile } from './input-file.js'
import { decodeChunk, emptyColumn, type PageReader, StringStore } from './parquet-chunk.js'
import { type ParquetField, parquetFields } from './parquet-schema.js'

/** Options of `parquetSource`. */
export interface ParquetOptions {
  /** Read these columns only, in this order. Default: all. */
  readonly columns?: readonly string[]
  /** Whether a directory means the files in its directories, too. Default `false`. */
  readonly recursive?: boolean
}

const OPERATION = 'readParquet'

/**
 * A source of the records of Parquet files.
 *
 * Numbers stay exact: 64-bit integers become numbers when the column's statistics (or, without
 * them, the values of a page) say that all are safe integers, and `bigint` values otherwise.
 * Timestamps of any unit become dates, rounded down to the millisecond; decimals become numbers;
 * strings keep the file's dictionary encoding; lists, structs and maps become arrays and objects,
 * in which each 64-bit integer is a number when it is safe; bytes without a type stay `Uint8Array`.
 * Several files are read one after the other and must have the columns of the first one.
 *
 * @throws {InputOutputError} While reading, if a file is not there, damaged or cut off.
 * @throws {SchemaError} While reading, if a chosen column is not in a file.
 */
export function parquetSource(input: Input, options: ParquetOptions = {}): Source {
  let files: Promise<readonly InputFile[]> | undefined
  const list = () => {
    files ??= listFiles(input, { operation: OPERATION, recursive: options.recursive })
    files.catch(() => {
      files = undefined // looked for again by the next job
    })
    return files
  }
  return {
    label: `${OPERATION} ${inputName(input)}`,
    facts: async () => factsOf(await list(), options),
    read: request => read(list(), options, request),
  }
}

async function factsOf(
  files: readonly InputFile[],
  { columns }: ParquetOptions,
): Promise<SourceFacts> {
  const opened = await Promise.all(files.map(openParquet))
  const first = chosen(opened[0]!, columns)
  const fields = first.map(({ name, nullable, type }) => {
    const others = opened.slice(1).map(file => file.fields.find(field => field.name === name))
    const same = others.every(other => other !== undefined && sameType(other.type, type))
    return {
      name,
      type: same ? type : ({ kind: 'any' } as const),
      nullable: nullable || others.some(other => other === undefined || other.nullable),
    }
  })
  const rows = opened.reduce((sum, file) => sum + Number(file.metadata.num_rows), 0)
  const bytes = files.reduce((sum, { size }) => sum + (size ?? 0), 0)
  return { fields, shape: 'object', rows, exact: true, bytes }
}

async function* read(
  listed: Promise<readonly InputFile[]>,
  { columns }: ParquetOptions,
  request: ReadRequest,
): AsyncGenerator<RecordBatch> {
  const { signal, onBytes } = request
  stopIfAborted(signal, OPERATION)
  const strings = new Map<string, StringStore>()
  let consumed = 0
  for (const input of await listed) {
    const file = await openParquet(input)
    const fields = chosen(file, columns).filter(
      ({ name }) => request.fields?.includes(name) ?? true,
    )
    const names = fields.map(({ name }) => name)
    let start = 0
    for (let group = 0; group < file.metadata.row_groups.length; group++) {
      const rows = Number(file.metadata.row_groups[group]!.num_rows)
      const read: Column[] = []
      for (const field of fields) {
        stopIfAborted(signal, OPERATION)
        if (!strings.has(field.name)) strings.set(field.name, new StringStore())
        read.push(await readColumn(file, field, group, start, strings.get(field.name)!))
      }
      const whole = new RecordBatch('object', names, read, rows)
      for (let row = 0; row < rows; row += BATCH_SIZE) {
        stopIfAborted(signal, OPERATION)
        yield whole.slice(row, Math.min(row + BATCH_SIZE, rows))
      }
      start += rows
      consumed += groupBytes(file, group)
      onBytes?.(consumed)
    }
    if (start === 0) {
      const empty = fields.map(field => emptyColumn(field, new StringStore()))
      yield new RecordBatch('object', names, empty, 0)
    }
  }
}

/** A file whose footer has been read. */
interface ParquetFile {
  readonly input: InputFile
  readonly library: Library
  readonly metadata: FileMetaData
  readonly tree: SchemaTree
  readonly fields: readonly ParquetField[]
}

type Library = PageReader & typeof import('hyparquet')

async function openParquet(input: InputFile): Promise<ParquetFile> {
  const library = await load()
  try {
    const metadata = await library.parquetMetadataAsync(await bufferOf(input), {
      geoparquet: false,
    })
    const tree = library.parquetSchema(metadata)
    return { input, library, metadata, tree, fields: parquetFields(metadata, tree) }
  } catch (error) {
    throw unreadable(input, 'its footer cannot be read', error)
  }
}

async function load(): Promise<Library> {
  const [library, { parquetHeader }, { decompressPage }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet/src/column.js'),
    import('hyparquet/src/datapage.js'),
    import('hyparquet-compressors'),
  ])
  return { ...library, parquetHeader, decompressPage, compressors }
}

/** The file as hyparquet wants it. */
async function bufferOf(input: InputFile): Promise<AsyncBuffer> {
  const byteLength = input.size ?? (await wholeSize(input))
  return {
    byteLength,
    slice: async (start, end = byteLength) => {
      const bytes = await input.slice(start < 0 ? byteLength + start : start, end)
      const whole = bytes.byteOffset === 0 && bytes.length === bytes.buffer.byteLength
      return (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer
    },
  }
}

async function wholeSize(input: InputFile): Promise<number> {
  let size = 0
  for await (const chunk of input.stream()) size += chunk.length
  return size
}

function chosen(
  { fields }: ParquetFile,
  columns: readonly string[] | undefined,
): readonly ParquetField[] {
  if (columns === undefined) return fields
  return columns.map(name => {
    const found = fields.find(field => field.name === name)
    if (found !== undefined) return found
    throw unknownField(
      OPERATION,
      name,
      fields.map(field => field.name),
    )
  })
}

function groupBytes({ metadata }: ParquetFile, group: number): number {
  return metadata.row_groups[group]!.columns.reduce(
    (sum, { meta_data }) => sum + Number(meta_data?.total_compressed_size ?? 0),
    0,
  )
}

async function readColumn(
  file: ParquetFile,
  field: ParquetField,
  group: number,
  start: number,
  strings: StringStore,
): Promise<Column> {
  const { input, library, metadata } = file
  const { columns, num_rows } = metadata.row_groups[group]!
  const rows = Number(num_rows)
  try {
    const flat = field.kind !== 'nested' && field.kind !== 'bytes'
    const chunk = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === field.name)
    if (flat && chunk?.meta_data !== undefined) {
      const { codec, data_page_offset, dictionary_page_offset, total_compressed_size } =
        chunk.meta_data
      const from = Number(dictionary_page_offset || data_page_offset)
      const bytes = await input.slice(from, from + Number(total_compressed_size))
      if (bytes.length < Number(total_compressed_size)) {
        throw new InputOutputError('the file is cut off')
      }
      const column = decodeChunk(field, bytes, rows, codec, library, strings)
      if (column !== undefined) return column
    }
    return await readSlowly(file, field, start, rows)
  } catch (error) {
    throw unreadable(input, `column "${field.name}" cannot be decoded`, error)
  }
}

/** Reads a column through hyparquet, value by value. */
async function readSlowly(
  { input, library, metadata }: ParquetFile,
  field: ParquetField,
  start: number,
  rows: number,
): Promise<Column> {
  const scan = await library.parquetScan({
    file: await bufferOf(input),
    metadata,
    columns: [field.name],
    compressors: library.compressors,
    parsers,
    utf8: false,
    geoparquet: false,
  })
  const range = { rowStart: start, rowEnd: start + rows }
  const values: ArrayLike<unknown> = await scan.readColumn({ column: field.name, ...range })
  if (values.length !== rows) throw new InputOutputError(`it has ${values.length} of ${rows} rows`)
  const writer = new ColumnWriter(rows, field.name)
  const factor = 10 ** (field.element.scale ?? 0)
  const decimal = field.element.converted_type === 'DECIMAL'
  const bigints = field.safe === false
  for (let row = 0; row < rows; row++) {
    const value = values[row]
    if (decimal && typeof value === 'number') writer.set(row, nearestDecimal(value, factor))
    else writer.set(row, bigints ? value : plain(value))
  }
  return writer.finish(rows)
}

/** Undoes the rounding error of a multiplication with 0.1, 0.01, .... */
function nearestDecimal(value: number, factor: number): number {
  const unscaled = Math.round(value * factor)
  return Number.isSafeInteger(unscaled) ? unscaled / factor : value
}

/** A nested value with numbers in place of safe `bigint`s, and `null` for what is missing. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value
  }
  if (typeof value !== 'object' || value === null) return value ?? null
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) {
    return Array.from(value as BigInt64Array, plain)
  }
  if (value instanceof Date || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

/** Times round down to the millisecond, also before 1970. */
const parsers: Partial<ParquetParsers> = {
  timestampFromMicroseconds: (value: bigint) => new Date(Number(floorDivide(value, 1000n))),
  timestampFromNanoseconds: (value: bigint) => new Date(Number(floorDivide(value, 1_000_000n))),
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}

function unreadable({ name }: InputFile, what: string, error: unknown): Error {
  if (error instanceof WieselError && !(error instanceof InputOutputError)) return error
  if (error instanceof InputOutputError && error.message.startsWith(`${OPERATION}:`)) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new InputOutputError(
    `${OPERATION}: ${name}: ${what}: ${reason}. The file is damaged, cut off, or not Parquet.`,
    { cause: error },
  )
}
