import { Float64Column, knownOptions, numberFrom, positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { ModelCard } from '../core/card.js'
import { Estimator } from '../core/estimator.js'
import { overFeatures } from '../core/over-features.js'
import { Predictor } from '../core/predictor.js'
import { denseRows } from '../data/dense-rows.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { Features } from '../data/features.js'
import { fieldName } from '../data/field-name.js'
import { type Rows, toDense } from '../data/rows.js'
import { trainingData, withTeam } from '../data/training-data.js'
import { outlierKernels } from '../kernels/outlier-affinities.js'

/** Options of `stochasticOutlierSelection`. */
export interface StochasticOutlierSelectionOptions<F extends FeatureFields, P extends string> {
  /** A field with vectors, or a list of fields with a number each. Default `'features'`. */
  readonly features?: F
  /** How many neighbours a record has, softly; at least 1, and fewer than there are. Default 30. */
  readonly perplexity?: number
  /** How far the entropy of a record's bindings may be from that of the perplexity, at least 0. Default 1e-20. */
  readonly errorTolerance?: number
  /** Steps at most to find a record's precision, at least 1. Default 5000. */
  readonly maxIterations?: number
  /** The field for the probability. Default `'prediction'`. */
  readonly prediction?: P
}

/** Records, and how they bind to their neighbours. */
export class OutlierModel<F extends FeatureFields, P extends string> extends Predictor<
  FeatureNeeds<F>,
  number,
  { [Q in P]: number }
> {
  /** For each record that was learned from, in their order: the probability that it is an outlier among them. */
  readonly probabilities: Float64Array
  readonly #state: OutlierState

  /** @internal Made by `stochasticOutlierSelection(...).fit`. */
  constructor(state: OutlierState) {
    const { features, prediction, size } = state
    super(
      NAME,
      overFeatures({
        operation: NAME,
        features: new Features(features, NAME),
        size,
        adds: [prediction],
        apply: rows => [new Float64Column(probabilitiesOf(rows, state))],
      }),
    )
    this.probabilities = state.probabilities
    this.#state = state
  }

  protected override state(): OutlierState {
    return this.#state
  }

  override card(): ModelCard {
    const { perplexity, size, probabilities } = this.#state
    const order = Array.from(probabilities.keys())
    order.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b)
    return {
      title: NAME,
      facts: { perplexity, records: probabilities.length, features: size },
      table: {
        names: ['record', 'probability'],
        rows: order.slice(0, 5).map(row => [row, probabilities[row]!]),
      },
    }
  }
}

/**
 * Stochastic outlier selection: a record is an outlier if no other would choose it as its neighbour.
 *
 * Each record binds to the others with probabilities `exp(-precision * distance)`, divided by their sum, by the
 * Euclidean distance; its precision is such that the entropy of these is the logarithm of the perplexity. The
 * probability of an outlier is the product of `1 - probability of binding to it` over all other records. There is no
 * limit to set but what one calls an outlier, such as 0.5.
 *
 * The model has the `probabilities` of the records that it was made of. `predict` tells those of other records, each
 * as if it were one more among these; a record that was learned from counts as one beside itself.
 *
 * @param options.features Default `'features'`.
 * @param options.perplexity Default 30.
 * @param options.errorTolerance Default 1e-20, which means as near as numbers allow.
 * @param options.maxIterations Default 5000.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if the perplexity is not below the number of other
 *   records.
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(records^2 * features), in parallel, and some ten exponentials for each pair.
 * Source: Janssens, Huszár, Postma, van den Herik, "Stochastic outlier selection", 2012.
 * @example
 * const model = await stochasticOutlierSelection({ features: ['hours'], perplexity: 2 }).fit(flights)
 * model.probabilities.length // 5
 * model.predictOne({ hours: 40 }) > 0.9 // true
 */
export function stochasticOutlierSelection<
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
>(
  options: StochasticOutlierSelectionOptions<F, P> = {},
): Estimator<FeatureNeeds<F>, OutlierModel<F, P>> {
  knownOptions(options, OPTIONS, NAME)
  const { perplexity = 30, errorTolerance = 1e-20, maxIterations = 5000 } = options
  const features = new Features(options.features ?? 'features', NAME)
  const prediction = fieldName(options.prediction ?? 'prediction', NAME, 'prediction')
  numberFrom(perplexity, NAME, 'perplexity', 1, Number.MAX_VALUE)
  numberFrom(errorTolerance, NAME, 'errorTolerance', 0)
  positiveInteger(maxIterations, NAME, 'maxIterations')
  const numbers = { perplexity, errorTolerance, maxIterations }
  const parameters = { features: features.fields, ...numbers, prediction }
  return new Estimator(NAME, parameters, async (data, run) => {
    const training = await trainingData(data, { features }, run)
    const { values, length, size } = denseRows(training)
    if (perplexity >= length - 1) {
      throw new ArgumentError(
        `${NAME}: perplexity is ${perplexity}, but a record has ${length - 1} others. Give a smaller perplexity, or more records.`,
      )
    }
    const { region } = training
    const [precisions, nearest, sums, probabilities] = [
      ...[region.float64(length), region.float64(length), region.float64(length)],
      region.float64(length),
    ] as const
    await withTeam(training, run.signal, async team => {
      const kernels = await team.load(outlierKernels)
      const parts = partsOf(length)
      const rows = [values, size, length, precisions!, nearest!, sums!] as const
      await kernels.fitPrecisions(
        ...([parts, ...rows, Math.log(perplexity)] as const),
        errorTolerance,
        maxIterations,
      )
      await kernels.outlierProbabilities(parts, ...rows, probabilities!)
    })
    const known = { precisions, nearest, sums, probabilities, values }
    const copies = Object.fromEntries(
      Object.entries(known).map(([name, array]) => [name, Float64Array.from(array!)]),
    ) as Record<keyof typeof known, Float64Array>
    return new OutlierModel<F, P>({
      features: features.fields,
      prediction,
      perplexity,
      size,
      ...copies,
    })
  })
}

/** @internal A saved model. */
export function restoreOutlierModel(state: OutlierState): OutlierModel<FeatureFields, string> {
  return new OutlierModel(state)
}

const NAME = 'stochasticOutlierSelection'
const OPTIONS = ['features', 'perplexity', 'errorTolerance', 'maxIterations', 'prediction']

interface OutlierState {
  readonly features: FeatureFields
  readonly prediction: string
  readonly perplexity: number
  /** How many features there are. */
  readonly size: number
  /** Row after row. */
  readonly values: Float64Array
  readonly precisions: Float64Array
  readonly nearest: Float64Array
  readonly sums: Float64Array
  readonly probabilities: Float64Array
}

/** Parts of a few points each: every one takes as long as there are points. */
function partsOf(length: number): Int32Array {
  const count = Math.max(1, Math.min(256, length >> 4))
  return Int32Array.from({ length: count + 1 }, (_, k) => Math.round((length * k) / count))
}

/** The probability that none of the records that are known binds to a row. */
function probabilitiesOf(
  rows: Rows,
  { values: known, precisions, nearest, sums, size }: OutlierState,
): Float64Array {
  const { values, length } = toDense(rows)
  const found = new Float64Array(length)
  for (let row = 0; row < length; row++) {
    let product = 1
    for (let other = 0; other < sums.length; other++) {
      let square = 0
      for (let k = 0; k < size; k++)
        square += (values[row * size + k]! - known[other * size + k]!) ** 2
      const affinity = Math.exp(-precisions[other]! * (Math.sqrt(square) - nearest[other]!))
      product *= sums[other]! / (sums[other]! + affinity)
    }
    found[row] = product
  }
  return found
}
