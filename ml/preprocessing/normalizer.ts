import {
  type Column,
  knownOptions,
  oneOf,
  SparseColumn,
  VectorColumn,
} from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { Model } from '../core/model.js'
import { overFeatures } from '../core/over-features.js'
import type { FeatureFields, FeatureNeeds, FeatureVector } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import type { Rows } from '../data/rows.js'
import { trainingColumns } from '../data/training-data.js'

/** Options of `normalizer`. */
export interface NormalizerOptions<F extends FeatureFields, O extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field for the normalised vectors. Default `'features'`. */
  readonly output?: O
  /**
   * What becomes 1: the length (`'l2'`), the sum of absolute values (`'l1'`), or the greatest of them
   * (`'max'`). Default `'l2'`.
   */
  readonly norm?: 'l1' | 'l2' | 'max'
}

/** Brings vectors to length 1. */
export class NormalizerModel<F extends FeatureFields, O extends string> extends Model<
  FeatureNeeds<F>,
  { [P in O]: FeatureVector }
> {
  readonly #state: NormalizerState

  /** @internal Made by `normalizer(...).fit`. */
  constructor(state: NormalizerState) {
    const { features, output, size, norm } = state
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [output],
        apply: rows => [normalized(rows, norm)],
      }),
    )
    this.#state = state
  }

  protected override state(): NormalizerState {
    return this.#state
  }

  override card(): ModelCard {
    const { output, norm, size } = this.#state
    return { title: NAME, facts: { output, norm, features: size } }
  }
}

/**
 * Divides each record's features by their norm, so that only their direction counts. Where all are 0 they
 * stay so. Sparse vectors stay sparse. Nothing is learned but how many features there are.
 *
 * @param options.features Default `'features'`.
 * @param options.output Default `'features'`.
 * @param options.norm Default `'l2'`.
 * @throws {ArgumentError} If an option is unknown or wrong.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(stored entries).
 * @example
 * const model = await normalizer({ features: ['distance', 'hours'] }).fit(flights)
 * model.transformOne({ distance: 3, hours: 4 }).features // Float64Array(2) [ 0.6, 0.8 ]
 */
export function normalizer<
  const F extends FeatureFields = 'features',
  const O extends string = 'features',
>(options: NormalizerOptions<F, O> = {}): Estimator<FeatureNeeds<F>, NormalizerModel<F, O>> {
  knownOptions(options, ['features', 'output', 'norm'], NAME)
  const { norm = 'l2' } = options
  const features = new Features(options.features ?? 'features', NAME)
  const output = fieldName(options.output ?? 'features', NAME, 'output')
  oneOf(norm, ['l1', 'l2', 'max'], NAME, 'norm')
  const parameters = { features: features.fields, output, norm }
  return new Estimator(NAME, parameters, async (data, run) => {
    const rows = (await trainingColumns(data, { features }, run)).rows()
    return new NormalizerModel<F, O>({ ...parameters, size: rows.size })
  })
}

/** @internal A saved model. */
export function restoreNormalizer(state: NormalizerState): NormalizerModel<FeatureFields, string> {
  return new NormalizerModel(state)
}

const NAME = 'normalizer'

interface NormalizerState {
  readonly features: FeatureFields
  readonly output: string
  readonly norm: 'l1' | 'l2' | 'max'
  readonly size: number
}

function normalized(rows: Rows, norm: NormalizerState['norm']): Column {
  const { length, size, values } = rows
  const result = new Float64Array(values.length)
  for (let row = 0; row < length; row++) {
    const from = rows.kind === 'dense' ? row * size : rows.offsets[row]!
    const to = rows.kind === 'dense' ? from + size : rows.offsets[row + 1]!
    let sum = 0
    let greatest = 0
    for (let at = from; at < to; at++) greatest = Math.max(greatest, Math.abs(values[at]!))
    if (greatest === 0) continue
    if (norm !== 'max') {
      // Of parts of the greatest, so that no square overflows.
      for (let at = from; at < to; at++) {
        const part = Math.abs(values[at]!) / greatest
        sum += norm === 'l1' ? part : part * part
      }
    }
    const rest = norm === 'max' ? 1 : norm === 'l1' ? sum : Math.sqrt(sum)
    for (let at = from; at < to; at++) result[at] = values[at]! / greatest / rest
  }
  if (rows.kind === 'dense') return new VectorColumn(result, size, length)
  return new SparseColumn(rows.offsets, rows.indices, result, size)
}
