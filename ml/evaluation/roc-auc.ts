/** Metrics of how well scores order records. */
import { oneOf } from '../../engine/extend.js'
import type { ClassLabel } from '../data/labels.js'
import { type Metric, type MetricRun, metric } from './metric.js'
import { ofScores } from './probability-losses.js'
import {
  against,
  type OneAgainstRest,
  positiveAgainst,
  readScores,
  type Scored,
  type ScoreOptions,
} from './read-scores.js'
import { sweep } from './threshold-sweep.js'

/** Options of `rocAuc` and `averagePrecision`. */
export interface RankedOptions extends ScoreOptions {
  /** The class that counts as positive. Default: the second of two, ascending. */
  readonly positive?: ClassLabel
  /**
   * For more than two classes: the mean over classes, each against the others, or the same with each
   * class by the weight of its records. Default `'macro'`.
   */
  readonly average?: 'macro' | 'weighted'
}

/** Options of `rocAuc`. */
export interface RocAucOptions extends RankedOptions {
  /** For more than two classes: each against all others, or each pair. Default `'oneVsRest'`. */
  readonly multiClass?: 'oneVsRest' | 'oneVsOne'
}

/**
 * The area under the ROC curve: the probability that a record of the positive class has a higher score
 * than another one, ties counting half. 1 is perfect, 0.5 no better than chance.
 *
 * Of more than two classes it is the mean: of each class against all others, or with `'oneVsOne'` of
 * each pair, in both directions.
 *
 * @throws {ArgumentError} If a class has no record, there are no records, the classes do not fit, or an
 *   option is wrong.
 * @throws {SchemaError} If a value is missing or no number.
 * Cost: O(n log n) for each class or pair. Source: Hand, Till, "A Simple Generalisation of the Area Under
 * the ROC Curve", 2001, for pairs.
 * @example
 * const guessed = from([{ late: true, p: 0.4 }, { late: false, p: 0.1 }, { late: true, p: 0.8 }])
 * await rocAuc(guessed, { label: 'late', scores: 'p' }) // 1
 */
export const rocAuc: Metric<'scores', RocAucOptions> = metric({
  ...ofScores('rocAuc', true),
  options: ['positive', 'average', 'multiClass'],
  async measure(data, options, run) {
    const { multiClass = 'oneVsRest', average = 'macro' } = options
    oneOf(multiClass, ['oneVsRest', 'oneVsOne'], run.operation, 'multiClass')
    const scored = await readScores(data, options, run)
    if (multiClass === 'oneVsRest' || scored.classes.length === 2) {
      return averagedOver(scored, options, run, areaUnderRoc)
    }
    oneOf(average, ['macro', 'weighted'], run.operation, 'average')
    return overPairs(scored, average, run.operation)
  },
})

/**
 * The area under the curve of precision by recall, as the sum of `(recall - recall before) * precision`
 * down from the highest score.
 *
 * Of more than two classes it is the mean, of each class against all others.
 *
 * @throws {ArgumentError} If a class has no record, there are no records, the classes do not fit, or an
 *   option is wrong.
 * @throws {SchemaError} If a value is missing or no number.
 * Cost: O(n log n) for each class.
 * @example
 * const guessed = from([{ late: true, p: 0.4 }, { late: false, p: 0.5 }, { late: true, p: 0.8 }])
 * await averagePrecision(guessed, { label: 'late', scores: 'p' }) // 0.83...
 */
export const averagePrecision: Metric<'scores', RankedOptions> = metric({
  ...ofScores('averagePrecision', true),
  options: ['positive', 'average'],
  measure: async (data, options, run) =>
    averagedOver(await readScores(data, options, run), options, run, areaUnderPrecision),
})

/** @internal The area under the ROC curve, by trapezoids. */
export function areaUnderRoc(one: OneAgainstRest, operation: string): number {
  const { found, wrong, positives, negatives } = sweep(one, operation)
  let area = 0
  let [foundBefore, wrongBefore] = [0, 0]
  for (let k = 0; k < found.length; k++) {
    area += (wrong[k]! - wrongBefore) * (found[k]! + foundBefore)
    foundBefore = found[k]!
    wrongBefore = wrong[k]!
  }
  return area / (2 * positives * negatives)
}

/** @internal The sum of precisions by the recall that they add. */
export function areaUnderPrecision(one: OneAgainstRest, operation: string): number {
  const { found, wrong, positives } = sweep(one, operation)
  let area = 0
  let before = 0
  for (let k = 0; k < found.length; k++) {
    const shown = found[k]! + wrong[k]!
    if (shown > 0) area += ((found[k]! - before) * found[k]!) / shown
    before = found[k]!
  }
  return area / positives
}

function averagedOver(
  scored: Scored,
  { positive, average = 'macro' }: RankedOptions,
  { operation }: MetricRun,
  figure: (one: OneAgainstRest, operation: string) => number,
): number {
  oneOf(average, ['macro', 'weighted'], operation, 'average')
  const { classes } = scored
  if (classes.length === 2 || positive !== undefined) {
    return figure(positiveAgainst(scored, positive, operation), operation)
  }
  let sum = 0
  let weights = 0
  for (let k = 0; k < classes.length; k++) {
    const one = against(scored, k)
    const weight = average === 'macro' ? 1 : weightOf(one)
    sum += weight * figure(one, operation)
    weights += weight
  }
  return sum / weights
}

/** The mean area over all pairs of classes, each told apart by the scores of both. */
function overPairs(scored: Scored, average: 'macro' | 'weighted', operation: string): number {
  const { classes, codes, weights } = scored
  let sum = 0
  let total = 0
  for (let a = 0; a < classes.length; a++) {
    for (let b = a + 1; b < classes.length; b++) {
      const rows = Int32Array.from(codes, (_, row) => row).filter(
        row => codes[row] === a || codes[row] === b,
      )
      const area = (k: number) => {
        const { scores } = against(scored, k)
        return areaUnderRoc(
          {
            length: rows.length,
            scores: Float64Array.from(rows, row => scores[row]!),
            truth: Uint8Array.from(rows, row => +(codes[row] === k)),
            weights: weights && Float64Array.from(rows, row => weights[row]!),
          },
          operation,
        )
      }
      const weight =
        average === 'macro' ? 1 : weightOf(against(scored, a)) + weightOf(against(scored, b))
      sum += (weight * (area(a) + area(b))) / 2
      total += weight
    }
  }
  return sum / total
}

/** The weight of the records of the class. */
function weightOf({ truth, weights }: OneAgainstRest): number {
  let sum = 0
  for (let row = 0; row < truth.length; row++) {
    if (truth[row] === 1) sum += weights === null ? 1 : weights[row]!
  }
  return sum
}
