/** Hashes of values by content, for checksums: the same on every machine, 64 bits in two halves. */

/** A hash that takes one word after the other. */
export class ValueHash {
  /** The first half. */
  low = 0
  /** The second half. */
  high = 0

  /** Begins anew. */
  clear(): this {
    this.low = 0x243f6a88
    this.high = 0x13198a2e
    return this
  }

  /** Takes 32 bits. The halves are murmur3's (Austin Appleby, public domain), with other constants. */
  word(value: number): this {
    let low = Math.imul(value, 0xcc9e2d51)
    low = Math.imul((low << 15) | (low >>> 17), 0x1b873593) ^ this.low
    let high = Math.imul(value, 0x239b961b)
    high = Math.imul((high << 16) | (high >>> 16), 0xab0e9789) ^ this.high
    this.low = (Math.imul((low << 13) | (low >>> 19), 5) + 0xe6546b64 + high) | 0
    this.high = (Math.imul((high << 17) | (high >>> 15), 5) + 0x561ccd1b + low) | 0
    return this
  }

  /** Takes a text. */
  text(text: string): this {
    for (let k = 0; k < text.length; k++) this.word(text.charCodeAt(k))
    return this.word(text.length)
  }

  /**
   * Takes any value by its content: numbers by what they are, however they are stored; objects by their
   * fields, in whatever order.
   */
  value(value: unknown): this {
    if (typeof value === 'number') return this.word(1).#number(value)
    if (typeof value === 'string') return this.word(2).text(value)
    if (typeof value === 'bigint') return this.word(3).text(value.toString(16))
    if (typeof value === 'boolean') return this.word(value ? 4 : 5)
    if (value === null || value === undefined) return this.word(6)
    if (value instanceof Date) return this.word(7).#number(value.getTime())
    if (ArrayBuffer.isView(value)) return this.#list(Array.from(value as Float64Array))
    return Array.isArray(value) ? this.#list(value) : this.#fields(value as object)
  }

  /** The hash so far, as it is added up. */
  finish(): this {
    this.low = finished(this.low ^ this.high)
    this.high = finished(this.high ^ this.low)
    return this
  }

  #number(value: number): this {
    // Adding 0 makes one zero of both.
    bits.float[0] = Number.isNaN(value) ? Number.NaN : value + 0
    return this.word(bits.words[0]!).word(bits.words[1]!)
  }

  #list(values: readonly unknown[]): this {
    this.word(8)
    for (const value of values) this.value(value)
    return this.word(values.length)
  }

  #fields(value: object): this {
    this.word(9)
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [name, field] of entries) this.text(name).value(field)
    return this.word(entries.length)
  }
}

const float = new Float64Array(1)
const bits = { float, words: new Int32Array(float.buffer) }

/** Murmur3's last step: each bit of the input changes each bit of the output with half a chance. */
function finished(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
