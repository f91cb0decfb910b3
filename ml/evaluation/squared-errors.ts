/** Metrics of regression made of squared errors. */
import { ArgumentError } from '../../engine/index.js'
import { type Metric, type MetricRun, metric, type PredictionFields } from './metric.js'
import { type NumberPairs, readNumberPairs } from './read-numbers.js'
import { weightedMean } from './weighted-mean.js'

/**
 * The root of the mean squared error: `sqrt(mean((label - prediction)^2))`, in the unit of the label.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(records).
 * @example
 * const model = await linearRegression({ features: ['distance'], label: 'hours' }).fit(flights)
 * await rootMeanSquaredError(model.predict(flights), { label: 'hours' }) // 0.12...
 */
export const rootMeanSquaredError: Metric<'predictions', object> = metric({
  ...regression('rootMeanSquaredError', false),
  measure: async (data, options, run) =>
    Math.sqrt(meanSquared(await readNumberPairs(data, options, run))),
})

/**
 * The mean squared error: `mean((label - prediction)^2)`.
 *
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(records).
 * @example
 * const guessed = from([{ y: 1, prediction: 2 }, { y: 4, prediction: 1 }])
 * await meanSquaredError(guessed, { label: 'y' }) // 5
 */
export const meanSquaredError: Metric<'predictions', object> = metric({
  ...regression('meanSquaredError', false),
  measure: async (data, options, run) => meanSquared(await readNumberPairs(data, options, run)),
})

/**
 * How much of the labels' variance predictions explain: 1 minus the sum of squared errors over that of
 * distances from the mean. 1 is perfect, 0 as good as the mean, below 0 worse.
 *
 * @throws {ArgumentError} If all labels are the same, there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(records).
 * @example
 * const guessed = from([{ y: 1, prediction: 2 }, { y: 4, prediction: 4 }])
 * await r2(guessed, { label: 'y' }) // 0.77...
 */
export const r2: Metric<'predictions', object> = metric({
  ...regression('r2', true),
  async measure(data, options, run) {
    const pairs = await readNumberPairs(data, options, run)
    const spread = varianceOf(pairs, row => pairs.labels[row]!)
    checkSpread(spread, options, run)
    return 1 - meanSquared(pairs) / spread
  },
})

/**
 * As `r2`, but errors may have a mean other than 0: 1 minus the variance of errors over that of labels.
 *
 * @throws {ArgumentError} If all labels are the same, there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: O(records).
 * @example
 * const guessed = from([{ y: 1, prediction: 2 }, { y: 4, prediction: 5 }])
 * await explainedVariance(guessed, { label: 'y' }) // 1
 */
export const explainedVariance: Metric<'predictions', object> = metric({
  ...regression('explainedVariance', true),
  async measure(data, options, run) {
    const pairs = await readNumberPairs(data, options, run)
    const { labels, predictions } = pairs
    const spread = varianceOf(pairs, row => labels[row]!)
    checkSpread(spread, options, run)
    return 1 - varianceOf(pairs, row => labels[row]! - predictions[row]!) / spread
  },
})

/** What metrics of regression have in common. */
export function regression(name: string, higherIsBetter: boolean) {
  return {
    name,
    higherIsBetter,
    fields: ['label', 'prediction', 'weight'],
    needs: ['label'],
  } as const
}

function meanSquared({ length, labels, predictions, weights }: NumberPairs): number {
  return weightedMean(length, weights, row => (labels[row]! - predictions[row]!) ** 2)
}

/** The mean squared distance from the mean. */
function varianceOf({ length, weights }: NumberPairs, value: (row: number) => number): number {
  const mean = weightedMean(length, weights, value)
  return weightedMean(length, weights, row => (value(row) - mean) ** 2)
}

function checkSpread(
  spread: number,
  { label }: PredictionFields<string>,
  { operation }: MetricRun,
): void {
  if (spread > 0) return
  throw new ArgumentError(
    `${operation}: all labels in field "${label}" are the same, so that there is nothing to explain. Use meanSquaredError.`,
  )
}
