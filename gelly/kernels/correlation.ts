/**
 * Pearson's correlation of pairs that are added one by one, by Welford's updates: means and deviations
 * from them, never sums of squares, which lose their last digits.
 */
export class Correlation {
  #count = 0
  #meanX = 0
  #meanY = 0
  #xx = 0
  #yy = 0
  #xy = 0

  /** Adds a pair. */
  add(x: number, y: number): void {
    this.#count++
    const dx = x - this.#meanX
    const dy = y - this.#meanY
    this.#meanX += dx / this.#count
    this.#meanY += dy / this.#count
    this.#xx += dx * (x - this.#meanX)
    this.#yy += dy * (y - this.#meanY)
    this.#xy += dx * (y - this.#meanY)
  }

  /** From -1 to 1; NaN where one side does not vary, or there are no pairs. */
  get value(): number {
    if (this.#xx === 0 || this.#yy === 0) return Number.NaN
    return Math.max(-1, Math.min(1, this.#xy / Math.sqrt(this.#xx * this.#yy)))
  }
}
