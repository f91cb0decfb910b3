/**
 * Decodes the chunk of one flat column in one row group straight into columns, without an object or
 * array per value. What is rare (nested columns, delta encodings) is left to hyparquet.
 */
import type { CompressionCodec, Compressors, Encoding } from 'hyparquet'
import { InputOutputError } from '../../errors.js'
import {
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  TextColumn,
  TimestampColumn,
  type Validity,
} from '../../types/column.js'
import { ColumnWriter } from '../../types/column-writer.js'
import { concatColumns } from '../../types/concat.js'
import { Dictionary } from '../../types/dictionary.js'
import { integers64, timestamps64 } from '../../types/integers.js'
import { decodeHybrid, decodePresence } from './levels.js'
import type { ParquetField } from './schema.js'
import { readStrings } from './strings.js'

/** The parts of hyparquet that pages are read with. */
export interface PageReader {
  readonly parquetHeader: typeof import('hyparquet/src/column.js').parquetHeader
  readonly decompressPage: typeof import('hyparquet/src/datapage.js').decompressPage
  readonly compressors: Compressors
}

/** The strings of one field over all chunks of a job, so that its batches share a dictionary. */
export class StringStore {
  readonly dictionary = new Dictionary()
  readonly #writer = new ColumnWriter(1)

  constructor() {
    this.#writer.adopt(new DictionaryColumn(new Int32Array(0), this.dictionary))
  }

  /** A column of strings that are not dictionary-encoded in the file. */
  column(strings: readonly string[]): Column {
    this.#writer.reserve(strings.length, 0)
    for (let row = 0; row < strings.length; row++) this.#writer.set(row, strings[row])
    return this.#writer.finish(strings.length)
  }
}

/** From this many strings on, a chunk's dictionary in which they hardly repeat is not kept. */
const DICTIONARY_LIMIT = 65_536

/**
 * The column of a chunk, or `undefined` when one of its pages has an encoding that is left to
 * hyparquet.
 *
 * @param bytes The chunk, from its first page on.
 * @param rows Number of rows in the row group.
 * @throws {InputOutputError} If the pages are damaged.
 */
export function decodeChunk(
  field: ParquetField,
  bytes: Uint8Array,
  rows: number,
  codec: CompressionCodec,
  reader: PageReader,
  strings: StringStore,
): Column | undefined {
  const { compressors, decompressPage, parquetHeader } = reader
  const cursor = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 }
  const pages: Column[] = []
  let dictionary: Column | undefined
  let row = 0
  while (row < rows) {
    if (cursor.offset >= bytes.length) throw new InputOutputError('its pages end too early')
    const header = parquetHeader(cursor)
    const { compressed_page_size: size, uncompressed_page_size: fullSize } = header
    if (!(size >= 0) || cursor.offset + size > bytes.length) {
      throw new InputOutputError('a page is longer than its column chunk')
    }
    const stored = bytes.subarray(cursor.offset, cursor.offset + size)
    cursor.offset += size
    if (header.type === 'DICTIONARY_PAGE') {
      const page = decompressPage(stored, fullSize, codec, compressors)
      const count = header.dictionary_page_header!.num_values
      dictionary = plainColumn(field, page, 0, null, count, strings, rows)
    } else if (header.type === 'DATA_PAGE') {
      const { encoding, num_values } = header.data_page_header!
      if (!isDecoded(field, encoding)) return undefined
      checkRows(row, num_values, rows)
      const page = decompressPage(stored, fullSize, codec, compressors)
      let start = 0
      let valid: Validity = null
      if (field.optional) {
        start = 4 + (page[0]! | (page[1]! << 8) | (page[2]! << 16) | (page[3]! << 24))
        valid = decodePresence(page, 4, start, num_values)
      }
      pages.push(pageColumn(field, page, start, encoding, num_values, valid, dictionary, strings))
      row += num_values
    } else if (header.type === 'DATA_PAGE_V2') {
      const v2 = header.data_page_header_v2!
      if (!isDecoded(field, v2.encoding)) return undefined
      checkRows(row, v2.num_values, rows)
      const levels = v2.definition_levels_byte_length
      const skipped = v2.repetition_levels_byte_length
      const valid =
        field.optional && levels > 0
          ? decodePresence(stored, skipped, skipped + levels, v2.num_values)
          : null
      const content = stored.subarray(skipped + levels)
      const page =
        v2.is_compressed === false
          ? content
          : decompressPage(content, fullSize - skipped - levels, codec, compressors)
      pages.push(pageColumn(field, page, 0, v2.encoding, v2.num_values, valid, dictionary, strings))
      row += v2.num_values
    }
  }
  return concatColumns(pages)
}

function checkRows(row: number, count: number, rows: number): void {
  if (count >= 0 && row + count <= rows) return
  throw new InputOutputError(`its pages have more than the ${rows} rows of the row group`)
}

function isDecoded({ kind }: ParquetField, encoding: Encoding): boolean {
  if (encoding === 'PLAIN' || encoding.endsWith('_DICTIONARY')) return true
  return encoding === 'RLE' && kind === 'boolean'
}

