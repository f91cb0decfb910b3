/** Aggregates that are sums: count, sum, mean, share, variance and deviation. */
import { SchemaError } from '../../errors.js'
import type { TargetAggregate } from '../../functions/group-target.js'
import { type Column, Float64Column, Int32Column, type Validity } from '../../types/column.js'
import { shown } from '../../types/column-writer.js'
import { gather } from '../../types/gather.js'
import { type Accumulator, fitted, numbersOf, presentWhere } from './accumulator.js'

/** The number of records, or of those with a value. */
export class CountAccumulator implements Accumulator {
  #counts = new Float64Array(0)
  get byteLength(): number {
    return this.#counts.byteLength
  }
  resize(size: number): void {
    this.#counts = fitted(this.#counts, size)
  }
  add(column: Column | undefined, ids: Int32Array, length: number): void {
    const counts = this.#counts
    if (column?.layout === 'any') {
      const { values } = column
      for (let row = 0; row < length; row++) if (values[row] != null) counts[ids[row]!]!++
      return
    }
    const valid = column?.valid ?? null
    if (valid === null) for (let row = 0; row < length; row++) counts[ids[row]!]!++
    else for (let row = 0; row < length; row++) counts[ids[row]!]! += valid[row]!
  }
  addToFirst(column: Column | undefined, length: number): void {
    let count = length
    if (column?.layout === 'any') {
      const { values } = column
      for (let row = 0; row < length; row++) if (values[row] == null) count--
    } else if (column !== undefined && column.valid !== null) {
      const { valid } = column
      for (let row = 0; row < length; row++) count -= 1 - valid[row]!
    }
    this.#counts[0]! += count
  }
  open(): TargetAggregate {
    return { op: 'count', takes: 'float64', state: [this.#counts] }
  }
  take(groups: Int32Array): void {
    this.#counts = gather(this.#counts, groups)
  }
  state(size: number): readonly Column[] {
    return [new Float64Column(this.#counts.subarray(0, size))]
  }
  merge(state: readonly Column[], ids: Int32Array, length: number): void {
    addTo(this.#counts, doubles(state[0]!), ids, length)
  }
  result(size: number): Column {
    return wholeNumbers(this.#counts.subarray(0, size))
  }
  reset(): void {
    this.#counts = new Float64Array(0)
  }
}

/** The sum of the values, 0 when there are none. */
export class SumAccumulator implements Accumulator {
  readonly #what: string
  #sums = new Float64Array(0)
  #whole = true
  constructor(what: string) {
    this.#what = what
  }
  get byteLength(): number {
    return this.#sums.byteLength
  }
  resize(size: number): void {
    this.#sums = fitted(this.#sums, size)
  }
  add(column: Column, ids: Int32Array, length: number): void {
    const { values, valid } = numbersOf(column, this.#what)
    if (values instanceof Float64Array && length > 0) this.#whole = false
    const sums = this.#sums
    if (valid === null) addTo(sums, values, ids, length)
    else {
      for (let row = 0; row < length; row++) {
        if (valid[row] === 1) sums[ids[row]!]! += values[row]!
      }
    }
  }
  addToFirst(column: Column, length: number): void {
    const { values, valid } = numbersOf(column, this.#what)
    if (values instanceof Float64Array && length > 0) this.#whole = false
    this.#sums[0] = sumFrom(this.#sums[0]!, values, valid, length)
  }
  open(): TargetAggregate {
    return { op: 'sum', takes: this.#whole ? 'int32' : 'float64', state: [this.#sums] }
  }
  take(groups: Int32Array): void {
    this.#sums = gather(this.#sums, groups)
  }
  state(size: number): readonly Column[] {
    return [new Float64Column(this.#sums.subarray(0, size))]
  }
  merge(state: readonly Column[], ids: Int32Array, length: number): void {
    addTo(this.#sums, doubles(state[0]!), ids, length)
  }
  result(size: number): Column {
    const sums = this.#sums.subarray(0, size)
    return this.#whole ? wholeNumbers(sums) : new Float64Column(sums)
  }
  reset(): void {
    this.#sums = new Float64Array(0)
  }
}

/** The mean of the values, missing when there are none. */
export class MeanAccumulator implements Accumulator {
  readonly #what: string
  #sums = new Float64Array(0)
  #counts = new Float64Array(0)
  constructor(what: string) {
    this.#what = what
  }
  get byteLength(): number {
    return this.#sums.byteLength + this.#counts.byteLength
  }
  resize(size: number): void {
    this.#sums = fitted(this.#sums, size)
    this.#counts = fitted(this.#counts, size)
  }
  add(column: Column, ids: Int32Array, length: number): void {
    const { values, valid } = numbersOf(column, this.#what)
    const sums = this.#sums
    const counts = this.#counts
    for (let row = 0; row < length; row++) {
      if (valid !== null && valid[row] === 0) continue
      const id = ids[row]!
      sums[id]! += values[row]!
      counts[id]!++
    }
  }
  addToFirst(column: Column, length: number): void {
    const { values, valid } = numbersOf(column, this.#what)
    this.#sums[0] = sumFrom(this.#sums[0]!, values, valid, length)
    let count = length
    if (valid !== null) for (let row = 0; row < length; row++) count -= 1 - valid[row]!
    this.#counts[0]! += count
  }
  open(): TargetAggregate {
    return { op: 'mean', takes: 'float64', state: [this.#sums, this.#counts] }
  }
  take(groups: Int32Array): void {
    this.#sums = gather(this.#sums, groups)
    this.#counts = gather(this.#counts, groups)
  }
  state(size: number): readonly Column[] {
    return [
      new Float64Column(this.#sums.subarray(0, size)),
      new Float64Column(this.#counts.subarray(0, size)),
    ]
  }
  merge(state: readonly Column[], ids: Int32Array, length: number): void {
    addTo(this.#sums, doubles(state[0]!), ids, length)
    addTo(this.#counts, doubles(state[1]!), ids, length)
  }
  result(size: number): Column {
    const means = new Float64Array(size)
    for (let id = 0; id < size; id++) means[id] = this.#sums[id]! / this.#counts[id]!
    return presentWhere(means, this.#counts, size)
  }
  reset(): void {
    this.#sums = new Float64Array(0)
    this.#counts = new Float64Array(0)
  }
}

/** The share of the values that are true, missing when there are none. */
export class ShareAccumulator extends MeanAccumulator {
  readonly #name: string
  constructor(what: string) {
    super(what)
    this.#name = what
  }
  override add(column: Column, ids: Int32Array, length: number): void {
    super.add(this.#ones(column, length), ids, length)
  }
  override addToFirst(column: Column, length: number): void {
    super.addToFirst(this.#ones(column, length), length)
  }
  /** 1 for true, 0 for false. */
  #ones(column: Column, length: number): Int32Column {
    if (column.layout === 'boolean') {
      return new Int32Column(Int32Array.from(column.values), column.valid)
    }
    const ones = new Int32Array(length)
    const valid = new Uint8Array(length)
    for (let row = 0; row < length; row++) {
      const value = column.get(row)
      if (value === null || value === undefined) continue
      if (typeof value !== 'boolean') {
        throw new SchemaError(
          `${this.#name} must hold true or false; got ${shown(value)}. Give a condition, such as share(record => record.delay > 15).`,
        )
      }
      ones[row] = value ? 1 : 0
      valid[row] = 1
    }
    return new Int32Column(ones, valid)
  }
}

/**
 * Sample variance (divided by n - 1) of the values, or its square root; missing for fewer than two.
 *
 * Means and squared deviations are updated value by value (Welford 1962) and merged (Chan, Golub,
 * LeVeque 1979), so that large means do not cancel small deviations.
 */
export class VarianceAccumulator implements Accumulator {
  readonly #what: string
  readonly #root: boolean
  #counts = new Float64Array(0)
  #means = new Float64Array(0)
  #squares = new Float64Array(0)
  /** @param root Whether the result is the standard deviation. */
  constructor(what: string, root: boolean) {
    this.#what = what
    this.#root = root
  }
  get byteLength(): number {
    return 3 * this.#counts.byteLength
  }
  resize(size: number): void {
    this.#counts = fitted(this.#counts, size)
    this.#means = fitted(this.#means, size)
    this.#squares = fitted(this.#squares, size)
  }
  add(column: Column, ids: Int32Array, length: number): void {
    const { values, valid } = numbersOf(column, this.#what)
    const counts = this.#counts
    const means = this.#means
    const squares = this.#squares
    for (let row = 0; row < length; row++) {
      if (valid !== null && valid[row] === 0) continue
      const id = ids[row]!
      const value = values[row]!
      const count = ++counts[id]!
      const away = value - means[id]!
      means[id]! += away / count
      squares[id]! += away * (value - means[id]!)
    }
  }
  state(size: number): readonly Column[] {
    return [this.#counts, this.#means, this.#squares].map(
      values => new Float64Column(values.subarray(0, size)),
    )
  }
  merge(state: readonly Column[], ids: Int32Array, length: number): void {
    const [counts, means, squares] = state.map(doubles)
    for (let row = 0; row < length; row++) {
      const id = ids[row]!
      const mine = this.#counts[id]!
      const other = counts![row]!
      if (other === 0) continue
      const both = mine + other
      const away = means![row]! - this.#means[id]!
      this.#counts[id] = both
      this.#means[id]! += (away * other) / both
      this.#squares[id]! += squares![row]! + (away * away * mine * other) / both
    }
  }
  result(size: number): Column {
    const values = new Float64Array(size)
    for (let id = 0; id < size; id++) {
      const variance = this.#squares[id]! / (this.#counts[id]! - 1)
      values[id] = this.#root ? Math.sqrt(variance) : variance
    }
    return presentWhere(values, this.#counts, size, 2)
  }
  reset(): void {
    this.#counts = new Float64Array(0)
    this.#means = new Float64Array(0)
    this.#squares = new Float64Array(0)
  }
}

function addTo(
  sums: Float64Array,
  values: Float64Array | Int32Array,
  ids: Int32Array,
  length: number,
): void {
  for (let row = 0; row < length; row++) sums[ids[row]!]! += values[row]!
}

/** `sum` and the values that are there, added one by one in their order. */
function sumFrom(
  sum: number,
  values: Float64Array | Int32Array,
  valid: Validity,
  length: number,
): number {
  if (valid === null) for (let row = 0; row < length; row++) sum += values[row]!
  else for (let row = 0; row < length; row++) if (valid[row] === 1) sum += values[row]!
  return sum
}

/** The numbers of a state column, which is never anything else. */
function doubles(column: Column): Float64Array {
  return (column as Float64Column).values
}

/** The narrower column for whole numbers that fit it. */
function wholeNumbers(values: Float64Array): Column {
  for (let id = 0; id < values.length; id++) {
    if ((values[id]! | 0) !== values[id]!) return new Float64Column(values)
  }
  return new Int32Column(Int32Array.from(values))
}
