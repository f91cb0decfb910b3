import { type KernelTeam, numberFrom, requiredOptions, trueOrFalse } from '../../engine/extend.js'
import { Estimator, type FitRun } from '../core/estimator.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { numericLabels } from '../data/labels.js'
import { numbersOf } from '../data/numbers.js'
import type { RowBlocks } from '../data/row-blocks.js'
import {
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
  supervisedFields,
} from '../data/supervised-fields.js'
import {
  recordWeights,
  type TrainingColumns,
  type TrainingData,
  trainingColumns,
  withTeam,
} from '../data/training-data.js'
import { conjugateGradients, type LeastSquaresSolution } from './conjugate-gradients.js'
import { LinearModel, type LinearState } from './linear-model.js'
import { type EquationProblem, normalEquations, solveNormalEquations } from './normal-equations.js'
import { pairsAreFew } from './pairs-are-few.js'

/** Options of `linearRegression`. */
export interface LinearRegressionOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
> extends SupervisedOptions<L, F, P> {
  /** How much large coefficients cost, at least 0 (ridge regression). Default 0. */
  readonly l2?: number
  /** Whether there is an intercept. Default `true`. */
  readonly intercept?: boolean
}

/**
 * Least squares: the linear function of the features with the smallest sum of squared errors, with `l2`
 * above 0 the smallest sum of these and `l2` times the squared coefficients (ridge regression).
 *
 * Solved at once by the normal equations of centred features; beyond 1,000 features (500 where they are
 * sparse) by conjugate gradients, which never make sparse features dense, and find a small one of many
 * solutions. The intercept is never made small.
 *
 * @param options.label The field with the number that is to be predicted.
 * @param options.features Default `'features'`.
 * @param options.weight Multiplies the squared error of each record. Default 1.
 * @param options.l2 Default 0.
 * @param options.intercept Default `true`.
 * @param options.prediction Default `'prediction'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if features depend on each other
 *   linearly and `l2` is 0: names all that follow from those before them (conjugate gradients do not).
 * @throws {SchemaError} By `fit`, if a value is missing or no finite number.
 * Cost: O(records * features^2 + features^3); for many features O(entries) for each of some tens to
 * hundreds of iterations. In parallel.
 * @example
 * const model = await linearRegression({ features: ['distance'], label: 'hours' }).fit(flights)
 * model.predictOne({ distance: 1000 }).toFixed(3) // '2.674'
 */
export function linearRegression<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
>(
  options: LinearRegressionOptions<L, F, P>,
): Estimator<FeatureNeeds<F> & { readonly [Q in L]: number | boolean }, LinearModel<F, P>> {
  requiredOptions(options, OPTIONS, NAME)
  const { l2 = 0, intercept = true } = options
  const { features, label, weight, prediction, parameters } = supervisedFields(options, NAME)
  numberFrom(l2, NAME, 'l2', 0, Number.MAX_VALUE)
  trueOrFalse(intercept, NAME, 'intercept')
  const all = { ...parameters, l2, intercept }
  return new Estimator(NAME, all, async (data, run) => {
    const columns = await trainingColumns(data, { features, weight, others: [label] }, run)
    const { blocks } = columns
    const solution =
      blocks !== null && pairsAreFew(blocks)
        ? await inBlocks(columns, blocks, run.signal)
        : await inRegion(await columns.inRegion(), run)
    const { fields } = features
    const facts = { label, l2 }
    const records = columns.column(label).length
    const shape = { features: fields, prediction, facts, records }
    return new LinearModel<F, P>(NAME, { ...shape, ...solution })
  })

  /** Dense features are read once, from where they lie. */
  async function inBlocks(
    { environment, weights, names, column, region }: TrainingColumns,
    rows: RowBlocks,
    signal: AbortSignal | undefined,
  ): Promise<LeastSquaresSolution> {
    const labels = numbersOf(column(label), label, { operation: NAME, label: true })
    const problem = { rows, labels, weights, intercept }
    const place = { environment, region: region() }
    return withTeam(place, signal, team => byEquations(team, problem, names(rows.size)))
  }

  async function inRegion(training: TrainingData, run: FitRun): Promise<LeastSquaresSolution> {
    const { rows, region, names, weights } = training
    const labels = numericLabels(training.column(label), label, NAME, region)
    const problem = { rows, labels, weights: recordWeights(training), intercept }
    return withTeam(training, run.signal, team => {
      if (pairsAreFew(rows)) return byEquations(team, problem, names)
      const program = { options: all, rows, labels, weights }
      const maxIterations = 10 * rows.size
      const setting = { l2, maxIterations, tolerance: 1e-10, run, program }
      return conjugateGradients(team, problem, setting)
    })
  }

  async function byEquations(
    team: KernelTeam,
    problem: EquationProblem,
    names: readonly string[],
  ): Promise<LeastSquaresSolution> {
    const equations = await normalEquations(team, problem)
    const found = solveNormalEquations(equations, l2, names, NAME)
    return { ...found, history: [], iterations: 0, converged: true }
  }
}

/** @internal A saved model. */
export function restoreLinearModel(state: LinearState): LinearModel<FeatureFields, string> {
  return new LinearModel(NAME, state)
}

const NAME = 'linearRegression'
const OPTIONS = [...SUPERVISED_OPTIONS, 'l2', 'intercept']
