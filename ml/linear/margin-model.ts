import { Float64Column } from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import { classColumn } from '../data/class-column.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import type { ClassLabel } from '../data/labels.js'
import { linearProducts } from './linear-products.js'

/** A linear function of the features that tells two classes apart: a support vector machine and its kin. */
export class MarginModel<
  F extends FeatureFields,
  P extends string,
  D extends string,
> extends Predictor<FeatureNeeds<F>, ClassLabel, { [K in P]: ClassLabel } & { [K in D]: number }> {
  /** The two classes, ascending; the second one is predicted where the decision is above the threshold. */
  readonly classes: readonly ClassLabel[]
  /** What one more of each feature adds to the decision. */
  readonly coefficients: Float64Array
  /** The decision where all features are 0. */
  readonly intercept: number
  readonly threshold: number
  /** What was minimised, by iteration; see the estimator. */
  readonly history: readonly number[]
  /** How many iterations there were. */
  readonly iterations: number
  /** Whether the tolerance was reached, rather than the most iterations. */
  readonly converged: boolean
  readonly #state: MarginState

  /** @internal Made by `fit`. */
  constructor(kind: string, state: MarginState) {
    const { features, prediction, decision, classes, coefficients, intercept, threshold } = state
    super(
      kind,
      overFeatures({
        operation: kind,
        features: new Features(features, kind),
        size: coefficients.length,
        adds: [prediction, decision],
        apply(rows) {
          const decisions = linearProducts(rows, coefficients, intercept)
          const codes = Int32Array.from(decisions, value => (value > threshold ? 1 : 0))
          return [classColumn(codes, classes), new Float64Column(decisions)]
        },
      }),
    )
    this.classes = Object.freeze([...classes])
    this.coefficients = coefficients
    this.intercept = intercept
    this.threshold = threshold
    this.history = Object.freeze([...state.history])
    this.iterations = state.iterations
    this.converged = state.converged
    this.#state = state
  }

  protected override state(): MarginState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, facts, records, converged, iterations, hasIntercept } = this.#state
    const names = new Features(features, this.kind).names(this.coefficients.length)
    const rows = names.map((name, k) => [name, this.coefficients[k]!])
    if (hasIntercept) rows.push(['(intercept)', this.intercept])
    const classes = this.classes.map(String).join(', ')
    return {
      title: this.kind,
      facts: { ...facts, classes, records, iterations, converged },
      table: { names: ['feature', 'coefficient'], rows },
      curve: this.history,
    }
  }
}

/** What such a model is made of. */
export interface MarginState {
  readonly features: FeatureFields
  readonly prediction: string
  readonly decision: string
  readonly facts: Readonly<Record<string, string | number | boolean>>
  readonly classes: readonly ClassLabel[]
  readonly coefficients: Float64Array
  readonly intercept: number
  readonly hasIntercept: boolean
  readonly threshold: number
  readonly records: number
  readonly history: readonly number[]
  readonly iterations: number
  readonly converged: boolean
}
