/**
 * The distinct strings of one or more columns, each with a code: its position in order of first
 * appearance. Grows only, so codes stay valid; all batches of one source share one dictionary.
 */
export class Dictionary {
  /** The strings by code. Read it; `encode` alone may append. */
  readonly values: string[] = []
  readonly #codes = new Map<string, number>()

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.encode(value)
  }

  /** Number of distinct strings. */
  get size(): number {
    return this.values.length
  }

  /** The code of `value`, which is added when it is new. */
  encode(value: string): number {
    let code = this.#codes.get(value)
    if (code === undefined) {
      code = this.values.length
      this.#codes.set(value, code)
      this.values.push(value)
    }
    return code
  }

  /** The code of `value`, or -1 when it is not in the dictionary. */
  codeOf(value: string): number {
    return this.#codes.get(value) ?? -1
  }

  /** For each code of this dictionary the code of the same string in `other`, or -1. */
  codesIn(other: Dictionary): Int32Array {
    const { values } = this
    const codes = new Int32Array(values.length)
    for (let code = 0; code < values.length; code++) codes[code] = other.codeOf(values[code]!)
    return codes
  }
}
