/** Batches as tables of Apache Arrow, which is loaded when it is needed. */
import type {
  RecordBatch as ArrowBatch,
  DataType as ArrowType,
  Data,
  Field,
  Table,
} from 'apache-arrow'
import { SchemaError } from '../errors.js'
import type { RecordBatch } from './batch.js'
import { packBits } from './bits.js'
import type {
  Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  SparseColumn,
  Validity,
  VectorColumn,
} from './column.js'
import { isDate } from './column-writer.js'
import { concatColumns, isAllMissing, missingColumn } from './concat.js'
import type { DataType } from './data-type.js'
import { ARROW_NOTE } from './from-arrow.js'
import { SparseVector } from './sparse-vector.js'
import { joinStrings } from './string-bytes.js'

type Arrow = typeof import('apache-arrow')

/**
 * An Arrow table of all records, one record batch each.
 *
 * Numbers are shared, not copied: `int32` and `float64` columns keep their arrays. Timestamps are
 * 64-bit milliseconds in UTC; strings are dictionary-encoded when they are so in all batches;
 * vectors are lists of fixed size; sparse vectors structs of `indices` and `values`; arbitrary
 * values JSON texts, except that `bigint`s within 64 bits are 64-bit integers. What Arrow has no
 * type for is noted in the fields' metadata, so that `fromArrow` gives back what was put in; among
 * arbitrary values, dates come back as texts and NaN as `null`, as JSON has it.
 *
 * @throws {SchemaError} For arbitrary values that JSON cannot hold, and invalid dates.
 */
export async function toArrow(batches: Iterable<RecordBatch>): Promise<Table> {
  const arrow = await import('apache-arrow')
  const all = [...batches]
  const layout = arrowLayout(arrow, all)
  return new arrow.Table(
    layout.schema,
    all.map(batch => layout.convert(batch)),
  )
}

/** How batches of one schema are converted. */
export interface ArrowLayout {
  readonly schema: import('apache-arrow').Schema
  /** @throws {SchemaError} If `batch` has a field that is not in the schema, or a wider one. */
  convert(batch: RecordBatch): ArrowBatch
}

/** How a field is stored. */
type Stored = 'null' | 'dictionary' | 'json' | 'bigint' | 'text' | DataType['kind']

/**
 * The Arrow schema that holds all of `batches`, with the conversion to it.
 *
 * @param dictionaries Whether strings may be dictionary-encoded.
 * @param types Types of fields that are not what `batches` say.
 */
export function arrowLayout(
  arrow: Arrow,
  batches: readonly RecordBatch[],
  dictionaries = true,
  types: Readonly<Record<string, DataType>> = {},
): ArrowLayout {
  const names = [...new Set(batches.flatMap(batch => batch.names))]
  const shapes = new Set(batches.map(({ shape }) => shape))
  if (shapes.size > 1) {
    throw new SchemaError(
      `toArrow: the records have different shapes, ${[...shapes].join(' and ')}. Map them to one.`,
    )
  }
  const fields = names.map(name => {
    const columns = batches.map(batch => batch.find(name)).filter(column => column !== undefined)
    return arrowField(arrow, name, columns, dictionaries, types[name])
  })
  const shape = batches[0]?.shape ?? 'object'
  const notes = new Map(shape === 'object' ? [] : [[ARROW_NOTE, shape]])
  const schema = new arrow.Schema(
    fields.map(({ field }) => field),
    notes,
  )
  const struct = new arrow.Struct(schema.fields)
  return {
    schema,
    convert(batch) {
      const unknown = batch.names.find(name => !names.includes(name))
      if (unknown !== undefined) {
        throw new SchemaError(
          `toArrow: field "${unknown}" first appears when the schema is fixed already. Give its type: { types: { ${unknown}: ... } }.`,
        )
      }
      const children = fields.map(field =>
        field.convert(batch.find(field.name) ?? missingColumn(batch.length)),
      )
      const data = arrow.makeData({ type: struct, length: batch.length, nullCount: 0, children })
      return new arrow.RecordBatch(schema, data)
    },
  }
}

interface FieldLayout {
  readonly name: string
  readonly field: Field
  readonly convert: (column: Column) => Data
}

