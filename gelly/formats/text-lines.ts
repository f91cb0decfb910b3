/** Lines of a text file with fields between spaces, as bytes: for files with very many of them. */
import type { InputFile } from '../../engine/extend.js'
import { InputOutputError } from '../../engine/index.js'

const [TAB, NEWLINE, RETURN, SPACE] = [9, 10, 13, 32]
const ZERO = 48
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const INFINITE = /^[+-]?inf(inity)?$/i

/** A line of a file, whose fields are read from left to right. */
export class TextLine {
  /** From 1. */
  number = 0
  readonly #operation: string
  readonly #file: string
  #bytes: Uint8Array = new Uint8Array(0)
  #start = 0
  #at = 0
  #end = 0

  /** @param operation Named in errors, as is `file`. */
  constructor(operation: string, file: string) {
    this.#operation = operation
    this.#file = file
  }

  /** Makes this the next line, bytes `start` to `end`. */
  next(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes
    this.#start = start
    this.#end = end > start && bytes[end - 1] === RETURN ? end - 1 : end
    this.#at = start
    this.number++
    this.#skipSpaces()
  }

  /** Whether there is no further field. */
  get done(): boolean {
    return this.#at >= this.#end
  }

  /** The whole line. */
  get text(): string {
    return new TextDecoder().decode(this.#bytes.slice(this.#start, this.#end))
  }

  /** Whether the line begins with this byte, spaces aside. */
  beginsWith(byte: number): boolean {
    return this.#at < this.#end && this.#bytes[this.#at] === byte
  }

  /**
   * The next field, as a whole number that is not negative.
   *
   * @param name What it is, for the error.
   */
  whole(name: string): number {
    const bytes = this.#bytes
    const from = this.#at
    let at = from
    let value = 0
    for (; at < this.#end; at++) {
      const digit = bytes[at]! - ZERO
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (at === from || (at < this.#end && !isSpace(bytes[at]!)) || value > 2 ** 53) {
      throw this.error(`${name} must be a whole number; got ${JSON.stringify(this.#field())}`)
    }
    this.#at = at
    this.#skipSpaces()
    return value
  }

  /** The next field, as a number. */
  real(name: string): number {
    const field = this.#field()
    const lower = field.toLowerCase()
    let value = Number(field)
    if (lower === 'nan') value = Number.NaN
    else if (INFINITE.test(field)) value = lower.startsWith('-') ? -Infinity : Infinity
    else if (!DECIMAL.test(field)) {
      throw this.error(`${name} must be a number; got ${JSON.stringify(field)}`)
    }
    this.#at += field.length
    this.#skipSpaces()
    return value
  }

  /** @throws {InputOutputError} If there is a further field. */
  end(): void {
    if (!this.done) throw this.error(`${JSON.stringify(this.#field())} is one field too many`)
  }

  /** An error about this line. */
  error(what: string): InputOutputError {
    return new InputOutputError(`${this.#operation}: ${this.#file}, line ${this.number}: ${what}.`)
  }

  #skipSpaces(): void {
    while (this.#at < this.#end && isSpace(this.#bytes[this.#at]!)) this.#at++
  }

  #field(): string {
    let end = this.#at
    while (end < this.#end && !isSpace(this.#bytes[end]!)) end++
    return new TextDecoder().decode(this.#bytes.slice(this.#at, end))
  }
}

/**
 * Calls `visit` for each line of a file; the line is the same object each time. Files are read piece
 * by piece.
 */
export async function eachLine(
  file: InputFile,
  operation: string,
  visit: (line: TextLine) => void,
  signal?: AbortSignal,
): Promise<TextLine> {
  const line = new TextLine(operation, file.name)
  let rest = new Uint8Array(0)
  for await (const chunk of file.stream({ signal })) {
    let start = 0
    let end = chunk.indexOf(NEWLINE)
    if (rest.length > 0 && end >= 0) {
      const whole = joined(rest, chunk.subarray(0, end))
      line.next(whole, 0, whole.length)
      visit(line)
      rest = new Uint8Array(0)
      start = end + 1
      end = chunk.indexOf(NEWLINE, start)
    }
    for (; end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      line.next(chunk, start, end)
      visit(line)
      start = end + 1
    }
    rest = joined(rest, chunk.subarray(start))
  }
  if (rest.length > 0) {
    line.next(rest, 0, rest.length)
    visit(line)
  }
  return line
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
