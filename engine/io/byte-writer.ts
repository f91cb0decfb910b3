/** Bytes put together in one growing buffer. */

const encoder = new TextEncoder()
const ZERO = 48
const MINUS = 45

/** Appends bytes, texts and numbers; `take` hands them out. */
export class ByteWriter {
  length = 0
  #bytes: Uint8Array

  constructor(capacity = 1 << 16) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** Appends one byte. */
  byte(byte: number): void {
    if (this.length === this.#bytes.length) this.#reserve(1)
    this.#bytes[this.length++] = byte
  }

  /** Appends bytes, which may be few: a loop then beats a call of `set`. */
  bytes(bytes: Uint8Array): void {
    const { length } = bytes
    this.#reserve(length)
    const target = this.#bytes
    const at = this.length
    if (length > 32) target.set(bytes, at)
    else for (let k = 0; k < length; k++) target[at + k] = bytes[k]!
    this.length = at + length
  }

  /** Appends a text as UTF-8. */
  text(text: string): void {
    this.#reserve(text.length * 3)
    const target = this.#bytes
    const at = this.length
    if (text.length <= 24) {
      let k = 0
      for (; k < text.length; k++) {
        const code = text.charCodeAt(k)
        if (code > 127) break
        target[at + k] = code
      }
      if (k === text.length) {
        this.length = at + k
        return
      }
    }
    this.length = at + encoder.encodeInto(text, target.subarray(at)).written
  }

  /** Appends an int32 in decimal digits. */
  integer(value: number): void {
    this.#reserve(11)
    const target = this.#bytes
    let rest = value
    if (value < 0) {
      target[this.length++] = MINUS
      rest = -value
    }
    let digits = 1
    for (let power = 10; power <= rest; power *= 10) digits++
    let at = this.length + digits
    this.length = at
    do {
      const next = Math.floor(rest / 10)
      target[--at] = ZERO + rest - next * 10
      rest = next
    } while (rest > 0)
  }

  /** Appends a number in the shortest form that reads back as itself. */
  number(value: number): void {
    if (Object.is(value | 0, value)) this.integer(value)
    else this.text(Object.is(value, -0) ? '-0' : String(value))
  }

  /** What was appended, as bytes of its own; begins anew. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.length)
    this.length = 0
    return taken
  }

  #reserve(more: number): void {
    const needed = this.length + more
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    larger.set(this.#bytes.subarray(0, this.length))
    this.#bytes = larger
  }
}
