import { requiredOptions } from '../../engine/extend.js'
import { Estimator } from '../core/estimator.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { numericLabels } from '../data/labels.js'
import {
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
  supervisedFields,
} from '../data/supervised-fields.js'
import { recordWeights, trainingData, withTeam } from '../data/training-data.js'
import { gradientDescent } from '../optimization/gradient-descent.js'
import { lossOf, REGRESSION_LOSSES } from '../optimization/loss.js'
import { LinearModel, type LinearState } from './linear-model.js'
import { SGD_OPTIONS, type SgdOptions, sgdOptions } from './sgd-options.js'

/** Options of `sgdRegressor`. */
export interface SgdRegressorOptions<L extends string, F extends FeatureFields, P extends string>
  extends SupervisedOptions<L, F, P>,
    SgdOptions {
  /** What a wrong prediction costs. Default `'squared'`. */
  readonly loss?: 'squared' | 'huber' | 'quantile'
  /** Up to which error Huber's loss is squared, above 0. Default 1.35. */
  readonly epsilon?: number
  /** The quantile that is predicted, between 0 and 1. Default 0.5, the median. */
  readonly quantile?: number
}

/**
 * A linear function of the features that predicts a number, by stochastic gradient descent: least
 * squares, Huber's regression, which outliers do not pull, or a quantile.
 *
 * With w for a record's weight and c for the coefficients without the intercept, it minimises
 *
 *     sum of w * loss / sum of w  +  l1 * sum of |c|  +  l2 / 2 * sum of c^2
 *
 * where for an error r, the label less the prediction, the loss is r^2 / 2 (`'squared'`); the same up to
 * |r| = epsilon and epsilon * |r| - epsilon^2 / 2 beyond (`'huber'`); quantile * r above 0 and
 * (quantile - 1) * r below (`'quantile'`). Costs of absolute values make coefficients 0.
 *
 * An iteration goes over all records in batches, drawn anew each time; a step of each goes against the
 * mean gradient of its records. The model is that of the iteration with the smallest objective. Steps
 * fit features of about the same scale: put a `standardScaler` before it.
 *
 * @param options.label The field with the number that is to be predicted.
 * @param options.features Default `'features'`.
 * @param options.weight Default: 1 each.
 * @param options.loss Default `'squared'`.
 * @param options.epsilon Of Huber's loss, in units of the label. Default 1.35.
 * @param options.quantile Default 0.5.
 * @param options.l1 Default 0.
 * @param options.l2 Default 0.0001.
 * @param options.learningRate Default 0.1.
 * @param options.schedule With r for the learning rate and j for the number of the iteration, from 1:
 *   `'default'` r / sqrt(j); `'constant'` r; `'bottou'` r / (1 + l2 r (j - 1)); `'invScaling'` r / j^decay;
 *   `'xu'` r (1 + l2 r j)^-decay; `'adam'` r over the root of a running mean of squared gradients.
 * @param options.decay Default 0.5.
 * @param options.batchSize Default 32. With `Infinity` each step takes all records, in parallel.
 * @param options.intercept Default `true`.
 * @param options.maxIterations Default 100.
 * @param options.tolerance Default 1e-4.
 * @param options.patience Default 5.
 * @param options.seed Default 0.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if steps are so long that the
 *   objective grows beyond all numbers.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(entries + features * steps) for an iteration, on one thread but for the objective. Source:
 * Bottou: Stochastic Gradient Descent Tricks, 2012.
 * @example
 * const scaled = pipeline(
 *   standardScaler({ features: ['distance'] }),
 *   sgdRegressor({ label: 'hours', loss: 'huber', learningRate: 0.5, seed: 1 }),
 * )
 * const model = await scaled.fit(flights)
 * Math.round(model.predictOne({ distance: 1000 })) // 3
 */
export function sgdRegressor<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
>(
  options: SgdRegressorOptions<L, F, P>,
): Estimator<FeatureNeeds<F> & { readonly [Q in L]: number | boolean }, LinearModel<F, P>> {
  requiredOptions(options, OPTIONS, NAME)
  const { features, label, weight, prediction, parameters } = supervisedFields(options, NAME)
  const { loss = 'squared', epsilon = 1.35, quantile = 0.5 } = options
  const cost = lossOf({ loss, epsilon, quantile }, REGRESSION_LOSSES, NAME)
  const settings = sgdOptions(options, NAME)
  const all = { ...parameters, loss, epsilon, quantile, ...settings }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features, weight, others: [label] }, run)
    const { rows, region } = training
    const labels = numericLabels(training.column(label), label, NAME, region)
    const weights = recordWeights(training)
    const program = { options: all, rows, labels, weights }
    const { coefficients, ...course } = await withTeam(training, run.signal, team =>
      gradientDescent(
        team,
        { rows, labels, weights, loss: cost, classes: 1 },
        { ...settings, run, program },
      ),
    )
    const { length: records, size } = rows
    const { l1, l2, schedule } = settings
    return new LinearModel<F, P>(NAME, {
      ...{ features: features.fields, prediction, records },
      facts: { label, loss, l1, l2, schedule },
      coefficients: coefficients.slice(0, size),
      intercept: coefficients[size]!,
      ...course,
    })
  })
}

/** @internal A saved model. */
export function restoreSgdRegressor(state: LinearState): LinearModel<FeatureFields, string> {
  return new LinearModel(NAME, state)
}

const NAME = 'sgdRegressor'
const OPTIONS = [...SUPERVISED_OPTIONS, 'loss', 'epsilon', 'quantile', ...SGD_OPTIONS]
