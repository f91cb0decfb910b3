import { numberFrom, positiveInteger, requiredOptions, trueOrFalse } from '../../engine/extend.js'
import { Estimator } from '../core/estimator.js'
import { type ClassWeights, checkClassWeights, weighClasses } from '../data/class-weights.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { fieldName } from '../data/field-name.js'
import { type ClassLabel, classLabels } from '../data/labels.js'
import {
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
  supervisedFields,
} from '../data/supervised-fields.js'
import { recordWeights, trainingData, withTeam } from '../data/training-data.js'
import { minimiseLinear } from '../optimization/minimise-linear.js'
import { LogisticModel, type LogisticState } from './logistic-model.js'

/** Options of `logisticRegression`. */
export interface LogisticRegressionOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
  Q extends string,
> extends SupervisedOptions<L, F, P> {
  /** How much large coefficients cost by their squares, at least 0. Default 1. */
  readonly l2?: number
  /** How much coefficients cost by their absolute values, at least 0; makes some of them 0. Default 0. */
  readonly l1?: number
  /** How much classes count. Default: each record counts the same. */
  readonly classWeights?: ClassWeights
  /** Whether there is an intercept. Default `true`. */
  readonly intercept?: boolean
  /** The field for the probabilities of the classes, a vector. Default `'probabilities'`. */
  readonly probabilities?: Q
  /** The most iterations. Default 1000. */
  readonly maxIterations?: number
  /** Ends when no slope of the objective is steeper, above 0. Default 1e-6. */
  readonly tolerance?: number
}

/**
 * Logistic regression: linear functions whose exponentials are in proportion to the probabilities of
 * classes; one for two classes, one each for more (multinomial).
 *
 * With p for the probability of a record's class, w for its weight times that of its class, and c for
 * all coefficients but intercepts, it minimises
 *
 *     sum of w * -log(p)  +  l2 / 2 * sum of c^2  +  l1 * sum of |c|
 *
 * so `l2` is 1 / C of scikit-learn. Labels are texts, numbers or switches; predictions are the same.
 * Features need not be scaled for speed: the search does so. Penalties are those of the coefficients as
 * they are, so features of one scale are penalised alike.
 *
 * @param options.label The field with the class.
 * @param options.features Default `'features'`.
 * @param options.weight Multiplies the loss of each record. Default 1.
 * @param options.l2 Default 1. With 0 coefficients grow without end where classes can be told apart.
 * @param options.l1 Default 0.
 * @param options.classWeights Default: 1 each.
 * @param options.intercept Default `true`.
 * @param options.maxIterations Default 1000.
 * @param options.tolerance Of the objective divided by the sum of the weights, in coordinates of features
 *   of deviation 1. Default 1e-6.
 * @param options.prediction Default `'prediction'`.
 * @param options.probabilities A vector by class, in the order of `model.classes`. Default `'probabilities'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there is one class only.
 * @throws {SchemaError} By `fit`, if a value is missing, or no finite number or class.
 * Cost: O(entries * classes) for each of some tens of iterations, in parallel. L-BFGS, with costs of
 * absolute values OWL-QN: see Nocedal, Wright: Numerical Optimization, 2006; Andrew, Gao 2007.
 * @example
 * const late = logisticRegression({ features: ['hours', 'distance'], label: 'late' })
 * const model = await late.fit(flights.derive({ late: flight => flight.delay > 15 }))
 * model.classes // [false, true]
 * model.predictOne({ hours: 2, distance: 700 }) // true
 */
export function logisticRegression<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
  const Q extends string = 'probabilities',
>(
  options: LogisticRegressionOptions<L, F, P, Q>,
): Estimator<FeatureNeeds<F> & { readonly [K in L]: ClassLabel }, LogisticModel<F, P, Q>> {
  requiredOptions(options, OPTIONS, NAME)
  const { features, label, weight, prediction, parameters } = supervisedFields(options, NAME)
  const { l1 = 0, l2 = 1, classWeights, intercept = true } = options
  const { maxIterations = 1000, tolerance = 1e-6 } = options
  const probabilities = fieldName(options.probabilities ?? 'probabilities', NAME, 'probabilities')
  numberFrom(l1, NAME, 'l1', 0, Number.MAX_VALUE)
  numberFrom(l2, NAME, 'l2', 0, Number.MAX_VALUE)
  numberFrom(tolerance, NAME, 'tolerance', Number.MIN_VALUE)
  positiveInteger(maxIterations, NAME, 'maxIterations')
  trueOrFalse(intercept, NAME, 'intercept')
  checkClassWeights(classWeights, NAME)
  const all = {
    ...parameters,
    ...{ l1, l2, classWeights: classWeights ?? null, intercept, maxIterations, tolerance },
    probabilities,
  }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features, weight, others: [label] }, run)
    const { rows, region } = training
    const found = classLabels(training.column(label), label, NAME, region)
    const { classes, codes } = found
    const weights = recordWeights(training)
    weighClasses(weights, found, classWeights, NAME)
    const binary = classes.length === 2
    const labels = region.float64(codes)
    if (binary) for (let row = 0; row < labels.length; row++) labels[row] = 2 * labels[row]! - 1
    const loss = { name: 'logistic', parameter: 0 } as const
    const problem = { rows, labels, weights, loss, classes: binary ? 1 : classes.length }
    const program = { options: all, rows, labels, weights }
    const fit = await withTeam(training, run.signal, team =>
      minimiseLinear(team, problem, {
        ...{ intercept, l1, l2, maxIterations, tolerance, run, program },
      }),
    )
    const facts = { label, ...(l1 > 0 && { l1 }), l2 }
    const shape = { features: features.fields, prediction, probabilities, facts, classes }
    const { length: records, size } = rows
    return new LogisticModel<F, P, Q>(NAME, { ...shape, ...fit, size, records })
  })
}

/** @internal A saved model. */
export function restoreLogisticModel(
  state: LogisticState,
): LogisticModel<FeatureFields, string, string> {
  return new LogisticModel(NAME, state)
}

const NAME = 'logisticRegression'
const OPTIONS = [
  ...SUPERVISED_OPTIONS,
  ...['l2', 'l1', 'classWeights', 'intercept', 'probabilities', 'maxIterations', 'tolerance'],
]
