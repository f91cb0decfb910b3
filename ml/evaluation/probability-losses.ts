/** Metrics of probabilities. */
import { type Metric, metric } from './metric.js'
import { checkProbabilities, readScores, type ScoreOptions } from './read-scores.js'
import { weightedMean } from './weighted-mean.js'

/** The smallest probability that counts: a sure error is bad, but not infinitely. */
const LEAST = Number.EPSILON

/**
 * The mean of `-ln(probability of the true class)`; 0 is perfect. Probabilities count as at least 2e-16.
 *
 * @throws {ArgumentError} If there are no records, the classes do not fit, or an option is wrong.
 * @throws {SchemaError} If a value is missing, or probabilities are none.
 * Cost: O(records * classes).
 * @example
 * const guessed = from([{ late: true, p: 0.9 }, { late: false, p: 0.2 }])
 * await logLoss(guessed, { label: 'late', scores: 'p' }) // 0.16...
 */
export const logLoss: Metric<'scores', ScoreOptions> = metric({
  ...ofScores('logLoss', false),
  async measure(data, options, run) {
    const scored = await readScores(data, options, run)
    checkProbabilities(scored, options.scores ?? 'probabilities', run.operation)
    const { length, classes, codes, weights, single } = scored
    const by = classes.map((_, k) => (single && k === 0 ? null : scored.of(k)))
    return weightedMean(length, weights, row => {
      const own = by[codes[row]!]
      const probability = own ? own[row]! : 1 - by[1]![row]!
      return -Math.log(Math.min(Math.max(probability, LEAST), 1))
    })
  },
})

/**
 * The mean squared error of probabilities; 0 is perfect. Of two classes `mean((p - y)^2)`, with `y` 1 for
 * the second one, at most 1. Of more the sum over classes, at most 2.
 *
 * @throws {ArgumentError} If there are no records, the classes do not fit, or an option is wrong.
 * @throws {SchemaError} If a value is missing, or probabilities are none.
 * Cost: O(records * classes). Source: Brier, "Verification of forecasts expressed in terms of
 * probability", 1950.
 * @example
 * const guessed = from([{ late: true, p: 0.9 }, { late: false, p: 0.2 }])
 * await brierScore(guessed, { label: 'late', scores: 'p' }) // 0.02...
 */
export const brierScore: Metric<'scores', ScoreOptions> = metric({
  ...ofScores('brierScore', false),
  async measure(data, options, run) {
    const scored = await readScores(data, options, run)
    checkProbabilities(scored, options.scores ?? 'probabilities', run.operation)
    const { length, classes, codes, weights } = scored
    const first = classes.length === 2 ? 1 : 0
    let sum = 0
    for (let k = first; k < classes.length; k++) {
      const values = scored.of(k)
      sum += weightedMean(length, weights, row => (values[row]! - +(codes[row] === k)) ** 2)
    }
    return sum
  },
})

/** What metrics of scores have in common. */
export function ofScores(name: string, higherIsBetter: boolean) {
  return {
    name,
    higherIsBetter,
    fields: ['label', 'scores', 'weight', 'classes'],
    needs: ['label'],
  } as const
}
