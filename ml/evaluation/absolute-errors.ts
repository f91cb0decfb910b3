/** Metrics of regression made of absolute errors. */
import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type Metric, metric } from './metric.js'
import { readNumberPairs } from './read-numbers.js'
import { regression } from './squared-errors.js'
import { weightedMean, weightedMedian } from './weighted-mean.js'

/**
 * The mean absolute error: `mean(|label - prediction|)`, in the unit of the label.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(records).
 * @example
 * const guessed = from([{ y: 1, prediction: 2 }, { y: 4, prediction: 1 }])
 * await meanAbsoluteError(guessed, { label: 'y' }) // 2
 */
export const meanAbsoluteError: Metric<'predictions', object> = metric({
  ...regression('meanAbsoluteError', false),
  async measure(data, options, run) {
    const { length, labels, predictions, weights } = await readNumberPairs(data, options, run)
    return weightedMean(length, weights, row => Math.abs(labels[row]! - predictions[row]!))
  },
})

/**
 * The median of absolute errors: half of the records have a smaller one. A few wild errors do not
 * matter. With weights, half of the weight.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(records log records).
 * @example
 * const guessed = from([1, 2, 900].map(y => ({ y, prediction: 0 })))
 * await medianAbsoluteError(guessed, { label: 'y' }) // 2
 */
export const medianAbsoluteError: Metric<'predictions', object> = metric({
  ...regression('medianAbsoluteError', false),
  async measure(data, options, run) {
    const { length, labels, predictions, weights } = await readNumberPairs(data, options, run)
    const errors = Float64Array.from({ length }, (_, row) =>
      Math.abs(labels[row]! - predictions[row]!),
    )
    return weightedMedian(errors, weights)
  },
})

/**
 * The mean absolute error as a share of the label: `mean(|label - prediction| / |label|)`; 0.1 is ten
 * percent.
 *
 * @throws {ArgumentError} If a label is 0, there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(records).
 * @example
 * const guessed = from([{ y: 10, prediction: 9 }, { y: 100, prediction: 130 }])
 * await meanAbsolutePercentageError(guessed, { label: 'y' }) // 0.2
 */
export const meanAbsolutePercentageError: Metric<'predictions', object> = metric({
  ...regression('meanAbsolutePercentageError', false),
  async measure(data, options, run) {
    const { length, labels, predictions, weights } = await readNumberPairs(data, options, run)
    return weightedMean(length, weights, row => {
      const label = labels[row]!
      if (label === 0) {
        throw new ArgumentError(
          `${run.operation}: record ${row} has 0 in field "${options.label}"; there is no share of it. Use meanAbsoluteError.`,
        )
      }
      return Math.abs(label - predictions[row]!) / Math.abs(label)
    })
  },
})

/** Options of `pinballLoss`. */
export interface PinballOptions {
  /** Which quantile is predicted, between 0 and 1. Default 0.5, the median. */
  readonly quantile?: number
}

/**
 * How good predictions of a quantile are: `quantile * e` where the label is above the prediction by `e`,
 * `(1 - quantile) * e` where it is below. For the median it is half the mean absolute error.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(records). Source: Koenker, Bassett, "Regression Quantiles", 1978.
 * @example
 * const guessed = from([{ y: 10, prediction: 20 }])
 * await pinballLoss(guessed, { label: 'y', quantile: 0.9 }) // 0.99...
 */
export const pinballLoss: Metric<'predictions', PinballOptions> = metric({
  ...regression('pinballLoss', false),
  options: ['quantile'],
  async measure(data, options, run) {
    const { quantile = 0.5 } = options
    if (typeof quantile !== 'number' || !(quantile > 0 && quantile < 1)) {
      throw new ArgumentError(
        `${run.operation}: quantile must be above 0 and below 1; got ${shown(quantile)}.`,
      )
    }
    const { length, labels, predictions, weights } = await readNumberPairs(data, options, run)
    return weightedMean(length, weights, row => {
      const error = labels[row]! - predictions[row]!
      return error >= 0 ? quantile * error : (quantile - 1) * error
    })
  },
})
