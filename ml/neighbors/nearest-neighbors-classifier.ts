import { oneOf } from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import { classPrediction } from '../data/class-prediction.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { type ClassLabel, classLabels } from '../data/labels.js'
import { toDense } from '../data/rows.js'
import { trainingData } from '../data/training-data.js'
import { metricOf } from '../distances/metric.js'
import type { KnownRows } from './known-rows.js'
import { checkEnough, type NeighborOptions, neighborOptions } from './neighbor-options.js'
import { neighborSearch } from './search.js'
import { voteWeights } from './vote-weights.js'

/** Options of `nearestNeighborsClassifier`. */
export interface NearestNeighborsClassifierOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
  Q extends string,
> extends NeighborOptions {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field with the class that is to be predicted. */
  readonly label: L
  /** How neighbours count: `'uniform'` (default), all the same, or `'distance'`, by 1 / distance. */
  readonly weights?: 'uniform' | 'distance'
  /** The field for the prediction. Default `'prediction'`. */
  readonly prediction?: P
  /** The field for the probabilities of the classes. Default `'probabilities'`. */
  readonly probabilities?: Q
}

/** Predicts the class of most of the nearest records. */
export class NeighborClassifier<
  F extends FeatureFields,
  P extends string,
  Q extends string,
> extends Predictor<
  FeatureNeeds<F>,
  ClassLabel,
  { [K in P]: ClassLabel } & { [K in Q]: Float64Array }
> {
  /** The classes, ascending; probabilities are in this order. */
  readonly classes: readonly ClassLabel[]
  readonly #state: ClassifierState

  /** @internal Made by `nearestNeighborsClassifier(...).fit`. */
  constructor(state: ClassifierState) {
    const { features, prediction, probabilities, k, size, values, codes, weights } = state
    const classes = Object.freeze([...state.classes])
    const metric = metricOf(state.metric, state.p, NAME)
    const rows = { kind: 'dense', length: codes.length, size, values } as const
    const search = neighborSearch(rows, metric)
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [prediction, probabilities],
        apply(points) {
          const found = search.nearest(toDense(points), k)
          const votes = voteWeights(found.distances, k, weights)
          const shares = new Float64Array(points.length * classes.length)
          for (let at = 0; at < votes.length; at++) {
            shares[Math.floor(at / k) * classes.length + codes[found.rows[at]!]!]! += votes[at]!
          }
          return classPrediction(shares, classes)
        },
      }),
    )
    this.classes = classes
    this.#state = state
  }

  protected override state(): ClassifierState {
    return this.#state
  }

  override card(): ModelCard {
    const { label, k, metric, weights, size, codes } = this.#state
    const records = codes.length
    const classes = this.classes.map(String).join(', ')
    return { title: NAME, facts: { label, classes, k, metric, weights, records, features: size } }
  }
}

/**
 * k nearest neighbours: predicts the class that most of the `k` nearest records have, and as probabilities the
 * shares of the classes among them. Of classes with equal shares the first is taken, of records equally
 * near the first ones.
 *
 * Exact: by a k-d tree where there are few features and many records, else by comparing each with each.
 * With `weights: 'distance'` a record counts by 1 / distance; where some have distance 0, only they count.
 *
 * @param options.label The field with the class: texts, numbers or switches.
 * @param options.features Default `'features'`.
 * @param options.k Default 5.
 * @param options.metric `'euclidean'` (default), `'squaredEuclidean'`, `'cosine'`, `'chebyshev'`, `'manhattan'`,
 *   `'minkowski'` or `'tanimoto'`.
 * @param options.p The exponent of `'minkowski'`. Default 2.
 * @param options.weights Default `'uniform'`.
 * @param options.prediction Default `'prediction'`.
 * @param options.probabilities Default `'probabilities'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are fewer than `k` records, or one
 *   class only.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: for each record O(learned records * features); with a tree about O(log(learned records)).
 * Source: Cover and Hart, "Nearest neighbor pattern classification", 1967.
 * @example
 * const model = await nearestNeighborsClassifier({
 *   features: ['distance'],
 *   label: 'origin',
 *   k: 1,
 * }).fit(flights)
 * model.predictOne({ distance: 2500 }) // 'JFK'
 */
export function nearestNeighborsClassifier<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
  const Q extends string = 'probabilities',
>(
  options: NearestNeighborsClassifierOptions<L, F, P, Q>,
): Estimator<FeatureNeeds<F> & { readonly [K in L]: ClassLabel }, NeighborClassifier<F, P, Q>> {
  const more = ['label', 'weights', 'prediction', 'probabilities']
  const { parameters } = neighborOptions(options, NAME, more)
  const { weights = 'uniform' } = options
  const features = new Features(options.features ?? 'features', NAME)
  const label = fieldName(options.label, NAME, 'label')
  oneOf(weights, ['uniform', 'distance'], NAME, 'weights')
  const prediction = fieldName(options.prediction ?? 'prediction', NAME, 'prediction')
  const probabilities = fieldName(options.probabilities ?? 'probabilities', NAME, 'probabilities')
  const fields = { features: features.fields, label, prediction, probabilities }
  const all = { ...fields, ...parameters, weights }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features, others: [label] }, run)
    const rows = toDense(training.rows)
    checkEnough(rows, parameters.k, NAME)
    const found = classLabels(training.column(label), label, NAME, training.region)
    const values = Float64Array.from(rows.values)
    const codes = Int32Array.from(found.codes)
    const known = { size: rows.size, values, codes, classes: found.classes }
    return new NeighborClassifier<F, P, Q>({ ...all, ...known })
  })
}

/** @internal A saved model. */
export function restoreNeighborClassifier(
  state: ClassifierState,
): NeighborClassifier<FeatureFields, string, string> {
  return new NeighborClassifier(state)
}

const NAME = 'nearestNeighborsClassifier'

interface ClassifierState extends KnownRows {
  readonly label: string
  readonly prediction: string
  readonly probabilities: string
  readonly weights: 'uniform' | 'distance'
  readonly classes: readonly ClassLabel[]
  /** By row: which of the classes. */
  readonly codes: Int32Array
}
