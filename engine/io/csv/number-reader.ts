import { type Column, Float64Column, Int32Column } from '../../types/column.js'
import { BaseReader, type ColumnReaderOptions } from './base-reader.js'
import type { Block } from './block.js'
import { hasLeadingZero, isCode, parseNumber, parseSpecialNumber } from './parse-number.js'

/** Numbers: int32 until one does not fit, float64 from then on. */
export class NumberReader extends BaseReader {
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
