/** From the bytes of one field of many records to a column; one class per kind of column. */
import {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  TextColumn,
  TimestampColumn,
} from '../../types/column.js'
import { decodeAscii, decodeText, isAscii } from '../text-decoder.js'
import type { Block, MissingTexts, TextType } from './block.js'
import { ByteDictionary } from './byte-dictionary.js'
import { Evidence, parseBoolean } from './infer.js'
import { hasLeadingZero, isCode, parseNumber, parseSpecialNumber } from './parse-number.js'
import { parseTimestamp } from './parse-timestamp.js'

/** Collects one column, block by block. */
export interface ColumnReader {
  /** Reads field `field` of all records of a block into the rows from `at` on. */
  read(block: Block, field: number, at: number): void
  /** The column of the first `length` rows; begins anew. */
  finish(length: number): Column
}

/** How a reader of a column is made. */
export interface ColumnReaderOptions {
  /** `undefined` when it is not known yet: the first values that are not missing decide. */
  readonly type: TextType | 'number' | undefined
  /** Whether the user said so; then numbers may have leading zeros and lose digits. */
  readonly declared: boolean
  readonly missing: MissingTexts
  /** Rows of a batch. */
  readonly capacity: number
}

/** A reader for columns of the given type. */
export function columnReader(options: ColumnReaderOptions): ColumnReader {
  switch (options.type) {
    case undefined:
      return new UndecidedReader(options)
    case 'int32':
    case 'float64':
    case 'number':
      return new NumberReader(options)
    case 'boolean':
      return new BooleanReader(options)
    case 'timestamp':
      return new TimestampReader(options)
    case 'string':
      return new TextReader(options)
  }
}

/** What readers have in common: which rows are missing. */
abstract class BaseReader implements ColumnReader {
  protected readonly options: ColumnReaderOptions
  protected readonly missing: MissingTexts
  protected valid: Uint8Array | null = null

  constructor(options: ColumnReaderOptions) {
    this.options = options
    this.missing = options.missing
  }

  abstract read(block: Block, field: number, at: number): void
  protected abstract column(length: number, valid: Uint8Array | null): Column

  finish(length: number): Column {
    const valid = this.valid?.subarray(0, length) ?? null
    this.valid = null
    return this.column(length, valid?.includes(0) ? valid : null)
  }

  /** Marks a row; what its slot holds does not matter. */
  setMissing(row: number): void {
    this.valid ??= new Uint8Array(this.options.capacity).fill(1)
    this.valid[row] = 0
  }
}

/** Numbers: int32 until one does not fit, float64 from then on. */
class NumberReader extends BaseReader {
  #integers: Int32Array | null
  #floats: Float64Array

  constructor(options: ColumnReaderOptions) {
    super(options)
    const { capacity, type } = options
    this.#integers = type === 'float64' ? null : new Int32Array(capacity)
    this.#floats = new Float64Array(type === 'float64' ? capacity : 0)
  }

  read(block: Block, field: number, at: number): void {
    const read = this.#readIntegers(block, field, at)
    if (read < block.rows) this.#readFloats(block, field, at, read)
  }

  /** Reads rows as long as they are integers, and says how many those were. */
  #readIntegers(block: Block, field: number, at: number): number {
    const integers = this.#integers
    if (integers === null) return 0
    const { bounds, bytes, rows, width } = block
    const { missing } = this
    const stride = width * 2
    let bound = field * 2
    for (let row = 0; row < rows; row++, bound += stride) {
      const start = bounds[bound]!
      const end = bounds[bound + 1]!
      // Up to nine digits, the first one no zero unless it is alone: most integers are such.
      let p = bytes[start] === 45 ? start + 1 : start
      const length = end - p
      if (length > 0 && length < 10 && (bytes[p] !== 48 || end - start === 1)) {
        let value = 0
        let digit = 0
        while (p < end) {
          digit = bytes[p]! - 48
          if (digit < 0 || digit > 9) break
          value = value * 10 + digit
          p++
        }
        if (p === end && !(missing.others && missing.has(bytes, start, end))) {
          integers[at + row] = bytes[start] === 45 ? -value : value
          continue
        }
      }
      if (missing.has(bytes, start, end)) {
        this.setMissing(at + row)
        continue
      }
      const value = this.#parse(bytes, start, end)
      if (value === undefined) {
        block.reject(row, field, this.#strictlyWhole ? 'a whole number' : 'a number')
      } else if (Object.is(value | 0, value)) integers[at + row] = value
      else if (this.options.declared && this.options.type === 'int32') {
        block.reject(row, field, 'a whole number from -2147483648 to 2147483647')
      } else {
        this.#widen(at + row)
        return row
      }
    }
    return rows
  }

