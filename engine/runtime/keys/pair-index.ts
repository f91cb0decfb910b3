/**
 * Pairs of ids to ids: keys of several components are the pairs of their components' ids. A table
 * with a row per first id while that is small, else open addressing.
 */

/** Tables up to this many entries are always direct: 16 KiB. */
const SMALL_TABLE = 1 << 12
const SPARSENESS = 4
/** A table that has to grow must get larger by this factor, or it is given up. */
const GROWTH = 1.25

/** See the module's documentation. */
export class PairIndex {
  size = 0
  /** The components by id. */
  firsts = new Int32Array(16)
  seconds = new Int32Array(16)
  #direct = true
  /** Direct: `id + 1` by `first * stride + second`. Else (first, second, id + 1, -) per slot. */
  #table = new Int32Array(0)
  #stride = 0

  get byteLength(): number {
    return this.#table.byteLength + this.firsts.byteLength + this.seconds.byteLength
  }

  /**
   * The ids of the pairs `(firsts[row], seconds[row])` into `ids`, which may be one of them. Unknown
   * pairs get new ids, or -1 unless `add`; so do pairs with a negative component.
   *
   * @param firstSize All first components lie below it.
   * @param secondSize All second components lie below it.
   */
  lookUp(
    firsts: Int32Array,
    seconds: Int32Array,
    length: number,
    ids: Int32Array,
    add: boolean,
    firstSize: number,
    secondSize: number,
  ): void {
    if (this.#direct && add) this.#fit(firstSize, secondSize, length)
    if (this.#direct) this.#lookUpDirect(firsts, seconds, length, ids, add)
    else this.#lookUpHashed(firsts, seconds, length, ids, add)
  }

  #lookUpDirect(
    firsts: Int32Array,
    seconds: Int32Array,
    length: number,
    ids: Int32Array,
    add: boolean,
  ): void {
    const table = this.#table
    const stride = this.#stride
    for (let row = 0; row < length; row++) {
      const first = firsts[row]!
      const second = seconds[row]!
      const slot = first * stride + second
      // A component that is new since the last `add` lies outside and belongs to no pair.
      if (first < 0 || second < 0 || second >= stride || slot >= table.length) {
        ids[row] = -1
        continue
      }
      let id = table[slot]! - 1
      if (id < 0 && add) {
        id = this.#append(first, second)
        table[slot] = id + 1
      }
      ids[row] = id
    }
  }

  #lookUpHashed(
    firsts: Int32Array,
    seconds: Int32Array,
    length: number,
    ids: Int32Array,
    add: boolean,
  ): void {
    let table = this.#table
    let mask = (table.length >> 2) - 1
    for (let row = 0; row < length; row++) {
      const first = firsts[row]!
      const second = seconds[row]!
      if (first < 0 || second < 0) {
        ids[row] = -1
        continue
      }
      let slot = pairHash(first, second) & mask
      let id = table[4 * slot + 2]! - 1
      while (id >= 0 && (table[4 * slot] !== first || table[4 * slot + 1] !== second)) {
        slot = (slot + 1) & mask
        id = table[4 * slot + 2]! - 1
      }
      if (id < 0 && add) {
        id = this.#append(first, second)
        table[4 * slot] = first
        table[4 * slot + 1] = second
        table[4 * slot + 2] = id + 1
        if (this.size * 8 > table.length) {
          this.#buildHashed(table.length * 2)
          table = this.#table
          mask = (table.length >> 2) - 1
        }
      }
      ids[row] = id
    }
  }

  #append(first: number, second: number): number {
    const id = this.size++
    if (id >= this.firsts.length) {
      this.firsts = doubled(this.firsts)
      this.seconds = doubled(this.seconds)
    }
    this.firsts[id] = first
    this.seconds[id] = second
    return id
  }

  /** Makes the direct table cover the components, or gives it up when it would be too large. */
  #fit(firstSize: number, secondSize: number, length: number): void {
    const stride = this.#stride
    if (secondSize <= stride && firstSize * stride <= this.#table.length) return
    const allowed = Math.max(SMALL_TABLE, SPARSENESS * (this.size + length))
    if (firstSize * secondSize > allowed) {
      this.#becomeHashed()
      return
    }
    // Room for more components where they came up, as long as that stays small.
    const wider = secondSize > stride ? Math.ceil(secondSize * 1.5) : stride
    const wide = firstSize * wider <= allowed ? wider : secondSize
    const rows = Math.max(firstSize, Math.min(firstSize * 2, Math.floor(allowed / wide)))
    // Components that come one by one must not copy a large table every time.
    if (rows * wide > SMALL_TABLE && rows * wide < this.#table.length * GROWTH) {
      this.#becomeHashed()
      return
    }
    this.#stride = wide
    this.#table = new Int32Array(rows * wide)
    for (let id = 0; id < this.size; id++) {
      this.#table[this.firsts[id]! * wide + this.seconds[id]!] = id + 1
    }
  }

  #becomeHashed(): void {
    this.#direct = false
    this.#buildHashed(4 << Math.max(4, 33 - Math.clz32(this.size)))
  }

  #buildHashed(numbers: number): void {
    const table = new Int32Array(numbers)
    const mask = (numbers >> 2) - 1
    for (let id = 0; id < this.size; id++) {
      const first = this.firsts[id]!
      const second = this.seconds[id]!
      let slot = pairHash(first, second) & mask
      while (table[4 * slot + 2] !== 0) slot = (slot + 1) & mask
      table[4 * slot] = first
      table[4 * slot + 1] = second
      table[4 * slot + 2] = id + 1
    }
    this.#table = table
  }
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2)
  larger.set(values)
  return larger
}

function pairHash(first: number, second: number): number {
  let h = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35)
  return h ^ (h >>> 15)
}
