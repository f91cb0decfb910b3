/** Tables of Apache Arrow as batches. Works on any version's tables without loading the library. */
import type { RecordBatch as ArrowBatch, DataType as ArrowType, Data } from 'apache-arrow'
import { SchemaError } from '../errors.js'
import { BATCH_SIZE, RecordBatch } from './batch.js'
import { unpackBits } from './bits.js'
import {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  TimestampColumn,
  type Validity,
  VectorColumn,
} from './column.js'
import { ColumnWriter } from './column-writer.js'
import { concatColumns, missingColumn } from './concat.js'
import { sparse } from './data-type.js'
import { Dictionary } from './dictionary.js'
import { integers64, timestamps64 } from './integers.js'
import { SparseVector } from './sparse-vector.js'
import { cutStrings } from './string-bytes.js'

/** Arrow's numbers for its types, as its file format has them. */
const Type = {
  Null: 1,
  Int: 2,
  Float: 3,
  Utf8: 5,
  Bool: 6,
  Decimal: 7,
  Date: 8,
  Time: 9,
  Timestamp: 10,
  List: 12,
  Struct: 13,
  FixedSizeList: 16,
  Map: 17,
  Duration: 18,
  LargeUtf8: 20,
  LargeList: 21,
  Dictionary: -1,
} as const

/** Where `toArrow` notes, in a field's metadata, what Arrow has no type for. */
export const ARROW_NOTE = 'wiesel'

/**
 * Converts Arrow record batches of one schema one after the other; strings share dictionaries.
 *
 * Numbers are shared, not copied, where the layouts agree: 64-bit floats and 32-bit integers. Other
 * numbers are widened; 64-bit integers become numbers when all of a batch are safe integers and
 * `bigint` values otherwise; decimals the nearest numbers; dates and timestamps of any unit become
 * dates, rounded down to the millisecond; times and durations are numbers in their unit. Strings
 * encoded with a dictionary stay so; lists of a fixed number of floats become vectors; other lists
 * become arrays, structs and maps objects.
 */
export class ArrowConverter {
  readonly #strings = new Map<string, StringColumn>();

  *batches(batches: Iterable<ArrowBatch>): Generator<RecordBatch> {
    for (const batch of batches) yield* this.convert(batch)
  }

