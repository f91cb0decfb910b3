import { VectorColumn } from '../../engine/extend.js'
import type { ModelCard } from '../core/card.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import { classColumn } from '../data/class-column.js'
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
        apply(rows) {
          const found = classProbabilities(rows, coefficients, classes.length)
          const vectors = new VectorColumn(found, classes.length, rows.length)
          return [classColumn(likeliest(found, classes.length), classes), vectors]
        },
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

/** By record the probabilities of the classes. */
function classProbabilities(rows: Rows, coefficients: Float64Array, classes: number): Float64Array {
  const { length, size } = rows
  const width = size + 1
  const found = new Float64Array(length * classes)
  const margins = Array.from({ length: coefficients.length / width }, (_, c) =>
    linearProducts(rows, coefficients, coefficients[c * width + size]!, c * width),
  )
  if (margins.length === 1) {
    const [only] = margins
    for (let row = 0; row < length; row++) {
      const e = Math.exp(-Math.abs(only![row]!))
      const [less, more] = [e / (1 + e), 1 / (1 + e)]
      const positive = only![row]! > 0
      found[2 * row] = positive ? less : more
      found[2 * row + 1] = positive ? more : less
    }
    return found
  }
  for (let row = 0; row < length; row++) {
    let most = Number.NEGATIVE_INFINITY
    for (const margin of margins) most = Math.max(most, margin[row]!)
    let whole = 0
    for (let c = 0; c < classes; c++) {
      const e = Math.exp(margins[c]![row]! - most)
      found[row * classes + c] = e
      whole += e
    }
    for (let c = 0; c < classes; c++) found[row * classes + c]! /= whole
  }
  return found
}

/** By record the class with the largest probability, the first of equal ones. */
function likeliest(probabilities: Float64Array, classes: number): Int32Array {
  const codes = new Int32Array(probabilities.length / classes)
  for (let row = 0; row < codes.length; row++) {
    let best = 0
    for (let c = 1; c < classes; c++) {
      if (probabilities[row * classes + c]! > probabilities[row * classes + best]!) best = c
    }
    codes[row] = best
  }
  return codes
}
