/** Which type the texts of a column have. */
import type { Block, MissingTexts, TextType } from './block.js'
import { isCode, parseNumber, parseSpecialNumber } from './parse-number.js'
import { parseTimestamp } from './parse-timestamp.js'

const BOOLEAN = 1
const NUMBER = 2
const TIMESTAMP = 4

/** What the values of a column seen so far can be; the narrowest type that fits all of them. */
export class Evidence {
  /** Whether a value was missing. */
  missing = false
  readonly #missing: MissingTexts
  #kinds = BOOLEAN | NUMBER | TIMESTAMP
  #whole = true
  #present = false
  /** Whether there was an empty text in quotes, which only a column of texts can hold. */
  #emptyText = false

  constructor(missing: MissingTexts) {
    this.#missing = missing
  }

  /** The type of the values, or `undefined` when all were missing. */
  get type(): TextType | undefined {
    if (!this.#present) return this.#emptyText ? 'string' : undefined
    if (this.#kinds === BOOLEAN) return 'boolean'
    if (this.#kinds === TIMESTAMP) return 'timestamp'
    if (this.#kinds === NUMBER) return this.#whole ? 'int32' : 'float64'
    return 'string'
  }

  /** Looks at one field of all records of a block. */
  add(block: Block, field: number): void {
    const { bounds, bytes, quote, rows, width } = block
    for (let row = 0; row < rows; row++) {
      const bound = (row * width + field) * 2
      const start = bounds[bound]!
      const end = bounds[bound + 1]!
      if (start === end && bytes[start - 1] === quote) {
        this.#emptyText = true
        this.missing = true // should the others turn out to be numbers
      } else if (this.#missing.has(bytes, start, end)) this.missing = true
      else {
        this.#present = true
        this.#kinds &= this.#kindOf(bytes, start, end)
      }
    }
  }

  #kindOf(bytes: Uint8Array, start: number, end: number): number {
    const value = parseNumber(bytes, start, end)
    if (!Number.isNaN(value)) {
      if (isCode(bytes, start, end, value)) return 0
      if (!Object.is(value | 0, value)) this.#whole = false
      return NUMBER
    }
    if (!Number.isNaN(parseTimestamp(bytes, start, end))) return TIMESTAMP
    if (parseBoolean(bytes, start, end) !== undefined) return BOOLEAN
    if (parseSpecialNumber(bytes, start, end) === undefined) return 0
    this.#whole = false
    return NUMBER
  }
}

/** `true` and `false`, also written True or TRUE; `undefined` for anything else. */
export function parseBoolean(bytes: Uint8Array, start: number, end: number): boolean | undefined {
  const length = end - start
  if (length === 4) {
    for (const text of TRUE) if (spells(bytes, start, text)) return true
  } else if (length === 5) {
    for (const text of FALSE) if (spells(bytes, start, text)) return false
  }
  return undefined
}

const encoder = new TextEncoder()
const TRUE = ['true', 'True', 'TRUE'].map(text => encoder.encode(text))
const FALSE = ['false', 'False', 'FALSE'].map(text => encoder.encode(text))

function spells(bytes: Uint8Array, start: number, text: Uint8Array): boolean {
  for (let k = 0; k < text.length; k++) if (bytes[start + k] !== text[k]) return false
  return true
}
