import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ClassLabel } from '../data/labels.js'
import type { DenseRows } from '../data/rows.js'

/** How features are distributed in each class. */
export interface ClassMoments {
  /** The shares of the classes. */
  readonly priors: Float64Array
  /** Class by class the means of the features. */
  readonly means: Float64Array
  /** Class by class their variances, of the population, with the smoothing added. */
  readonly variances: Float64Array
}

/**
 * Means and variances of features by class.
 *
 * @param smoothing Times the largest variance of a feature over all records is added to each variance.
 * @param names Of the features, for errors.
 * @throws {ArgumentError} If a class has no weight, or a variance is 0.
 */
export function classMoments(
  { values, length, size }: DenseRows,
  codes: Int32Array,
  classes: readonly ClassLabel[],
  weights: Float64Array | null,
  smoothing: number,
  names: readonly string[],
): ClassMoments {
  const count = classes.length
  const totals = new Float64Array(count)
  const means = new Float64Array(count * size)
  const variances = new Float64Array(count * size)
  addUp(values, size, codes, weights, totals, means)
  const empty = totals.findIndex(total => !(total > 0))
  if (empty >= 0) {
    throw new ArgumentError(
      `gaussianNaiveBayes: no record of class ${shown(classes[empty])} has a weight above 0. Leave such records out with filter.`,
    )
  }
  for (let at = 0; at < means.length; at++) means[at]! /= totals[Math.floor(at / size)]!
  addSquares(values, size, codes, weights, means, variances)
  const largest =
    weights === null
      ? largestOfClasses(totals, means, variances, length)
      : largestVariance({ values, length, size })
  const added = smoothing * largest
  for (let at = 0; at < variances.length; at++) {
    variances[at] = variances[at]! / totals[Math.floor(at / size)]! + added
  }
  const flat = variances.findIndex(variance => !(variance > 0))
  if (flat >= 0) {
    throw new ArgumentError(
      `gaussianNaiveBayes: feature "${names[flat % size]}" does not vary in class ${shown(classes[Math.floor(flat / size)])}. Leave it out, or give a smoothing above 0.`,
    )
  }
  const total = totals.reduce((a, b) => a + b, 0)
  return { priors: totals.map(each => each / total), means, variances }
}

/** Adds up the weights of classes, and the features by class. */
function addUp(
  values: Float64Array,
  size: number,
  codes: Int32Array,
  weights: Float64Array | null,
  totals: Float64Array,
  sums: Float64Array,
): void {
  for (let row = 0, at = 0; row < codes.length; row++) {
    const code = codes[row]!
    const weight = weights === null ? 1 : weights[row]!
    totals[code]! += weight
    const end = (code + 1) * size
    for (let to = code * size; to < end; to++, at++) sums[to]! += weight * values[at]!
  }
}

/** Adds up the squares of how far features are from the means of their class. */
function addSquares(
  values: Float64Array,
  size: number,
  codes: Int32Array,
  weights: Float64Array | null,
  means: Float64Array,
  squares: Float64Array,
): void {
  for (let row = 0, at = 0; row < codes.length; row++) {
    const code = codes[row]!
    const weight = weights === null ? 1 : weights[row]!
    const end = (code + 1) * size
    for (let to = code * size; to < end; to++, at++) {
      const off = values[at]! - means[to]!
      squares[to]! += weight * off * off
    }
  }
}

/**
 * The largest variance of a feature over all records: what is within the classes, and what their means are apart.
 * Spares two passes.
 */
function largestOfClasses(
  totals: Float64Array,
  means: Float64Array,
  squares: Float64Array,
  length: number,
): number {
  const count = totals.length
  const size = means.length / count
  let largest = 0
  for (let k = 0; k < size; k++) {
    let mean = 0
    for (let code = 0; code < count; code++) {
      mean += (totals[code]! / length) * means[code * size + k]!
    }
    let sum = 0
    for (let code = 0; code < count; code++) {
      const at = code * size + k
      sum += squares[at]! + totals[code]! * (means[at]! - mean) ** 2
    }
    largest = Math.max(largest, sum / length)
  }
  return largest
}

/** The largest variance of a feature; without weights, as scikit-learn takes it. */
function largestVariance({ values, length, size }: Omit<DenseRows, 'kind'>): number {
  const means = new Float64Array(size)
  const variances = new Float64Array(size)
  for (let row = 0, at = 0; row < length; row++) {
    for (let k = 0; k < size; k++, at++) means[k]! += values[at]! / length
  }
  for (let row = 0, at = 0; row < length; row++) {
    for (let k = 0; k < size; k++, at++) variances[k]! += (values[at]! - means[k]!) ** 2 / length
  }
  return variances.reduce((most, variance) => Math.max(most, variance), 0)
}
