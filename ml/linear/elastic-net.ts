import { numberFrom, positiveInteger, requiredOptions, trueOrFalse } from '../../engine/extend.js'
import { Estimator } from '../core/estimator.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { numericLabels } from '../data/labels.js'
import {
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
  supervisedFields,
} from '../data/supervised-fields.js'
import { recordWeights, trainingData, withTeam } from '../data/training-data.js'
import { columnScales } from '../optimization/column-scales.js'
import { entryProducts, pairProducts } from './column-products.js'
import { coordinateDescent } from './coordinate-descent.js'
import { LinearModel, type LinearState } from './linear-model.js'
import { normalEquations, weightedMean } from './normal-equations.js'
import { pairsAreFew } from './pairs-are-few.js'

/** Options of `elasticNet`. */
export interface ElasticNetOptions<L extends string, F extends FeatureFields, P extends string>
  extends SupervisedOptions<L, F, P> {
  /** How much coefficients cost by their absolute values, above 0. Default 0.5. */
  readonly l1?: number
  /** How much they cost by their squares, at least 0. Default 0.5. */
  readonly l2?: number
  /** Whether there is an intercept. Default `true`. */
  readonly intercept?: boolean
  /** The most passes over the features. Default 1000. */
  readonly maxIterations?: number
  /** Ends when the gap to the dual is at most this part of the labels' squares, above 0. Default 1e-6. */
  readonly tolerance?: number
}

/** Options of `lasso`. */
export interface LassoOptions<L extends string, F extends FeatureFields, P extends string>
  extends Omit<ElasticNetOptions<L, F, P>, 'l2'> {
  /** How much coefficients cost by their absolute values, above 0. Default 1. */
  readonly l1?: number
}

type LinearEstimator<L extends string, F extends FeatureFields, P extends string> = Estimator<
  FeatureNeeds<F> & { readonly [Q in L]: number | boolean },
  LinearModel<F, P>
>

/**
 * Least squares with costs of absolute values and squares of coefficients, so that features which bring
 * little get the coefficient 0, and those which are alike share theirs.
 *
 * With r for what is missing of the label, w for a record's weight and c for the coefficients without
 * the intercept, it minimises
 *
 *     sum of w r^2 / (2 * sum of w)  +  l1 * sum of |c|  +  l2 / 2 * sum of c^2
 *
 * so `l1` is alpha * l1_ratio of scikit-learn, and `l2` alpha * (1 - l1_ratio). Scale the features first:
 * the costs are of the coefficients as they are.
 *
 * @param options.label The field with the number that is to be predicted.
 * @param options.features Default `'features'`.
 * @param options.weight Default: 1 each.
 * @param options.l1 Above 0; without it there is `linearRegression`. Default 0.5.
 * @param options.l2 Default 0.5.
 * @param options.intercept Default `true`.
 * @param options.maxIterations Default 1000.
 * @param options.tolerance Default 1e-6.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: up to 1,000 features, 500 sparse ones, once O(records * features^2) in parallel, then
 * O(features^2) for an iteration; beyond O(entries) for an iteration, on one thread. Coordinate
 * descent: Friedman, Hastie, Tibshirani 2010.
 * @example
 * const net = elasticNet({ features: ['distance', 'delay'], label: 'hours', l1: 0.01, l2: 0.01 })
 * const model = await net.fit(flights)
 * model.predictOne({ distance: 1000, delay: 0 }).toFixed(1) // '2.6'
 */
export function elasticNet<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
>(options: ElasticNetOptions<L, F, P>): LinearEstimator<L, F, P> {
  requiredOptions(options, [...OPTIONS, 'l2'], 'elasticNet')
  const { l1 = 0.5, l2 = 0.5 } = options
  numberFrom(l2, 'elasticNet', 'l2', 0, Number.MAX_VALUE)
  return sparseLeastSquares('elasticNet', options, l1, l2, { l1, l2 })
}

