/** What is between the scanner and the columns: records whose fields are known by their bounds. */
import type { TypeKind } from '../../types/data-type.js'

/** Some records of a file. */
export interface Block {
  readonly bytes: Uint8Array
  /** First byte and byte after the last one of each field, record after record. */
  readonly bounds: Int32Array
  /** Fields of a record. */
  readonly width: number
  readonly rows: number
  /** The byte of quotes; a field with one before it is quoted. */
  readonly quote: number
  /**
   * Says that a value is not what its column must be: throws, or has the record dropped.
   *
   * @param expected Such as `a number`.
   */
  reject(row: number, field: number, expected: string): void
}

/** The texts that mean a missing value. */
export class MissingTexts {
  /** Whether the empty text does. */
  readonly empty: boolean
  /** Whether any other text does. */
  readonly others: boolean
  /** 1 for the first bytes of the other texts. */
  readonly firstBytes = new Uint8Array(256)
  readonly #texts: readonly Uint8Array[]

  constructor(texts: readonly string[]) {
    const encoder = new TextEncoder()
    this.empty = texts.includes('')
    this.#texts = texts.filter(text => text !== '').map(text => encoder.encode(text))
    this.others = this.#texts.length > 0
    for (const text of this.#texts) this.firstBytes[text[0]!] = 1
  }

  /** Whether the bytes are one of the texts. */
  has(bytes: Uint8Array, start: number, end: number): boolean {
    if (start === end) return this.empty
    if (this.firstBytes[bytes[start]!] === 0) return false
    return this.#texts.some(text => {
      if (text.length !== end - start) return false
      for (let k = 0; k < text.length; k++) if (text[k] !== bytes[start + k]) return false
      return true
    })
  }
}

/** The types that a column of a text file can have. */
export type TextType = Exclude<TypeKind, 'vector' | 'sparse' | 'any'>
