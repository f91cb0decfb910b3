/** Reads Parquet files: only the columns that are needed, a row group at a time. */

import type { AsyncBuffer, FileMetaData, ParquetParsers } from 'hyparquet'
import { InputOutputError, WieselError } from '../../errors.js'
import type { ReadRequest, Source, SourceFacts } from '../../plan/source.js'
import { knownOptions } from '../../types/arguments.js'
import { BATCH_SIZE, RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { ColumnWriter } from '../../types/column-writer.js'
import { missingColumn } from '../../types/concat.js'
import { any, type DataType, sameType } from '../../types/data-type.js'
import { type RecordShape, unknownField } from '../../types/schema.js'
import { SparseVector } from '../../types/sparse-vector.js'
import { stopIfAborted } from '../abort.js'
import { checkInput, type Input, inputName, listFiles } from '../files.js'
import type { InputFile } from '../input-file.js'
import { decodeChunk, type PageReader, StringStore } from './chunk.js'
import { ownMetadata, type ParquetField, parquetFields } from './schema.js'

/** Options of `parquetSource`. */
export interface ParquetReadOptions {
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
 * Several files are read one after the other; columns that some of them lack are missing there.
 *
 * @throws {InputOutputError} While reading, if a file is not there, damaged or cut off.
 * @throws {SchemaError} While reading, if a chosen column is not in a file.
 */
export function parquetSource(input: Input, options: ParquetReadOptions = {}): Source {
  knownOptions(options, ['columns', 'recursive'], OPERATION)
  checkInput(input, OPERATION)
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
    read: request => read(list, options, request),
  }
}

async function factsOf(
  files: readonly InputFile[],
  { columns }: ParquetReadOptions,
): Promise<SourceFacts> {
  const opened = await openAll(files)
  const fields = chosenNames(opened, columns).map(name => {
    const found = opened.map(file => file.fields.find(field => field.name === name))
    const [first, ...others] = found.filter(field => field !== undefined)
    const same = others.every(other => sameType(other.type, first!.type))
    const nullable = found.some(field => field === undefined || field.nullable)
    return { name, type: same ? first!.type : any, nullable }
  })
  const rows = opened.reduce((sum, file) => sum + Number(file.metadata.num_rows), 0)
  const bytes = files.reduce((sum, { size }) => sum + (size ?? 0), 0)
  return { fields, shape: commonShape(opened), rows, exact: true, bytes }
}

async function* read(
  list: () => Promise<readonly InputFile[]>,
  { columns }: ParquetReadOptions,
  request: ReadRequest,
): AsyncGenerator<RecordBatch> {
  const { signal, onBytes } = request
  stopIfAborted(signal, OPERATION)
  const files = await openAll(await list())
  const shape = commonShape(files)
  const names = chosenNames(files, columns).filter(
    name => shape !== 'object' || (request.fields?.includes(name) ?? true),
  )
  const strings = new Map(names.map(name => [name, new StringStore()]))
  let consumed = 0
  for (const file of files) {
    let start = 0
    for (let group = 0; group < file.metadata.row_groups.length; group++) {
      const rows = Number(file.metadata.row_groups[group]!.num_rows)
      const read: Column[] = []
      for (const name of names) {
        stopIfAborted(signal, OPERATION)
        const field = file.fields.find(field => field.name === name)
        if (field === undefined) read.push(missingColumn(rows))
        else read.push(await readColumn(file, field, group, start, strings.get(name)!))
      }
      const whole = new RecordBatch(shape, names, read, rows)
      for (let row = 0; row < rows; row += BATCH_SIZE) {
        stopIfAborted(signal, OPERATION)
        yield whole.slice(row, Math.min(row + BATCH_SIZE, rows))
      }
      start += rows
      consumed += groupBytes(file, group)
      onBytes?.(consumed)
    }
  }
}

async function openAll(files: readonly InputFile[]): Promise<ParquetFile[]> {
  const opened: ParquetFile[] = []
  for (const file of files) opened.push(await openParquet(file))
  return opened
}

/** The chosen columns; without a choice those of all files, in order of first appearance. */
function chosenNames(
  files: readonly ParquetFile[],
  columns: readonly string[] | undefined,
): readonly string[] {
  const known = [...new Set(files.flatMap(({ fields }) => fields.map(({ name }) => name)))]
  const unknown = columns?.find(name => !known.includes(name))
  if (unknown !== undefined) throw unknownField(OPERATION, unknown, known)
  return columns ?? known
}

function commonShape(files: readonly ParquetFile[]): RecordShape {
  const [first] = files
  return files.every(({ shape }) => shape === first!.shape) ? first!.shape : 'object'
}

/** A file whose footer has been read. */
interface ParquetFile {
  readonly input: InputFile
  readonly library: Library
  readonly metadata: FileMetaData
  readonly shape: RecordShape
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
    const own = ownMetadata(metadata)
    const fields = parquetFields(metadata, tree, own)
    return { input, library, metadata, shape: own.shape, fields }
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
  const vectors = field.type.kind === 'vector' || field.type.kind === 'sparse'
  const writer = new ColumnWriter(rows, field.name, vectors ? field.type : undefined)
  const factor = 10 ** (field.element.scale ?? 0)
  const decimal = field.element.converted_type === 'DECIMAL'
  const bigints = field.safe === false
  for (let row = 0; row < rows; row++) {
    const value = values[row]
    if (vectors) writer.set(row, vectorOf(value, field.type))
    else if (decimal && typeof value === 'number') writer.set(row, nearestDecimal(value, factor))
    else writer.set(row, bigints ? value : plain(value))
  }
  return writer.finish(rows)
}

/** A vector as our own sink writes it. */
function vectorOf(value: unknown, type: DataType): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (type.kind === 'vector') return Float64Array.from(value as ArrayLike<number>)
  const { size, indices, values } = value as SparseVector
  return new SparseVector(size, indices, values)
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
