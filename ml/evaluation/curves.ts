/** Curves of scores: what each threshold finds, and how far probabilities are to be believed. */
import { type AnyDataSet, oneOf, positiveInteger, requiredOptions } from '../../engine/extend.js'
import type { DataSet, FieldOf } from '../../engine/index.js'
import type { ClassLabel } from '../data/labels.js'
import type { ScoredFields, ScoreRun } from './metric.js'
import {
  checkProbabilities,
  type OneAgainstRest,
  positiveAgainst,
  readScores,
  type Scored,
  type ScoreOptions,
} from './read-scores.js'
import { areaUnderPrecision, areaUnderRoc } from './roc-auc.js'
import { sweep } from './threshold-sweep.js'

/** Options of curves. */
export interface CurveOptions<F extends string> extends ScoredFields<F>, ScoreOptions, ScoreRun {
  /** The class that counts as positive. Default: the second of two, ascending. */
  readonly positive?: ClassLabel
}

/** Receiver operating characteristic, point by point, from a threshold above all scores down. */
export interface RocCurve {
  /** The share of records not of the positive class with at least the threshold. */
  readonly falsePositiveRates: Float64Array
  /** The share of records of the positive class with at least the threshold. */
  readonly truePositiveRates: Float64Array
  /** The first one is infinite: nothing is found. */
  readonly thresholds: Float64Array
  /** The area under the curve, as `rocAuc` gives it. */
  readonly area: number
}

/**
 * The ROC curve: which share of the positive class is found, at the price of which share of the others.
 * Points on a straight line between two others are left out.
 *
 * @param options.scores Default `'probabilities'`.
 * @throws {ArgumentError} If all records are of one kind, there are none, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no number.
 * Cost: O(n log n).
 * @example
 * const guessed = from([{ late: true, p: 0.4 }, { late: false, p: 0.5 }, { late: true, p: 0.8 }])
 * const { truePositiveRates, area } = await rocCurve(guessed, { label: 'late', scores: 'p' })
 * truePositiveRates // Float64Array(4) [ 0, 0.5, 0.5, 1 ]
 * area // 0.5
 */
export async function rocCurve<T>(
  data: DataSet<T>,
  options: CurveOptions<FieldOf<T>>,
): Promise<RocCurve> {
  const { one } = await positiveOnly(data, options, 'rocCurve')
  const { thresholds, found, wrong, positives, negatives } = sweep(one, 'rocCurve')
  const kept: number[] = []
  let [foundBefore, wrongBefore] = [0, 0]
  for (let k = 0; k < thresholds.length; k++) {
    const straight =
      k + 1 < thresholds.length &&
      (found[k]! - foundBefore) * (wrong[k + 1]! - wrong[k]!) ===
        (wrong[k]! - wrongBefore) * (found[k + 1]! - found[k]!)
    if (straight) continue
    kept.push(k)
    foundBefore = found[k]!
    wrongBefore = wrong[k]!
  }
  return {
    falsePositiveRates: Float64Array.of(0, ...kept.map(k => wrong[k]! / negatives)),
    truePositiveRates: Float64Array.of(0, ...kept.map(k => found[k]! / positives)),
    thresholds: Float64Array.of(Number.POSITIVE_INFINITY, ...kept.map(k => thresholds[k]!)),
    area: areaUnderRoc(one, 'rocCurve'),
  }
}

/** Precision by recall, point by point, from the highest threshold down. */
export interface PrecisionRecallCurve {
  /** Which share of what has at least the threshold is positive. */
  readonly precision: Float64Array
  /** Which share of the positive class has at least the threshold. */
  readonly recall: Float64Array
  /** The distinct scores, descending. */
  readonly thresholds: Float64Array
  /** The area under the curve, as `averagePrecision` gives it. */
  readonly averagePrecision: number
}

/**
 * Precision and recall for each threshold that there is.
 *
 * @param options.scores Default `'probabilities'`.
 * @throws {ArgumentError} If all records are of one kind, there are none, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no number.
 * Cost: O(n log n).
 * @example
 * const guessed = from([{ late: true, p: 0.4 }, { late: false, p: 0.5 }, { late: true, p: 0.8 }])
 * const curve = await precisionRecallCurve(guessed, { label: 'late', scores: 'p' })
 * curve.recall // Float64Array(3) [ 0.5, 0.5, 1 ]
 * curve.precision // Float64Array(3) [ 1, 0.5, 0.66... ]
 */
