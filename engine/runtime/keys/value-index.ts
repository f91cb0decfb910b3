/** Arbitrary values to ids, compared by value; the slow way that takes everything. */
import type { Column } from '../../types/column.js'
import { ColumnWriter } from '../../types/column-writer.js'
import { canonicalKey } from './key-value.js'

/** Estimated bytes per key: a map entry, and the value. */
const ENTRY_BYTES = 128

/** See the module's documentation. Columns may have any layout. */
export class ValueIndex {
  size = 0
  /** The id of the missing key, -1 while there is none. */
  missing = -1
  readonly #primitives = new Map<unknown, number>()
  readonly #objects = new Map<string, number>()
  readonly #values: unknown[] = []
  #bytes = 0

  get byteLength(): number {
    return this.#bytes
  }

  /** Always: every column has values. */
  takes(_column: Column): boolean {
    return true
  }

  /**
   * The ids of the first `length` rows into `ids`; unknown keys get new ids, or -1 unless `add`.
   *
   * @throws {SchemaError} If a value cannot be compared, such as a function.
   */
  lookUp(column: Column, length: number, ids: Int32Array, add: boolean): void {
    for (let row = 0; row < length; row++) ids[row] = this.#id(column.get(row), add)
  }

  /** The id of the missing key, a new one when there is none yet. */
  addMissing(): number {
    if (this.missing < 0) this.missing = this.#append(null, 0)
    return this.missing
  }

  /** The keys by id, in the narrowest layout that holds them all. */
  keys(): Column {
    const writer = new ColumnWriter(this.size)
    for (let id = 0; id < this.size; id++) writer.set(id, this.#values[id])
    return writer.finish(this.size)
  }

  #id(value: unknown, add: boolean): number {
    if (value === null || value === undefined) {
      return add ? this.addMissing() : this.missing
    }
    if (typeof value === 'object' || typeof value === 'function') {
      const text = canonicalKey(value)
      const known = this.#objects.get(text)
      if (known !== undefined || !add) return known ?? -1
      this.#objects.set(text, this.size)
      return this.#append(value, 2 * text.length)
    }
    const known = this.#primitives.get(value)
    if (known !== undefined || !add) return known ?? -1
    const kept = value === 0 ? 0 : value
    this.#primitives.set(kept, this.size)
    return this.#append(kept, typeof value === 'string' ? value.length : 0)
  }

  #append(value: unknown, bytes: number): number {
    this.#bytes += ENTRY_BYTES + bytes
    this.#values.push(value)
    return this.size++
  }
}
