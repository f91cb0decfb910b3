/**
 * A set of pairs of positions, as the numbers that the caller makes of them: whole, at least 0, and
 * below 2^53. JavaScript's own sets end at 2^24 elements.
 */
const [FREE, DELETED] = [-1, -2]

/** Open addressing with linear steps; at most half full. */
export class PairSet {
  #slots: Float64Array
  #mask: number
  #used = 0

  /** @param expected How many pairs there will be; more may come. */
  constructor(expected: number) {
    const size = 2 ** Math.ceil(Math.log2(2 * Math.max(8, expected)))
    this.#slots = new Float64Array(size).fill(FREE)
    this.#mask = size - 1
  }

  /** Adds a pair; says whether it was not there. */
  add(pair: number): boolean {
    const slot = this.#find(pair)
    if (this.#slots[slot] === pair) return false
    this.#slots[slot] = pair
    if (++this.#used * 2 > this.#slots.length) this.#grow()
    return true
  }

  has(pair: number): boolean {
    return this.#slots[this.#find(pair)] === pair
  }

  delete(pair: number): void {
    const slot = this.#find(pair)
    if (this.#slots[slot] === pair) this.#slots[slot] = DELETED
  }

  /** The slot of a pair, or the free one where it would be. */
  #find(pair: number): number {
    const slots = this.#slots
    const mask = this.#mask
    const low = (pair % 2 ** 32) | 0
    const high = (pair / 2 ** 32) | 0
    let mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
    let slot = (mixed ^ (mixed >>> 16)) & mask
    while (slots[slot] !== pair && slots[slot] !== FREE) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Float64Array(2 * old.length).fill(FREE)
    this.#mask = this.#slots.length - 1
    this.#used = 0
    for (const pair of old) {
      if (pair < 0) continue
      this.#slots[this.#find(pair)] = pair
      this.#used++
    }
  }
}