function pageColumn(
  field: ParquetField,
  page: Uint8Array,
  start: number,
  encoding: Encoding,
  length: number,
  valid: Validity,
  dictionary: Column | undefined,
  strings: StringStore,
): Column {
  const present = valid === null ? length : countPresent(valid)
  if (encoding === 'PLAIN') {
    return plainColumn(field, page, start, valid, present, strings)
  }
  if (encoding === 'RLE') {
    // Booleans: four bytes of length before the runs.
    const values = new Uint8Array(present)
    decodeHybrid(page, start + 4, page.length, 1, values, 0, present)
    return spread(new BooleanColumn(values), valid)
  }
  if (dictionary === undefined) throw new InputOutputError('a page lacks its dictionary')
  const codes = new Int32Array(present)
  const width = present === 0 ? 0 : page[start]!
  decodeHybrid(page, start + 1, page.length, width, codes, 0, present)
  checkCodes(codes, dictionary.length)
  if (dictionary.layout !== 'dictionary') {
    return dictionary.take(valid === null ? codes : positions(codes, valid))
  }
  // The codes of the file's dictionary become those of the job's.
  const recoded = dictionary.codes
  for (let k = 0; k < present; k++) codes[k] = recoded[codes[k]!]!
  return spread(new DictionaryColumn(codes, dictionary.dictionary), valid)
}

function checkCodes(codes: Int32Array, size: number): void {
  let all = 0
  let largest = 0
  for (let k = 0; k < codes.length; k++) {
    const code = codes[k]!
    all |= code
    if (code > largest) largest = code
  }
  if (all < 0 || (codes.length > 0 && largest >= size)) {
    throw new InputOutputError('a page refers to a value that its dictionary does not have')
  }
}

function countPresent(valid: Uint8Array): number {
  let present = 0
  for (let k = 0; k < valid.length; k++) present += valid[k]!
  return present
}

/** `codes` of the present rows at their rows, -1 at the missing ones. */
function positions(codes: Int32Array, valid: Uint8Array): Int32Array {
  const rows = new Int32Array(valid.length).fill(-1)
  let next = 0
  for (let k = 0; k < valid.length; k++) if (valid[k] === 1) rows[k] = codes[next++]!
  return rows
}

/** The values of the present rows at their rows. */
function spread(dense: Column, valid: Validity): Column {
  if (valid === null) return dense
  const rows = new Int32Array(valid.length).fill(-1)
  let next = 0
  for (let k = 0; k < valid.length; k++) if (valid[k] === 1) rows[k] = next++
  return dense.take(rows)
}

/**
 * Decodes `present` values that are stored one after the other.
 *
 * @param dictionaryOf Number of rows that use them, if they are a dictionary.
 */
function plainColumn(
  field: ParquetField,
  page: Uint8Array,
  start: number,
  valid: Validity,
  present: number,
  strings: StringStore,
  dictionaryOf?: number,
): Column {
  const { kind } = field
  // A copy, so that values are aligned and the page can go.
  const raw = (width: number): ArrayBuffer => {
    const end = start + present * width
    if (end > page.length) throw new InputOutputError('a page ends in the middle of its values')
    return page.slice(start, end).buffer
  }
  switch (kind) {
    case 'boolean': {
      const values = new Uint8Array(present)
      if (start + Math.ceil(present / 8) > page.length) {
        throw new InputOutputError('a page ends in the middle of its values')
      }
      for (let k = 0; k < present; k++) values[k] = (page[start + (k >> 3)]! >> (k & 7)) & 1
      return spread(new BooleanColumn(values), valid)
    }
    case 'int32':
      return spread(new Int32Column(new Int32Array(raw(4))), valid)
    case 'uint32':
      return spread(new Float64Column(Float64Array.from(new Uint32Array(raw(4)))), valid)
    case 'float':
      return spread(new Float64Column(Float64Array.from(new Float32Array(raw(4)))), valid)
    case 'double':
      return spread(new Float64Column(new Float64Array(raw(8))), valid)
    case 'date': {
      const days = new Int32Array(raw(4))
      const times = new Float64Array(present)
      for (let k = 0; k < present; k++) times[k] = days[k]! * 86_400_000
      return spread(new TimestampColumn(times), valid)
    }
    case 'timestamp': {
      const times = timestamps64(new BigInt64Array(raw(8)), field.perMillisecond, null)
      return spread(times, valid)
    }
    case 'int64':
    case 'uint64': {
      const type = kind === 'int64' ? BigInt64Array : BigUint64Array
      return spread(integers64(new type(raw(8)), null, widest(field)), valid)
    }
    case 'decimal': {
      const scale = 10 ** (field.element.scale ?? 0)
      const narrow = field.element.type === 'INT32'
      const unscaled = narrow ? new Int32Array(raw(4)) : new BigInt64Array(raw(8))
      const values = new Float64Array(present)
      for (let k = 0; k < present; k++) values[k] = Number(unscaled[k]!) / scale
      return spread(new Float64Column(values), valid)
    }
    case 'string': {
      const values = readStrings(page, start, present)
      if (dictionaryOf === undefined) return spread(strings.column(values), valid)
      if (present > DICTIONARY_LIMIT && present * 2 > dictionaryOf) return new TextColumn(values)
      const codes = new Int32Array(present)
      for (let k = 0; k < present; k++) codes[k] = strings.dictionary.encode(values[k]!)
      return new DictionaryColumn(codes, strings.dictionary)
    }
    default:
      throw new InputOutputError(`a column of kind ${kind}`)
  }
}

function widest({ safe, type }: ParquetField): 'int32' | 'float64' | 'any' {
  if (safe === undefined || type.kind === 'int32') return 'int32'
  return safe ? 'float64' : 'any'
}
