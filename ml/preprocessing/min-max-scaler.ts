import { knownOptions, shown, trueOrFalse, VectorColumn } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { InvertibleModel } from '../core/invertible-model.js'
import { overFeatures } from '../core/over-features.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { type Rows, toDense } from '../data/rows.js'
import { trainingColumns } from '../data/training-data.js'
import { type FeaturesBack, unscaled } from './unscaled.js'

/** Options of `minMaxScaler`. */
export interface MinMaxScalerOptions<F extends FeatureFields, O extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field for the scaled vectors. Default `'features'`. */
  readonly output?: O
  /** What the least value becomes. Default 0. */
  readonly min?: number
  /** What the greatest value becomes, above `min`. Default 1. */
  readonly max?: number
  /** Whether values beyond those that were learned from become `min` and `max`. Default `false`. */
  readonly clip?: boolean
}

/** What `minMaxScaler` has learned. */
export class MinMaxScalerModel<F extends FeatureFields, O extends string> extends InvertibleModel<
  FeatureNeeds<F>,
  { [P in O]: Float64Array },
  { readonly [P in O]: Float64Array },
  FeaturesBack<F>
> {
  /** The least value of each feature. */
  readonly lows: Float64Array
  /** The greatest value of each feature. */
  readonly highs: Float64Array
  readonly #state: MinMaxState

  /** @internal Made by `minMaxScaler(...).fit`. */
  constructor(state: MinMaxState) {
    const { features: fields, output, lows, highs, min, max } = state
    const features = new Features(fields, NAME)
    const size = lows.length
    const ranges = rangesOf(state)
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features,
        size,
        adds: [output],
        apply: rows => [scaled(rows, state)],
      }),
      unscaled(
        NAME,
        features,
        output,
        size,
        (value, k) => ((value - min) / (max - min)) * ranges[k]! + lows[k]!,
      ),
    )
    this.lows = lows
    this.highs = highs
    this.#state = state
  }

  protected override state(): MinMaxState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, output, min, max, clip } = this.#state
    const names = new Features(features, NAME).names(this.lows.length)
    const rows = names.map((name, k) => [name, this.lows[k]!, this.highs[k]!])
    return {
      title: NAME,
      facts: { output, min, max, clip },
      table: { names: ['feature', 'low', 'high'], rows },
    }
  }
}

/**
 * Moves features into a range: `(x - low) / (high - low) * (max - min) + min`, with the least and
 * greatest value of each feature.
 *
 * A constant feature becomes `min`. The result is one field with dense vectors, in the order of the
 * features; `inverseTransform` goes back.
 *
 * @param options.features Default `'features'`.
 * @param options.output Default `'features'`.
 * @param options.min Default 0.
 * @param options.max Default 1.
 * @param options.clip Default `false`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(records * features).
 * @example
 * const scaler = await minMaxScaler({ features: ['distance', 'hours'] }).fit(flights)
 * scaler.transformOne({ distance: 337, hours: 6 }).features // Float64Array(2) [ 0, 1 ]
 */
export function minMaxScaler<
  const F extends FeatureFields = 'features',
  const O extends string = 'features',
>(options: MinMaxScalerOptions<F, O> = {}): Estimator<FeatureNeeds<F>, MinMaxScalerModel<F, O>> {
  knownOptions(options, ['features', 'output', 'min', 'max', 'clip'], NAME)
  const { min = 0, max = 1, clip = false } = options
  const features = new Features(options.features ?? 'features', NAME)
  const output = fieldName(options.output ?? 'features', NAME, 'output')
  if (!(Number.isFinite(min) && Number.isFinite(max) && min < max)) {
    throw new ArgumentError(
      `${NAME}: min must be below max, both finite numbers; got ${shown(min)} and ${shown(max)}.`,
    )
  }
  trueOrFalse(clip, NAME, 'clip')
  const parameters = { features: features.fields, output, min, max, clip }
  return new Estimator(NAME, parameters, async (data, run) => {
    const rows = (await trainingColumns(data, { features }, run)).rows()
    return new MinMaxScalerModel<F, O>({ ...parameters, ...extremesOf(rows) })
  })
}

/** @internal A saved scaler. */
export function restoreMinMaxScaler(state: MinMaxState): MinMaxScalerModel<FeatureFields, string> {
  return new MinMaxScalerModel<FeatureFields, string>(state)
}

const NAME = 'minMaxScaler'

interface MinMaxState {
  readonly features: FeatureFields
  readonly output: string
  readonly min: number
  readonly max: number
  readonly clip: boolean
  readonly lows: Float64Array
  readonly highs: Float64Array
}

/** The least and greatest value of each feature; what sparse vectors do not store is 0. */
function extremesOf(rows: Rows): Pick<MinMaxState, 'lows' | 'highs'> {
  const { length, size, values } = rows
  const lows = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
  const highs = new Float64Array(size).fill(Number.NEGATIVE_INFINITY)
  const stored = new Int32Array(size)
  for (let at = 0; at < values.length; at++) {
    const k = rows.kind === 'dense' ? at % size : rows.indices[at]!
    const value = values[at]!
    if (value < lows[k]!) lows[k] = value
    if (value > highs[k]!) highs[k] = value
    stored[k]!++
  }
  for (let k = 0; k < size; k++) {
    if (stored[k] === length) continue
    lows[k] = Math.min(lows[k]!, 0)
    highs[k] = Math.max(highs[k]!, 0)
  }
  return { lows, highs }
}

/** How far each feature goes; 1 where it is constant. */
function rangesOf({ lows, highs }: MinMaxState): Float64Array {
  return lows.map((low, k) => (highs[k]! > low ? highs[k]! - low : 1))
}

function scaled(rows: Rows, state: MinMaxState): VectorColumn {
  const { lows, min, max, clip } = state
  const { values, length, size } = toDense(rows)
  const ranges = rangesOf(state)
  const result = new Float64Array(length * size)
  for (let row = 0, at = 0; row < length; row++) {
    for (let k = 0; k < size; k++, at++) {
      const value = ((values[at]! - lows[k]!) / ranges[k]!) * (max - min) + min
      result[at] = clip ? Math.min(max, Math.max(min, value)) : value
    }
  }
  return new VectorColumn(result, size, length)
}
