import { requiredOptions } from '../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../engine/index.js'
import type { AnyModel } from '../core/any-model.js'
import type { Estimator } from '../core/estimator.js'
import type { Lacks } from '../core/field-types.js'
import type { Score } from '../evaluation/metric.js'
import { foldsOf } from './k-fold.js'
import type { SplitOptions } from './random-split.js'
import type { TrainTest } from './train-test-split.js'
import { checkScores, type FoldScores, validate } from './validate.js'

/** Options of `crossValidate`, and what searches share with it. */
export interface ValidationOptions<T> extends SplitOptions<T> {
  /** How many folds, or folds that `kFold` or `timeSplit` made. Default 5. */
  readonly folds?: number | readonly TrainTest<T>[]
  /**
   * What is measured: a metric, with the label and prediction of the estimator, or a list of metrics, of
   * which the first decides.
   */
  readonly score: Score | readonly Score[]
  /** Told after each fit. */
  readonly onProgress?: (progress: ValidationProgress) => void
}

/** How far a cross-validation or search is. */
export interface ValidationProgress {
  /** How many fits are done. */
  readonly fits: number
  /** How many there are in all; without that to all records at the end of a search. */
  readonly totalFits: number
  /** What the last fold came to. */
  readonly fold: FoldScores
  /** What was tried, in a search. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Since it began. */
  readonly milliseconds: number
}

/** What a cross-validation found. */
export interface Validation {
  /** The name of the first metric. */
  readonly metric: string
  /** The mean of the first metric over folds. */
  readonly mean: number
  /** Its standard deviation over folds, of the sample; NaN for a single fold. */
  readonly deviation: number
  /** The first metric by fold. */
  readonly scores: readonly number[]
  /** By metric the mean over folds. */
  readonly means: Readonly<Record<string, number>>
  /** By metric the standard deviation over folds, of the sample. */
  readonly deviations: Readonly<Record<string, number>>
  /** What each fold came to. */
  readonly folds: readonly FoldScores[]
}

/**
 * How well an estimator does on records that it has not seen: each fold is held back once, the others are
 * learned from.
 *
 * The data are read once. Folds are drawn as `kFold` does, with the same `seed`, `stratify` and `group`.
 * They are fitted one after the other, each fit on all threads of the environment.
 *
 * @param options.folds Default 5.
 * @param options.score Fields are those of the estimator's last step; other ones by `metric.with(...)`.
 * @param options.seed Default 0.
 * @throws {ArgumentError} If an option is wrong, there are fewer records than folds, or a score is NaN.
 * @throws {SchemaError} If a field is unknown or a value cannot be used; names record and field.
 * @throws {AbortError} If the signal was aborted.
 * Cost: a fit for each fold, and the data in memory.
 * @example
 * const model = linearRegression({ features: ['distance'], label: 'hours' })
 * const found = await crossValidate(model, flights, { score: rootMeanSquaredError, seed: 1 })
 * found.scores.length // 5
 * found.mean < 1 // true
 */
export async function crossValidate<T, Trains extends object, M extends AnyModel>(
  estimator: Estimator<Trains, M>,
  data: DataSet<T> & Lacks<T, Trains>,
  options: ValidationOptions<T>,
): Promise<Validation> {
  requiredOptions(options, VALIDATION_OPTIONS, NAME)
  const { signal, onProgress } = options
  const scores = checkScores(options.score, NAME)
  const folds = await givenFolds<T>(data, options, NAME)
  const start = performance.now()
  const done = (fold: FoldScores) =>
    onProgress?.({
      fits: fold.fold,
      totalFits: folds.length,
      fold,
      milliseconds: performance.now() - start,
    })
  const found = await validate(estimator, folds, scores, { operation: NAME, signal, done })
  return validationOf(found, scores)
}

/** @internal The options that `crossValidate` knows. */
export const VALIDATION_OPTIONS = [
  'folds',
  'score',
  'seed',
  'stratify',
  'group',
  'signal',
  'onProgress',
]

/** @internal The folds that the user gave, or draws. */
export async function givenFolds<T>(
  data: DataSet<T>,
  { folds, ...options }: ValidationOptions<T>,
  operation: string,
): Promise<readonly TrainTest<T>[]> {
  if (!Array.isArray(folds)) {
    return foldsOf(
      data,
      { ...options, ...(folds !== undefined && { folds: folds as number }) },
      operation,
    )
  }
  const given = ['seed', 'stratify', 'group'].find(name => name in options)
  if (folds.length > 0 && given === undefined) return folds
  throw new ArgumentError(
    folds.length === 0
      ? `${operation}: there are no folds.`
      : `${operation}: ${given} is an option of kFold where folds are given.`,
  )
}

/** @internal Means and deviations over folds. */
export function validationOf(
  folds: readonly FoldScores[],
  [first, ...others]: readonly [Score, ...Score[]],
): Validation {
  const names = [first, ...others].map(({ name }) => name)
  const of = (name: string) => folds.map(({ scores }) => scores[name]!)
  const means = Object.fromEntries(names.map(name => [name, meanOf(of(name))]))
  const deviations = Object.fromEntries(names.map(name => [name, deviationOf(of(name))]))
  return Object.freeze({
    metric: first.name,
    mean: means[first.name]!,
    deviation: deviations[first.name]!,
    scores: Object.freeze(of(first.name)),
    means: Object.freeze(means),
    deviations: Object.freeze(deviations),
    folds,
  })
}

const NAME = 'crossValidate'

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1))
}
