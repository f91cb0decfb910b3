import { numberFrom, requiredOptions } from '../../engine/extend.js'
import { Estimator } from '../core/estimator.js'
import { type ClassWeights, checkClassWeights, weighClasses } from '../data/class-weights.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { fieldName } from '../data/field-name.js'
import type { ClassLabel } from '../data/labels.js'
import { signedLabels } from '../data/signed-labels.js'
import {
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
  supervisedFields,
} from '../data/supervised-fields.js'
import { recordWeights, trainingData, withTeam } from '../data/training-data.js'
import { gradientDescent } from '../optimization/gradient-descent.js'
import { CLASSIFICATION_LOSSES, lossOf } from '../optimization/loss.js'
import { MarginModel, type MarginState } from './margin-model.js'
import { SGD_OPTIONS, type SgdOptions, sgdOptions } from './sgd-options.js'

/** Options of `sgdClassifier`. */
export interface SgdClassifierOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
  D extends string,
> extends SupervisedOptions<L, F, P>,
    SgdOptions {
  /** What records on the wrong side of their margin cost. Default `'hinge'`. */
  readonly loss?: 'hinge' | 'squaredHinge' | 'logistic'
  /** How much classes count. Default: each record counts the same. */
  readonly classWeights?: ClassWeights
  /** Above which decision the second class is predicted. Default 0. */
  readonly threshold?: number
  /** The field for the decision, a number. Default `'decision'`. */
  readonly decision?: D
}

/**
 * A linear function of the features that tells two classes apart, by stochastic gradient descent.
 *
 * With labels y of -1 and 1, f for the linear function, w for a record's weight times that of its class,
 * and c for the coefficients without the intercept, it minimises
 *
 *     sum of w * loss / sum of w  +  l1 * sum of |c|  +  l2 / 2 * sum of c^2
 *
 * where the loss is max(0, 1 - y f) (`'hinge'`), its square (`'squaredHinge'`), or log(1 + exp(-y f))
 * (`'logistic'`). Options of the descent are those of `sgdRegressor`. `linearSvm` and
 * `logisticRegression` find the minimum itself.
 *
 * @param options.label The field with the class: two of any type.
 * @param options.features Default `'features'`.
 * @param options.weight Default: 1 each.
 * @param options.loss Default `'hinge'`.
 * @param options.classWeights Default: 1 each.
 * @param options.threshold Default 0.
 * @param options.prediction Default `'prediction'`.
 * @param options.decision The linear function. Default `'decision'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are not two classes, or
 *   steps are so long that the objective grows beyond all numbers.
 * @throws {SchemaError} By `fit`, if a value is missing, or no finite number or class.
 * Cost: O(entries + features * steps) for an iteration, on one thread but for the objective. Source:
 * Bottou: Stochastic Gradient Descent Tricks, 2012.
 * @example
 * const late = sgdClassifier({ features: ['hours'], label: 'late', loss: 'logistic', seed: 1 })
 * const model = await late.fit(flights.derive({ late: flight => flight.delay > 15 }))
 * model.classes // [false, true]
 */
export function sgdClassifier<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
  const D extends string = 'decision',
>(
  options: SgdClassifierOptions<L, F, P, D>,
): Estimator<FeatureNeeds<F> & { readonly [K in L]: ClassLabel }, MarginModel<F, P, D>> {
  requiredOptions(options, OPTIONS, NAME)
  const { features, label, weight, prediction, parameters } = supervisedFields(options, NAME)
  const { loss = 'hinge', classWeights, threshold = 0 } = options
  const decision = fieldName(options.decision ?? 'decision', NAME, 'decision')
  const cost = lossOf({ loss, epsilon: 1, quantile: 0.5 }, CLASSIFICATION_LOSSES, NAME)
  checkClassWeights(classWeights, NAME)
  numberFrom(threshold, NAME, 'threshold', -Number.MAX_VALUE, Number.MAX_VALUE)
  const settings = sgdOptions(options, NAME)
  const named = { loss, classWeights: classWeights ?? null, threshold, decision }
  const all = { ...parameters, ...named, ...settings }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features, weight, others: [label] }, run)
    const { rows, region } = training
    const found = signedLabels(training.column(label), label, NAME, region)
    const { classes, signs: labels } = found
    const weights = recordWeights(training)
    weighClasses(weights, found, classWeights, NAME)
    const program = { options: all, rows, labels, weights }
    const { coefficients, ...course } = await withTeam(training, run.signal, team =>
      gradientDescent(
        team,
        { rows, labels, weights, loss: cost, classes: 1 },
        { ...settings, run, program },
      ),
    )
    const { length: records, size } = rows
    const { l1, l2, schedule, intercept } = settings
    return new MarginModel<F, P, D>(NAME, {
      ...{ features: features.fields, prediction, decision, threshold, classes, records },
      facts: { label, loss, l1, l2, schedule },
      coefficients: coefficients.slice(0, size),
      intercept: coefficients[size]!,
      hasIntercept: intercept,
      ...course,
    })
  })
}

/** @internal A saved model. */
export function restoreSgdClassifier(
  state: MarginState,
): MarginModel<FeatureFields, string, string> {
  return new MarginModel(NAME, state)
}

const NAME = 'sgdClassifier'
const OPTIONS = [
  ...SUPERVISED_OPTIONS,
  ...['loss', 'classWeights', 'threshold', 'decision'],
  ...SGD_OPTIONS,
]
