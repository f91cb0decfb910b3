/** The part of a stream of bytes that is being parsed. */

const NEWLINE = 10
/** Unread bytes are moved here, so that there is always a byte before them. */
const FIRST = 1
/** A record longer than this is taken for a quote that is never closed. */
const LONGEST_RECORD = 256 * 1024 * 1024

/**
 * Unread bytes of a stream, from `start` up to `end` in `bytes`, with newlines before and after
 * them, so that scanners need not look for the end.
 */
export class ByteWindow {
  bytes = new Uint8Array(1 << 20)
  start = FIRST
  end = FIRST
  /** Whether the stream has ended. */
  final = false
  readonly #chunks: AsyncGenerator<Uint8Array, void, undefined>

  constructor(chunks: AsyncGenerator<Uint8Array, void, undefined>) {
    this.#chunks = chunks
    this.bytes[0] = NEWLINE
    this.bytes[FIRST] = NEWLINE
  }

  /**
   * Reads on. What is unread is kept; when there is much of it, as much again is read, so that
   * looking once more for the end of a huge record costs no more than reading it.
   *
   * @returns Whether there is hope: `false` for a record beyond all sizes.
   */
  async more(): Promise<boolean> {
    const unread = this.end - this.start
    if (unread > LONGEST_RECORD) return false
    this.bytes.copyWithin(FIRST, this.start, this.end)
    this.start = FIRST
    this.end = FIRST + unread
    do {
      const next = await this.#chunks.next()
      if (next.done) this.final = true
      else this.#append(next.value)
    } while (!this.final && this.end - this.start < unread * 2)
    this.bytes[this.end] = NEWLINE
    return true
  }

  /** Ends the reading of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return()
  }

  #append(chunk: Uint8Array): void {
    const needed = this.end + chunk.length + 1
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
      larger.set(this.bytes.subarray(0, this.end))
      this.bytes = larger
    }
    this.bytes.set(chunk, this.end)
    this.end += chunk.length
  }
}
