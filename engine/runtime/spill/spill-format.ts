/**
 * How batches lie in a spill file: the arrays of their columns one after the other, each beginning
 * at a multiple of eight bytes. What is not an array (names, layouts, dictionaries) stays in memory
 * as a `BatchHeader`, because a spill file never outlives the process that wrote it.
 */
import { RecordBatch } from '../../types/batch.js'
import {
  AnyColumn,
  BooleanColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  type Layout,
  SparseColumn,
  TextColumn,
  TimestampColumn,
  VectorColumn,
} from '../../types/column.js'
import type { Dictionary } from '../../types/dictionary.js'
import type { RecordShape } from '../../types/schema.js'
import { survivesCopy } from './survives-copy.js'

/** What `node:v8` does for arbitrary values. */
export interface Serializer {
  serialize(value: unknown): Uint8Array
  deserialize(bytes: Uint8Array): unknown
}

/** Where and how one batch lies in its file. */
export interface BatchHeader {
  readonly shape: RecordShape
  readonly names: readonly string[]
  readonly length: number
  readonly partition: number
  readonly columns: readonly ColumnHeader[]
  /** Length of all parts together. */
  readonly bytes: number
}

/** How one column lies in its batch. */
export interface ColumnHeader {
  readonly layout: Layout
  readonly hasMask: boolean
  /** Lengths of the parts in bytes, without padding. */
  readonly parts: readonly number[]
  readonly size?: number
  readonly dictionary?: Dictionary
  /** Text that is one byte per character. */
  readonly latin1?: boolean
  /** Values that no file can hold exactly, by row: functions, instances of classes, symbols. */
  readonly kept?: ReadonlyMap<number, unknown>
}

/**
 * Whether the header of a field's column keeps that dictionary. Without it the column is written as
 * text.
 */
export type KeepsDictionary = (field: string, dictionary: Dictionary) => boolean

/**
 * Keeps the first dictionary of each field, so that a file does not keep the dictionaries of all its
 * batches in memory.
 */
export function firstDictionaries(): KeepsDictionary {
  const known = new Map<string, Dictionary>()
  return (field, dictionary) => {
    if (!known.has(field)) known.set(field, dictionary)
    return known.get(field) === dictionary
  }
}

/** The parts of `batch` to write, in order, and the header to read them with. */
export function encodeBatch(
  batch: RecordBatch,
  keepsDictionary: KeepsDictionary,
  serializer: Serializer,
): { header: BatchHeader; parts: Uint8Array[] } {
  const parts: Uint8Array[] = []
  const columns: ColumnHeader[] = []
  for (let k = 0; k < batch.columns.length; k++) {
    const begin = parts.length
    const header = encodeColumn(
      batch.columns[k]!,
      batch.names[k]!,
      keepsDictionary,
      serializer,
      parts,
    )
    columns.push({ ...header, parts: parts.slice(begin).map(part => part.byteLength) })
  }
  const padded: Uint8Array[] = []
  let bytes = 0
  for (const part of parts) {
    padded.push(part)
    const padding = padded8(part.byteLength) - part.byteLength
    if (padding > 0) padded.push(new Uint8Array(padding))
    bytes += part.byteLength + padding
  }
  const { shape, names, length, partition } = batch
  return { header: { shape, names, length, partition, columns, bytes }, parts: padded }
}

/** The batch whose parts `bytes` holds; its columns are views of them. */
export function decodeBatch(
  header: BatchHeader,
  bytes: Uint8Array<ArrayBuffer>,
  serializer: Serializer,
): RecordBatch {
  let position = bytes.byteOffset
  const columns = header.columns.map(column => {
    const parts = column.parts.map(length => {
      const part = new Uint8Array(bytes.buffer, position, length)
      position += padded8(length)
      return part
    })
    return decodeColumn(column, parts, header.length, serializer)
  })
  const { shape, names, length, partition } = header
  return new RecordBatch(shape, names, columns, length, partition)
}

type Encoded = Omit<ColumnHeader, 'parts'>

