import { knownOptions, shown, trueOrFalse, VectorColumn } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { Model } from '../core/model.js'
import { overFeatures } from '../core/over-features.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import type { Rows } from '../data/rows.js'
import { trainingColumns, withTeam } from '../data/training-data.js'
import { type PrincipalComponents, principalComponents } from './principal-components.js'

/** Options of `pca`. */
export interface PcaOptions<F extends FeatureFields, O extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field for the vectors of components. Default `'features'`. */
  readonly output?: O
  /**
   * How many components; or, below 1, which share of the variance they are to explain at least. Default: as
   * many as there are features, or records if these are fewer.
   */
  readonly components?: number
  /** Whether components are divided by their standard deviation. Default `false`. */
  readonly whiten?: boolean
}

/** What `pca` has learned. */
export class PcaModel<F extends FeatureFields, O extends string> extends Model<
  FeatureNeeds<F>,
  { [P in O]: Float64Array }
> {
  /** The directions of the components, unit vectors at right angles, the one of most variance first. */
  readonly components: readonly Float64Array[]
  /** The means of the features. */
  readonly means: Float64Array
  /** The variance of the records along each component, of a sample. */
  readonly explainedVariance: Float64Array
  /** The same as a share of the variance of all features. */
  readonly explainedVarianceRatio: Float64Array
  readonly #state: PcaState

  /** @internal Made by `pca(...).fit`. */
  constructor(state: PcaState) {
    const { features, output, means, directions, variances } = state
    const size = means.length
    const count = variances.length
    const factors = factorsOf(state)
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [output],
        apply: rows => [new VectorColumn(projected(rows, state, factors), count, rows.length)],
      }),
    )
    this.components = Array.from({ length: count }, (_, k) =>
      directions.slice(k * size, (k + 1) * size),
    )
    this.means = means
    this.explainedVariance = variances
    this.explainedVarianceRatio = variances.map(value => share(value, state.variance))
    this.#state = state
  }

  /**
   * The features of which components would be made; where there are fewer components than features, those
   * nearest to the ones that they were made of.
   *
   * @param vector A vector of components, as the model adds it.
   * @throws {ArgumentError} If it has another number of entries.
   * @example
   * const model = await pca({ features: ['distance', 'hours'], components: 1 }).fit(flights)
   * const { features } = model.transformOne({ distance: 2475, hours: 5.5 })
   * model.restore(features) // Float64Array(2) [ 2474.9..., 5.6... ]
   */
  restore(vector: ArrayLike<number>): Float64Array {
    const { components } = this
    if (vector.length !== components.length) {
      throw new ArgumentError(
        `pca.restore: the vector must have ${components.length} entries; got ${vector.length}.`,
      )
    }
    const factors = factorsOf(this.#state)
    const restored = Float64Array.from(this.means)
    for (const [k, direction] of components.entries()) {
      const factor = factors[k] === 0 ? 0 : vector[k]! / factors[k]!
      for (let j = 0; j < restored.length; j++) restored[j]! += factor * direction[j]!
    }
    return restored
  }

  protected override state(): PcaState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, output, whiten, records } = this.#state
    const { components, explainedVarianceRatio: shares, explainedVariance } = this
    const names = new Features(features, NAME).names(this.means.length)
    return {
      title: NAME,
      facts: {
        output,
        whiten,
        records,
        components: components.length,
        'explained share': shares.reduce((a, b) => a + b, 0),
      },
      table: {
        names: ['component', 'variance', 'share', ...names],
        rows: components.map((row, k) => [k, explainedVariance[k]!, shares[k]!, ...row]),
      },
    }
  }
}

/**
 * Principal component analysis: turns features into fewer that are not correlated and keep as much of the
 * variance as can be.
 *
 * Component k of a record is the product of its centred features with the k-th eigenvector of the
 * covariances. The sign of an eigenvector is such that its largest entry is positive. Features are
 * centred, but not scaled: use `standardScaler` before it where units differ. `restore` goes back. Exact; a
 * variance below some 1e-12 of the largest one is rounding.
 *
 * @param options.features Default `'features'`.
 * @param options.output Default `'features'`.
 * @param options.components How many, or below 1 the share of variance to explain. Default: all there can be.
 * @param options.whiten Whether components get variance 1. Default `false`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are fewer than two records, or
 *   fewer features or records than components.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(records * features^2), in parallel, and O(features^3): up to a thousand features or so.
 * Source: Jolliffe, "Principal Component Analysis", 2002.
 * @example
 * const model = await pca({ features: ['distance', 'hours'], components: 1 }).fit(flights)
 * model.components[0] // Float64Array(2) [ 0.99..., 0.00... ]
 * model.explainedVarianceRatio[0]! > 0.99 // true
 */