function arrowField(
  arrow: Arrow,
  name: string,
  columns: readonly Column[],
  dictionaries: boolean,
  declared: DataType | undefined,
): FieldLayout {
  const typed = columns.filter(column => column.length > 0 && !isAllMissing(column))
  const stored = declared ? storedDeclared(declared) : storedAs(typed, dictionaries)
  const first = typed[0]
  const size =
    declared && 'size' in declared ? declared.size : first && 'size' in first ? first.size : 0
  const shared =
    stored === 'dictionary' ? sharedDictionary(arrow, typed as DictionaryColumn[]) : null
  const type: ArrowType = shared?.type ?? arrowType(arrow, stored, size)
  const note = stored === 'json' ? 'json' : stored === 'sparse' ? `sparse(${size})` : undefined
  const field = new arrow.Field(name, type, true, note ? new Map([[ARROW_NOTE, note]]) : null)
  const convert = (column: Column): Data => {
    const { length } = column
    const valid = validityOf(column)
    const common = {
      length,
      nullCount: valid === null ? 0 : length - valid.reduce((sum, bit) => sum + bit, 0),
      nullBitmap: valid && packBits(valid),
    }
    if (stored === 'null') return arrow.makeData({ type: type as never, length })
    const wide = isAllMissing(column) ? null : column
    if (wide !== null) checkWidth(name, wide, stored, size)
    switch (stored) {
      case 'boolean':
        return data({
          data: packBits((wide as { values: Uint8Array } | null)?.values ?? zeros(length)),
        })
      case 'int32':
        return data({ data: (wide as Int32Column | null)?.values ?? new Int32Array(length) })
      case 'float64': {
        const values = (wide as Float64Column | Int32Column | null)?.values
        return data({
          data:
            values instanceof Float64Array ? values : Float64Array.from(values ?? zeros(length)),
        })
      }
      case 'timestamp':
        return data({ data: milliseconds(name, wide as Float64Column | null, valid, length) })
      case 'dictionary':
        return data({
          data:
            wide === null ? new Int32Array(length) : shared!.codes(wide as DictionaryColumn, valid),
          dictionary: shared!.dictionary,
        })
      case 'vector': {
        const values = (wide as VectorColumn | null)?.values ?? new Float64Array(length * size)
        const child = arrow.makeData({
          type: new arrow.Float64(),
          length: length * size,
          data: values,
        })
        return data({ child })
      }
      case 'sparse':
        return sparseData(arrow, type, wide as SparseColumn | null, common)
      case 'bigint': {
        const values = new BigInt64Array(length)
        for (let row = 0; row < length; row++) values[row] = (column.get(row) as bigint) ?? 0n
        return data({ data: values })
      }
      default: {
        const text = (row: number) => {
          if (valid !== null && valid[row] === 0) return ''
          const value = column.get(row)
          return stored === 'json' ? jsonOf(value, name) : (value as string)
        }
        const { bytes, offsets } = joinStrings(length, text)
        return data({ data: bytes, valueOffsets: offsets })
      }
    }
    function data(parts: object): Data {
      return arrow.makeData({ type, ...common, ...parts } as never)
    }
  }
  return { name, field, convert }
}

function zeros(length: number): Uint8Array {
  return new Uint8Array(length)
}

function storedDeclared(type: DataType): Stored {
  if (type.kind === 'string') return 'text'
  return type.kind === 'any' ? 'json' : type.kind
}

/** What holds the values of all of `columns`. */
function storedAs(columns: readonly Column[], dictionaries: boolean): Stored {
  if (columns.length === 0) return 'null'
  const common = concatColumns(columns.map(sample))
  if (common.layout === 'dictionary') return dictionaries ? 'dictionary' : 'text'
  if (common.layout !== 'any') return common.layout
  const values = columns.every(column => column.layout === 'any')
    ? columns.flatMap(column => (column as { values: readonly unknown[] }).values)
    : [undefined, 0]
  return values.every(value => value == null || isInt64(value)) ? 'bigint' : 'json'
}

/** One present row of a column, which says as much about its layout as all of them. */
function sample(column: Column): Column {
  for (let row = 0; row < column.length; row++) {
    if (column.layout === 'any' ? column.values[row] != null : column.valid?.[row] !== 0) {
      return column.slice(row, row + 1)
    }
  }
  return column.slice(0, Math.min(1, column.length))
}

function isInt64(value: unknown): value is bigint {
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value
}

function arrowType(arrow: Arrow, stored: Stored, size: number): ArrowType {
  switch (stored) {
    case 'null':
      return new arrow.Null()
    case 'boolean':
      return new arrow.Bool()
    case 'int32':
      return new arrow.Int32()
    case 'float64':
      return new arrow.Float64()
    case 'timestamp':
      return new arrow.TimestampMillisecond('UTC')
    case 'bigint':
      return new arrow.Int64()
    case 'vector':
      return new arrow.FixedSizeList(size, new arrow.Field('item', new arrow.Float64(), false))
    case 'sparse':
      return new arrow.Struct<Record<string, ArrowType>>([
        new arrow.Field('indices', listOf(arrow, new arrow.Int32()), false),
        new arrow.Field('values', listOf(arrow, new arrow.Float64()), false),
      ])
    default:
      return new arrow.Utf8()
  }
}

