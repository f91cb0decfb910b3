import { numberFrom, requiredOptions, shown, VectorColumn } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import { classColumn } from '../data/class-column.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { type ClassLabel, classLabels } from '../data/labels.js'
import { type Rows, toDense } from '../data/rows.js'
import { type SupervisedOptions, supervisedFields } from '../data/supervised-fields.js'
import { trainingData } from '../data/training-data.js'
import { type ClassMoments, classMoments } from './class-moments.js'

/** Options of `gaussianNaiveBayes`. */
export interface GaussianNaiveBayesOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
  Q extends string,
> extends SupervisedOptions<L, F, P> {
  /**
   * The probability of each class, in ascending order of the classes, before anything is known of a record.
   * Default: their shares.
   */
  readonly priors?: readonly number[]
  /** What is added to all variances, as a share of the largest, at least 0. Default 1e-9. */
  readonly smoothing?: number
  /** The field for the probabilities of the classes. Default `'probabilities'`. */
  readonly probabilities?: Q
}

/** Classes, each with a normal distribution of every feature. */
export class GaussianBayesModel<
  F extends FeatureFields,
  P extends string,
  Q extends string,
> extends Predictor<
  FeatureNeeds<F>,
  ClassLabel,
  { [K in P]: ClassLabel } & { [K in Q]: Float64Array }
> {
  /** The classes, ascending; everything else is in this order. */
  readonly classes: readonly ClassLabel[]
  /** By class: its probability before anything is known of a record. */
  readonly priors: Float64Array
  /** By class: the means of the features. */
  readonly means: readonly Float64Array[]
  /** By class: the variances of the features, what was added included. */
  readonly variances: readonly Float64Array[]
  readonly #state: BayesState

  /** @internal Made by `gaussianNaiveBayes(...).fit`. */
  constructor(state: BayesState) {
    const { features, prediction, probabilities, classes, priors, means, variances } = state
    const count = classes.length
    const size = means.length / count
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [prediction, probabilities],
        apply(rows) {
          const { codes, shares } = posterior(rows, state)
          const vectors = new VectorColumn(shares, count, rows.length)
          return [classColumn(codes, classes), vectors]
        },
      }),
    )
    const byClass = (values: Float64Array) =>
      Array.from({ length: count }, (_, k) => values.slice(k * size, (k + 1) * size))
    this.classes = Object.freeze([...classes])
    this.priors = priors
    this.means = byClass(means)
    this.variances = byClass(variances)
    this.#state = state
  }

  protected override state(): BayesState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, label, records } = this.#state
    const { classes, means, variances, priors } = this
    const names = new Features(features, NAME).names(means[0]!.length)
    return {
      title: NAME,
      facts: { label, classes: classes.map(String).join(', '), records },
      table: {
        names: ['class', 'prior', ...names.flatMap(name => [`mean ${name}`, `variance ${name}`])],
        rows: classes.map((label, k) => [
          String(label),
          priors[k]!,
          ...names.flatMap((_, j) => [means[k]![j]!, variances[k]![j]!]),
        ]),
      },
    }
  }
}

/**
 * Naive Bayes with normal distributions: the class that is likeliest if, within a class, features are independent
 * and normally distributed.
 *
 * Probabilities are as `prior * product of exp(-(x - mean)^2 / (2 variance)) / sqrt(2 pi variance)`, divided by
 * their sum. Variances are those of the population; `smoothing` times the largest variance of a feature is
 * added, so that none is 0.
 *
 * @param options.label The field with the class: texts, numbers or switches.
 * @param options.features Default `'features'`.
 * @param options.weight A field. How much each record counts. Default 1.
 * @param options.priors Default: the shares of the classes.
 * @param options.smoothing Default 1e-9.
 * @param options.prediction Default `'prediction'`.
 * @param options.probabilities Default `'probabilities'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there is one class only, priors are not as
 *   many as classes, or no feature varies and `smoothing` cannot help.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(records * features), in two passes.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 6.6.3.
 * @example
 * const model = await gaussianNaiveBayes({ features: ['hours'], label: 'destination' }).fit(
 *   flights.filter(f => f.destination !== 'XXX'),
 * )
 * model.classes // ['LAX', 'SFO']
 * model.predictOne({ hours: 6 }) // 'SFO'
 */
