import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import { classPrediction, probabilitiesOf } from '../data/class-prediction.js'
import { denseRows } from '../data/dense-rows.js'
import type { FeatureFields, LenientNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { type ClassLabel, classLabels } from '../data/labels.js'
import { trainingData, withTeam } from '../data/training-data.js'
import { type BoostedState, boostedCard, iterationsOf } from './boosted-model.js'
import { boost } from './boosting.js'
import { type BoostingOptions, boostingOptions } from './boosting-options.js'
import { type DecisionTree, decisionTree } from './decision-tree.js'
import type { LossName } from './losses.js'
import { treeSums } from './tree-list.js'

/** Options of `gradientBoostedClassifier`. */
export interface GradientBoostedClassifierOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
  Q extends string,
> extends BoostingOptions<L, F, P> {
  /** The field for the probabilities of the classes. Default `'probabilities'`. */
  readonly probabilities?: Q
}

/** Boosted trees that predict a class. */
export class BoostedClassifier<
  F extends FeatureFields,
  P extends string,
  Q extends string,
> extends Predictor<
  LenientNeeds<F>,
  ClassLabel,
  { [K in P]: ClassLabel } & { [K in Q]: Float64Array }
> {
  /** The classes, ascending; probabilities are in this order. */
  readonly classes: readonly ClassLabel[]
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
  readonly #state: ClassifierState

  /** @internal Made by `gradientBoostedClassifier(...).fit`. */
  constructor(state: ClassifierState) {
    const { features, prediction, probabilities, trees, baseline, importances, classes } = state
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size: importances.length,
        adds: [prediction, probabilities],
        missing: true,
        apply(rows) {
          const { length } = rows
          const scores = byClass(treeSums(rows, trees, baseline), length)
          return classPrediction(probabilitiesOf(scores, length), classes)
        },
      }),
    )
    this.classes = Object.freeze([...classes])
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
   * @param of The class whose score it adds to; of two classes there is only the second one. Default: the
   *   last one.
   * @throws {ArgumentError} If there is no such iteration, or no tree of that class.
   * @example
   * const model = await gradientBoostedClassifier({ features: ['hours'], label: 'origin', minLeafRecords: 1 }).fit(flights)
   * model.tree(1, 'JFK').output // 'score of origin = JFK'
   */
  tree(iteration: number, of: ClassLabel = this.classes.at(-1)!): DecisionTree {
    const operation = `${NAME}.tree`
    const { classes } = this
    const two = classes.length === 2
    const place = two ? classes.indexOf(of) - 1 : classes.indexOf(of)
    if (place < 0) {
      const known = (two ? classes.slice(1) : classes).map(String).join(', ')
      throw new ArgumentError(
        `${operation}: there are trees of ${known}; got ${shown(of)}.${two ? ' Those of the other class would be the same, with the opposite sign.' : ''}`,
      )
    }
    const output = `${two ? 'log-odds' : 'score'} of ${this.#state.label} = ${String(of)}`
    return decisionTree(this.#state, operation, iteration, place, output)
  }

  protected override state(): ClassifierState {
    return this.#state
  }

  override card(): ModelCard {
    const card = boostedCard(NAME, this.#state)
    const classes = this.classes.map(String).join(', ')
    return { ...card, facts: { ...card.facts, classes } }
  }
}

/**
 * Gradient-boosted trees that predict a class: each tree is made of what those before it still get wrong.
 *
 * For two classes the score is the logarithm of the odds of `classes[1]`, and an iteration makes one tree.
 * For more there is a score for each class, and a tree for each in every iteration; probabilities are
 * `exp(score)`, divided by their sum. Scores begin with the shares of the classes and become `learningRate` times the
 * sum of the trees more. A tree makes the mean of `-log(probability of the label)` least, plus `l2 / 2` times
 * the square of each leaf's value, summed. Bins, growth and missing values are as those of
 * `gradientBoostedRegressor`. The same as scikit-learn's HistGradientBoostingClassifier, but for what is
 * drawn.
 *
 * @param options.label The field with the class: texts, numbers or switches.
 * @param options.features Default `'features'`.
 * @param options.weight Multiplies the loss of each record. Default 1.
 * @param options.maxIterations Default 100.
 * @param options.learningRate Default 0.1.
 * @param options.maxLeaves Of a tree. Default 31.
 * @param options.maxDepth Of a tree. Default: any.
 * @param options.minLeafRecords Default 20.
 * @param options.l2 Default 0.
 * @param options.maxBins Default 255.
 * @param options.subsample The share of records that each iteration is made of. Default 1.
 * @param options.earlyStopping Whether it stops when the loss of records held out does not become less. Default
 *   `'auto'`: where there are more than 10,000 records.
 * @param options.heldOut The share of the records of each class held out. Default 0.1.
 * @param options.patience Iterations that it waits for less. Default 10.
 * @param options.tolerance What counts as less. Default 1e-7.
 * @param options.seed Default 0.
 * @param options.prediction Default `'prediction'`.
 * @param options.probabilities Default `'probabilities'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there is one class only, or more
 *   than 256.
 * @throws {SchemaError} By `fit`, if a label is missing or a value is no number.
 * Cost: as `gradientBoostedRegressor`, times the classes where there are more than two.
 * Sources: Friedman, "Greedy function approximation", 2001; Ke et al., "LightGBM", 2017.
 * @example
 * const model = await gradientBoostedClassifier({
 *   features: ['distance', 'hours'],
 *   label: 'origin',
 *   minLeafRecords: 1,
 * }).fit(flights)
 * model.classes // ['JFK', 'LAX', 'SFO']
 * model.predictOne({ distance: 2500, hours: null }) // 'JFK'
 */
export function gradientBoostedClassifier<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
  const Q extends string = 'probabilities',
>(
  options: GradientBoostedClassifierOptions<L, F, P, Q>,
): Estimator<LenientNeeds<F> & { readonly [K in L]: ClassLabel }, BoostedClassifier<F, P, Q>> {
  const { fields, parameters } = boostingOptions(options, NAME, ['probabilities'])
  const { features, label, weight, prediction } = fields
  const probabilities = fieldName(options.probabilities ?? 'probabilities', NAME, 'probabilities')
  const all = { ...fields.parameters, probabilities, ...parameters }
  return new Estimator(NAME, all, async (data, run) => {
    const given = { features, weight, others: [label], missing: true }
    const training = await trainingData(data, given, run)
    const { region, weights, column } = training
    const rows = denseRows(training)
    const { classes, codes } = classLabels(column(label), label, NAME, region, 256)
    const loss: LossName = classes.length === 2 ? 'logistic' : 'multinomial'
    const targets = { labels: codes, weights }
    const problem = { rows, targets, loss: { name: loss, parameter: 0 }, classes: classes.length }
    const boosted = await withTeam(training, run.signal, team =>
      boost(team, problem, parameters, run),
    )
    const { learningRate } = parameters
    const named = { features: features.fields, label, prediction, probabilities, loss, classes }
    const learned = { learningRate, records: rows.length, ...boosted }
    return new BoostedClassifier<F, P, Q>({ ...named, ...learned })
  })
}

/** @internal A saved model. */
export function restoreBoostedClassifier(
  state: ClassifierState,
): BoostedClassifier<FeatureFields, string, string> {
  return new BoostedClassifier(state)
}

const NAME = 'gradientBoostedClassifier'

interface ClassifierState extends BoostedState {
  readonly probabilities: string
  readonly classes: readonly ClassLabel[]
}

/** Class by class the scores of all records; one list for two classes. */
function byClass(scores: Float64Array, length: number): Float64Array[] {
  const lists = length === 0 ? 1 : scores.length / length
  return Array.from({ length: lists }, (_, k) => scores.subarray(k * length, (k + 1) * length))
}