function listOf(arrow: Arrow, type: ArrowType): ArrowType {
  return new arrow.List(new arrow.Field('item', type, false))
}

function validityOf(column: Column): Validity {
  if (column.layout !== 'any') return column.valid?.includes(0) ? column.valid : null
  if (!column.values.some(value => value == null)) return null
  return Uint8Array.from(column.values, value => (value == null ? 0 : 1))
}

function checkWidth(name: string, column: Column, stored: Stored, size: number): void {
  const { layout } = column
  const text = stored === 'text' && (layout === 'dictionary' || layout === 'text')
  const bigints =
    stored === 'bigint' && layout === 'any' && column.values.every(v => v == null || isInt64(v))
  const same = layout === stored && (!('size' in column) || column.size === size)
  if (same || text || bigints || stored === 'json') return
  if (stored === 'float64' && layout === 'int32') return
  throw new SchemaError(
    `toArrow: field "${name}" is ${stored} in the records before, but ${layout} in later ones. Give the wider type: { types: { ${name}: ... } }.`,
  )
}

/** One Arrow dictionary for all columns; their codes are used as they are if they share theirs. */
function sharedDictionary(arrow: Arrow, columns: readonly DictionaryColumn[]) {
  const [first] = columns
  const same = columns.every(column => column.dictionary === first!.dictionary)
  const whole = same ? first! : (concatColumns(columns) as DictionaryColumn)
  const target = whole.dictionary
  const { bytes, offsets } = joinStrings(target.size, code => target.values[code]!)
  const dictionary = new arrow.Vector([
    arrow.makeData({
      type: new arrow.Utf8(),
      length: target.size,
      nullCount: 0,
      data: bytes,
      valueOffsets: offsets,
    }),
  ])
  const codes = ({ codes, dictionary }: DictionaryColumn, valid: Validity) => {
    if (dictionary === target) return codes
    const recoded = dictionary.codesIn(target)
    return codes.map((code, row) => (valid?.[row] === 0 ? 0 : recoded[code]!))
  }
  return { type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), dictionary, codes }
}

function milliseconds(
  name: string,
  column: Float64Column | null,
  valid: Validity,
  length: number,
): BigInt64Array {
  const counts = new BigInt64Array(length)
  if (column === null) return counts
  for (let row = 0; row < length; row++) {
    if (valid !== null && valid[row] === 0) continue
    const time = column.values[row]!
    if (Number.isNaN(time)) {
      throw new SchemaError(
        `toArrow: field "${name}" has an invalid Date, which Arrow cannot hold. Map it to null.`,
      )
    }
    counts[row] = BigInt(Math.floor(time))
  }
  return counts
}

function sparseData(
  arrow: Arrow,
  type: ArrowType,
  column: SparseColumn | null,
  common: { readonly length: number },
): Data {
  const { length } = common
  const first = column?.offsets[0] ?? 0
  const end = column?.offsets[length] ?? 0
  const valueOffsets = column?.offsets.map(offset => offset - first) ?? new Int32Array(length + 1)
  const indices = column?.indices.subarray(first, end) ?? new Int32Array(0)
  const values = column?.values.subarray(first, end) ?? new Float64Array(0)
  const list = (of: ArrowType, data: Int32Array | Float64Array) =>
    arrow.makeData({
      type: listOf(arrow, of) as import('apache-arrow').List,
      length,
      nullCount: 0,
      valueOffsets,
      child: arrow.makeData({
        type: of as never,
        length: data.length,
        nullCount: 0,
        data,
      } as never),
    })
  const children = [list(new arrow.Int32(), indices), list(new arrow.Float64(), values)]
  return arrow.makeData({ type, ...common, children } as never)
}

function jsonOf(value: unknown, name: string): string {
  const unfit = (what: string) =>
    new SchemaError(`toArrow: field "${name}" holds ${what}, which JSON cannot hold. Map it first.`)
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint' || typeof inner === 'function') throw unfit(`a ${typeof inner}`)
    if (inner instanceof Map || inner instanceof Set) throw unfit('a Map or Set')
    if (inner instanceof SparseVector) return inner
    if (ArrayBuffer.isView(inner) && !isDate(inner)) return Array.from(inner as Float64Array)
    return inner
  })
}