export function gaussianNaiveBayes<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
  const Q extends string = 'probabilities',
>(
  options: GaussianNaiveBayesOptions<L, F, P, Q>,
): Estimator<FeatureNeeds<F> & { readonly [K in L]: ClassLabel }, GaussianBayesModel<F, P, Q>> {
  requiredOptions(options, OPTIONS, NAME)
  const fields = supervisedFields(options, NAME)
  const { features, label, weight, prediction } = fields
  const { priors = null, smoothing = 1e-9 } = options
  const probabilities = fieldName(options.probabilities ?? 'probabilities', NAME, 'probabilities')
  numberFrom(smoothing, NAME, 'smoothing', 0, Number.MAX_VALUE)
  if (priors !== null) checkPriors(priors)
  const parameters = { ...fields.parameters, priors, smoothing, probabilities }
  return new Estimator(NAME, parameters, async (data, run) => {
    const training = await trainingData(data, { features, weight, others: [label] }, run)
    const { region, weights, column, names } = training
    const rows = toDense(training.rows)
    const { classes, codes } = classLabels(column(label), label, NAME, region)
    if (priors !== null && priors.length !== classes.length) {
      throw new ArgumentError(
        `${NAME}: there are ${priors.length} priors, but ${classes.length} classes: ${classes.map(shown).join(', ')}.`,
      )
    }
    const moments = classMoments(rows, codes, classes, weights, smoothing, names)
    const named = { features: features.fields, label, prediction, probabilities, classes }
    const known = { ...moments, ...(priors && { priors: Float64Array.from(priors) }) }
    return new GaussianBayesModel<F, P, Q>({ ...named, records: rows.length, ...known })
  })
}

/** @internal A saved model. */
export function restoreGaussianBayes(
  state: BayesState,
): GaussianBayesModel<FeatureFields, string, string> {
  return new GaussianBayesModel(state)
}

const NAME = 'gaussianNaiveBayes'
const OPTIONS = [
  ...['features', 'label', 'weight', 'priors', 'smoothing', 'prediction', 'probabilities'],
]

interface BayesState extends ClassMoments {
  readonly features: FeatureFields
  readonly label: string
  readonly prediction: string
  readonly probabilities: string
  readonly classes: readonly ClassLabel[]
  readonly records: number
}

function checkPriors(priors: unknown): void {
  const isList = Array.isArray(priors) && priors.every(prior => prior >= 0)
  const sum = isList ? priors.reduce((a: number, b: number) => a + b, 0) : Number.NaN
  if (Math.abs(sum - 1) < 1e-9) return
  throw new ArgumentError(
    `${NAME}: priors must be a list of numbers of at least 0 that add up to 1; got ${shown(priors)}.`,
  )
}

/** By row the probabilities of the classes, and the likeliest. */
function posterior(rows: Rows, { priors, means, variances }: ClassMoments) {
  const { values, length, size } = toDense(rows)
  const count = priors.length
  const shares = new Float64Array(length * count)
  const codes = new Int32Array(length)
  const constants = priors.map((prior, k) => {
    let sum = Math.log(prior)
    for (let at = k * size; at < (k + 1) * size; at++) {
      sum -= Math.log(2 * Math.PI * variances[at]!) / 2
    }
    return sum
  })
  for (let row = 0; row < length; row++) {
    const first = row * size
    let most = Number.NEGATIVE_INFINITY
    for (let k = 0, at = 0; k < count; k++) {
      let score = constants[k]!
      for (let j = 0; j < size; j++, at++) {
        score -= (values[first + j]! - means[at]!) ** 2 / (2 * variances[at]!)
      }
      shares[row * count + k] = score
      if (score > most) {
        most = score
        codes[row] = k
      }
    }
    let sum = 0
    for (let at = row * count; at < (row + 1) * count; at++) {
      shares[at] = Math.exp(shares[at]! - most)
      sum += shares[at]!
    }
    for (let at = row * count; at < (row + 1) * count; at++) shares[at]! /= sum
  }
  return { shares, codes }
}
