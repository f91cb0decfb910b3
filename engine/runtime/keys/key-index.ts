/**
 * Keys to small numbers: the hash table of groupings, distinct and joins. Each distinct key gets
 * the next id, 0 for the first; state that belongs to a key then lives in arrays by id.
 *
 * How keys are found follows the data, see `number-index.ts`, `string-index.ts`, `value-index.ts`
 * and, for several components, `pair-index.ts`. NaN equals NaN, -0 equals 0, a missing value is a
 * key of its own, objects are compared by value.
 */
import type { Column } from '../../types/column.js'
import { isAllMissing, missingColumn } from '../../types/concat.js'
import type { DirectTable } from './direct-table.js'
import { NumberIndex, numberKind } from './number-index.js'
import { PairIndex } from './pair-index.js'
import { StringIndex } from './string-index.js'
import { ValueIndex } from './value-index.js'

/** See the module's documentation. */
export interface KeyIndex {
  /** Number of distinct keys so far; their ids are 0 to `size - 1`, by first appearance. */
  readonly size: number
  /**
   * The id of each row's key; new keys get new ids.
   *
   * @returns An array of at least `length` ids that is valid until the next call.
   * @throws {SchemaError} If a key has no contents to compare, such as a function.
   */
  insert(keys: readonly Column[], length: number): Int32Array
  /** The id of each row's key, -1 where it is unknown. Valid until the next call. */
  find(keys: readonly Column[], length: number): Int32Array
  /** The keys by id, one column per component. */
  keys(): readonly Column[]
  /** The table of keys that are whole numbers, for loops that look them up and add to them. */
  direct?(): DirectTable | undefined
  /** Takes over the keys that a loop has added to the table, up to `size`. */
  grow?(size: number): void
  /** Makes the table have a place for `key`, if that is worth it with so many keys to come. */
  cover?(key: number, expected: number): void
  /** Bytes that the index occupies, estimated for strings and arbitrary values. */
  readonly byteLength: number
}

/**
 * An empty index.
 *
 * @param components Number of columns that make a key; 0 means that all records have one key.
 */
export function createKeyIndex(components: number): KeyIndex {
  if (components === 1) return new SingleIndex()
  return components === 0 ? new OneKey() : new CompositeIndex(components)
}

