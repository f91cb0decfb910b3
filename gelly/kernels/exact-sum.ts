/**
 * A sum of whole numbers and of products of two whole numbers that is exact however large it becomes.
 *
 * What is small enough is added up as a number; only now and then that goes into a `bigint`, whose
 * arithmetic takes a hundred times as long.
 */
export class ExactSum {
  #large = 0n
  #small = 0

  /** Adds a safe integer, of either sign. */
  add(value: number): void {
    // Two numbers below 2^52 add up to a safe integer.
    if (Math.abs(value) >= LIMIT) this.#large += BigInt(value)
    else this.#small += value
    if (Math.abs(this.#small) >= LIMIT) this.#flush()
  }

  /** Adds `a * b`, both of them safe integers of at least 0. */
  addProduct(a: number, b: number): void {
    const product = a * b
    if (product < LIMIT) this.add(product)
    else this.#large += BigInt(a) * BigInt(b)
  }

  /** Adds the number of pairs among `items`. */
  addPairs(items: number): void {
    if (items % 2 === 0) this.addProduct(items / 2, items - 1)
    else this.addProduct(items, (items - 1) / 2)
  }

  /** The sum so far. */
  get value(): bigint {
    this.#flush()
    return this.#large
  }

  #flush(): void {
    this.#large += BigInt(this.#small)
    this.#small = 0
  }
}

const LIMIT = 2 ** 52
