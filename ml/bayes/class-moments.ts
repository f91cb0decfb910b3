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
  const weightOf = (row: number) => (weights === null ? 1 : weights[row]!)
  for (let row = 0, at = 0; row < length; row++) {
    const first = codes[row]! * size
    const weight = weightOf(row)
    totals[codes[row]!]! += weight
    for (let k = 0; k < size; k++, at++) means[first + k]! += weight * values[at]!
  }
  const empty = totals.findIndex(total => !(total > 0))
  if (empty >= 0) {
    throw new ArgumentError(
      `gaussianNaiveBayes: no record of class ${shown(classes[empty])} has a weight above 0. Leave such records out with filter.`,
    )
  }
  for (let at = 0; at < means.length; at++) means[at]! /= totals[Math.floor(at / size)]!
  for (let row = 0, at = 0; row < length; row++) {
    const first = codes[row]! * size
    const weight = weightOf(row)
    for (let k = 0; k < size; k++, at++) {
      variances[first + k]! += weight * (values[at]! - means[first + k]!) ** 2
    }
  }
  const added = smoothing * largestVariance({ values, length, size })
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
