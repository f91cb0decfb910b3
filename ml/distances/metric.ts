import { numberFrom, oneOf } from '../../engine/extend.js'

/** The distances by name. */
export type MetricName =
  | 'euclidean'
  | 'squaredEuclidean'
  | 'cosine'
  | 'chebyshev'
  | 'manhattan'
  | 'minkowski'
  | 'tanimoto'

const NAMES: readonly MetricName[] = [
  ...(['euclidean', 'squaredEuclidean', 'cosine', 'chebyshev', 'manhattan'] as const),
  ...(['minkowski', 'tanimoto'] as const),
]

/** How rows are compared: by something that grows with the distance and is faster. */
export interface Metric {
  readonly name: MetricName
  /** The exponent of `'minkowski'`. */
  readonly p: number
  /**
   * Compares a point with a row that begins at `at`. May give anything above `limit` for what is above it.
   *
   * @param square The square of the point.
   * @param squareOfRow That of the row. Both are for the cosine and Tanimoto's distance.
   */
  compare(
    point: Float64Array,
    square: number,
    values: Float64Array,
    at: number,
    squareOfRow: number,
    limit: number,
  ): number
  /** The distance of what `compare` gave. */
  distance(compared: number): number
  /**
   * What one coordinate that differs by so much adds to what `compare` gives, where this is a sum of such;
   * `undefined` where it is none.
   */
  readonly along?: (difference: number) => number
}

/** @throws {ArgumentError} If there is no such metric, or p is below 1. */
export function metricOf(name: unknown, p: unknown, operation: string): Metric {
  oneOf(name, NAMES, operation, 'metric')
  numberFrom(p, operation, 'p', 1, Number.MAX_VALUE)
  const exponent = p as number
  const metric = name as MetricName
  const same = (compared: number) => compared
  const named = { name: metric, p: exponent, distance: same }
  if (metric === 'squaredEuclidean') return { ...named, compare: squares, along: squareOf }
  if (metric === 'euclidean') {
    return { ...named, compare: squares, along: squareOf, distance: Math.sqrt }
  }
  if (metric === 'manhattan') return { ...named, compare: absolutes, along: Math.abs }
  if (metric === 'minkowski') {
    const along = (difference: number) => Math.abs(difference) ** exponent
    const distance = (compared: number) => compared ** (1 / exponent)
    return { ...named, compare: powers(exponent), along, distance }
  }
  if (metric === 'chebyshev') return { ...named, compare: largest }
  return { ...named, compare: metric === 'cosine' ? cosines : tanimotos }
}

const squareOf = (difference: number) => difference * difference

function squares(
  point: Float64Array,
  _square: number,
  values: Float64Array,
  at: number,
  _squareOfRow: number,
  limit: number,
): number {
  const { length } = point
  let sum = 0
  let k = 0
  for (; k + 7 < length && sum <= limit; k += 8) {
    for (let j = k; j < k + 8; j++) {
      const difference = point[j]! - values[at + j]!
      sum += difference * difference
    }
  }
  if (sum > limit) return sum
  for (; k < length; k++) {
    const difference = point[k]! - values[at + k]!
    sum += difference * difference
  }
  return sum
}

function absolutes(point: Float64Array, _: number, values: Float64Array, at: number): number {
  let sum = 0
  for (let k = 0; k < point.length; k++) sum += Math.abs(point[k]! - values[at + k]!)
  return sum
}

function powers(p: number): Metric['compare'] {
  return (point, _, values, at) => {
    let sum = 0
    for (let k = 0; k < point.length; k++) sum += Math.abs(point[k]! - values[at + k]!) ** p
    return sum
  }
}

function largest(point: Float64Array, _: number, values: Float64Array, at: number): number {
  let most = 0
  for (let k = 0; k < point.length; k++) {
    const difference = Math.abs(point[k]! - values[at + k]!)
    if (difference > most) most = difference
  }
  return most
}

function cosines(
  point: Float64Array,
  square: number,
  values: Float64Array,
  at: number,
  squareOfRow: number,
): number {
  if (square === 0 && squareOfRow === 0) return 0
  if (square === 0 || squareOfRow === 0) return 1
  const cosine = productOf(point, values, at) / (Math.sqrt(square) * Math.sqrt(squareOfRow))
  return Math.max(1 - cosine, 0)
}

function tanimotos(
  point: Float64Array,
  square: number,
  values: Float64Array,
  at: number,
  squareOfRow: number,
): number {
  const product = productOf(point, values, at)
  const together = square + squareOfRow - product
  return together === 0 ? 0 : 1 - product / together
}

function productOf(point: Float64Array, values: Float64Array, at: number): number {
  let sum = 0
  for (let k = 0; k < point.length; k++) sum += point[k]! * values[at + k]!
  return sum
}
