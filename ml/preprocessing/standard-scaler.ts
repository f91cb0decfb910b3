import { knownOptions, trueOrFalse, VectorColumn } from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { InvertibleModel } from '../core/invertible-model.js'
import { overFeatures } from '../core/over-features.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { type Rows, toDense } from '../data/rows.js'
import { trainingColumns } from '../data/training-data.js'
import { type Moments, momentsOf } from './moments.js'
import { type FeaturesBack, unscaled } from './unscaled.js'

/** Options of `standardScaler`. */
export interface StandardScalerOptions<F extends FeatureFields, O extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field for the scaled vectors. Default `'features'`. */
  readonly output?: O
  /** Whether the mean is taken away. Sparse vectors become dense by it. Default `true`. */
  readonly mean?: boolean
  /** Whether features are divided by their standard deviation. Default `true`. */
  readonly deviation?: boolean
}

/** What `standardScaler` has learned. */
export class StandardScalerModel<F extends FeatureFields, O extends string> extends InvertibleModel<
  FeatureNeeds<F>,
  { [P in O]: Float64Array },
  { readonly [P in O]: Float64Array },
  FeaturesBack<F>
> {
  /** The mean of each feature. */
  readonly means: Float64Array
  /** The standard deviation of each feature, of the population. */
  readonly deviations: Float64Array
  readonly #state: ScalerState

  /** @internal Made by `standardScaler(...).fit`. */
  constructor(state: ScalerState) {
    const { features: fields, output, means, deviations, mean, deviation } = state
    const features = new Features(fields, NAME)
    const shifts = mean ? means : new Float64Array(means.length)
    // A constant feature is shifted only.
    const factors = deviations.map(value => (deviation && value > 0 ? 1 / value : 1))
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features,
        size: means.length,
        adds: [output],
        apply: rows => [scaled(rows, shifts, factors)],
      }),
      unscaled(
        NAME,
        features,
        output,
        means.length,
        (value, k) => value / factors[k]! + shifts[k]!,
      ),
    )
    this.means = means
    this.deviations = deviations
    this.#state = state
  }

  protected override state(): ScalerState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, output, mean, deviation } = this.#state
    const names = new Features(features, NAME).names(this.means.length)
    const rows = names.map((name, k) => [name, this.means[k]!, this.deviations[k]!])
    return {
      title: NAME,
      facts: { output, mean, deviation },
      table: { names: ['feature', 'mean', 'deviation'], rows },
    }
  }
}

/**
 * Shifts and scales features to mean 0 and standard deviation 1: `(x - mean) / deviation`.
 *
 * The deviation is that of the population. A constant feature becomes 0. The result is one field with
 * dense vectors, in the order of the features; `inverseTransform` goes back.
 *
 * @param options.features Default `'features'`.
 * @param options.output Default `'features'`.
 * @param options.mean Default `true`.
 * @param options.deviation Default `true`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(records * features), in two passes.
 * @example
 * const scaler = await standardScaler({ features: ['distance', 'hours'] }).fit(flights)
 * scaler.means // Float64Array(2) [ 1287, 3.25 ]
 */
export function standardScaler<
  const F extends FeatureFields = 'features',
  const O extends string = 'features',
>(
  options: StandardScalerOptions<F, O> = {},
): Estimator<FeatureNeeds<F>, StandardScalerModel<F, O>> {
  knownOptions(options, ['features', 'output', 'mean', 'deviation'], NAME)
  const { mean = true, deviation = true } = options
  const features = new Features(options.features ?? 'features', NAME)
  const output = fieldName(options.output ?? 'features', NAME, 'output')
  trueOrFalse(mean, NAME, 'mean')
  trueOrFalse(deviation, NAME, 'deviation')
  const parameters = { features: features.fields, output, mean, deviation }
  return new Estimator<FeatureNeeds<F>, StandardScalerModel<F, O>>(
    NAME,
    parameters,
    async (data, run) => {
      const rows = (await trainingColumns(data, { features }, run)).rows()
      return new StandardScalerModel<F, O>({ ...parameters, ...momentsOf(rows) })
    },
  )
}

/** @internal A saved scaler. */
export function restoreStandardScaler(
  state: ScalerState,
): StandardScalerModel<FeatureFields, string> {
  return new StandardScalerModel<FeatureFields, string>(state)
}

const NAME = 'standardScaler'

interface ScalerState extends Moments {
  readonly features: FeatureFields
  readonly output: string
  readonly mean: boolean
  readonly deviation: boolean
}

function scaled(rows: Rows, shifts: Float64Array, factors: Float64Array): VectorColumn {
  const { values, length, size } = toDense(rows)
  const result = new Float64Array(length * size)
  for (let row = 0, k = 0; row < length; row++) {
    for (let feature = 0; feature < size; feature++, k++) {
      result[k] = (values[k]! - shifts[feature]!) * factors[feature]!
    }
  }
  return new VectorColumn(result, size, length)
}
