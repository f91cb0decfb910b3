import type { ModelCard } from '../core/card.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import { classPrediction, probabilitiesOf } from '../data/class-prediction.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import type { ClassLabel } from '../data/labels.js'
import type { Rows } from '../data/rows.js'
import { linearProducts } from './linear-products.js'

/** Linear functions of the features that give the probabilities of classes. */
export class LogisticModel<
  F extends FeatureFields,
  P extends string,
  Q extends string,
> extends Predictor<
  FeatureNeeds<F>,
  ClassLabel,
  { [K in P]: ClassLabel } & { [K in Q]: Float64Array }
> {
  /** The classes, ascending; probabilities are in this order. */
  readonly classes: readonly ClassLabel[]
  /**
   * For two classes one row: what one more of each feature adds to the logarithm of the odds of
   * `classes[1]`. For more a row for each class.
   */
  readonly coefficients: readonly Float64Array[]
  /** As many as there are rows of coefficients. */
  readonly intercepts: Float64Array
  /** The sum of losses and penalties divided by that of the weights: at the start, and after each iteration. */
  readonly history: readonly number[]
  /** How many iterations there were. */
  readonly iterations: number
  /** Whether the tolerance was reached, rather than the most iterations. */
  readonly converged: boolean
  readonly #state: LogisticState

  /** @internal Made by `fit`. */
  constructor(kind: string, state: LogisticState) {
    const { features, prediction, probabilities, classes, coefficients, size } = state
    super(
      kind,
      overFeatures({
        operation: kind,
        features: new Features(features, kind),
        size,
        adds: [prediction, probabilities],
        apply: rows =>
          classPrediction(probabilitiesOf(margins(rows, coefficients), rows.length), classes),
      }),
    )
    const width = size + 1
    const count = coefficients.length / width
    this.classes = Object.freeze([...classes])
    this.coefficients = Object.freeze(
      Array.from({ length: count }, (_, c) => coefficients.slice(c * width, c * width + size)),
    )
    this.intercepts = Float64Array.from(
      { length: count },
      (_, c) => coefficients[c * width + size]!,
    )
    this.history = Object.freeze([...state.history])
    this.iterations = state.iterations
    this.converged = state.converged
    this.#state = state
  }

  protected override state(): LogisticState {
    return this.#state
  }

  override card(): ModelCard {
    const { features, facts, records, size, converged, iterations } = this.#state
    const names = [...new Features(features, this.kind).names(size), '(intercept)']
    const columns = this.coefficients.map((row, c) => [...row, this.intercepts[c]!])
    const titles = columns.length === 1 ? ['coefficient'] : this.classes.map(String)
    return {
      title: this.kind,
      facts: {
        ...facts,
        classes: this.classes.map(String).join(', '),
        ...{ records, iterations, converged },
      },
      table: {
        names: ['feature', ...titles],
        rows: names.map((name, k) => [name, ...columns.map(column => column[k]!)]),
      },
      curve: this.history,
    }
  }
}

/** What a logistic model is made of. */
export interface LogisticState {
  readonly features: FeatureFields
  readonly prediction: string
  readonly probabilities: string
  readonly facts: Readonly<Record<string, string | number | boolean>>
  readonly classes: readonly ClassLabel[]
  /** How many features there are. */
  readonly size: number
  /** Those of the features, then the intercept; class after class where there are more than two. */
  readonly coefficients: Float64Array
  readonly records: number
  readonly history: readonly number[]
  readonly iterations: number
  readonly converged: boolean
}

/** By row of coefficients the linear function of each record. */
function margins(rows: Rows, coefficients: Float64Array): Float64Array[] {
  const width = rows.size + 1
  return Array.from({ length: coefficients.length / width }, (_, c) =>
    linearProducts(rows, coefficients, coefficients[c * width + rows.size]!, c * width),
  )
}
