import { type Column, SparseColumn, VectorColumn } from '../../engine/extend.js'
import type { DenseRows, Rows, SparseRows } from '../data/rows.js'

/**
 * All products of features up to a degree, in the order of scikit-learn: lower degrees first, within one
 * the features in their order, `x, y, x^2, x y, y^2`.
 *
 * Products of degree `d` that begin with feature `i` are that feature times those of degree `d - 1` that
 * begin with it or a later one, and these stand together, at the end. So it is enough to know, for each
 * degree, where the products that begin with a feature start.
 */
export class Monomials {
  /** How many products there are. */
  readonly count: number
  readonly #size: number
  readonly #degree: number
  /** 1 where a feature is at most once in a product, else 0: how far the next one is from the last. */
  readonly #step: 0 | 1
  /** By degree: where the products start that begin with a feature, and behind the last one their number. */
  readonly #starts: readonly Float64Array[]
  /** By degree: where its products begin among all. */
  readonly #offsets: readonly number[]

  /**
   * @param size How many features there are.
   * @param interactionOnly Whether products have no feature twice.
   * @param bias Whether the first product is that of no feature: 1.
   */
  constructor(size: number, degree: number, interactionOnly: boolean, bias: boolean) {
    const step = interactionOnly ? 1 : 0
    const starts = [
      new Float64Array(size + 1),
      Float64Array.from({ length: size + 1 }, (_, k) => k),
    ]
    const offsets = [0, bias ? 1 : 0]
    for (let d = 2; d <= degree; d++) {
      const lower = starts[d - 1]!
      const own = new Float64Array(size + 1)
      for (let k = 0; k < size; k++) {
        own[k + 1] = own[k]! + lower[size]! - lower[Math.min(size, k + step)]!
      }
      starts.push(own)
      offsets.push(offsets[d - 1]! + lower[size]!)
    }
    this.#size = size
    this.#degree = degree
    this.#step = step
    this.#starts = starts
    this.#offsets = offsets
    this.count = offsets[degree]! + starts[degree]![size]!
  }

  /** The products of each row; sparse ones of sparse rows. */
  of(rows: Rows): Column {
    return rows.kind === 'dense' ? this.#ofDense(rows) : this.#ofSparse(rows)
  }

  /** By product the names of its features: `x^2 y`. */
  names(features: readonly string[]): readonly string[] {
    const names: string[] = this.#offsets[1] === 1 ? ['1'] : []
    const visit = (left: number, from: number, taken: readonly number[]) => {
      if (left === 0) return void names.push(product(taken, features))
      for (let k = from; k < this.#size; k++) visit(left - 1, k + this.#step, [...taken, k])
    }
    for (let d = 1; d <= this.#degree; d++) visit(d, 0, [])
    return names
  }

  #ofDense({ length, values }: DenseRows): VectorColumn {
    const size = this.#size
    const { count } = this
    const result = new Float64Array(length * count)
    for (let row = 0; row < length; row++) {
      const base = row * count
      if (this.#offsets[1] === 1) result[base] = 1
      let lower = base + this.#offsets[1]!
      for (let k = 0; k < size; k++) result[lower + k] = values[row * size + k]!
      for (let d = 2; d <= this.#degree; d++) {
        const starts = this.#starts[d - 1]!
        const end = lower + starts[size]!
        let at = base + this.#offsets[d]!
        const begin = at
        for (let k = 0; k < size; k++) {
          const value = values[row * size + k]!
          const first = lower + starts[Math.min(size, k + this.#step)]!
          for (let other = first; other < end; other++) result[at++] = value * result[other]!
        }
        lower = begin
      }
    }
    return new VectorColumn(result, count, length)
  }

  #ofSparse({ length, offsets, indices, values }: SparseRows): SparseColumn {
    const size = this.#size
    const ends = new Int32Array(length + 1)
    const places: number[] = []
    const products: number[] = []
    for (let row = 0; row < length; row++) {
      const end = offsets[row + 1]!
      if (this.#offsets[1] === 1) {
        places.push(0)
        products.push(1)
      }
      const visit = (left: number, from: number, place: number, so: number) => {
        const starts = this.#starts[left]!
        const lower = this.#starts[left - 1]!
        for (let at = from; at < end; at++) {
          const k = indices[at]!
          const value = so * values[at]!
          if (left === 1) {
            places.push(place + k)
            products.push(value)
            continue
          }
          const skipped = lower[Math.min(size, k + this.#step)]!
          visit(left - 1, at + this.#step, place + starts[k]! - skipped, value)
        }
      }
      for (let d = 1; d <= this.#degree; d++) visit(d, offsets[row]!, this.#offsets[d]!, 1)
      ends[row + 1] = places.length
    }
    return new SparseColumn(ends, Int32Array.from(places), Float64Array.from(products), this.count)
  }
}

/** `x^2 y` of `[0, 0, 1]`. */
function product(taken: readonly number[], features: readonly string[]): string {
  const factors = [...new Set(taken)].map(feature => {
    const power = taken.filter(each => each === feature).length
    return power === 1 ? features[feature]! : `${features[feature]}^${power}`
  })
  return factors.join(' ')
}
