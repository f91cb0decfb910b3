/** The nearest rows found so far, at most a given number: a heap with the farthest of them first. */
export class NearestList {
  readonly #most: number
  readonly #compared: Float64Array
  readonly #rows: Int32Array
  #length = 0

  constructor(most: number) {
    this.#most = most
    this.#compared = new Float64Array(most)
    this.#rows = new Int32Array(most)
  }

  /** What is above it is not among the nearest. */
  get limit(): number {
    return this.#length < this.#most ? Number.POSITIVE_INFINITY : this.#compared[0]!
  }

  clear(): void {
    this.#length = 0
  }

  /** Of rows equally far the first ones count as nearer. */
  offer(row: number, compared: number): void {
    if (this.#length < this.#most) this.#rise(this.#length++, row, compared)
    else if (isFarther(this.#compared[0]!, this.#rows[0]!, compared, row)) this.#sink(row, compared)
  }

  /** Empties it into lists, the nearest first. */
  drain(rows: Int32Array | Float64Array, compared: Float64Array, start: number): void {
    for (let last = this.#length - 1; last >= 0; last--) {
      rows[start + last] = this.#rows[0]!
      compared[start + last] = this.#compared[0]!
      this.#length = last
      this.#sink(this.#rows[last]!, this.#compared[last]!)
    }
  }

  #rise(from: number, row: number, compared: number): void {
    let at = from
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isFarther(compared, row, this.#compared[above]!, this.#rows[above]!)) break
      this.#rows[at] = this.#rows[above]!
      this.#compared[at] = this.#compared[above]!
      at = above
    }
    this.#rows[at] = row
    this.#compared[at] = compared
  }

  /** Puts an entry in the place of the first. */
  #sink(row: number, compared: number): void {
    const length = this.#length
    const [rows, values] = [this.#rows, this.#compared]
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= length) break
      const next = below + 1
      if (next < length && isFarther(values[next]!, rows[next]!, values[below]!, rows[below]!)) {
        below = next
      }
      if (!isFarther(values[below]!, rows[below]!, compared, row)) break
      rows[at] = rows[below]!
      values[at] = values[below]!
      at = below
    }
    rows[at] = row
    values[at] = compared
  }
}

function isFarther(a: number, rowOfA: number, b: number, rowOfB: number): boolean {
  return a > b || (a === b && rowOfA > rowOfB)
}
