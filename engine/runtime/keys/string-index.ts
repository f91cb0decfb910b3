/**
 * Strings to ids. Codes of a dictionary are translated by a table per dictionary, so that each
 * distinct string is looked at once; a `Map` comes in with text or with a second dictionary.
 */
import { type Column, DictionaryColumn, TextColumn } from '../../types/column.js'
import type { Dictionary } from '../../types/dictionary.js'

/** Dictionaries whose tables are kept at a time; a source normally has one per field. */
const TABLES = 16
/** Estimated bytes of a map entry and its string's header. */
const ENTRY_BYTES = 88

/** See the module's documentation. Columns are dictionary or text. */
export class StringIndex {
  size = 0
  /** The id of the missing key, -1 while there is none. */
  missing: number
  #values: string[] = []
  /** Made when more than one dictionary has to agree. */
  #ids: Map<string, number> | undefined
  /** For each dictionary `id + 1` by code; 0 is not looked up yet. */
  readonly #tables = new Map<Dictionary, Int32Array>()
  #only: Dictionary | undefined
  #bytes = 0

  /** @param missing The id of the missing key when it is there already: 0, or -1. */
  constructor(missing: number) {
    this.missing = missing
    if (missing >= 0) this.#append('')
  }

  get byteLength(): number {
    return this.#bytes
  }

  /** Whether `column` holds strings. */
  takes(column: Column): boolean {
    return column.layout === 'dictionary' || column.layout === 'text'
  }

  /** The ids of the first `length` rows into `ids`; unknown keys get new ids, or -1 unless `add`. */
  lookUp(column: Column, length: number, ids: Int32Array, add: boolean): void {
    const { valid } = column
    if (column.layout === 'dictionary') {
      this.#codes(column, length, ids, add)
      return
    }
    const known = this.#known()
    for (let row = 0; row < length; row++) {
      const value = column.layout === 'text' ? column.values[row]! : column.get(row)
      if (value === null || (valid !== null && valid[row] === 0)) ids[row] = this.#missingId(add)
      else if (typeof value !== 'string') ids[row] = -1
      else ids[row] = known.get(value) ?? (add ? this.#add(value) : -1)
    }
  }

  /** The id of the missing key, a new one when there is none yet. */
  addMissing(): number {
    if (this.missing < 0) this.missing = this.#append('')
    return this.missing
  }

  /** The keys by id: with codes while they come from one dictionary, else as text. */
  keys(): Column {
    const { size, missing } = this
    let valid: Uint8Array | null = null
    if (missing >= 0) {
      valid = new Uint8Array(size).fill(1)
      valid[missing] = 0
    }
    if (this.#only === undefined || this.#ids !== undefined) {
      return new TextColumn(this.#values.slice(), valid)
    }
    const table = this.#tables.get(this.#only)!
    const codes = new Int32Array(size)
    for (let code = 0; code < table.length; code++) {
      if (table[code]! > 0) codes[table[code]! - 1] = code
    }
    return new DictionaryColumn(codes, this.#only, valid)
  }

  #codes(column: DictionaryColumn, length: number, ids: Int32Array, add: boolean): void {
    const { codes, dictionary, valid } = column
    if (this.#ids === undefined && add) {
      this.#only ??= dictionary
      if (this.#only !== dictionary) this.#known()
    }
    const table = this.#table(dictionary)
    for (let row = 0; row < length; row++) {
      if (valid !== null && valid[row] === 0) {
        ids[row] = this.#missingId(add)
        continue
      }
      const code = codes[row]!
      let id = table[code]! - 1
      if (id < 0) {
        id = this.#resolve(dictionary, code, add)
        table[code] = id + 1
      }
      ids[row] = id
    }
  }

  #missingId(add: boolean): number {
    return add ? this.addMissing() : this.missing
  }

  #resolve(dictionary: Dictionary, code: number, add: boolean): number {
    const value = dictionary.values[code]!
    // With one dictionary a code without an id is a new string: no need to look.
    if (this.#ids === undefined && dictionary === this.#only) return add ? this.#add(value) : -1
    return this.#known().get(value) ?? (add ? this.#add(value) : -1)
  }

  #table(dictionary: Dictionary): Int32Array {
    const known = this.#tables.get(dictionary)
    if (known !== undefined && known.length >= dictionary.size) return known
    if (known === undefined && this.#tables.size >= TABLES) this.#forgetTables()
    const table = new Int32Array(Math.max(dictionary.size, (known?.length ?? 0) * 2))
    if (known !== undefined) table.set(known)
    this.#tables.set(dictionary, table)
    this.#bytes += table.byteLength - (known?.byteLength ?? 0)
    return table
  }

  #forgetTables(): void {
    this.#known()
    for (const table of this.#tables.values()) this.#bytes -= table.byteLength
    this.#tables.clear()
  }

  /** The ids of all strings so far. */
  #known(): Map<string, number> {
    if (this.#ids !== undefined) return this.#ids
    const ids = new Map<string, number>()
    for (let id = 0; id < this.size; id++) if (id !== this.missing) ids.set(this.#values[id]!, id)
    this.#bytes += ENTRY_BYTES * ids.size
    this.#ids = ids
    return ids
  }

  #add(value: string): number {
    const id = this.#append(value)
    if (this.#ids !== undefined) {
      this.#ids.set(value, id)
      this.#bytes += ENTRY_BYTES
    }
    return id
  }

  #append(value: string): number {
    this.#values.push(value)
    this.#bytes += 8 + value.length
    return this.size++
  }
}
