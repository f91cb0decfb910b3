/** From the bytes of one field of many records to a column; one class per kind of column. */
import { AnyColumn, BooleanColumn, type Column, TimestampColumn } from '../../types/column.js'
import { BaseReader, type ColumnReader, type ColumnReaderOptions } from './base-reader.js'
import type { Block } from './block.js'
import { Evidence, parseBoolean } from './infer.js'
import { NumberReader } from './number-reader.js'
import { parseTimestamp } from './parse-timestamp.js'
import { TextReader } from './text-reader.js'

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