export async function precisionRecallCurve<T>(
  data: DataSet<T>,
  options: CurveOptions<FieldOf<T>>,
): Promise<PrecisionRecallCurve> {
  const { one } = await positiveOnly(data, options, 'precisionRecallCurve')
  const { thresholds, found, wrong, positives } = sweep(one, 'precisionRecallCurve')
  return {
    precision: found.map((value, k) => (value > 0 ? value / (value + wrong[k]!) : 0)),
    recall: found.map(value => value / positives),
    thresholds,
    averagePrecision: areaUnderPrecision(one, 'precisionRecallCurve'),
  }
}

/** Options of `calibrationCurve`. */
export interface CalibrationOptions<F extends string> extends CurveOptions<F> {
  /** How many bins at most. Default 10. */
  readonly bins?: number
  /** Whether bins are of one width, or have about as many records each. Default `'uniform'`. */
  readonly by?: 'uniform' | 'quantile'
}

/** What was predicted, and what happened, by bin of probability; ascending, without empty bins. */
export interface CalibrationCurve {
  /** The mean probability. */
  readonly predicted: Float64Array
  /** Which share was of the positive class. */
  readonly observed: Float64Array
  /** How many records, or what weight. */
  readonly counts: Float64Array
}

/**
 * Whether probabilities are to be believed: of what is predicted with 0.7, does 0.7 happen?
 *
 * @param options.scores Default `'probabilities'`.
 * @param options.bins Default 10.
 * @param options.by Default `'uniform'`.
 * @throws {ArgumentError} If there are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no probability.
 * Cost: O(n), by quantiles O(n log n).
 * @example
 * const guessed = from([0.1, 0.2, 0.9, 0.8].map((p, k) => ({ late: k > 1, p })))
 * const { predicted, observed } = await calibrationCurve(guessed, { label: 'late', scores: 'p', bins: 2 })
 * observed // Float64Array(2) [ 0, 1 ]
 */
export async function calibrationCurve<T>(
  data: DataSet<T>,
  options: CalibrationOptions<FieldOf<T>>,
): Promise<CalibrationCurve> {
  const operation = 'calibrationCurve'
  const more = ['bins', 'by']
  requiredOptions(options, [...CURVE_OPTIONS, ...more], operation)
  const { bins = 10, by = 'uniform' } = options
  positiveInteger(bins, operation, 'bins')
  oneOf(by, ['uniform', 'quantile'], operation, 'by')
  const { one, scored } = await positiveOnly(data, options, operation, more)
  checkProbabilities(scored, options.scores ?? 'probabilities', operation)
  const { length, scores, truth, weights } = one
  const edges = by === 'uniform' ? evenEdges(bins) : quantileEdges(scores, length, bins)
  const counts = new Float64Array(bins)
  const predicted = new Float64Array(bins)
  const observed = new Float64Array(bins)
  for (let row = 0; row < length; row++) {
    const bin = binOf(edges, scores[row]!)
    const weight = weights === null ? 1 : weights[row]!
    counts[bin]! += weight
    predicted[bin]! += weight * scores[row]!
    observed[bin]! += weight * truth[row]!
  }
  const filled = Array.from(counts.keys()).filter(bin => counts[bin]! > 0)
  return {
    predicted: Float64Array.from(filled, bin => predicted[bin]! / counts[bin]!),
    observed: Float64Array.from(filled, bin => observed[bin]! / counts[bin]!),
    counts: Float64Array.from(filled, bin => counts[bin]!),
  }
}

const CURVE_OPTIONS = ['label', 'scores', 'weight', 'positive', 'classes', 'signal']

async function positiveOnly<T>(
  data: DataSet<T>,
  options: CurveOptions<FieldOf<T>>,
  operation: string,
  more: readonly string[] = [],
): Promise<{ one: OneAgainstRest; scored: Scored }> {
  requiredOptions(options, [...CURVE_OPTIONS, ...more], operation)
  const { signal, positive } = options
  const run = signal === undefined ? { operation } : { operation, signal }
  const scored = await readScores(data as AnyDataSet, options, run)
  return { one: positiveAgainst(scored, positive, operation), scored }
}

/** Where all bins but the first begin. */
function evenEdges(bins: number): Float64Array {
  return Float64Array.from({ length: bins - 1 }, (_, k) => (k + 1) / bins)
}

/** As many records in each bin, as far as equal scores allow; between two scores in proportion. */
function quantileEdges(scores: ArrayLike<number>, length: number, bins: number): Float64Array {
  const sorted = Float64Array.from(scores).sort()
  return evenEdges(bins).map(share => {
    const place = share * (length - 1)
    const below = Math.floor(place)
    const above = Math.min(below + 1, length - 1)
    return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
  })
}

/** How many edges lie below a score: one that stands on an edge belongs to the bin below. */
function binOf(edges: Float64Array, score: number): number {
  let bin = 0
  while (bin < edges.length && edges[bin]! < score) bin++
  return bin
}
