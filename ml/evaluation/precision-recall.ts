/** Precision, recall, and what is made of both. */
import { numberFrom, oneOf } from '../../engine/extend.js'
import type { ClassLabel } from '../data/labels.js'
import { classification } from './accuracy.js'
import { type ClassOptions, type Metric, type MetricRun, metric } from './metric.js'
import { type ClassTable, positiveOf, readClassTable } from './read-classes.js'

/** Options of `precision`, `recall` and `f1`. */
export interface AverageOptions extends ClassOptions {
  /**
   * `'binary'`: of the positive class alone. `'micro'`: of all records, whatever their class. `'macro'`:
   * the mean over classes. `'weighted'`: the mean over classes, each with the weight of its records.
   * Default `'binary'`.
   */
  readonly average?: 'binary' | 'micro' | 'macro' | 'weighted'
  /** The class that counts as positive. Default: the second of two, ascending: `true`, 1, `'yes'`. */
  readonly positive?: ClassLabel
}

/** Options of `fBeta`. */
export interface FBetaOptions extends AverageOptions {
  /** How many times as important recall is as precision, above 0. Default 1. */
  readonly beta?: number
}

/**
 * Which share of what was predicted to be positive is so: `TP / (TP + FP)`. 0 where nothing was.
 *
 * @throws {ArgumentError} If there are more than two classes and neither `average` nor `positive`, there
 *   are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no class.
 * Cost: O(records).
 * @example
 * const guessed = from([true, true, false].map(late => ({ late, prediction: true })))
 * await precision(guessed, { label: 'late' }) // 0.66...
 */
export const precision: Metric<'predictions', AverageOptions> = metric({
  ...classification('precision'),
  options: ['average', 'positive'],
  measure: async (data, options, run) =>
    averaged(await readClassTable(data, options, run), options, run, (found, _, predicted) =>
      ratio(found, predicted),
    ),
})

/**
 * Which share of what is positive was found: `TP / (TP + FN)`. 0 where nothing is.
 *
 * @throws {ArgumentError} If there are more than two classes and neither `average` nor `positive`, there
 *   are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no class.
 * Cost: O(records).
 * @example
 * const guessed = from([true, true, false].map((late, k) => ({ late, prediction: k === 0 })))
 * await recall(guessed, { label: 'late' }) // 0.5
 */
export const recall: Metric<'predictions', AverageOptions> = metric({
  ...classification('recall'),
  options: ['average', 'positive'],
  measure: async (data, options, run) =>
    averaged(await readClassTable(data, options, run), options, run, (found, actual) =>
      ratio(found, actual),
    ),
})

/**
 * The harmonic mean of precision and recall: `2 TP / (2 TP + FP + FN)`.
 *
 * @throws {ArgumentError} If there are more than two classes and neither `average` nor `positive`, there
 *   are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no class.
 * Cost: O(records).
 * @example
 * const guessed = from(['a', 'b', 'c'].map(is => ({ is, prediction: is === 'c' ? 'a' : is })))
 * await f1(guessed, { label: 'is', average: 'macro' }) // 0.55...
 */
export const f1: Metric<'predictions', AverageOptions> = metric({
  ...classification('f1'),
  options: ['average', 'positive'],
  measure: async (data, options, run) =>
    averaged(await readClassTable(data, options, run), options, run, harmonic(1)),
})

/**
 * A mean of precision and recall in which recall counts `beta` times as much:
 * `(1 + beta^2) TP / (predicted + beta^2 * actual)`.
 *
 * @throws {ArgumentError} If there are more than two classes and neither `average` nor `positive`, there
 *   are no records, or an option is wrong.
 * @throws {SchemaError} If a value is missing or no class.
 * Cost: O(records). Source: van Rijsbergen, "Information Retrieval", 1979.
 * @example
 * const guessed = from([true, true, false].map((late, k) => ({ late, prediction: k === 0 })))
 * await fBeta(guessed, { label: 'late', beta: 2 }) // 0.55...
 */
export const fBeta: Metric<'predictions', FBetaOptions> = metric({
  ...classification('fBeta'),
  options: ['average', 'positive', 'beta'],
  async measure(data, options, run) {
    const { beta = 1 } = options
    numberFrom(beta, run.operation, 'beta', Number.MIN_VALUE, Number.MAX_VALUE)
    return averaged(await readClassTable(data, options, run), options, run, harmonic(beta))
  },
})

/** A figure of one class: of its records that were found, all its records, and all that were predicted. */
type ClassFigure = (found: number, actual: number, predicted: number) => number

function averaged(
  table: ClassTable,
  { average = 'binary', positive }: AverageOptions,
  { operation }: MetricRun,
  figure: ClassFigure,
): number {
  oneOf(average, ['binary', 'micro', 'macro', 'weighted'], operation, 'average')
  const { classes, counts, actual, predicted, total } = table
  const found = classes.map((_, k) => counts[k * classes.length + k]!)
  if (average === 'binary') {
    const k = positiveOf(classes, positive, operation)
    return k < 0 ? figure(0, 0, 0) : figure(found[k]!, actual[k]!, predicted[k]!)
  }
  if (average === 'micro') {
    const all = found.reduce((sum, value) => sum + value, 0)
    return figure(all, total, total)
  }
  let sum = 0
  let weights = 0
  for (let k = 0; k < classes.length; k++) {
    // A class that a model knows but that does not occur here has no figure.
    if (actual[k] === 0 && predicted[k] === 0) continue
    const weight = average === 'macro' ? 1 : actual[k]!
    sum += weight * figure(found[k]!, actual[k]!, predicted[k]!)
    weights += weight
  }
  return sum / weights
}

function harmonic(beta: number): ClassFigure {
  const square = beta * beta
  return (found, actual, predicted) => ratio((1 + square) * found, square * actual + predicted)
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}
