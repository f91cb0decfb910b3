/**
 * Numbers to ids, in three ways that follow the data: a table addressed by the number itself while
 * all are whole and lie in a small range; open addressing over whole numbers; open addressing over
 * the bits of doubles. Ids are kept when the way changes.
 */
import {
  BooleanColumn,
  type Column,
  Float64Column,
  Int32Column,
  TimestampColumn,
  type Validity,
} from '../../types/column.js'
import { isDate } from '../../types/column-writer.js'
import { type DirectTable, findDirect, findKnown } from './direct-table.js'

/** Ranges up to this many numbers are always addressed directly: 16 KiB. */
const SMALL_RANGE = 1 << 12
/** A direct table may have this many entries per key that it holds or may soon hold. */
const SPARSENESS = 8
/** Direct tables never get larger than this: 1 GiB. */
const LARGEST_RANGE = 1 << 28
const GOLDEN = 0x9e3779b1 | 0
const SIGN = 0x80000000 | 0
const EXPONENT = 0x7ff00000
const NOT_A_NUMBER = 0x7ff80000

/** What the numbers stand for. */
export type NumberKind = 'number' | 'boolean' | 'timestamp'

/** See the module's documentation. Columns are int32, float64, boolean or timestamp. */
export class NumberIndex {
  readonly kind: NumberKind
  size = 0
  /** The id of the missing key, -1 while there is none. */
  missing: number
  #mode: 'direct' | 'narrow' | 'wide' = 'direct'
  /** Direct: `id + 1` by `number - base`. Narrow: (number, id + 1). Wide: (low, high, id + 1, -). */
  #table = new Int32Array(0)
  #base = 0
  #shift = 0
  /** The keys by id: whole numbers while not wide, then doubles. */
  #ints = new Int32Array(16)
  #doubles = new Float64Array(0)
  #scratchInts = new Int32Array(0)
  #scratchDoubles = new Float64Array(0)

  /** @param missing The id of the missing key when it is there already: 0, or -1. */
  constructor(kind: NumberKind, missing: number) {
    this.kind = kind
    this.missing = missing
    if (missing >= 0) this.size = 1
  }

  get byteLength(): number {
    return this.#table.byteLength + this.#ints.byteLength + this.#doubles.byteLength
  }

  /** Whether the numbers of `column` mean the same as those here. */
  takes(column: Column): boolean {
    return numberKind(column) === this.kind
  }

