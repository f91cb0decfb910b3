import { type Column, DictionaryColumn, TextColumn } from '../../types/column.js'
import { decodeAscii, decodeText, isAscii } from '../text/text-decoder.js'
import { BaseReader } from './base-reader.js'
import type { Block } from './block.js'
import { ByteDictionary } from './byte-dictionary.js'

/** From this many distinct strings on it is asked whether a dictionary is worth it. */
const DICTIONARY_TRIAL = 4096
/** More distinct strings than this are never worth a dictionary. */
const DICTIONARY_LIMIT = 1 << 20
/** Slices up to this length are copies; longer ones would keep the whole text alive in V8. */
const COPIED_SLICE = 12

/** Strings, as codes into a dictionary while they repeat. */
export class TextReader extends BaseReader {
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
