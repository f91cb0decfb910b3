/**
 * Splits the time of a job over its operators: at any moment one of them is at work, and the time
 * that it spends in the operators that it pushes to is theirs.
 */
export class Stopwatch {
  readonly #milliseconds: Float64Array
  #current = -1
  #since = 0

  /** @param operators How many there are; they are numbered from 0. */
  constructor(operators: number) {
    this.#milliseconds = new Float64Array(operators)
  }

  /** The operator at work, or -1. */
  get current(): number {
    return this.#current
  }

  /** Lets `operator` (-1 is none) be at work from now on; returns the one that was. */
  switchTo(operator: number): number {
    const now = performance.now()
    const previous = this.#current
    if (previous >= 0) this.#milliseconds[previous]! += now - this.#since
    this.#current = operator
    this.#since = now
    return previous
  }

  /** What `operator` has taken so far. */
  milliseconds(operator: number): number {
    return this.#milliseconds[operator]!
  }
}