  /** @param fields Convert these only. */
  *convert(batch: ArrowBatch, fields?: readonly string[]): Generator<RecordBatch> {
    const shape = batch.schema.metadata.get(ARROW_NOTE)
    const known = shape === 'tuple' || shape === 'value' ? shape : 'object'
    const names: string[] = []
    const columns: Column[] = []
    batch.schema.fields.forEach((field, k) => {
      if (known === 'object' && fields !== undefined && !fields.includes(field.name)) return
      if (names.includes(field.name)) {
        throw new SchemaError(
          `fromArrow: the table has two columns called "${field.name}". Rename one.`,
        )
      }
      names.push(field.name)
      const note = field.metadata.get(ARROW_NOTE)
      if (!this.#strings.has(field.name)) this.#strings.set(field.name, new StringColumn())
      const column = columnOf(batch.data.children[k]!, this.#strings.get(field.name)!)
      columns.push(note === undefined ? column : noted(column, note))
    })
    const whole = new RecordBatch(known, names, columns, batch.numRows)
    for (let row = 0; row < whole.length; row += BATCH_SIZE) {
      yield whole.slice(row, Math.min(row + BATCH_SIZE, whole.length))
    }
  }
}

/** The strings of one field over all batches. */
class StringColumn {
  readonly writer = new ColumnWriter(1)
  readonly dictionary = new Dictionary()
  /** For each Arrow dictionary that was seen: our codes of its strings, -1 for a missing one. */
  readonly recoded = new WeakMap<object, Int32Array>()

  constructor() {
    this.writer.adopt(new DictionaryColumn(new Int32Array(0), this.dictionary))
  }
}

function columnOf(data: Data, strings: StringColumn): Column {
  const { length, type, values } = data
  if (length === 0) return missingColumn(0) // the library leaves buffers out where nothing is
  const valid = validityOf(data)
  switch (type.typeId as number) {
    case Type.Null:
      return missingColumn(length)
    case Type.Bool:
      return new BooleanColumn(unpackBits(values, data.offset, length), valid)
    case Type.Int:
    case Type.Time:
    case Type.Duration:
      return integerColumn(values.subarray(0, length), valid)
    case Type.Float:
      if (values instanceof Float64Array)
        return new Float64Column(values.subarray(0, length), valid)
      if (values instanceof Float32Array) {
        return new Float64Column(Float64Array.from(values.subarray(0, length)), valid)
      }
      return new Float64Column(Float64Array.from(values.subarray(0, length), float16), valid)
    case Type.Decimal:
      return decimalColumn(data, valid)
    case Type.Date:
    case Type.Timestamp:
      return timeColumn(data, valid)
    case Type.Utf8:
    case Type.LargeUtf8:
      return textColumn(data, valid, strings)
    case Type.Dictionary:
      return dictionaryColumn(data, valid, strings)
    case Type.FixedSizeList: {
      const child = data.children[0]!
      const size = (type as unknown as { listSize: number }).listSize
      if ((child.type.typeId as number) !== Type.Float || validityOf(child) !== null) break
      const numbers = columnOf(child, strings) as Float64Column
      return new VectorColumn(numbers.values.subarray(0, length * size), size, length, valid)
    }
  }
  const result = new Array<unknown>(length)
  for (let row = 0; row < length; row++) result[row] = valueAt(data, row)
  return new AnyColumn(result)
}

function validityOf(data: Data): Validity {
  if (data.nullCount === 0 || !data.nullBitmap || data.nullBitmap.length === 0) return null
  return unpackBits(data.nullBitmap, data.offset, data.length)
}

function integerColumn(
  values: Int32Array | Uint32Array | BigInt64Array | BigUint64Array | Int16Array,
  valid: Validity,
): Column {
  if (values instanceof Int32Array) return new Int32Column(values, valid)
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    return integers64(values, valid)
  }
  if (values instanceof Uint32Array) return new Float64Column(Float64Array.from(values), valid)
  return new Int32Column(Int32Array.from(values), valid)
}

/** Units in a millisecond by Arrow's number for the unit of a timestamp. */
const PER_MILLISECOND = [1, 1, 1e3, 1e6] as const

function timeColumn({ length, type, values }: Data, valid: Validity): Column {
  const unit = (type as unknown as { unit: 0 | 1 | 2 | 3 }).unit
  if (values instanceof Int32Array) {
    return new TimestampColumn(
      Float64Array.from(values.subarray(0, length), day => day * 86_400_000),
      valid,
    )
  }
  const counts = values.subarray(0, length) as BigInt64Array
  if ((type.typeId as number) === Type.Date) return timestamps64(counts, 1, valid)
  const column = timestamps64(counts, PER_MILLISECOND[unit], valid)
  return unit === 0
    ? new TimestampColumn(
        column.values.map(time => time * 1000),
        valid,
      )
    : column
}

function decimalColumn(data: Data, valid: Validity): Column {
  const scale = 10 ** (data.type as unknown as { scale: number }).scale
  const numbers = new Float64Array(data.length)
  for (let row = 0; row < data.length; row++) numbers[row] = decimalAt(data, row) / scale
  return new Float64Column(numbers, valid)
}

/** The unscaled integer of a decimal: 32-bit words, lowest first, two's complement. */
function decimalAt({ stride, values }: Data, row: number): number {
  const words = new Uint32Array(values.buffer, values.byteOffset + row * stride * 4, stride)
  let integer = 0n
  for (let k = stride - 1; k >= 0; k--) integer = (integer << 32n) | BigInt(words[k]!)
  return Number(BigInt.asIntN(stride * 32, integer))
}

function textColumn(data: Data, valid: Validity, { writer }: StringColumn): Column {
  const { length, valueOffsets, values } = data
  const offsets =
    valueOffsets instanceof BigInt64Array
      ? Int32Array.from(valueOffsets.subarray(0, length + 1), Number)
      : (valueOffsets as Int32Array).subarray(0, length + 1)
  const texts = cutStrings(values, offsets)
  writer.reserve(length, 0)
  for (let row = 0; row < length; row++) {
    writer.set(row, valid === null || valid[row] === 1 ? texts[row] : null)
  }
  return writer.finish(length)
}

function dictionaryColumn(data: Data, valid: Validity, strings: StringColumn): Column {
  const { length } = data
  const arrow = data.dictionary!
  const indices = data.values.subarray(0, length)
  const codes = indices instanceof Int32Array ? indices : Int32Array.from(indices, Number)
  const valueType = arrow.type.typeId as number
  if (valueType !== Type.Utf8 && valueType !== Type.LargeUtf8) {
    const values = concatColumns(arrow.data.map(chunk => columnOf(chunk, new StringColumn())))
    return values.take(
      valid === null ? codes : codes.map((code, k) => (valid[k] === 1 ? code : -1)),
    )
  }
  let recoded = strings.recoded.get(arrow)
  if (recoded === undefined) {
    recoded = Int32Array.from({ length: arrow.length }, (_, code) => {
      const text: unknown = arrow.get(code)
      return typeof text === 'string' ? strings.dictionary.encode(text) : -1
    })
    strings.recoded.set(arrow, recoded)
  }
  const same = recoded.every((code, k) => code === k)
  if (same) return new DictionaryColumn(codes, strings.dictionary, valid)
  const own = new Int32Array(length)
  let mask = valid
  for (let k = 0; k < length; k++) {
    if (valid !== null && valid[k] === 0) continue
    const code = recoded[codes[k]!]!
    if (code >= 0) own[k] = code
    else {
      if (mask === valid) mask = valid?.slice() ?? new Uint8Array(length).fill(1)
      mask![k] = 0
    }
  }
  return new DictionaryColumn(own, strings.dictionary, mask)
}

/** The value of any type at `row`, as plain JavaScript. */
function valueAt(data: Data, row: number): unknown {
  if (!data.getValid(row)) return null
  const { children, type, valueOffsets } = data
  switch (type.typeId as number) {
    case Type.List:
    case Type.LargeList:
      return listAt(children[0]!, Number(valueOffsets[row]), Number(valueOffsets[row + 1]))
    case Type.FixedSizeList: {
      const size = (type as unknown as { listSize: number }).listSize
      return listAt(children[0]!, row * size, (row + 1) * size)
    }
    case Type.Struct:
      return Object.fromEntries(
        type.children.map((field, k) => [field.name, valueAt(children[k]!, row)]),
      )
    case Type.Map: {
      const [keys, values] = children[0]!.children as [Data, Data]
      const entries: [string, unknown][] = []
      for (let k = Number(valueOffsets[row]); k < Number(valueOffsets[row + 1]); k++) {
        entries.push([String(valueAt(keys, k)), valueAt(values, k)])
      }
      return Object.fromEntries(entries)
    }
    case Type.Dictionary: {
      const value: unknown = data.dictionary!.get(Number(data.values[row]))
      return plain(value, data.dictionary!.type)
    }
    default: {
      const column = isFlat(type) ? columnOf(data.slice(row, 1), new StringColumn()) : undefined
      return column === undefined ? binaryAt(data, row) : column.get(0)
    }
  }
}

const FLAT: readonly number[] = [
  Type.Null,
  Type.Int,
  Type.Float,
  Type.Utf8,
  Type.Bool,
  Type.Decimal,
  Type.Date,
  Type.Time,
  Type.Timestamp,
  Type.Duration,
  Type.LargeUtf8,
]

function isFlat(type: ArrowType): boolean {
  return FLAT.includes(type.typeId)
}

/** Bytes, intervals, unions: what the library makes of them. */
function binaryAt(data: Data, row: number): unknown {
  const { stride, valueOffsets, values } = data
  if (values instanceof Uint8Array && valueOffsets !== undefined && valueOffsets.length > row + 1) {
    return values.slice(Number(valueOffsets[row]), Number(valueOffsets[row + 1]))
  }
  if (ArrayBuffer.isView(values)) {
    return (values as Uint8Array).slice(row * stride, (row + 1) * stride)
  }
  throw new SchemaError(
    `fromArrow: columns of type ${data.type} are not supported. Leave them out.`,
  )
}

function listAt(child: Data, start: number, end: number): unknown[] {
  return Array.from({ length: end - start }, (_, k) => valueAt(child, start + k))
}

function plain(value: unknown, type: ArrowType): unknown {
  if (value === undefined || value === null) return null
  const id = type.typeId as number
  if ((id === Type.Timestamp || id === Type.Date) && typeof value === 'number') {
    return new Date(Math.floor(value))
  }
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** Values of a type that Arrow does not have, from the note that `toArrow` left. */
function noted(column: Column, note: string): Column {
  if (note === 'json') {
    return new AnyColumn(
      Array.from({ length: column.length }, (_, row) => {
        const text = column.get(row)
        return typeof text === 'string' ? JSON.parse(text) : null
      }),
    )
  }
  const size = Number(/^sparse\((\d+)\)$/.exec(note)?.[1])
  if (!Number.isInteger(size)) return column
  const writer = new ColumnWriter(column.length, '', sparse(size))
  for (let row = 0; row < column.length; row++) {
    const entries = column.get(row) as { indices: number[]; values: number[] } | null
    writer.set(row, entries && new SparseVector(size, entries.indices, entries.values))
  }
  return writer.finish(column.length)
}

function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * 2 ** -24 * fraction
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * 2 ** (exponent - 25) * (1024 + fraction)
}