class OneKey implements KeyIndex {
  size = 0
  #ids = new Int32Array(0)
  get byteLength(): number {
    return this.#ids.byteLength
  }
  insert(_keys: readonly Column[], length: number): Int32Array {
    if (length > 0) this.size = 1
    return this.find(_keys, length)
  }
  find(_keys: readonly Column[], length: number): Int32Array {
    const id = this.size - 1
    // The same ids are asked for again and again, batch by batch.
    if (this.#ids.length < length) this.#ids = new Int32Array(length).fill(id)
    else if (this.#ids[0] !== id) this.#ids.fill(id)
    return this.#ids
  }
  keys(): readonly Column[] {
    return []
  }
}

class SingleIndex implements KeyIndex {
  readonly #component = new ComponentIndex()
  #ids = new Int32Array(0)
  get size(): number {
    return this.#component.size
  }
  get byteLength(): number {
    return this.#component.byteLength
  }
  insert(keys: readonly Column[], length: number): Int32Array {
    return this.#lookUp(keys, length, true)
  }
  find(keys: readonly Column[], length: number): Int32Array {
    return this.#lookUp(keys, length, false)
  }
  keys(): readonly Column[] {
    return [this.#component.keys()]
  }
  direct(): DirectTable | undefined {
    return this.#component.direct()
  }
  grow(size: number): void {
    this.#component.grow(size)
  }
  cover(key: number, expected: number): void {
    this.#component.cover(key, expected)
  }
  #lookUp(keys: readonly Column[], length: number, add: boolean): Int32Array {
    if (this.#ids.length < length) this.#ids = new Int32Array(length)
    this.#component.lookUp(keys[0]!, length, this.#ids, add)
    return this.#ids
  }
}

class CompositeIndex implements KeyIndex {
  readonly #components: readonly ComponentIndex[]
  /** `#pairs[k]` joins the pairs of the components up to `k` with component `k + 1`. */
  readonly #pairs: readonly PairIndex[]
  #ids = new Int32Array(0)
  #next = new Int32Array(0)

  constructor(components: number) {
    this.#components = Array.from({ length: components }, () => new ComponentIndex())
    this.#pairs = Array.from({ length: components - 1 }, () => new PairIndex())
  }
  get size(): number {
    return this.#pairs.at(-1)!.size
  }
  get byteLength(): number {
    let bytes = 0
    for (const component of this.#components) bytes += component.byteLength
    for (const pairs of this.#pairs) bytes += pairs.byteLength
    return bytes
  }
  insert(keys: readonly Column[], length: number): Int32Array {
    return this.#lookUp(keys, length, true)
  }
  find(keys: readonly Column[], length: number): Int32Array {
    return this.#lookUp(keys, length, false)
  }
  keys(): readonly Column[] {
    const columns: Column[] = []
    let ids = Int32Array.from({ length: this.size }, (_, id) => id)
    for (let k = this.#pairs.length - 1; k >= 0; k--) {
      const { firsts, seconds } = this.#pairs[k]!
      columns.unshift(this.#components[k + 1]!.keys().take(ids.map(id => seconds[id]!)))
      ids = ids.map(id => firsts[id]!)
    }
    return [this.#components[0]!.keys().take(ids), ...columns]
  }
  #lookUp(keys: readonly Column[], length: number, add: boolean): Int32Array {
    if (this.#ids.length < length) {
      this.#ids = new Int32Array(length)
      this.#next = new Int32Array(length)
    }
    const ids = this.#ids
    const next = this.#next
    this.#components[0]!.lookUp(keys[0]!, length, ids, add)
    let size = this.#components[0]!.size
    for (let k = 0; k < this.#pairs.length; k++) {
      const component = this.#components[k + 1]!
      component.lookUp(keys[k + 1]!, length, next, add)
      this.#pairs[k]!.lookUp(ids, next, length, ids, add, size, component.size)
      size = this.#pairs[k]!.size
    }
    return ids
  }
}

/** One component of a key; changes to another kind of index when the data ask for it. */
class ComponentIndex {
  #index: NumberIndex | StringIndex | ValueIndex | undefined
  /** The id of the missing key while nothing else has been seen. */
  #missing = -1

  get size(): number {
    return this.#index?.size ?? this.#missing + 1
  }
  get byteLength(): number {
    return this.#index?.byteLength ?? 0
  }
  keys(): Column {
    return (this.#index ?? this.#begun(new ValueIndex())).keys()
  }

  direct(): DirectTable | undefined {
    return this.#index instanceof NumberIndex ? this.#index.direct() : undefined
  }

  grow(size: number): void {
    if (this.#index instanceof NumberIndex) this.#index.size = size
  }

  cover(key: number, expected: number): void {
    if (this.#index instanceof NumberIndex) this.#index.cover(key, expected)
  }

  lookUp(column: Column, length: number, ids: Int32Array, add: boolean): void {
    if (length === 0) return
    if (this.#index === undefined) {
      if (isAllMissing(column)) {
        if (add) this.#missing = 0
        ids.fill(this.#missing, 0, length)
        return
      }
      if (!add) {
        this.#begun(new ValueIndex()).lookUp(column, length, ids, false)
        return
      }
      this.#index = this.#create(column)
    } else if (add && !this.#index.takes(column)) {
      if (isAllMissing(column)) {
        ids.fill(this.#index.addMissing(), 0, length)
        return
      }
      this.#becomeGeneral()
    }
    this.#index.lookUp(column, length, ids, add)
  }

  #create(column: Column): NumberIndex | StringIndex | ValueIndex {
    const kind = numberKind(column)
    if (kind !== undefined) return new NumberIndex(kind, this.#missing)
    if (column.layout === 'dictionary' || column.layout === 'text') {
      return new StringIndex(this.#missing)
    }
    return this.#begun(new ValueIndex())
  }

  #becomeGeneral(): void {
    const general = new ValueIndex()
    const keys = this.#index!.keys()
    // Keys in the order of their ids get the same ids again.
    general.lookUp(keys, keys.length, new Int32Array(keys.length), true)
    this.#index = general
  }

  #begun(index: ValueIndex): ValueIndex {
    if (this.#missing === 0) index.lookUp(missingColumn(1), 1, new Int32Array(1), true)
    return index
  }
}
