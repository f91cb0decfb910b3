import { VectorColumn } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { Model } from '../core/model.js'
import { overFeatures } from '../core/over-features.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { toDense } from '../data/rows.js'
import { trainingData } from '../data/training-data.js'
import { metricOf } from '../distances/metric.js'
import type { KnownRows } from './known-rows.js'
import { checkEnough, type NeighborOptions, neighborOptions } from './neighbor-options.js'
import { neighborSearch } from './search.js'

/** Options of `nearestNeighbors`. */
export interface NearestNeighborsOptions<
  F extends FeatureFields,
  N extends string,
  D extends string,
> extends NeighborOptions {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field for the numbers of the nearest records. Default `'neighbors'`. */
  readonly neighbors?: N
  /** The field for the distances from them. Default `'distances'`. */
  readonly distances?: D
}

/** Records among which the nearest are found. */
export class NeighborsModel<
  F extends FeatureFields,
  N extends string,
  D extends string,
> extends Model<FeatureNeeds<F>, { [P in N | D]: Float64Array }> {
  readonly #state: NeighborsState

  /** @internal Made by `nearestNeighbors(...).fit`. */
  constructor(state: NeighborsState) {
    const { features, neighbors, distances, k, size, values } = state
    const metric = metricOf(state.metric, state.p, NAME)
    const rows = { kind: 'dense', length: values.length / size, size, values } as const
    const search = neighborSearch(rows, metric)
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [neighbors, distances],
        apply(points) {
          const found = search.nearest(toDense(points), k)
          return [
            new VectorColumn(found.rows, k, points.length),
            new VectorColumn(found.distances, k, points.length),
          ]
        },
      }),
    )
    this.#state = state
  }

  protected override state(): NeighborsState {
    return this.#state
  }

  override card(): ModelCard {
    const { k, metric, size, values } = this.#state
    return { title: NAME, facts: { k, metric, records: values.length / size, features: size } }
  }
}

/**
 * Finds the `k` nearest of the records that it has learned: their numbers, from 0 in the order of the data,
 * and the distances from them, the nearest first. Of records equally near the first ones are taken. A
 * record that was learned itself is its own nearest one.
 *
 * Exact: by a k-d tree where there are few features and many records, else by comparing each with each.
 *
 * @param options.features Default `'features'`.
 * @param options.k Default 5.
 * @param options.metric `'euclidean'` (default), `'squaredEuclidean'`, `'cosine'`, `'chebyshev'`, `'manhattan'`,
 *   `'minkowski'` or `'tanimoto'`.
 * @param options.p The exponent of `'minkowski'`. Default 2.
 * @param options.neighbors The field for the numbers, a vector. Default `'neighbors'`.
 * @param options.distances The field for the distances, a vector. Default `'distances'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are fewer than `k` records.
 * @throws {SchemaError} If a value is missing or no finite number.
 * Cost: for each record O(learned records * features); with a tree about O(log(learned records)).
 * @example
 * const model = await nearestNeighbors({ features: ['distance', 'hours'], k: 2 }).fit(flights)
 * const { neighbors } = model.transformOne({ distance: 350, hours: 1 })
 * neighbors // Float64Array(2) [ 1, 3 ]
 */
export function nearestNeighbors<
  const F extends FeatureFields = 'features',
  const N extends string = 'neighbors',
  const D extends string = 'distances',
>(
  options: NearestNeighborsOptions<F, N, D> = {},
): Estimator<FeatureNeeds<F>, NeighborsModel<F, N, D>> {
  const { parameters } = neighborOptions(options, NAME, ['neighbors', 'distances'])
  const features = new Features(options.features ?? 'features', NAME)
  const neighbors = fieldName(options.neighbors ?? 'neighbors', NAME, 'neighbors')
  const distances = fieldName(options.distances ?? 'distances', NAME, 'distances')
  if (neighbors === distances) {
    throw new ArgumentError(
      `${NAME}: neighbors and distances must be two fields; both are "${neighbors}".`,
    )
  }
  const all = { features: features.fields, ...parameters, neighbors, distances }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features }, run)
    const rows = toDense(training.rows)
    checkEnough(rows, parameters.k, NAME)
    const values = Float64Array.from(rows.values)
    return new NeighborsModel<F, N, D>({ ...all, size: rows.size, values })
  })
}

/** @internal A saved model. */
export function restoreNeighbors(
  state: NeighborsState,
): NeighborsModel<FeatureFields, string, string> {
  return new NeighborsModel(state)
}

const NAME = 'nearestNeighbors'

interface NeighborsState extends KnownRows {
  readonly neighbors: string
  readonly distances: string
}
