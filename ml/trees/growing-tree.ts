import type { Split } from './best-split.js'

/** A tree over bins. The right child of a node stands behind the left one. */
export interface GrownTree {
  /** By node: the feature that it looks at. */
  readonly features: readonly number[]
  /** By node: the last bin that goes left. */
  readonly bins: readonly number[]
  /** By node: 1 where missing values go left. */
  readonly missingLeft: readonly number[]
  /** By node: its left child; -1 for leaves. */
  readonly lefts: readonly number[]
  /** By node: what it gives; of leaves only. */
  readonly values: number[]
  /** By node: what its split gains. */
  readonly gains: readonly number[]
  /** The leaves, by where their records begin. */
  readonly leaves: readonly Leaf[]
}

/** A leaf with the range of its records. */
interface Leaf {
  readonly node: number
  readonly start: number
  readonly end: number
}

/** A tree while it grows. */
export class GrowingTree {
  readonly #features: number[] = []
  readonly #bins: number[] = []
  readonly #missingLeft: number[] = []
  readonly #lefts: number[] = []
  readonly #values: number[] = []
  readonly #gains: number[] = []
  readonly #leaves = new Map<number, Leaf>()

  /**
   * @param value What its only leaf, the root, gives.
   * @param count How many records it has.
   */
  constructor(value: number, count: number) {
    this.#add(value, 0, count)
  }

  get leafCount(): number {
    return this.#leaves.size
  }

  /**
   * Makes a leaf a node with two children; returns the left one.
   *
   * @param hasMissing Whether a value was missing; if not, such values go where more records do.
   * @param children Where the records of the right one begin, and what both give.
   */
  split(
    id: number,
    { feature, bin, missingLeft, gain, left, right }: Split,
    hasMissing: boolean,
    { middle, values }: { readonly middle: number; readonly values: readonly [number, number] },
  ): number {
    const { start, end } = this.#leaves.get(id)!
    const goesLeft = hasMissing ? missingLeft : left.count > right.count
    this.#leaves.delete(id)
    this.#features[id] = feature
    this.#bins[id] = bin
    this.#missingLeft[id] = goesLeft ? 1 : 0
    this.#gains[id] = gain
    this.#lefts[id] = this.#add(values[0], start, middle)
    this.#add(values[1], middle, end)
    return this.#lefts[id]!
  }

  finish(): GrownTree {
    return {
      features: this.#features,
      bins: this.#bins,
      missingLeft: this.#missingLeft,
      lefts: this.#lefts,
      values: this.#values,
      gains: this.#gains,
      leaves: [...this.#leaves.values()].sort((a, b) => a.start - b.start),
    }
  }

  #add(value: number, start: number, end: number): number {
    const node = this.#values.push(value) - 1
    this.#features.push(0)
    this.#bins.push(0)
    this.#missingLeft.push(0)
    this.#lefts.push(-1)
    this.#gains.push(0)
    this.#leaves.set(node, { node, start, end })
    return node
  }
}
