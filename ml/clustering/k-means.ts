import { Float64Column, Int32Column, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { Estimator, type FitRun } from '../core/estimator.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import type { DenseRows, SparseRows } from '../data/rows.js'
import { trainingData, withTeam } from '../data/training-data.js'
import { momentsOf } from '../preprocessing/moments.js'
import { type Checked, checkedOptions, type KMeansOptions } from './k-means-options.js'
import { type Clustering, lloyd } from './lloyd.js'
import { nearestCentres } from './nearest-centre.js'
import { plusPlusSeeding, randomSeeding } from './seeding.js'

/** Clusters, each known by its centre. */
export class KMeansModel<
  F extends FeatureFields,
  C extends string,
  D extends string,
> extends Predictor<FeatureNeeds<F>, number, { [P in C | D]: number }> {
  /** The centre of each cluster. */
  readonly centres: readonly Float64Array[]
  /** How many records each cluster has, or their weight. */
  readonly sizes: Float64Array
  /** The sum of the squared distances of records from their centres, weighted. */
  readonly inertia: number
  /** That sum after each iteration, of the start that was best. */
  readonly history: readonly number[]
  /** Whether it ended by itself, before `maxIterations`. */
  readonly converged: boolean
  readonly #state: KMeansState

  /** @internal Made by `kMeans(...).fit`. */
  constructor(state: KMeansState) {
    const { features, cluster, distance, centres, sizes, inertia, history, converged } = state
    const count = sizes.length
    const size = centres.length / count
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [cluster, distance],
        apply(rows) {
          const { labels, distances } = nearestCentres(rows, centres)
          return [new Int32Column(labels), new Float64Column(distances)]
        },
      }),
    )
    this.centres = Array.from({ length: count }, (_, k) => centres.slice(k * size, (k + 1) * size))
    this.sizes = sizes
    this.inertia = inertia
    this.history = history
    this.converged = converged
    this.#state = state
  }

  /** How many iterations the start that was best took. */
  get iterations(): number {
    return this.history.length - 1
  }

  protected override state(): KMeansState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, k } = this.#state
    const { centres, sizes, inertia, iterations, converged, history } = this
    const names = new Features(features, NAME).names(centres[0]!.length)
    return {
      title: NAME,
      facts: { k, inertia, iterations, converged },
      table: {
        names: ['cluster', 'records', ...names],
        rows: centres.map((centre, cluster) => [cluster, sizes[cluster]!, ...centre]),
      },
      curve: history,
    }
  }
}

/**
 * k-means: `k` centres, so that the sum of the squared distances of records from their nearest centre
 * is as small as can be found.
 *
 * The first centres are drawn by k-means++. Then records go to their nearest centre and centres to the
 * mean of their records (Lloyd), until nothing changes, or the squares of what the centres move come to
 * `tolerance` times the mean variance of the features at most. A centre that has lost all its records
 * moves to the record that is farthest from its own. The model adds two fields: the number of the nearest
 * centre, from 0, and the Euclidean distance from it. Scale the features where their units differ.
 *
 * @param options.features Default `'features'`.
 * @param options.k How many clusters. Default 8.
 * @param options.weight A field. Multiplies the squared distances of each record. Default 1.
 * @param options.initial `'k-means++'` (default), `'random'` for records at random, or the centres
 *   themselves, as lists of numbers.
 * @param options.restarts How often it begins anew; the clusters of the least sum stay. Default 1.
 * @param options.maxIterations Of each start. Default 300.
 * @param options.tolerance Default 1e-4.
 * @param options.seed Default 0.
 * @param options.cluster The field for the number of the cluster. Default `'cluster'`.
 * @param options.distance The field for the distance. Default `'distance'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are fewer records than
 *   clusters.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: an iteration reads all records once, in parallel; it computes distances only where bounds leave a
 *   doubt, at most O(records * k * features).
 * Sources: Lloyd, "Least squares quantization in PCM", 1982; Arthur and Vassilvitskii, "k-means++",
 *   2007; Hamerly, "Making k-means even faster", 2010.
 * @example
 * const model = await kMeans({ features: ['distance', 'hours'], k: 2 }).fit(flights)
 * const long = model.predictOne({ distance: 2500, hours: 6 })
 * model.sizes[long] // 2
 * model.centres[long] // Float64Array(2) [ 2530.5, 5.75 ]
 */
