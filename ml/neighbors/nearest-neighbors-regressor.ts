import { Float64Column, oneOf } from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { numericLabels } from '../data/labels.js'
import { toDense } from '../data/rows.js'
import { trainingData } from '../data/training-data.js'
import { metricOf } from '../distances/metric.js'
import type { KnownRows } from './known-rows.js'
import { checkEnough, type NeighborOptions, neighborOptions } from './neighbor-options.js'
import { neighborSearch } from './search.js'
import { voteWeights } from './vote-weights.js'

/** Options of `nearestNeighborsRegressor`. */
export interface NearestNeighborsRegressorOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
> extends NeighborOptions {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field with the number that is to be predicted. */
  readonly label: L
  /** How neighbours count: `'uniform'` (default), all the same, or `'distance'`, by 1 / distance. */
  readonly weights?: 'uniform' | 'distance'
  /** The field for the prediction. Default `'prediction'`. */
  readonly prediction?: P
}

/** Predicts the mean of the nearest records. */
export class NeighborRegressor<F extends FeatureFields, P extends string> extends Predictor<
  FeatureNeeds<F>,
  number,
  { [Q in P]: number }
> {
  readonly #state: RegressorState

  /** @internal Made by `nearestNeighborsRegressor(...).fit`. */
  constructor(state: RegressorState) {
    const { features, prediction, k, size, values, labels, weights } = state
    const metric = metricOf(state.metric, state.p, NAME)
    const rows = { kind: 'dense', length: labels.length, size, values } as const
    const search = neighborSearch(rows, metric)
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [prediction],
        apply(points) {
          const found = search.nearest(toDense(points), k)
          const votes = voteWeights(found.distances, k, weights)
          const means = new Float64Array(points.length)
          for (let at = 0; at < votes.length; at++) {
            means[Math.floor(at / k)]! += votes[at]! * labels[found.rows[at]!]!
          }
          return [new Float64Column(means)]
        },
      }),
    )
    this.#state = state
  }

  protected override state(): RegressorState {
    return this.#state
  }

  override card(): ModelCard {
    const { label, k, metric, weights, size, labels } = this.#state
    const records = labels.length
    return { title: NAME, facts: { label, k, metric, weights, records, features: size } }
  }
}

/**
 * k nearest neighbours: predicts the mean label of the `k` nearest records. Of records equally near the first
 * ones are taken.
 *
 * Exact: by a k-d tree where there are few features and many records, else by comparing each with each.
 * With `weights: 'distance'` a record counts by 1 / distance; where some have distance 0, only they count.
 *
 * @param options.label The field with the number that is to be predicted.
 * @param options.features Default `'features'`.
 * @param options.k Default 5.
 * @param options.metric `'euclidean'` (default), `'squaredEuclidean'`, `'cosine'`, `'chebyshev'`, `'manhattan'`,
 *   `'minkowski'` or `'tanimoto'`.
 * @param options.p The exponent of `'minkowski'`. Default 2.
 * @param options.weights Default `'uniform'`.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are fewer than `k` records.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: for each record O(learned records * features); with a tree about O(log(learned records)).
 * Source: Cover and Hart, "Nearest neighbor pattern classification", 1967.
 * @example
 * const model = await nearestNeighborsRegressor({
 *   features: ['distance'],
 *   label: 'hours',
 *   k: 2,
 * }).fit(flights)
 * model.predictOne({ distance: 2500 }) // 5.75
 */
export function nearestNeighborsRegressor<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
>(
  options: NearestNeighborsRegressorOptions<L, F, P>,
): Estimator<FeatureNeeds<F> & { readonly [Q in L]: number | boolean }, NeighborRegressor<F, P>> {
  const { parameters } = neighborOptions(options, NAME, ['label', 'weights', 'prediction'])
  const { weights = 'uniform' } = options
  const features = new Features(options.features ?? 'features', NAME)
  const label = fieldName(options.label, NAME, 'label')
  oneOf(weights, ['uniform', 'distance'], NAME, 'weights')
  const prediction = fieldName(options.prediction ?? 'prediction', NAME, 'prediction')
  const all = { features: features.fields, label, prediction, ...parameters, weights }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features, others: [label] }, run)
    const rows = toDense(training.rows)
    checkEnough(rows, parameters.k, NAME)
    const found = numericLabels(training.column(label), label, NAME, training.region)
    const known = { values: Float64Array.from(rows.values), labels: Float64Array.from(found) }
    return new NeighborRegressor<F, P>({ ...all, size: rows.size, ...known })
  })
}

/** @internal A saved model. */
export function restoreNeighborRegressor(
  state: RegressorState,
): NeighborRegressor<FeatureFields, string> {
  return new NeighborRegressor(state)
}

const NAME = 'nearestNeighborsRegressor'

interface RegressorState extends KnownRows {
  readonly label: string
  readonly prediction: string
  readonly weights: 'uniform' | 'distance'
  /** By row. */
  readonly labels: Float64Array
}
