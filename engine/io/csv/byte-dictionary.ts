/** A dictionary that is asked with bytes, so that a string is made only once per distinct value. */
import { Dictionary } from '../../types/dictionary.js'
import { decodeText } from '../text/text-decoder.js'

/** Open addressing over the hashes of UTF-8 bytes; the codes are those of `dictionary`. */
export class ByteDictionary {
  readonly dictionary = new Dictionary()
  /** Code plus one at each slot, 0 where it is free. */
  #slots = new Int32Array(1024)
  #hashes = new Int32Array(512)
  /** The bytes of code c lie from `#offsets[c]` up to `#offsets[c + 1]`. */
  #offsets = new Int32Array(513)
  #arena = new Uint8Array(8192)

  /**
   * The code of the text from `start` up to `end`, which is added when it is new.
   *
   * @throws {TypeError} If it is new and not UTF-8.
   */
  code(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    let hash = length
    for (let k = start; k < end; k++) hash = Math.imul(hash ^ bytes[k]!, 0x01000193)
    hash ^= hash >>> 15
    const arena = this.#arena
    const hashes = this.#hashes
    const offsets = this.#offsets
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hash & mask
    for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
      const code = found - 1
      if (hashes[code] === hash) {
        const from = offsets[code]!
        if (offsets[code + 1]! - from === length) {
          let k = 0
          while (k < length && arena[from + k] === bytes[start + k]) k++
          if (k === length) return code
        }
      }
      slot = (slot + 1) & mask
    }
    return this.#add(bytes, start, end, hash, slot)
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const code = this.dictionary.encode(decodeText(bytes, start, end))
    const from = this.#offsets[code]!
    const to = from + end - start
    if (to > this.#arena.length) {
      const larger = new Uint8Array(Math.max(to, this.#arena.length * 2))
      larger.set(this.#arena)
      this.#arena = larger
    }
    this.#arena.set(bytes.subarray(start, end), from)
    this.#offsets[code + 1] = to
    this.#hashes[code] = hash
    this.#slots[slot] = code + 1
    if (code + 1 === this.#hashes.length) this.#grow()
    return code
  }

  /** Twice as many codes, and slots at most half full. */
  #grow(): void {
    const count = this.#hashes.length
    const hashes = new Int32Array(count * 2)
    hashes.set(this.#hashes)
    const offsets = new Int32Array(count * 2 + 1)
    offsets.set(this.#offsets)
    const slots = new Int32Array(count * 4)
    const mask = slots.length - 1
    for (let code = 0; code < count; code++) {
      let slot = hashes[code]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code + 1
    }
    this.#hashes = hashes
    this.#offsets = offsets
    this.#slots = slots
  }
}
