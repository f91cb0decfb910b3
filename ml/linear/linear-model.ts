import { Float64Column } from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { linearProducts } from './linear-products.js'

/** A linear function of the features that predicts a number. */
export class LinearModel<F extends FeatureFields, P extends string> extends Predictor<
  FeatureNeeds<F>,
  number,
  { [Q in P]: number }
> {
  /** What one more of each feature adds to the prediction. */
  readonly coefficients: Float64Array
  /** The prediction where all features are 0. */
  readonly intercept: number
  /** What was minimised, by iteration; empty where it was solved at once. */
  readonly history: readonly number[]
  /** How many iterations there were. */
  readonly iterations: number
  /** Whether the tolerance was reached, rather than the most iterations. */
  readonly converged: boolean
  readonly #state: LinearState

  /** @internal Made by `fit`. */
  constructor(kind: string, state: LinearState) {
    const { features, prediction, coefficients, intercept } = state
    super(
      kind,
      overFeatures({
        operation: kind,
        features: new Features(features, kind),
        size: coefficients.length,
        adds: [prediction],
        apply: rows => [new Float64Column(linearProducts(rows, coefficients, intercept))],
      }),
    )
    this.coefficients = coefficients
    this.intercept = intercept
    this.history = Object.freeze([...state.history])
    this.iterations = state.iterations
    this.converged = state.converged
    this.#state = state
  }

  protected override state(): LinearState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, facts, records, converged, iterations } = this.#state
    const names = new Features(features, this.kind).names(this.coefficients.length)
    const rows = names.map((name, k) => [name, this.coefficients[k]!])
    return {
      title: this.kind,
      facts: { ...facts, records, ...(iterations > 0 && { iterations, converged }) },
      table: {
        names: ['feature', 'coefficient'],
        rows: [...rows, ['(intercept)', this.intercept]],
      },
      curve: this.history,
    }
  }
}

/** What a linear model is made of. */
export interface LinearState {
  readonly features: FeatureFields
  readonly prediction: string
  /** Settings that the card shows. */
  readonly facts: Readonly<Record<string, string | number | boolean>>
  readonly coefficients: Float64Array
  readonly intercept: number
  /** How many it was learned from. */
  readonly records: number
  readonly history: readonly number[]
  readonly iterations: number
  readonly converged: boolean
}
