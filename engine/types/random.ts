/**
 * Pseudo-random numbers from a seed: the same seed gives the same numbers on every machine.
 *
 * The generator is xoshiro128** with its state filled by splitmix32, after Blackman and Vigna,
 * "Scrambled Linear Pseudorandom Number Generators", 2018.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  /** @param seed Any number; different seeds give unrelated sequences. */
  constructor(seed: number) {
    const next = splitMix(seed)
    this.#a = next()
    this.#b = next()
    this.#c = next()
    this.#d = next()
  }

  /** A whole number in [0, 2^32). */
  uint32(): number {
    const b = this.#b
    const scrambled = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const c = this.#c ^ this.#a
    const d = this.#d ^ b
    this.#b = b ^ c
    this.#a ^= d
    this.#c = c ^ (b << 9)
    this.#d = rotated(d, 11)
    return scrambled
  }

  /** A number in [0, 1), one of 2^53. */
  next(): number {
    return ((this.uint32() >>> 5) * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53
  }

  /** A whole number in [0, `below`), each equally likely up to 2^-53. */
  int(below: number): number {
    return Math.floor(this.next() * below)
  }

  /**
   * A number of the Poisson distribution.
   *
   * Cost: O(mean). Source: Knuth, The Art of Computer Programming 2, 3.4.1, in pieces of mean 16 so
   * that `exp(-mean)` does not underflow.
   */
  poisson(mean: number): number {
    let count = 0
    for (let rest = mean; rest > 0; rest -= 16) {
      const limit = Math.exp(-Math.min(rest, 16))
      let product = this.next()
      while (product > limit) {
        count++
        product *= this.next()
      }
    }
    return count
  }
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

/** Spreads a seed over 32-bit words; the bits of a fraction count, too. */
function splitMix(seed: number): () => number {
  const words = new Uint32Array(new Float64Array([seed]).buffer)
  let state = words[0]! ^ Math.imul(words[1]!, 0x9e3779b1)
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
}
