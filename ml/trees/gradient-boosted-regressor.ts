import { Float64Column, numberFrom, oneOf } from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import { denseRows } from '../data/dense-rows.js'
import type { FeatureFields, LenientNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { numericLabels } from '../data/labels.js'
import { trainingData, withTeam } from '../data/training-data.js'
import { type BoostedState, boostedCard, iterationsOf } from './boosted-model.js'
import { boost } from './boosting.js'
import { type BoostingOptions, boostingOptions } from './boosting-options.js'
import { type DecisionTree, decisionTree } from './decision-tree.js'
import { treeSums } from './tree-list.js'

/** Options of `gradientBoostedRegressor`. */
export interface GradientBoostedRegressorOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
> extends BoostingOptions<L, F, P> {
  /**
   * What is made small: squared errors; absolute ones, for which outliers matter less; Huber's loss, which is
   * squared for small errors and absolute for large ones; or the loss of a quantile. Default `'squared'`.
   */
  readonly loss?: 'squared' | 'absolute' | 'huber' | 'quantile'
  /** Up to which error Huber's loss is squared, above 0, in units of the label. Default 1.35. */
  readonly epsilon?: number
  /** The quantile that is predicted, between 0 and 1. Default 0.5, the median. */
  readonly quantile?: number
}

/** Boosted trees that predict a number. */
export class BoostedRegressor<F extends FeatureFields, P extends string> extends Predictor<
  LenientNeeds<F>,
  number,
  { [Q in P]: number }
> {
  /** By feature its share of what all splits gained. */
  readonly importances: Float64Array
  /** The mean loss before the first tree and after each iteration, of the records that trees were made of. */
  readonly history: readonly number[]
  /** The same for the records held out; empty where none were. */
  readonly heldOutHistory: readonly number[]
  /** How many iterations there were. */
  readonly iterations: number
  /** Whether it ended because the loss of the records held out did not become less. */
  readonly stoppedEarly: boolean
  readonly #state: BoostedState

  /** @internal Made by `gradientBoostedRegressor(...).fit`. */
  constructor(state: BoostedState) {
    const { features, prediction, trees, baseline, importances } = state
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size: importances.length,
        adds: [prediction],
        missing: true,
        apply: rows => [new Float64Column(treeSums(rows, trees, baseline))],
      }),
    )
    this.importances = importances
    this.history = state.history
    this.heldOutHistory = state.heldOutHistory
    this.iterations = iterationsOf(state)
    this.stoppedEarly = state.stoppedEarly
    this.#state = state
  }

  /**
   * One of its trees, to look at.
   *
   * @param iteration From 1.
   * @throws {ArgumentError} If there is no such iteration.
   * @example
   * const model = await gradientBoostedRegressor({ features: ['hours'], label: 'delay', minLeafRecords: 1 }).fit(flights)
   * const { root } = model.tree(1)
   * root // { feature: 'hours', threshold: 5.75, ... }
   */
  tree(iteration: number): DecisionTree {
    return decisionTree(this.#state, `${NAME}.tree`, iteration, 0, this.#state.label)
  }

  protected override state(): BoostedState {
    return this.#state
  }

  override card(): ModelCard {
    return boostedCard(NAME, this.#state)
  }
}

/**
 * Gradient-boosted trees that predict a number: each tree is made of the errors that those before it leave.
 *
 * The prediction is a constant (mean, median or quantile of the labels) plus `learningRate` times the sum of the
 * trees. Values are put into at most `maxBins` bins; a tree grows by the split that makes the mean loss
 * least, plus `l2 / 2` times the square of each leaf's value, summed. For an error r, the label less the
 * prediction, the loss is `r^2 / 2` (`'squared'`), `|r|` (`'absolute'`); `r^2 / 2` up to |r| = epsilon and
 * `epsilon |r| - epsilon^2 / 2` beyond (`'huber'`); `quantile * r` above 0 and `(quantile - 1) * r` below
 * (`'quantile'`). Splits look at order alone, so features need no scaling. Missing values (`null`, NaN)
 * are fine: each split learns the side on which they go. Predictions are those of scikit-learn's
 * HistGradientBoostingRegressor but for what is drawn, and for Huber's loss, which it lacks.
 *
 * Categories are made numbers first: by `stringIndexer` where splits by order will do (trees need no more), by
 * `oneHotEncoder` where there are few.
 *
 * @param options.label The field with the number that is to be predicted.
 * @param options.features Default `'features'`.
 * @param options.weight Multiplies the loss of each record. Default 1.
 * @param options.loss Default `'squared'`.
 * @param options.epsilon Of Huber's loss. Default 1.35.
 * @param options.quantile Default 0.5.
 * @param options.maxIterations Trees at most. Default 100.
 * @param options.learningRate Default 0.1.
 * @param options.maxLeaves Of a tree. Default 31.
 * @param options.maxDepth Of a tree. Default: any.
 * @param options.minLeafRecords Default 20.
 * @param options.l2 Default 0.
 * @param options.maxBins Default 255.
 * @param options.subsample The share of records that each tree is made of. Default 1.
 * @param options.earlyStopping Whether it stops when the loss of records held out does not become less. Default
 *   `'auto'`: where there are more than 10,000 records.
 * @param options.heldOut The share of records held out. Default 0.1.
 * @param options.patience Iterations that it waits for less. Default 10.
 * @param options.tolerance What counts as less. Default 1e-7.
 * @param options.seed Default 0.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} By `fit`, if a label is missing or a value is no number.
 * Cost: O(records * features * log(leaves)) for each tree, in parallel; predicting O(trees * depth).
 * Sources: Friedman, "Greedy function approximation", 2001; Ke et al., "LightGBM", 2017.
 * @example
 * const model = await gradientBoostedRegressor({
 *   features: ['distance'],
 *   label: 'hours',
 *   minLeafRecords: 1,
 * }).fit(flights)
 * model.predictOne({ distance: 2500 }).toFixed(2) // '5.50'
 * model.importances // Float64Array(1) [ 1 ]
 */
export function gradientBoostedRegressor<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
>(
  options: GradientBoostedRegressorOptions<L, F, P>,
): Estimator<LenientNeeds<F> & { readonly [Q in L]: number | boolean }, BoostedRegressor<F, P>> {
  const { fields, parameters } = boostingOptions(options, NAME, ['loss', 'epsilon', 'quantile'])
  const { loss = 'squared', epsilon = 1.35, quantile = 0.5 } = options
  oneOf(loss, ['squared', 'absolute', 'huber', 'quantile'], NAME, 'loss')
  numberFrom(epsilon, NAME, 'epsilon', Number.MIN_VALUE, Number.MAX_VALUE)
  numberFrom(quantile, NAME, 'quantile', Number.EPSILON, 1 - Number.EPSILON)
  const kind = { name: loss, parameter: loss === 'quantile' ? quantile : epsilon }
  const { features, label, weight, prediction } = fields
  const all = { ...fields.parameters, loss, epsilon, quantile, ...parameters }
  return new Estimator(NAME, all, async (data, run) => {
    const given = { features, weight, others: [label], missing: true }
    const training = await trainingData(data, given, run)
    const { region, weights, column } = training
    const rows = denseRows(training)
    const labels = numericLabels(column(label), label, NAME, region)
    const targets = { labels, weights }
    const boosted = await withTeam(training, run.signal, team =>
      boost(team, { rows, targets, loss: kind, classes: 0 }, parameters, run),
    )
    const { learningRate } = parameters
    const named = { features: features.fields, label, prediction, loss, learningRate }
    return new BoostedRegressor<F, P>({ ...named, records: rows.length, ...boosted })
  })
}

/** @internal A saved model. */
export function restoreBoostedRegressor(
  state: BoostedState,
): BoostedRegressor<FeatureFields, string> {
  return new BoostedRegressor(state)
}

const NAME = 'gradientBoostedRegressor'
