/** Metrics of classes that need no positive one. */
import { oneOf } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type ClassOptions, type Metric, metric } from './metric.js'
import { type ClassTable, readClassTable } from './read-classes.js'

/**
 * The share of records whose prediction is right.
 *
 * Predictions of numbers, by regression, are next to never equal to the truth: they are refused.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no class, or a fraction that occurs on one side only.
 * Cost: O(records).
 * @example
 * const guessed = from([{ is: 'cat', prediction: 'cat' }, { is: 'dog', prediction: 'cat' }])
 * await accuracy(guessed, { label: 'is' }) // 0.5
 */
export const accuracy: Metric<'predictions', ClassOptions> = metric({
  ...classification('accuracy'),
  async measure(data, options, run) {
    const table = await readClassTable(data, options, run)
    return rightOf(table) / table.total
  },
})

/**
 * The mean over classes of the share of their records that are found, so that rare classes count as much
 * as frequent ones. Classes that are only predicted do not count.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no class, or a fraction that occurs on one side only.
 * Cost: O(records).
 * @example
 * const guessed = from(['cat', 'cat', 'cat', 'dog'].map(is => ({ is, prediction: 'cat' })))
 * await balancedAccuracy(guessed, { label: 'is' }) // 0.5
 */
export const balancedAccuracy: Metric<'predictions', ClassOptions> = metric({
  ...classification('balancedAccuracy'),
  async measure(data, options, run) {
    const { classes, counts, actual } = await readClassTable(data, options, run)
    let sum = 0
    let present = 0
    for (let k = 0; k < classes.length; k++) {
      if (actual[k]! === 0) continue
      sum += counts[k * classes.length + k]! / actual[k]!
      present++
    }
    return sum / present
  },
})

/**
 * Matthews' correlation of predictions with the truth, for two classes or more: 1 is perfect, 0 no better
 * than chance, -1 (of two classes) always wrong. 0 where one side has a single class.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no class, or a fraction that occurs on one side only.
 * Cost: O(records). Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation
 * coefficient", 2004.
 * @example
 * const guessed = from([0, 0, 1, 1].map((is, k) => ({ is, prediction: k % 2 })))
 * await matthewsCorrelation(guessed, { label: 'is' }) // 0
 */
export const matthewsCorrelation: Metric<'predictions', ClassOptions> = metric({
  ...classification('matthewsCorrelation'),
  async measure(data, options, run) {
    const table = await readClassTable(data, options, run)
    const { actual, predicted, total } = table
    const products = (a: Float64Array, b: Float64Array) =>
      a.reduce((sum, value, k) => sum + value * b[k]!, 0)
    const both = rightOf(table) * total - products(actual, predicted)
    const spreads =
      (total ** 2 - products(actual, actual)) * (total ** 2 - products(predicted, predicted))
    return spreads > 0 ? both / Math.sqrt(spreads) : 0
  },
})

/** Options of `cohenKappa`. */
export interface KappaOptions extends ClassOptions {
  /**
   * How wrong a wrong class is: each the same, or by how many classes it is away, or by the square of
   * that, for classes that have an order. Default `'equal'`.
   */
  readonly disagreement?: 'equal' | 'linear' | 'quadratic'
}

/**
 * Cohen's kappa: how much more predictions agree with the truth than chance would. 1 is perfect, 0 no
 * better than chance.
 *
 * @throws {ArgumentError} If both sides have one and the same class only, there are no records, or an
 *   option is wrong.
 * @throws {SchemaError} If a value is missing or no class, or a fraction that occurs on one side only.
 * Cost: O(records). Source: Cohen, "A coefficient of agreement for nominal scales", 1960; "Weighted
 * kappa", 1968.
 * @example
 * const guessed = from([1, 2, 3].map(stars => ({ stars, prediction: Math.max(stars, 2) })))
 * await cohenKappa(guessed, { label: 'stars', disagreement: 'linear' }) // 0.57...
 */
export const cohenKappa: Metric<'predictions', KappaOptions> = metric({
  ...classification('cohenKappa'),
  options: ['disagreement'],
  async measure(data, options, run) {
    const { disagreement = 'equal' } = options
    oneOf(disagreement, ['equal', 'linear', 'quadratic'], run.operation, 'disagreement')
    const { classes, counts, actual, predicted, total } = await readClassTable(data, options, run)
    const size = classes.length
    let found = 0
    let expected = 0
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const away = Math.abs(a - b)
        const cost =
          disagreement === 'equal'
            ? Math.min(away, 1)
            : disagreement === 'linear'
              ? away
              : away ** 2
        found += cost * counts[a * size + b]!
        expected += (cost * actual[a]! * predicted[b]!) / total
      }
    }
    if (expected > 0) return 1 - found / expected
    throw new ArgumentError(
      `${run.operation}: labels and predictions are all the same class; there is no chance to compare with. Use accuracy.`,
    )
  },
})

/** What metrics of classes have in common; a higher one is better. */
export function classification(name: string) {
  return {
    name,
    higherIsBetter: true,
    fields: ['label', 'prediction', 'weight', 'classes'],
    needs: ['label'],
  } as const
}

function rightOf({ classes, counts }: ClassTable): number {
  let right = 0
  for (let k = 0; k < classes.length; k++) right += counts[k * classes.length + k]!
  return right
}
