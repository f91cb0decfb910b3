/**
 * Finds records and fields in bytes of CSV.
 *
 * A field is quoted when its first byte is a quote; a quote further in stands for itself. In a
 * quoted field two quotes mean one, and delimiters and line ends are part of the text. Lines end
 * with \n or \r\n. Empty lines are skipped, unless records have one field only: there an empty
 * line is a record whose field is empty.
 */

/** The bytes that give a file its structure. */
export interface Dialect {
  readonly delimiter: number
  /** -1 when nothing is quoted. */
  readonly quote: number
  /** Lines that begin with these bytes are skipped; empty for none. */
  readonly comment: Uint8Array
  /** Whether spaces and tabs around fields are left out. */
  readonly trim: boolean
}

/** Why a record is not valid. */
export type Fault = 'fields' | 'quote' | 'unclosed'

/** What to do with an invalid record: throw, or return to have it skipped. */
export type OnFault = (fault: Fault, line: number, fields: number) => void

const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const TAB = 9

/** Records found in a block of bytes, up to a fixed number. */
export class Scanner {
  readonly width: number
  readonly capacity: number
  /**
   * For each field its first byte and the byte after its last one, record after record; those of
   * quoted fields are the bytes between the quotes, so that `bytes[start - 1]` is a quote.
   */
  readonly bounds: Int32Array
  /** The line on which each record begins, from 1. */
  readonly lines: Int32Array
  /** Records found by the last `scan`. */
  rows = 0
  /** The first byte after those records. */
  position = 0
  /** The line at `position`. */
  line = 1
  /** Fields of the last record of a ragged scan. */
  fields = 0
  readonly #dialect: Dialect
  readonly #ragged: boolean
  /** Where and how the last call of `#quoted` ended; fields, so that it allocates nothing. */
  #escaped = false
  #newlines = 0

  /**
   * @param width Fields of a record.
   * @param capacity Records that one `scan` finds at most.
   * @param ragged Whether records may have fewer fields; for a header, whose width is not known.
   */
  constructor(dialect: Dialect, width: number, capacity: number, ragged = false) {
    this.#dialect = dialect
    this.#ragged = ragged
    this.width = width
    this.capacity = capacity
    this.bounds = new Int32Array(capacity * width * 2)
    this.lines = new Int32Array(capacity)
  }

  /**
   * Finds the records from `from` on: at most `limit`, and only those that are complete.
   *
   * @param bytes Need a byte before `from` that is no quote, and a newline at `to`; doubled quotes
   * in them are made single.
   * @param final Whether the input ends at `to`, which ends the last record, too.
   */
  scan(
    bytes: Uint8Array,
    from: number,
    to: number,
    final: boolean,
    limit: number,
    onFault: OnFault,
  ): void {
    const { bounds, lines, width } = this
    const { comment, delimiter, quote, trim } = this.#dialect
    const commentStart = comment.length === 0 ? -1 : comment[0]!
    // Most bytes are above both, so that one comparison dismisses them.
    const highest = Math.max(delimiter, NEWLINE)
    let p = from
    let { line } = this
    let rows = 0
    while (rows < limit && p < to) {
      const recordStart = p
      const first = bytes[p]!
      if (first === commentStart && startsWith(bytes, p, comment)) {
        while (bytes[p] !== NEWLINE) p++
        if (p === to && !final) {
          p = recordStart
          break
        }
        p++
        line++
        continue
      }
      if (width > 1 && (first === NEWLINE || (first === RETURN && bytes[p + 1] === NEWLINE))) {
        const length = first === NEWLINE ? 1 : 2
        if (p + length > to && !final) break
        p += length
        line++
        continue
      }
      const base = rows * width * 2
      const stop = base + width * 2
      let slot = base
      let escapes = false
      let newlines = 1
      let fault: Fault | undefined
      let complete = false
      while (true) {
        if (trim) p = this.#blanks(bytes, p)
        let start = p
        let end: number
        let byte = bytes[p]!
        if (byte === quote && p < to) {
          p = this.#quoted(bytes, p + 1, to)
          if (p < 0) {
            fault = 'unclosed'
            break
          }
          newlines += this.#newlines
          start++
          end = this.#escaped ? ~p : p
          escapes ||= this.#escaped
          p++
          if (trim) p = this.#blanks(bytes, p)
          if (bytes[p] === RETURN && bytes[p + 1] === NEWLINE) p++
          byte = bytes[p]!
          if (byte !== delimiter && byte !== NEWLINE) {
            fault = 'quote'
            break
          }
        } else {
          while (byte > highest || (byte !== delimiter && byte !== NEWLINE)) byte = bytes[++p]!
          end = p
          if (byte === NEWLINE && end > start && bytes[end - 1] === RETURN) end--
          if (trim)
            while (end > start && (bytes[end - 1] === SPACE || bytes[end - 1] === TAB)) end--
        }
        if (slot < stop) {
          bounds[slot] = start
          bounds[slot + 1] = end
        }
        slot += 2
        if (byte === delimiter) {
          p++
          continue
        }
        // The newline at `to` ends the record only if the input ends there.
        complete = p < to || final
        p++
        break
      }
      const field = (slot - base) >> 1
      if (fault === 'unclosed' ? !final : fault === undefined && !complete) {
        p = recordStart
        break
      }
      if (fault !== undefined) {
        // The quote may be a slip, so only its own line is given up.
        p = recordStart
        while (bytes[p] !== NEWLINE) p++
        if (p === to && !final) {
          p = recordStart
          break
        }
        onFault(fault, line, field)
        p++
        line++
        continue
      }
      this.fields = field
      if (field !== width && !(this.#ragged && field < width)) onFault('fields', line, field)
      else {
        if (escapes) this.#unescape(bytes, base, base + field * 2)
        lines[rows++] = line
      }
      line += newlines
    }
    this.rows = rows
    this.position = Math.min(p, to)
    this.line = line
  }

  /** The first byte from `p` on that is no space or tab. */
  #blanks(bytes: Uint8Array, from: number): number {
    const { delimiter } = this.#dialect
    let p = from
    while (bytes[p] === SPACE || (bytes[p] === TAB && delimiter !== TAB)) p++
    return p
  }

  /** The position of the closing quote, or -1 when it is not there yet. */
  #quoted(bytes: Uint8Array, from: number, to: number): number {
    const { quote } = this.#dialect
    let newlines = 0
    let escaped = false
    for (let p = from; p < to; p++) {
      const byte = bytes[p]!
      if (byte === NEWLINE) newlines++
      else if (byte === quote) {
        if (bytes[p + 1] !== quote || p + 1 >= to) {
          this.#newlines = newlines
          this.#escaped = escaped
          return p
        }
        escaped = true
        p++
      }
    }
    return -1
  }

  /** Makes doubled quotes single in the fields of a record that are marked by a negative end. */
  #unescape(bytes: Uint8Array, first: number, last: number): void {
    const { bounds } = this
    const { quote } = this.#dialect
    for (let k = first; k < last; k += 2) {
      if (bounds[k + 1]! >= 0) continue
      const end = ~bounds[k + 1]!
      let target = bounds[k]!
      for (let p = target; p < end; p++) {
        const byte = bytes[p]!
        bytes[target++] = byte
        if (byte === quote) p++
      }
      bounds[k + 1] = target
    }
  }
}

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let k = 0; k < prefix.length; k++) if (bytes[at + k] !== prefix[k]) return false
  return true
}
