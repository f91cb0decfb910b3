import {
  type KernelTeam,
  numberFrom,
  oneOf,
  positiveInteger,
  requiredOptions,
  trueOrFalse,
} from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { Estimator } from '../core/estimator.js'
import { type ClassWeights, checkClassWeights, weighClasses } from '../data/class-weights.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { fieldName } from '../data/field-name.js'
import type { ClassLabel } from '../data/labels.js'
import { signedLabels } from '../data/signed-labels.js'
import {
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
  supervisedFields,
} from '../data/supervised-fields.js'
import { recordWeights, trainingData, withTeam } from '../data/training-data.js'
import { minimiseLinear } from '../optimization/minimise-linear.js'
import {
  type DualSetting,
  dualCoordinateDescent,
  type MarginProblem,
} from './dual-coordinate-descent.js'
import { MarginModel, type MarginState } from './margin-model.js'

/** Options of `linearSvm`. */
export interface LinearSvmOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
  D extends string,
> extends SupervisedOptions<L, F, P> {
  /** What records on the wrong side of their margin cost. Default `'squaredHinge'`. */
  readonly loss?: 'hinge' | 'squaredHinge'
  /** How much large coefficients cost, above 0. Default 1. */
  readonly l2?: number
  /** How much classes count. Default: each record counts the same. */
  readonly classWeights?: ClassWeights
  /** Whether there is an intercept. Default `true`. */
  readonly intercept?: boolean
  /** Above which decision the second class is predicted. Default 0. */
  readonly threshold?: number
  /** The field for the decision, a number. Default `'decision'`. */
  readonly decision?: D
  /** How it is solved. Default `'auto'`: `'primal'` for the squared hinge of more records than features. */
  readonly solver?: 'auto' | 'dual' | 'primal'
  /** The most iterations. Default 1000. */
  readonly maxIterations?: number
  /** When it ends, above 0. Default 1e-4. */
  readonly tolerance?: number
  /** Of the order of records, for the dual. Default 0. */
  readonly seed?: number
}

/**
 * A linear support vector machine: the widest margin between two classes.
 *
 * With labels y of -1 and 1, f for the linear function, and w for a record's weight times that of its
 * class, it minimises
 *
 *     sum of w * max(0, 1 - y f)      ('hinge'; or its square)  +  l2 / 2 * sum of c^2
 *
 * over the coefficients c, the intercept among them: it is the coefficient of a feature that is 1
 * everywhere, as in LIBLINEAR. So `l2` is 1 / C of LIBLINEAR and scikit-learn.
 *
 * The dual is solved by coordinate descent with shrinking, on one thread; the primal of the squared hinge
 * by L-BFGS, in parallel, which takes far fewer passes where there are many records. Both find the
 * same coefficients, within the tolerance.
 *
 * @param options.label The field with the class: two of any type.
 * @param options.features Default `'features'`.
 * @param options.weight Multiplies the loss of each record. Default 1.
 * @param options.loss Default `'squaredHinge'`.
 * @param options.l2 Default 1.
 * @param options.classWeights Default: 1 each.
 * @param options.intercept Default `true`.
 * @param options.threshold Default 0.
 * @param options.solver Default `'auto'`.
 * @param options.maxIterations Default 1000.
 * @param options.tolerance Of slopes: of the dual objective by multipliers of records, or, for the
 *   primal, of the objective divided by the sum of the weights, a hundredth of it. Default 1e-4.
 * @param options.seed Default 0.
 * @param options.prediction Default `'prediction'`.
 * @param options.decision The linear function. Default `'decision'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are not two classes.
 * @throws {SchemaError} By `fit`, if a value is missing, or no finite number or class.
 * Cost: O(entries) for each of some tens to hundreds of iterations. Source: Hsieh et al. 2008.
 * @example
 * const late = linearSvm({ features: ['hours', 'distance'], label: 'late' })
 * const model = await late.fit(flights.derive({ late: flight => flight.delay > 15 }))
 * model.transformOne({ hours: 2, distance: 700 }).prediction // true
 */
export function linearSvm<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
  const D extends string = 'decision',