/**
 * Least squares with costs of absolute values of coefficients, so that features which bring little get
 * the coefficient 0.
 *
 * With r for what is missing of the label, w for a record's weight and c for the coefficients without
 * the intercept, it minimises
 *
 *     sum of w r^2 / (2 * sum of w)  +  l1 * sum of |c|
 *
 * so `l1` is alpha of scikit-learn. Scale the features first: the costs are of the coefficients as they
 * are.
 *
 * @param options.label The field with the number that is to be predicted.
 * @param options.features Default `'features'`.
 * @param options.weight Default: 1 each.
 * @param options.l1 Default 1.
 * @param options.intercept Default `true`.
 * @param options.maxIterations Default 1000.
 * @param options.tolerance Default 1e-6.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: as for `elasticNet`. Source: Tibshirani: Regression Shrinkage and Selection via the Lasso, 1996.
 * @example
 * const model = await lasso({ features: ['distance', 'delay'], label: 'hours', l1: 20 }).fit(flights)
 * model.coefficients[1] // 0
 */
export function lasso<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
>(options: LassoOptions<L, F, P>): LinearEstimator<L, F, P> {
  requiredOptions(options, OPTIONS, 'lasso')
  const { l1 = 1 } = options
  return sparseLeastSquares('lasso', options, l1, 0, { l1 })
}

/** @internal A saved model. */
export function restoreElasticNet(state: LinearState): LinearModel<FeatureFields, string> {
  return new LinearModel('elasticNet', state)
}

/** @internal A saved model. */
export function restoreLasso(state: LinearState): LinearModel<FeatureFields, string> {
  return new LinearModel('lasso', state)
}

const OPTIONS = [...SUPERVISED_OPTIONS, 'l1', 'intercept', 'maxIterations', 'tolerance']

function sparseLeastSquares<L extends string, F extends FeatureFields, P extends string>(
  name: string,
  options: LassoOptions<L, F, P>,
  l1: number,
  l2: number,
  costs: Readonly<Record<string, number>>,
): LinearEstimator<L, F, P> {
  const { features, label, weight, prediction, parameters } = supervisedFields(options, name)
  const { intercept = true, maxIterations = 1000, tolerance = 1e-6 } = options
  numberFrom(l1, name, 'l1', Number.MIN_VALUE, Number.MAX_VALUE)
  numberFrom(tolerance, name, 'tolerance', Number.MIN_VALUE)
  positiveInteger(maxIterations, name, 'maxIterations')
  trueOrFalse(intercept, name, 'intercept')
  const all = { ...parameters, ...costs, intercept, maxIterations, tolerance }
  return new Estimator(name, all, async (data, run) => {
    const training = await trainingData(data, { features, weight, others: [label] }, run)
    const { rows, region } = training
    const labels = numericLabels(training.column(label), label, name, region)
    const weights = recordWeights(training)
    const problem = { rows, labels, weights, intercept }
    const { columns, means, labelMean, total } = await withTeam(
      training,
      run.signal,
      async team => {
        if (pairsAreFew(rows)) {
          const equations = await normalEquations(team, problem)
          return { ...equations, columns: pairProducts(equations) }
        }
        const scales = await columnScales(team, rows, weights, intercept)
        const labelMean = intercept ? weightedMean(labels, weights, scales.total) : 0
        return { ...scales, labelMean, columns: entryProducts(problem, scales, labelMean) }
      },
    )
    const { coefficients, ...course } = await coordinateDescent(columns, {
      ...{ l1: l1 * total, l2: l2 * total, total, maxIterations, tolerance, run },
      program: { options: all, rows, labels, weights },
    })
    let constant = labelMean
    for (let k = 0; k < means.length; k++) constant -= coefficients[k]! * means[k]!
    const shape = { features: features.fields, prediction, records: rows.length }
    const facts = { label, ...costs }
    return new LinearModel<F, P>(name, {
      ...{ ...shape, facts, coefficients, intercept: constant },
      ...course,
    })
  })
}