  /** The ids of the first `length` rows into `ids`; unknown keys get new ids, or -1 unless `add`. */
  lookUp(column: Column, length: number, ids: Int32Array, add: boolean): void {
    const { valid } = column
    if (numberKind(column) !== this.kind) {
      this.#findValues(column, length, ids)
      return
    }
    const values = (column as Int32Column | Float64Column | BooleanColumn).values
    const ints = this.#mode === 'wide' ? null : this.#asInts(values, valid, length, add)
    if (ints === null) {
      if (this.#mode !== 'wide') this.#becomeWide()
      this.#wide(this.#asDoubles(values, length), valid, length, ids, add)
      return
    }
    if (this.#mode === 'direct' && add && valid !== null) this.#extend(ints, valid, length)
    if (this.#mode === 'direct') this.#direct(ints, valid, length, ids, add)
    else this.#narrow(ints, valid, length, ids, add)
    if (!add && values instanceof Float64Array) {
      for (let row = 0; row < length; row++) {
        if (values[row] !== ints[row] && (valid === null || valid[row] === 1)) ids[row] = -1
      }
    }
  }

  /** The id of the missing key, a new one when there is none yet. */
  addMissing(): number {
    if (this.missing < 0) this.missing = this.#newId()
    return this.missing
  }

  /** The table by which keys are found now; `undefined` unless they are numbers that address it. */
  direct(): DirectTable | undefined {
    if (this.#mode !== 'direct' || this.kind !== 'number') return undefined
    return { table: this.#table, base: this.#base, keys: this.#ints }
  }

  /** Makes the direct table cover `key`, if that is worth it with so many keys to come. */
  cover(key: number, expected: number): void {
    if (this.#mode === 'direct' && (key | 0) === key) this.#extendTo(key, key, expected)
  }

  /** The keys by id. */
  keys(): Column {
    const { size, missing } = this
    let valid: Uint8Array | null = null
    if (missing >= 0) {
      valid = new Uint8Array(size).fill(1)
      valid[missing] = 0
    }
    const wide = this.#mode === 'wide'
    if (this.kind === 'boolean')
      return new BooleanColumn(Uint8Array.from(this.#ints.subarray(0, size)), valid)
    if (this.kind === 'timestamp') {
      const times = wide
        ? this.#doubles.slice(0, size)
        : Float64Array.from(this.#ints.subarray(0, size))
      return new TimestampColumn(times, valid)
    }
    return wide
      ? new Float64Column(this.#doubles.slice(0, size), valid)
      : new Int32Column(this.#ints.slice(0, size), valid)
  }

  /** Looks up values one by one, for columns of another kind. */
  #findValues(column: Column, length: number, ids: Int32Array): void {
    const one = new Float64Array(1)
    const found = new Int32Array(1)
    for (let row = 0; row < length; row++) {
      const value = column.get(row)
      if (value === null || value === undefined) ids[row] = this.missing
      else if (kindOf(value) !== this.kind) ids[row] = -1
      else {
        one[0] = Number(value)
        const whole = (one[0] | 0) === one[0]
        if (this.#mode === 'wide') this.#wide(one, null, 1, found, false)
        else if (!whole) found[0] = -1
        else if (this.#mode === 'direct') this.#direct(Int32Array.from(one), null, 1, found, false)
        else this.#narrow(Int32Array.from(one), null, 1, found, false)
        ids[row] = found[0]!
      }
    }
  }

  /** The values as whole numbers; `null` when some to be added are not. */
  #asInts(
    values: Int32Array | Float64Array | Uint8Array,
    valid: Validity,
    length: number,
    add: boolean,
  ): Int32Array | null {
    if (values instanceof Int32Array) return values
    if (this.#scratchInts.length < length) this.#scratchInts = new Int32Array(length)
    const ints = this.#scratchInts
    if (values instanceof Uint8Array) {
      for (let row = 0; row < length; row++) ints[row] = values[row]!
      return ints
    }
    for (let row = 0; row < length; row++) {
      const value = values[row]!
      const whole = value | 0
      if (add && whole !== value && (valid === null || valid[row] === 1)) return null
      ints[row] = whole
    }
    return ints
  }

  #asDoubles(values: Int32Array | Float64Array | Uint8Array, length: number): Float64Array {
    if (values instanceof Float64Array) return values
    if (this.#scratchDoubles.length < length) this.#scratchDoubles = new Float64Array(length)
    for (let row = 0; row < length; row++) this.#scratchDoubles[row] = values[row]!
    return this.#scratchDoubles
  }

  #newId(): number {
    const id = this.size++
    if (this.#mode === 'wide') {
      if (id >= this.#doubles.length) {
        const grown = new Float64Array(this.#doubles.length * 2)
        grown.set(this.#doubles)
        this.#doubles = grown
      }
    } else if (id >= this.#ints.length) {
      const grown = new Int32Array(this.#ints.length * 2)
      grown.set(this.#ints)
      this.#ints = grown
    }
    return id
  }

  #direct(ints: Int32Array, valid: Validity, length: number, ids: Int32Array, add: boolean): void {
    const table = this.#table
    if (valid === null) {
      if (add) this.#insertDirect(ints, length, ids)
      else findDirect(ints, table, this.#base, length, ids)
      return
    }
    const range = table.length
    const base = this.#base
    let { missing } = this
    for (let row = 0; row < length; row++) {
      if (valid !== null && valid[row] === 0) {
        if (missing < 0 && add) missing = this.addMissing()
        ids[row] = missing
        continue
      }
      const slot = ints[row]! - base
      if (slot < 0 || slot >= range) {
        ids[row] = -1
        continue
      }
      let id = table[slot]! - 1
      if (id < 0 && add) {
        id = this.#newId()
        this.#ints[id] = ints[row]!
        table[slot] = id + 1
      }
      ids[row] = id
    }
  }

  /** Most rows have keys that are known after a while; the table is made to cover the others. */
  #insertDirect(ints: Int32Array, length: number, ids: Int32Array): void {
    let table = this.#table
    let base = this.#base
    let row = 0
    for (;;) {
      row = findKnown(ints, table, base, row, length, ids)
      if (row === length) return
      const slot = ints[row]! - base
      if (slot < 0 || slot >= table.length) {
        this.#extend(ints.subarray(row, length), null, length - row)
        if (this.#mode !== 'direct') {
          this.#narrow(ints.subarray(row, length), null, length - row, ids.subarray(row), true)
          return
        }
        table = this.#table
        base = this.#base
        continue
      }
      const id = this.#newId()
      this.#ints[id] = ints[row]!
      table[ints[row]! - base] = id + 1
      ids[row++] = id
    }
  }

  #narrow(ints: Int32Array, valid: Validity, length: number, ids: Int32Array, add: boolean): void {
    let table = this.#table
    let shift = this.#shift
    let mask = (table.length >> 1) - 1
    let { missing } = this
    for (let row = 0; row < length; row++) {
      if (valid !== null && valid[row] === 0) {
        if (missing < 0 && add) missing = this.addMissing()
        ids[row] = missing
        continue
      }
      const value = ints[row]!
      let slot = Math.imul(value, GOLDEN) >>> shift
      let id = table[2 * slot + 1]! - 1
      while (id >= 0 && table[2 * slot] !== value) {
        slot = (slot + 1) & mask
        id = table[2 * slot + 1]! - 1
      }
      if (id < 0 && add) {
        id = this.#newId()
        this.#ints[id] = value
        table[2 * slot] = value
        table[2 * slot + 1] = id + 1
        if (this.size * 4 > table.length) {
          this.#growNarrow()
          if (this.#mode === 'direct') {
            ids[row] = id
            const rest = ints.subarray(row + 1, length)
            const validRest = valid?.subarray(row + 1, length) ?? null
            this.#extend(rest, validRest, rest.length)
            const idsRest = ids.subarray(row + 1)
            if (this.#mode !== 'direct') this.#narrow(rest, validRest, rest.length, idsRest, add)
            else this.#direct(rest, validRest, rest.length, idsRest, add)
            return
          }
          table = this.#table
          shift = this.#shift
          mask = (table.length >> 1) - 1
        }
      }
      ids[row] = id
    }
  }

  #wide(
    doubles: Float64Array,
    valid: Validity,
    length: number,
    ids: Int32Array,
    add: boolean,
  ): void {
    const words = new Int32Array(doubles.buffer, doubles.byteOffset, length * 2)
    let table = this.#table
    let mask = (table.length >> 2) - 1
    let { missing } = this
    for (let row = 0; row < length; row++) {
      if (valid !== null && valid[row] === 0) {
        if (missing < 0 && add) missing = this.addMissing()
        ids[row] = missing
        continue
      }
      let low = words[2 * row]!
      let high = words[2 * row + 1]!
      if (low === 0 && high === SIGN) high = 0
      else if ((high & EXPONENT) === EXPONENT && (low !== 0 || (high & 0xfffff) !== 0)) {
        low = 0
        high = NOT_A_NUMBER
      }
      let slot = wideHash(low, high) & mask
      let id = table[4 * slot + 2]! - 1
      while (id >= 0 && (table[4 * slot] !== low || table[4 * slot + 1] !== high)) {
        slot = (slot + 1) & mask
        id = table[4 * slot + 2]! - 1
      }
      if (id < 0 && add) {
        id = this.#newId()
        // Adding 0 turns -0 into 0.
        this.#doubles[id] = doubles[row]! + 0
        table[4 * slot] = low
        table[4 * slot + 1] = high
        table[4 * slot + 2] = id + 1
        if (this.size * 8 > table.length) {
          this.#buildWide(table.length * 2)
          table = this.#table
          mask = (table.length >> 2) - 1
        }
      }
      ids[row] = id
    }
  }

  /** Makes the direct table cover the rows, or gives it up when it would be too large. */
  #extend(ints: Int32Array, valid: Validity, length: number): void {
    let least = 0x7fffffff
    let most = SIGN
    for (let row = 0; row < length; row++) {
      if (valid !== null && valid[row] === 0) continue
      const value = ints[row]!
      if (value < least) least = value
      if (value > most) most = value
    }
    this.#extendTo(least, most, length)
  }

  #extendTo(least: number, most: number, expected: number): void {
    const range = this.#table.length
    if (least > most || (least >= this.#base && most < this.#base + range)) return
    if (range > 0) {
      least = Math.min(least, this.#base)
      most = Math.max(most, this.#base + range - 1)
    }
    const needed = most - least + 1
    const allowed = Math.max(SMALL_RANGE, SPARSENESS * (this.size + expected))
    if (needed > Math.min(allowed, LARGEST_RANGE)) {
      this.#becomeNarrow()
      return
    }
    // Room to grow at the end that grew, so that counting keys do not copy the table every time.
    const room = range === 0 ? 0 : Math.min(needed >> 1, LARGEST_RANGE - needed)
    const base = least < this.#base && range > 0 ? Math.max(least - room, SIGN) : least
    this.#buildDirect(base, needed + (range === 0 ? 0 : room))
  }

  #buildDirect(base: number, range: number): void {
    const table = new Int32Array(range)
    for (let id = 0; id < this.size; id++) {
      if (id !== this.missing) table[this.#ints[id]! - base] = id + 1
    }
    this.#mode = 'direct'
    this.#base = base
    this.#table = table
  }

  #becomeNarrow(): void {
    this.#mode = 'narrow'
    this.#buildNarrow(tableSize(this.size))
  }

  #buildNarrow(slots: number): void {
    const table = new Int32Array(slots * 2)
    const mask = slots - 1
    const shift = Math.clz32(mask)
    for (let id = 0; id < this.size; id++) {
      if (id === this.missing) continue
      const value = this.#ints[id]!
      let slot = Math.imul(value, GOLDEN) >>> shift
      while (table[2 * slot + 1] !== 0) slot = (slot + 1) & mask
      table[2 * slot] = value
      table[2 * slot + 1] = id + 1
    }
    this.#table = table
    this.#shift = shift
  }

  /** Twice the slots, or a direct table where that takes no more room. */
  #growNarrow(): void {
    let least = 0x7fffffff
    let most = SIGN
    for (let id = 0; id < this.size; id++) {
      if (id === this.missing) continue
      const value = this.#ints[id]!
      if (value < least) least = value
      if (value > most) most = value
    }
    const range = most - least + 1
    // Twice as many slots of two numbers are as many numbers as 2 * table.length.
    if (range <= this.#table.length * 2) this.#buildDirect(least, range)
    else this.#buildNarrow(this.#table.length)
  }

  #becomeWide(): void {
    this.#doubles = new Float64Array(Math.max(this.#ints.length, 16))
    this.#doubles.set(this.#ints.subarray(0, this.size))
    this.#ints = new Int32Array(0)
    this.#mode = 'wide'
    this.#buildWide(tableSize(this.size) * 4)
  }

  #buildWide(numbers: number): void {
    const table = new Int32Array(numbers)
    const words = new Int32Array(this.#doubles.buffer)
    const mask = (numbers >> 2) - 1
    for (let id = 0; id < this.size; id++) {
      if (id === this.missing) continue
      const value = this.#doubles[id]!
      const low = Number.isNaN(value) ? 0 : words[2 * id]!
      const high = Number.isNaN(value) ? NOT_A_NUMBER : words[2 * id + 1]!
      let slot = wideHash(low, high) & mask
      while (table[4 * slot + 2] !== 0) slot = (slot + 1) & mask
      table[4 * slot] = low
      table[4 * slot + 1] = high
      table[4 * slot + 2] = id + 1
    }
    this.#table = table
  }
}

/** What the numbers of `column` stand for; `undefined` when it does not hold numbers. */
export function numberKind(column: Column): NumberKind | undefined {
  const { layout } = column
  if (layout === 'int32' || layout === 'float64') return 'number'
  return layout === 'boolean' || layout === 'timestamp' ? layout : undefined
}

function kindOf(value: unknown): NumberKind | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as NumberKind
  return isDate(value) ? 'timestamp' : undefined
}

/** Slots for `size` keys at most half full: a power of two. */
function tableSize(size: number): number {
  return 1 << Math.max(4, 33 - Math.clz32(size))
}

function wideHash(low: number, high: number): number {
  let h = low ^ Math.imul(high, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), GOLDEN)
  return h ^ (h >>> 15)
}
