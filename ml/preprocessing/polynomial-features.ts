import { knownOptions, positiveInteger, trueOrFalse } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { Model } from '../core/model.js'
import { overFeatures } from '../core/over-features.js'
import type { FeatureFields, FeatureNeeds, FeatureVector } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { trainingColumns } from '../data/training-data.js'
import { Monomials } from './monomials.js'

/** Options of `polynomialFeatures`. */
export interface PolynomialFeaturesOptions<F extends FeatureFields, O extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** The field for the products. Default `'features'`. */
  readonly output?: O
  /** How many features a product has at most. Default 2. */
  readonly degree?: number
  /** Whether no feature is in a product twice: `x y` but not `x^2`. Default `false`. */
  readonly interactionOnly?: boolean
  /** Whether there is a first feature that is always 1. Default `false`: models have intercepts. */
  readonly bias?: boolean
}

/** Products of features. */
export class PolynomialFeaturesModel<F extends FeatureFields, O extends string> extends Model<
  FeatureNeeds<F>,
  { [P in O]: FeatureVector }
> {
  /** How many products there are. */
  readonly size: number
  readonly #monomials: Monomials
  readonly #state: PolynomialState

  /** @internal Made by `polynomialFeatures(...).fit`. */
  constructor(state: PolynomialState) {
    const { features, output, size, degree, interactionOnly, bias } = state
    const monomials = new Monomials(size, degree, interactionOnly, bias)
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [output],
        apply: rows => [monomials.of(rows)],
      }),
    )
    this.size = monomials.count
    this.#monomials = monomials
    this.#state = state
  }

  /**
   * What the products are of, in their order.
   *
   * @example
   * const model = await polynomialFeatures({ features: ['distance', 'hours'] }).fit(flights)
   * model.names // ['distance', 'hours', 'distance^2', 'distance hours', 'hours^2']
   */
  get names(): readonly string[] {
    const { features, size } = this.#state
    return this.#monomials.names(new Features(features, NAME).names(size))
  }

  protected override state(): PolynomialState {
    return this.#state
  }

  override card(): ModelCard {
    const { output, degree, interactionOnly, bias, size } = this.#state
    return {
      title: NAME,
      facts: { output, degree, interactionOnly, bias, features: size, products: this.size },
    }
  }
}

/**
 * All products of up to `degree` features, so that linear models can bend.
 *
 * Lower degrees come first, within one the features in their order, as in scikit-learn: of `x` and `y`
 * the products `x, y, x^2, x y, y^2`. Sparse vectors stay sparse.
 *
 * @param options.features Default `'features'`.
 * @param options.output Default `'features'`.
 * @param options.degree Default 2.
 * @param options.interactionOnly Default `false`.
 * @param options.bias Default `false`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are too many products.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(records * products); of `n` features there are `(n + degree)! / (n! degree!) - 1`. Of sparse
 * vectors only the stored entries count.
 * @example
 * const model = await polynomialFeatures({ features: ['distance', 'hours'] }).fit(flights)
 * model.transformOne({ distance: 10, hours: 3 }).features // Float64Array(5) [ 10, 3, 100, 30, 9 ]
 */
export function polynomialFeatures<
  const F extends FeatureFields = 'features',
  const O extends string = 'features',
>(
  options: PolynomialFeaturesOptions<F, O> = {},
): Estimator<FeatureNeeds<F>, PolynomialFeaturesModel<F, O>> {
  knownOptions(options, ['features', 'output', 'degree', 'interactionOnly', 'bias'], NAME)
  const { degree = 2, interactionOnly = false, bias = false } = options
  const features = new Features(options.features ?? 'features', NAME)
  const output = fieldName(options.output ?? 'features', NAME, 'output')
  positiveInteger(degree, NAME, 'degree')
  trueOrFalse(interactionOnly, NAME, 'interactionOnly')
  trueOrFalse(bias, NAME, 'bias')
  const parameters = { features: features.fields, output, degree, interactionOnly, bias }
  return new Estimator(NAME, parameters, async (data, run) => {
    const { size } = (await trainingColumns(data, { features }, run)).rows()
    const { count } = new Monomials(size, degree, interactionOnly, bias)
    if (count >= MOST) {
      throw new ArgumentError(
        `${NAME}: ${size} features have ${count} products of degree ${degree}; there can be ${MOST - 1}. Give a lower degree, or fewer features.`,
      )
    }
    return new PolynomialFeaturesModel<F, O>({ ...parameters, size })
  })
}

/** @internal A saved model. */
export function restorePolynomialFeatures(
  state: PolynomialState,
): PolynomialFeaturesModel<FeatureFields, string> {
  return new PolynomialFeaturesModel(state)
}

const NAME = 'polynomialFeatures'

/** Places in vectors are 32-bit integers. */
const MOST = 2 ** 31

interface PolynomialState {
  readonly features: FeatureFields
  readonly output: string
  readonly degree: number
  readonly interactionOnly: boolean
  readonly bias: boolean
  readonly size: number
}