>(
  options: LinearSvmOptions<L, F, P, D>,
): Estimator<FeatureNeeds<F> & { readonly [K in L]: ClassLabel }, MarginModel<F, P, D>> {
  requiredOptions(options, OPTIONS, NAME)
  const { features, label, weight, prediction, parameters } = supervisedFields(options, NAME)
  const { loss = 'squaredHinge', l2 = 1, classWeights, intercept = true } = options
  const { threshold = 0, solver = 'auto', maxIterations = 1000 } = options
  const { tolerance = 1e-4, seed = 0 } = options
  const decision = fieldName(options.decision ?? 'decision', NAME, 'decision')
  oneOf(loss, ['hinge', 'squaredHinge'], NAME, 'loss')
  oneOf(solver, ['auto', 'dual', 'primal'], NAME, 'solver')
  numberFrom(l2, NAME, 'l2', Number.MIN_VALUE, Number.MAX_VALUE)
  numberFrom(tolerance, NAME, 'tolerance', Number.MIN_VALUE)
  numberFrom(threshold, NAME, 'threshold', -Number.MAX_VALUE, Number.MAX_VALUE)
  numberFrom(seed, NAME, 'seed', -Number.MAX_VALUE, Number.MAX_VALUE)
  positiveInteger(maxIterations, NAME, 'maxIterations')
  trueOrFalse(intercept, NAME, 'intercept')
  checkClassWeights(classWeights, NAME)
  if (solver === 'primal' && loss === 'hinge') {
    throw new ArgumentError(
      `${NAME}: the solver "primal" needs a loss without a kink; got "hinge". Take "dual", or the loss "squaredHinge".`,
    )
  }
  const all = {
    ...parameters,
    ...{ loss, l2, classWeights: classWeights ?? null, intercept, threshold, decision },
    ...{ solver, maxIterations, tolerance, seed },
  }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features, weight, others: [label] }, run)
    const { rows, region } = training
    const found = signedLabels(training.column(label), label, NAME, region)
    const { classes, signs: labels } = found
    const weights = recordWeights(training)
    weighClasses(weights, found, classWeights, NAME)
    const squared = loss === 'squaredHinge'
    const problem = { rows, labels, weights, squared, intercept, l2 }
    const program = { options: all, rows, labels, weights }
    const setting = { maxIterations, tolerance, seed, run, program }
    const isPrimal =
      solver === 'primal' || (solver === 'auto' && squared && rows.length > rows.size)
    const solve = isPrimal ? primal : dualCoordinateDescent
    const fit = await withTeam(training, run.signal, team => solve(team, problem, setting))
    const { coefficients, ...course } = fit
    const { length: records, size } = rows
    return new MarginModel<F, P, D>(NAME, {
      ...{ features: features.fields, prediction, decision, threshold, classes, records },
      facts: { label, loss, l2, solver: isPrimal ? 'primal' : 'dual' },
      coefficients: coefficients.slice(0, size),
      intercept: coefficients[size]!,
      hasIntercept: intercept,
      ...course,
    })
  })
}

/** @internal A saved model. */
export function restoreLinearSvm(state: MarginState): MarginModel<FeatureFields, string, string> {
  return new MarginModel(NAME, state)
}

const NAME = 'linearSvm'
const OPTIONS = [
  ...SUPERVISED_OPTIONS,
  ...['loss', 'l2', 'classWeights', 'intercept', 'threshold', 'decision'],
  ...['solver', 'maxIterations', 'tolerance', 'seed'],
]

/** The squared hinge by L-BFGS. */
function primal(
  team: KernelTeam,
  { rows, labels, weights, intercept, l2 }: MarginProblem,
  { maxIterations, tolerance, run, program }: DualSetting,
) {
  const loss = { name: 'squaredHinge', parameter: 0 } as const
  return minimiseLinear(
    team,
    { rows, labels, weights, loss, classes: 1 },
    {
      ...{ intercept, penaliseIntercept: true, l1: 0, l2, maxIterations, run, program },
      tolerance: tolerance / 100,
    },
  )
}
