/** How the values of a column are written into CSV. */
import { InputOutputError } from '../../errors.js'
import type { Column, DictionaryColumn } from '../../types/column.js'
import { isDate, shown } from '../../types/column-writer.js'
import { SparseVector } from '../../types/sparse-vector.js'
import type { ByteWriter } from '../byte-writer.js'

/** Writes the value at `row`, which is not missing. */
export type CellWriter = (bytes: ByteWriter, row: number) => void

/** Puts quotes around texts that would not be read back without them. */
export class Quoting {
  readonly delimiter: string
  readonly quote: string
  readonly missing: string
  readonly #special: RegExp

  constructor(delimiter: string, quote: string, missing: string) {
    this.delimiter = delimiter
    this.quote = quote
    this.missing = missing
    const escaped = [delimiter, quote].map(text => text.replace(/[\\\]^-]/, '\\$&')).join('')
    // A byte order mark at the very start would be taken for one.
    this.#special = new RegExp(`[${escaped}\\r\\n]|^\\ufeff`)
  }

  /** The text as a field: as it is, or in quotes, its own quotes doubled. */
  text(text: string): string {
    if (text !== '' && text !== this.missing && !this.#special.test(text)) return text
    const { quote } = this
    return quote + text.replaceAll(quote, quote + quote) + quote
  }
}

/** What writes the values of `column`. */
export function cellWriter(column: Column, quoting: Quoting): CellWriter {
  switch (column.layout) {
    case 'int32': {
      const { values } = column
      return (bytes, row) => bytes.integer(values[row]!)
    }
    case 'float64': {
      const { values } = column
      return (bytes, row) => bytes.number(values[row]!)
    }
    case 'boolean': {
      const { values } = column
      return (bytes, row) => bytes.text(values[row] === 1 ? 'true' : 'false')
    }
    case 'dictionary':
      return dictionaryWriter(column, quoting)
    case 'text': {
      const { values } = column
      return (bytes, row) => bytes.text(quoting.text(values[row]!))
    }
    case 'timestamp':
    case 'vector':
    case 'sparse':
    case 'any':
      return (bytes, row) => bytes.text(fieldText(column.get(row), quoting))
  }
}

/** Each distinct text is quoted and encoded once. */
function dictionaryWriter({ codes, dictionary }: DictionaryColumn, quoting: Quoting): CellWriter {
  const encoder = new TextEncoder()
  const encoded: Uint8Array[] = []
  return (bytes, row) => {
    const code = codes[row]!
    encoded[code] ??= encoder.encode(quoting.text(dictionary.values[code]!))
    bytes.bytes(encoded[code]!)
  }
}

function fieldText(value: unknown, quoting: Quoting): string {
  switch (typeof value) {
    case 'string':
      return quoting.text(value)
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'bigint':
    case 'boolean':
      return String(value)
  }
  if (isDate(value)) {
    // A Date without a time has no text that would be read back.
    return Number.isNaN(value.getTime()) ? quoting.missing : value.toISOString()
  }
  return quoting.text(jsonText(value))
}

function jsonText(value: unknown): string {
  const plain = (_: string, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner)
    if (ArrayBuffer.isView(inner) && !(inner instanceof DataView))
      return Array.from(inner as Float64Array)
    return inner
  }
  try {
    const { indices, size, values } = value instanceof SparseVector ? value : ({} as SparseVector)
    const text = JSON.stringify(size === undefined ? value : { size, indices, values }, plain)
    if (text !== undefined) return text
  } catch (cause) {
    throw new InputOutputError(
      `writeCsv: a value cannot be written as JSON: ${cause instanceof Error ? cause.message : cause}. Make a text of it first.`,
      { cause },
    )
  }
  throw new InputOutputError(
    `writeCsv: ${shown(value)} cannot be written as text. Make a text of it first.`,
  )
}
