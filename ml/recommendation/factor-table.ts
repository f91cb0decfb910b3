import { type Column, ColumnWriter, columnsSource, VectorColumn } from '../../engine/extend.js'
import type { DataSet, ExecutionEnvironment } from '../../engine/index.js'
import { best } from './best.js'
import { type Id, IdTable } from './ids.js'

/** The factors of all users, or of all items. */
export class FactorTable {
  readonly ids: IdTable
  /** Row `k` is that of the k-th id. */
  readonly factors: Float64Array
  readonly rank: number
  #column: Column | undefined
  #norms: Float64Array | undefined

  /** @param name The field that the ids stand in. */
  constructor(name: string, ids: readonly Id[], factors: Float64Array, rank: number) {
    this.ids = new IdTable(ids, name)
    this.factors = factors
    this.rank = rank
  }

  get length(): number {
    return this.ids.ids.length
  }

  /** The ids. */
  get column(): Column {
    this.#column ??= columnOfIds(this.ids)
    return this.#column
  }

  /** The factors of one. */
  row(place: number): Float64Array {
    return this.factors.subarray(place * this.rank, (place + 1) * this.rank)
  }

  /** A record for each id. */
  dataSet<R>(environment: ExecutionEnvironment): DataSet<R> {
    const { column, factors, rank, length } = this
    return environment.read<R>(
      columnsSource({ [this.ids.name]: column, factors: new VectorColumn(factors, rank, length) }),
    )
  }

  /** The product of each row and a vector, into `products`. */
  products(vector: Float64Array, products: Float64Array): void {
    const { factors, rank } = this
    for (let row = 0, at = 0; row < products.length; row++) {
      let sum = 0
      for (let k = 0; k < rank; k++, at++) sum += factors[at]! * vector[k]!
      products[row] = sum
    }
  }

  /** Those whose factors have the smallest angle to those of one, with its cosine; without itself. */
  similar(
    place: number,
    count: number,
  ): readonly { readonly id: Id; readonly similarity: number }[] {
    const { length } = this
    this.#norms ??= Float64Array.from({ length }, (_, row) => Math.hypot(...this.row(row)))
    const cosines = new Float64Array(length)
    this.products(this.row(place), cosines)
    for (let row = 0; row < length; row++) {
      // Who has no factors is like nobody.
      cosines[row]! /= this.#norms[row]! * this.#norms[place]! || Number.POSITIVE_INFINITY
    }
    cosines[place] = Number.NaN
    const { places, scores } = best(cosines, count)
    return places.map((other, k) => ({ id: this.ids.ids[other]!, similarity: scores[k]! }))
  }
}

function columnOfIds({ ids, name }: IdTable): Column {
  const writer = new ColumnWriter(ids.length, name)
  for (const [row, id] of ids.entries()) writer.set(row, id)
  return writer.finish(ids.length)
}