export function pca<
  const F extends FeatureFields = 'features',
  const O extends string = 'features',
>(options: PcaOptions<F, O> = {}): Estimator<FeatureNeeds<F>, PcaModel<F, O>> {
  knownOptions(options, ['features', 'output', 'components', 'whiten'], NAME)
  const { components = null, whiten = false } = options
  const features = new Features(options.features ?? 'features', NAME)
  const output = fieldName(options.output ?? 'features', NAME, 'output')
  trueOrFalse(whiten, NAME, 'whiten')
  if (components !== null) checkComponents(components)
  const parameters = { features: features.fields, output, components, whiten }
  return new Estimator(NAME, parameters, async (data, run) => {
    const columns = await trainingColumns(data, { features }, run)
    const { blocks, environment } = columns
    const place =
      blocks === null
        ? await columns.inRegion()
        : { environment, region: columns.region(), rows: blocks }
    const { rows } = place
    const most = Math.min(rows.length, rows.size)
    if (rows.length < 2) {
      throw new ArgumentError(`${NAME}: there is one record only, which has no variance.`)
    }
    if (components !== null && components > most) {
      throw new ArgumentError(
        `${NAME}: components is ${components}, but ${rows.length} records with ${rows.size} features have ${most} at most.`,
      )
    }
    const found = await withTeam(place, run.signal, team => principalComponents(team, rows))
    const kept = firstOf(found, components ?? most)
    const variance = found.variances.reduce((a, b) => a + b, 0)
    const named = { features: features.fields, output, whiten, records: rows.length, variance }
    return new PcaModel<F, O>({ ...named, ...kept })
  })
}

/** @internal A saved model. */
export function restorePca(state: PcaState): PcaModel<FeatureFields, string> {
  return new PcaModel(state)
}

const NAME = 'pca'

interface PcaState extends PrincipalComponents {
  readonly features: FeatureFields
  readonly output: string
  readonly whiten: boolean
  readonly records: number
  /** Of all features together. */
  readonly variance: number
}

function checkComponents(components: unknown): void {
  const isNumber = typeof components === 'number' && components > 0
  if (isNumber && (components < 1 || Number.isSafeInteger(components))) return
  throw new ArgumentError(
    `${NAME}: components must be a positive integer, or a share of variance below 1; got ${shown(components)}.`,
  )
}

/** The first components: so many, or those that explain such a share. */
function firstOf(
  { means, directions, variances }: PrincipalComponents,
  components: number,
): PrincipalComponents {
  let count = components
  if (components < 1) {
    const total = variances.reduce((a, b) => a + b, 0)
    let sum = 0
    for (count = 0; count < variances.length && (count === 0 || sum < components * total); ) {
      sum += variances[count++]!
    }
  }
  const size = means.length
  return {
    means,
    directions: directions.slice(0, count * size),
    variances: variances.slice(0, count),
  }
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

/** What components are multiplied by; 0 for those that are rounding, where each is to have variance 1. */
function factorsOf({ whiten, variances }: PcaState): Float64Array {
  if (!whiten) return new Float64Array(variances.length).fill(1)
  const least = Number.EPSILON * variances.length * (variances[0] ?? 0)
  return variances.map(value => (value > least ? 1 / Math.sqrt(value) : 0))
}

/** Row by row the products with the directions. */
function projected(
  rows: Rows,
  { means, directions }: PcaState,
  factors: Float64Array,
): Float64Array {
  const { length, size, values } = rows
  const count = factors.length
  const result = new Float64Array(length * count)
  const centred = new Float64Array(size)
  for (let row = 0, at = 0; row < length; row++) {
    if (rows.kind === 'dense') {
      for (let k = 0, from = row * size; k < size; k++) centred[k] = values[from + k]! - means[k]!
    } else {
      for (let k = 0; k < size; k++) centred[k] = -means[k]!
      for (let from = rows.offsets[row]!; from < rows.offsets[row + 1]!; from++) {
        centred[rows.indices[from]!]! += values[from]!
      }
    }
    for (let c = 0, entry = 0; c < count; c++, at++) {
      let sum = 0
      for (let k = 0; k < size; k++, entry++) sum += centred[k]! * directions[entry]!
      result[at] = sum * factors[c]!
    }
  }
  return result
}
