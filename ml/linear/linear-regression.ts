import { numberFrom, requiredOptions, trueOrFalse } from '../../engine/extend.js'
import { Estimator } from '../core/estimator.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { numericLabels } from '../data/labels.js'
import {
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
  supervisedFields,
} from '../data/supervised-fields.js'
import { recordWeights, trainingData, withTeam } from '../data/training-data.js'
import { conjugateGradients } from './conjugate-gradients.js'
import { LinearModel, type LinearState } from './linear-model.js'
import { normalEquations, solveNormalEquations } from './normal-equations.js'
import { pairsAreFew } from './pairs-are-few.js'

/** Options of `linearRegression`. */
export interface LinearRegressionOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
> extends SupervisedOptions<L, F, P> {
  /** How much large coefficients cost, at least 0 (ridge regression). Default 0. */
  readonly l2?: number
  /** Whether there is an intercept. Default `true`. */
  readonly intercept?: boolean
}

/**
 * Least squares: the linear function of the features with the smallest sum of squared errors, with `l2`
 * above 0 the smallest sum of these and `l2` times the squared coefficients (ridge regression).
 *
 * Solved at once by the normal equations of centred features; beyond 1,000 features (500 where they are
 * sparse) by conjugate gradients, which never make sparse features dense, and find a small one of many
 * solutions. The intercept is never made small.
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
 * Cost: O(records * features^2 + features^3); for many features O(entries) for each of some tens to
 * hundreds of iterations. In parallel.
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
  requiredOptions(options, OPTIONS, NAME)
  const { l2 = 0, intercept = true } = options
  const { features, label, weight, prediction, parameters } = supervisedFields(options, NAME)
  numberFrom(l2, NAME, 'l2', 0, Number.MAX_VALUE)
  trueOrFalse(intercept, NAME, 'intercept')
  const all = { ...parameters, l2, intercept }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features, weight, others: [label] }, run)
    const { rows, region, names, weights, column } = training
    const labels = numericLabels(column(label), label, NAME, region)
    const problem = { rows, labels, weights: recordWeights(training), intercept }
    const solution = await withTeam(training, run.signal, async team => {
      if (pairsAreFew(rows)) {
        const equations = await normalEquations(team, problem)
        const found = solveNormalEquations(equations, l2, names, NAME)
        return { ...found, history: [], iterations: 0, converged: true }
      }
      const maxIterations = 10 * rows.size
      const program = { options: all, rows, labels, weights }
      return conjugateGradients(team, problem, {
        l2,
        maxIterations,
        tolerance: 1e-10,
        run,
        program,
      })
    })
    const { fields } = features
    const facts = { label, l2 }
    const shape = { features: fields, prediction, facts, records: rows.length }
    return new LinearModel<F, P>(NAME, { ...shape, ...solution })
  })
}

/** @internal A saved model. */
export function restoreLinearModel(state: LinearState): LinearModel<FeatureFields, string> {
  return new LinearModel(NAME, state)
}

const NAME = 'linearRegression'
const OPTIONS = [...SUPERVISED_OPTIONS, 'l2', 'intercept']
