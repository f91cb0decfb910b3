import { Float64Column, knownOptions, numberFrom, trueOrFalse } from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { numericLabels } from '../data/labels.js'
import type { Rows } from '../data/rows.js'
import { trainingData, withTeam } from '../data/training-data.js'
import { normalEquations, solveNormalEquations } from './normal-equations.js'

/** Options of `linearRegression`. */
export interface LinearRegressionOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field with the number that is to be predicted. */
  readonly label: L
  /** A field with a weight for each record, not negative. Default: each counts the same. */
  readonly weight?: string
  /** How much large coefficients cost, at least 0 (ridge regression). Default 0. */
  readonly l2?: number
  /** Whether there is an intercept. Default `true`. */
  readonly intercept?: boolean
  /** The field for the prediction. Default `'prediction'`. */
  readonly prediction?: P
}

/** A linear function of the features. */
export class LinearModel<F extends FeatureFields, P extends string> extends Predictor<
  FeatureNeeds<F>,
  number,
  { [Q in P]: number }
> {
  /** What one more of each feature adds to the prediction. */
  readonly coefficients: Float64Array
  /** The prediction where all features are 0. */
  readonly intercept: number
  readonly #state: LinearState

  /** @internal Made by `fit`. */
  constructor(kind: string, state: LinearState) {
    const { features, prediction, coefficients, intercept } = state
    super(
      kind,
      overFeatures({
        operation: kind,
        features: new Features(features, kind),
        size: coefficients.length,
        adds: [prediction],
        apply: rows => [new Float64Column(products(rows, coefficients, intercept))],
      }),
    )
    this.coefficients = coefficients
    this.intercept = intercept
    this.#state = state
  }

  protected override state(): LinearState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, label, l2, records } = this.#state
    const names = new Features(features, this.kind).names(this.coefficients.length)
    const rows = names.map((name, k) => [name, this.coefficients[k]!])
    return {
      title: this.kind,
      facts: { label, l2, records },
      table: {
        names: ['feature', 'coefficient'],
        rows: [...rows, ['(intercept)', this.intercept]],
      },
    }
  }
}

/**
 * Least squares: the linear function of the features with the smallest sum of squared errors, with `l2`
 * above 0 the smallest sum of these and `l2` times the squared coefficients (ridge regression).
 *
 * Solved at once by the normal equations of centred features. The intercept is never made small.
 *
 * @param options.label The field with the number that is to be predicted.
 * @param options.features Default `'features'`.
 * @param options.weight Multiplies the squared error of each record. Default 1.
 * @param options.l2 Default 0.
 * @param options.intercept Default `true`.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if features depend on each other
 *   linearly and `l2` is 0: names them.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(records * features^2 + features^3), in parallel.
 * @example
 * const model = await linearRegression({ features: ['distance'], label: 'hours' }).fit(flights)
 * model.predictOne({ distance: 1000 }).toFixed(3) // '2.674'
 */
export function linearRegression<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
>(
  options: LinearRegressionOptions<L, F, P>,
): Estimator<FeatureNeeds<F> & { readonly [Q in L]: number | boolean }, LinearModel<F, P>> {
  knownOptions(options, OPTIONS, NAME)
  const { l2 = 0, intercept = true, weight } = options
  const features = new Features(options.features ?? 'features', NAME)
  const label = fieldName(options.label, NAME, 'label')
  const prediction = fieldName(options.prediction ?? 'prediction', NAME, 'prediction')
  if (weight !== undefined) fieldName(weight, NAME, 'weight')
  numberFrom(l2, NAME, 'l2', 0, Number.MAX_VALUE)
  trueOrFalse(intercept, NAME, 'intercept')
  const parameters = { features: features.fields, label, weight: weight ?? null, l2, prediction }
  return new Estimator(NAME, { ...parameters, intercept }, async (data, run) => {
    const training = await trainingData(data, { features, weight, others: [label] }, run)
    const { rows, region, names, weights, column } = training
    const labels = numericLabels(column(label), label, NAME, region)
    const equations = await withTeam(training, run.signal, team =>
      normalEquations(team, { rows, labels, weights, intercept }),
    )
    const solution = solveNormalEquations(equations, l2, names, NAME)
    return new LinearModel<F, P>(NAME, { ...parameters, ...solution, records: rows.length })
  })
}

/** @internal A saved model. */
export function restoreLinearModel(state: LinearState): LinearModel<FeatureFields, string> {
  return new LinearModel(NAME, state)
}

const NAME = 'linearRegression'
const OPTIONS = ['features', 'label', 'weight', 'l2', 'intercept', 'prediction']

/** What a linear model is made of. */
export interface LinearState {
  readonly features: FeatureFields
  readonly label: string
  readonly prediction: string
  readonly l2: number
  readonly coefficients: Float64Array
  readonly intercept: number
  /** How many it was learned from. */
  readonly records: number
}

/** For each row the product with the coefficients, and the intercept. */
function products(rows: Rows, coefficients: Float64Array, intercept: number): Float64Array {
  const { length, size, values } = rows
  const result = new Float64Array(length)
  if (rows.kind === 'dense') {
    for (let row = 0, at = 0; row < length; row++) {
      let sum = intercept
      for (let k = 0; k < size; k++, at++) sum += values[at]! * coefficients[k]!
      result[row] = sum
    }
    return result
  }
  const { offsets, indices } = rows
  for (let row = 0; row < length; row++) {
    let sum = intercept
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      sum += values[at]! * coefficients[indices[at]!]!
    }
    result[row] = sum
  }
  return result
}