  #readFloats(block: Block, field: number, at: number, from: number): void {
    const { bounds, bytes, rows, width } = block
    const { missing } = this
    const floats = this.#floats
    const strict = !this.options.declared
    const stride = width * 2
    let bound = from * stride + field * 2
    for (let row = from; row < rows; row++, bound += stride) {
      const start = bounds[bound]!
      const end = bounds[bound + 1]!
      if (start === end ? missing.empty : missing.others && missing.has(bytes, start, end)) {
        this.setMissing(at + row)
        continue
      }
      const value = parseNumber(bytes, start, end)
      // NaN fails the first two comparisons.
      const plain = value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER
      if (plain && !(strict && hasLeadingZero(bytes, start, end))) {
        floats[at + row] = value
        continue
      }
      const checked = this.#parse(bytes, start, end)
      if (checked === undefined) block.reject(row, field, 'a number')
      else floats[at + row] = checked
    }
  }

  get #strictlyWhole(): boolean {
    return this.options.declared && this.options.type === 'int32'
  }

  #parse(bytes: Uint8Array, start: number, end: number): number | undefined {
    const value = parseNumber(bytes, start, end)
    if (Number.isNaN(value)) return parseSpecialNumber(bytes, start, end)
    return !this.options.declared && isCode(bytes, start, end, value) ? undefined : value
  }

  #widen(length: number): void {
    this.#floats = new Float64Array(this.options.capacity)
    this.#floats.set(this.#integers!.subarray(0, length))
    this.#integers = null
  }

  protected column(length: number, valid: Uint8Array | null): Column {
    const { capacity } = this.options
    if (this.#integers !== null) {
      const column = new Int32Column(this.#integers.subarray(0, length), valid)
      this.#integers = new Int32Array(capacity)
      return column
    }
    const column = new Float64Column(this.#floats.subarray(0, length), valid)
    this.#floats = new Float64Array(capacity)
    return column
  }
}

class BooleanReader extends BaseReader {
  #values = new Uint8Array(this.options.capacity)

  read(block: Block, field: number, at: number): void {
    const { bounds, bytes, rows, width } = block
    for (let row = 0; row < rows; row++) {
      const bound = (row * width + field) * 2
      const start = bounds[bound]!
      const end = bounds[bound + 1]!
      const value = parseBoolean(bytes, start, end)
      if (this.missing.has(bytes, start, end)) this.setMissing(at + row)
      else if (value === undefined) block.reject(row, field, 'true or false')
      else this.#values[at + row] = value ? 1 : 0
    }
  }

  protected column(length: number, valid: Uint8Array | null): Column {
    const column = new BooleanColumn(this.#values.subarray(0, length), valid)
    this.#values = new Uint8Array(this.options.capacity)
    return column
  }
}

class TimestampReader extends BaseReader {
  #values = new Float64Array(this.options.capacity)

  read(block: Block, field: number, at: number): void {
    const { bounds, bytes, rows, width } = block
    for (let row = 0; row < rows; row++) {
      const bound = (row * width + field) * 2
      const start = bounds[bound]!
      const end = bounds[bound + 1]!
      if (this.missing.has(bytes, start, end)) {
        this.setMissing(at + row)
        continue
      }
      const value = parseTimestamp(bytes, start, end)
      if (Number.isNaN(value))
        block.reject(row, field, 'a date such as 2015-01-31 or 2015-01-31T17:05Z')
      else this.#values[at + row] = value
    }
  }

  protected column(length: number, valid: Uint8Array | null): Column {
    const column = new TimestampColumn(this.#values.subarray(0, length), valid)
    this.#values = new Float64Array(this.options.capacity)
    return column
  }
}

/** From this many distinct strings on it is asked whether a dictionary is worth it. */
const DICTIONARY_TRIAL = 4096
/** More distinct strings than this are never worth a dictionary. */
const DICTIONARY_LIMIT = 1 << 20
/** Slices up to this length are copies; longer ones would keep the whole text alive in V8. */
const COPIED_SLICE = 12

/** Strings, as codes into a dictionary while they repeat. */
class TextReader extends BaseReader {
  #dictionary: ByteDictionary | null = new ByteDictionary()
  #codes = new Int32Array(this.options.capacity)
  #texts: string[] = []
  #seen = 0

  read(block: Block, field: number, at: number): void {
    if (this.#dictionary === null) this.#readTexts(block, field, at)
    else this.#readCodes(this.#dictionary, block, field, at)
  }

  #readCodes(dictionary: ByteDictionary, block: Block, field: number, at: number): void {
    const { bounds, bytes, rows, width } = block
    const codes = this.#codes
    const stride = width * 2
    let bound = field * 2
    for (let row = 0; row < rows; row++, bound += stride) {
      const start = bounds[bound]!
      const end = bounds[bound + 1]!
      if (this.#isMissing(block, start, end)) {
        this.setMissing(at + row)
        continue
      }
      try {
        codes[at + row] = dictionary.code(bytes, start, end)
      } catch {
        notUtf8(block, row, field)
      }
    }
    this.#seen += rows
    const { size } = dictionary.dictionary
    if (size < DICTIONARY_TRIAL || (size < DICTIONARY_LIMIT && size * 2 < this.#seen)) return
    const { values } = dictionary.dictionary
    this.#dictionary = null
    for (let row = 0; row < at + rows; row++) {
      this.#texts.push(this.valid?.[row] === 0 ? '' : values[codes[row]!]!)
    }
  }

  #readTexts(block: Block, field: number, at: number): void {
    const { bounds, bytes, rows, width } = block
    if (rows === 0) return
    const texts = this.#texts
    // Short texts are cut from one long one, which costs a fraction of a call to the decoder.
    const from = bounds[0]!
    const to = bounds[rows * width * 2 - 1]!
    let whole: string | undefined
    for (let row = 0; row < rows; row++) {
      const bound = (row * width + field) * 2
      const start = bounds[bound]!
      const end = bounds[bound + 1]!
      if (this.#isMissing(block, start, end)) {
        this.setMissing(at + row)
        texts[at + row] = ''
      } else if (end - start <= COPIED_SLICE && isAscii(bytes, start, end)) {
        whole ??= decodeAscii(bytes, from, to)
        texts[at + row] = whole.slice(start - from, end - from)
      } else {
        try {
          texts[at + row] = decodeText(bytes, start, end)
        } catch {
          texts[at + row] = ''
          notUtf8(block, row, field)
        }
      }
    }
  }

  /** A text in quotes is never missing, so that an empty one can be told from none. */
  #isMissing({ bytes, quote }: Block, start: number, end: number): boolean {
    const { missing } = this
    if (start === end) return missing.empty && bytes[start - 1] !== quote
    return missing.others && bytes[start - 1] !== quote && missing.has(bytes, start, end)
  }

  protected column(length: number, valid: Uint8Array | null): Column {
    if (this.#dictionary === null) {
      const column = new TextColumn(this.#texts.slice(0, length), valid)
      this.#texts = []
      return column
    }
    const codes = this.#codes.subarray(0, length)
    this.#codes = new Int32Array(this.options.capacity)
    return new DictionaryColumn(codes, this.#dictionary.dictionary, valid)
  }
}

function notUtf8(block: Block, row: number, field: number): void {
  block.reject(row, field, "text in UTF-8 (or give the file's { encoding: 'windows-1252' })")
}

/** A column without any value so far. */
class UndecidedReader implements ColumnReader {
  readonly #options: ColumnReaderOptions
  #decided: BaseReader | undefined

  constructor(options: ColumnReaderOptions) {
    this.#options = options
  }

  read(block: Block, field: number, at: number): void {
    if (this.#decided === undefined) {
      const evidence = new Evidence(this.#options.missing)
      evidence.add(block, field)
      if (evidence.type === undefined) return
      this.#decided = columnReader({ ...this.#options, type: evidence.type }) as BaseReader
      for (let row = 0; row < at; row++) this.#decided.setMissing(row)
    }
    this.#decided.read(block, field, at)
  }

  finish(length: number): Column {
    return this.#decided?.finish(length) ?? new AnyColumn(new Array(length).fill(null))
  }
}