export function kMeans<
  const F extends FeatureFields = 'features',
  const C extends string = 'cluster',
  const D extends string = 'distance',
>(options: KMeansOptions<F, C, D> = {}): Estimator<FeatureNeeds<F>, KMeansModel<F, C, D>> {
  const checked = checkedOptions(options, NAME)
  const { features, cluster, distance, k } = checked.parameters
  return new Estimator(NAME, checked.parameters, async (data, run) => {
    const found = await clustered(data, checked, run)
    return new KMeansModel<F, C, D>({ features, cluster, distance, k, ...found })
  })
}

/** @internal A saved model. */
export function restoreKMeans(state: KMeansState): KMeansModel<FeatureFields, string, string> {
  return new KMeansModel(state)
}

const NAME = 'kMeans'

interface KMeansState extends Clustering {
  readonly features: FeatureFields
  readonly cluster: string
  readonly distance: string
  readonly k: number
}

async function clustered(
  data: Parameters<typeof trainingData>[0],
  { parameters, features, weight }: Checked,
  run: FitRun,
): Promise<Clustering> {
  const { k, initial, seed, restarts, maxIterations, tolerance } = parameters
  const training = await trainingData(data, { features, weight }, run)
  const { rows, weights } = training
  const { length, size } = rows
  if (k > length) {
    throw new ArgumentError(
      `${NAME}: there are ${length} records only, which cannot make ${k} clusters. Give a smaller k.`,
    )
  }
  // About the means large values lose no digits; sparse rows would not stay sparse.
  const { origin, variance, square } =
    rows.kind === 'dense' ? centred(rows, weights) : raw(rows, weights)
  const from = typeof initial === 'string' ? null : givenCentres(initial, origin)
  const clusters = { rows, weights }
  const found = await withTeam(training, run.signal, async team => {
    const seeding =
      from !== null
        ? async () => from
        : initial === 'random'
          ? randomSeeding(clusters, k)
          : await plusPlusSeeding(team, clusters, k)
    const settings = { count: k, restarts, maxIterations, seed, seeding, square, parameters }
    return lloyd(team, clusters, { ...settings, tolerance: tolerance * variance }, run)
  })
  return { ...found, centres: found.centres.map((value, at) => value + origin[at % size]!) }
}

/** Where rows are counted from, and how they spread. */
interface Spread {
  readonly origin: Float64Array
  /** The mean variance of the features. */
  readonly variance: number
  /** The weighted sum of all squares. */
  readonly square: number
}

/** Takes the means away from each row. */
function centred({ values, length, size }: DenseRows, weights: Float64Array | null): Spread {
  const origin = new Float64Array(size)
  for (let row = 0, at = 0; row < length; row++) {
    for (let k = 0; k < size; k++, at++) origin[k]! += values[at]!
  }
  for (let k = 0; k < size; k++) origin[k]! /= length
  let square = 0
  let unweighted = 0
  for (let row = 0, at = 0; row < length; row++) {
    let sum = 0
    for (let k = 0; k < size; k++, at++) {
      const value = values[at]! - origin[k]!
      values[at] = value
      sum += value * value
    }
    unweighted += sum
    square += weights === null ? sum : weights[row]! * sum
  }
  return { origin, variance: unweighted / length / size, square }
}

function raw(rows: SparseRows, weights: Float64Array | null): Spread {
  const { values, offsets, length, size } = rows
  const { deviations } = momentsOf(rows)
  const variance = deviations.reduce((sum, deviation) => sum + deviation * deviation, 0) / size
  let square = 0
  for (let row = 0; row < length; row++) {
    let sum = 0
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) sum += values[at]! * values[at]!
    square += weights === null ? sum : weights[row]! * sum
  }
  return { origin: new Float64Array(size), variance, square }
}

function givenCentres(centres: readonly ArrayLike<number>[], origin: Float64Array): Float64Array {
  const wrong = centres.find(centre => centre.length !== origin.length)
  if (wrong !== undefined) {
    throw new ArgumentError(
      `${NAME}: initial has a centre of ${wrong.length} numbers, ${shown(wrong)}; there are ${origin.length} features.`,
    )
  }
  return Float64Array.from(
    centres.flatMap(centre => Array.from(centre, (value, k) => value - origin[k]!)),
  )
}