function encodeColumn(
  column: Column,
  name: string,
  keepsDictionary: KeepsDictionary,
  serializer: Serializer,
  parts: Uint8Array[],
): Encoded {
  const { layout, valid } = column
  const hasMask = valid !== null
  if (valid !== null) parts.push(valid)
  switch (column.layout) {
    case 'boolean':
    case 'int32':
    case 'float64':
    case 'timestamp':
      parts.push(bytesOf(column.values))
      return { layout, hasMask }
    case 'vector':
      parts.push(bytesOf(column.values))
      return { layout, hasMask, size: column.size }
    case 'sparse': {
      const start = column.offsets[0]!
      const end = column.offsets[column.length]!
      const offsets = column.offsets.map(offset => offset - start)
      parts.push(bytesOf(offsets))
      parts.push(bytesOf(column.indices.subarray(start, end)))
      parts.push(bytesOf(column.values.subarray(start, end)))
      return { layout, hasMask, size: column.size }
    }
    case 'dictionary': {
      const { codes, dictionary } = column
      if (keepsDictionary(name, dictionary)) {
        parts.push(bytesOf(codes))
        return { layout, hasMask, dictionary }
      }
      const texts = Array.from(codes, (code, row) =>
        valid !== null && valid[row] === 0 ? '' : dictionary.values[code]!,
      )
      return { layout: 'text', hasMask, latin1: encodeTexts(texts, parts) }
    }
    case 'text':
      return { layout, hasMask, latin1: encodeTexts(column.values, parts) }
    case 'any': {
      const kept = new Map<number, unknown>()
      const values = column.values.map((value, row) => {
        if (survivesCopy(value)) return value
        kept.set(row, value)
        return null
      })
      parts.push(serializer.serialize(values))
      return kept.size > 0 ? { layout, hasMask, kept } : { layout, hasMask }
    }
  }
}

/**
 * Lengths in code units, then all characters: one byte each when that is enough, else UTF-16. Not
 * UTF-8, which is slower both ways and cannot hold unpaired surrogates.
 */
export function encodeTexts(texts: readonly string[], parts: Uint8Array[]): boolean {
  const lengths = new Int32Array(texts.length)
  for (let row = 0; row < texts.length; row++) lengths[row] = texts[row]!.length
  parts.push(bytesOf(lengths))
  const all = texts.join('')
  const latin1 = !/[\u0100-\uffff]/.test(all)
  parts.push(Buffer.from(all, latin1 ? 'latin1' : 'utf16le'))
  return latin1
}

function decodeColumn(
  header: ColumnHeader,
  parts: readonly Uint8Array<ArrayBuffer>[],
  length: number,
  serializer: Serializer,
): Column {
  const { layout, hasMask } = header
  const valid = hasMask ? parts[0]! : null
  const [a, b, c] = hasMask ? parts.slice(1) : parts
  const size = header.size ?? 0
  switch (layout) {
    case 'boolean':
      return new BooleanColumn(a!, valid)
    case 'int32':
      return new Int32Column(ints(a!), valid)
    case 'float64':
      return new Float64Column(doubles(a!), valid)
    case 'timestamp':
      return new TimestampColumn(doubles(a!), valid)
    case 'vector':
      return new VectorColumn(doubles(a!), size, length, valid)
    case 'sparse':
      return new SparseColumn(ints(a!), ints(b!), doubles(c!), size, valid)
    case 'dictionary':
      return new DictionaryColumn(ints(a!), header.dictionary!, valid)
    case 'text':
      return new TextColumn(decodeTexts(ints(a!), b!, header.latin1 === true), valid)
    case 'any': {
      const values = serializer.deserialize(a!) as unknown[]
      for (const [row, value] of header.kept ?? []) values[row] = value
      return new AnyColumn(values)
    }
  }
}

/** The inverse of `encodeTexts`: the texts of these two parts. */
export function decodeTexts(
  lengths: Int32Array,
  bytes: Uint8Array<ArrayBuffer>,
  latin1: boolean,
): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const all = buffer.toString(latin1 ? 'latin1' : 'utf16le')
  const texts = new Array<string>(lengths.length)
  let position = 0
  for (let row = 0; row < lengths.length; row++) {
    texts[row] = all.slice(position, position + lengths[row]!)
    position += lengths[row]!
  }
  return texts
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

function ints(bytes: Uint8Array<ArrayBuffer>): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2)
}

function doubles(bytes: Uint8Array<ArrayBuffer>): Float64Array {
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 3)
}

function padded8(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}
