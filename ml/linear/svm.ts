import {
  type KernelTeam,
  numberFrom,
  positiveInteger,
  requiredOptions,
  runLoop,
} from '../../engine/extend.js'
import { Estimator, type FitRun } from '../core/estimator.js'
import type { FeatureFields, FeatureNeeds } from '../data/feature-fields.js'
import { fieldName } from '../data/field-name.js'
import type { ClassLabel } from '../data/labels.js'
import type { Rows } from '../data/rows.js'
import { signedLabels } from '../data/signed-labels.js'
import { type SupervisedOptions, supervisedFields } from '../data/supervised-fields.js'
import { trainingData, withTeam } from '../data/training-data.js'
import { addParts } from '../kernels/add-parts.js'
import { localAscentKernels } from '../kernels/local-ascent.js'
import { storedRows } from '../kernels/stored-rows.js'
import { linearObjective } from '../optimization/linear-objective.js'
import { loadedVector, savedVectors } from '../optimization/saved-vectors.js'
import { addTimes, dot } from '../optimization/vectors.js'
import { MarginModel, type MarginState } from './margin-model.js'
import { squaredLengths } from './squared-lengths.js'

/** Options of `svm`. */
export interface SvmOptions<
  L extends string,
  F extends FeatureFields,
  P extends string,
  D extends string,
> extends Omit<SupervisedOptions<L, F, P>, 'weight'> {
  /** Parts of the records that are worked on side by side. Default 4; fewer where there are fewer records. */
  readonly blocks?: number
  /** How often the blocks put together what they found. Default 10. */
  readonly maxIterations?: number
  /** Steps of each block in an iteration. Default 10. */
  readonly localIterations?: number
  /** How much large coefficients cost, above 0. Default 1. */
  readonly l2?: number
  /** Times the mean of what the blocks found; 1 is safe, the number of blocks adds it all up. Default 1. */
  readonly stepSize?: number
  /** Above which decision the second class is predicted. Default 0. */
  readonly threshold?: number
  /** The field for the decision, a number. Default `'decision'`. */
  readonly decision?: D
  /** Of the records that are drawn. Default 0. */
  readonly seed?: number
}

/**
 * A linear support vector machine without intercept by CoCoA, as Flink has it: blocks of records take
 * steps of their own and then average what they found. With labels y of -1 and 1 it minimises
 *
 *     l2 / 2 * sum of c^2  +  mean of max(0, 1 - y f)
 *
 * over the coefficients c of the linear function f. It takes as many steps as it is told and no more, and
 * the defaults are few: give `localIterations` about the records of a block. `linearSvm` finds the
 * minimum itself, and has an intercept.
 *
 * @param options.label The field with the class: two of any type.
 * @param options.features Default `'features'`.
 * @param options.blocks Default 4. The model depends on it, never on the number of threads.
 * @param options.maxIterations Default 10.
 * @param options.localIterations Default 10.
 * @param options.l2 Default 1.
 * @param options.stepSize At most the number of blocks. Default 1.
 * @param options.threshold Default 0.
 * @param options.seed Default 0.
 * @param options.prediction Default `'prediction'`.
 * @param options.decision The linear function. Default `'decision'`.
 * @throws {ArgumentError} If an option is unknown or wrong; by `fit`, if there are not two classes.
 * @throws {SchemaError} By `fit`, if a value is missing, or no finite number or class.
 * Cost: `blocks` * `localIterations` records for an iteration, and one pass to tell the objective; in
 * parallel. Source: Jaggi et al.: Communication-Efficient Distributed Dual Coordinate Ascent, 2014.
 * @example
 * const late = svm({ features: ['hours', 'distance'], label: 'late', localIterations: 100 })
 * const model = await late.fit(flights.derive({ late: flight => flight.delay > 15 }))
 * model.iterations // 10
 * model.history.length // 11
 */
export function svm<
  const L extends string,
  const F extends FeatureFields = 'features',
  const P extends string = 'prediction',
  const D extends string = 'decision',
>(
  options: SvmOptions<L, F, P, D>,
): Estimator<FeatureNeeds<F> & { readonly [K in L]: ClassLabel }, MarginModel<F, P, D>> {
  requiredOptions(options, OPTIONS, NAME)
  const { features, label, prediction, parameters } = supervisedFields(options, NAME)
  const { weight: _, ...named } = parameters
  const { blocks = 4, maxIterations = 10, localIterations = 10, l2 = 1 } = options
  const { stepSize = 1, threshold = 0, seed = 0 } = options
  const decision = fieldName(options.decision ?? 'decision', NAME, 'decision')
  positiveInteger(blocks, NAME, 'blocks')
  numberFrom(blocks, NAME, 'blocks', 1, 1024)
  positiveInteger(maxIterations, NAME, 'maxIterations')
  positiveInteger(localIterations, NAME, 'localIterations')
  numberFrom(l2, NAME, 'l2', Number.MIN_VALUE, Number.MAX_VALUE)
  numberFrom(stepSize, NAME, 'stepSize', Number.MIN_VALUE, blocks)
  numberFrom(threshold, NAME, 'threshold', -Number.MAX_VALUE, Number.MAX_VALUE)
  numberFrom(seed, NAME, 'seed', -Number.MAX_VALUE, Number.MAX_VALUE)
  const steps = { blocks, maxIterations, localIterations, l2, stepSize, seed }
  const all = { ...named, ...steps, threshold, decision }
  return new Estimator(NAME, all, async (data, run) => {
    const training = await trainingData(data, { features, others: [label] }, run)
    const { rows, region } = training
    const { classes, signs } = signedLabels(training.column(label), label, NAME, region)
    const { coefficients, history } = await withTeam(training, run.signal, team =>
      cocoa(team, rows, signs, steps, run),
    )
    return new MarginModel<F, P, D>(NAME, {
      ...{ features: features.fields, prediction, decision, threshold, classes, coefficients },
      facts: { label, l2, blocks, localIterations },
      ...{ intercept: 0, hasIntercept: false, records: rows.length },
      ...{ history, iterations: maxIterations, converged: false },
    })
  })
}

/** @internal A saved model. */
export function restoreSvm(state: MarginState): MarginModel<FeatureFields, string, string> {
  return new MarginModel(NAME, state)
}

const NAME = 'svm'
const OPTIONS = [
  ...['features', 'label', 'prediction', 'decision', 'blocks', 'maxIterations'],
  ...['localIterations', 'l2', 'stepSize', 'threshold', 'seed'],
]

interface CocoaSetting {
  readonly blocks: number
  readonly maxIterations: number
  readonly localIterations: number
  readonly l2: number
  readonly stepSize: number
  readonly seed: number
}

async function cocoa(
  team: KernelTeam,
  rows: Rows,
  labels: Float64Array,
  setting: CocoaSetting,
  run: FitRun,
) {
  const { maxIterations, localIterations, l2, seed, ...rest } = setting
  const { region } = team
  const { length, size } = rows
  const { localAscent } = await team.load(localAscentKernels)
  const data = storedRows(rows, region)
  const blocks = Math.min(rest.blocks, length)
  const part = rest.stepSize / blocks
  const parts = Int32Array.from({ length: blocks + 1 }, (_, k) => Math.round((length * k) / blocks))
  const starts = region.int32(parts)
  const squares = region.float64(squaredLengths(rows))
  const multipliers = region.float64(length)
  const moved = region.float64(length)
  const coefficients = region.float64(size)
  const changes = region.float64(blocks * size)
  const weights = region.float64(length).fill(1)
  const loss = { name: 'hinge', parameter: 0 } as const
  const losses = await linearObjective(team, { rows, labels, weights, loss, classes: 1 })
  const objective = async () => {
    const point = new Float64Array(size + 1)
    point.set(coefficients)
    const sum = await losses.evaluate(point, new Float64Array(size + 1))
    return sum / length + 0.5 * l2 * dot(coefficients, coefficients)
  }
  let history = [await objective()]
  const state = {
    program: { options: setting, rows, labels },
    save: () => savedVectors({ multipliers, coefficients, history: Float64Array.from(history) }),
    load(saved: Parameters<typeof loadedVector>[0]) {
      multipliers.set(loadedVector(saved, 'multipliers'))
      coefficients.set(loadedVector(saved, 'coefficients'))
      history = Array.from(loadedVector(saved, 'history'))
    },
  }
  const sum = new Float64Array(size)
  const { operation, ...options } = run
  await runLoop(
    { ...options, name: operation, maxIterations, state },
    async ({ superstep, add }) => {
      await localAscent(
        ...([parts, data.sparse, data.offsets, data.indices, data.values, size] as const),
        ...([labels, squares, multipliers, moved, coefficients, changes, starts] as const),
        ...([l2 * length, localIterations, Math.imul(seed + 1, 0x2545f491) + superstep] as const),
      )
      addParts(changes, blocks, sum)
      addTimes(coefficients, part, sum)
      addTimes(multipliers, part, moved)
      history.push(await objective())
      add('objective', history.at(-1)!)
    },
  )
  return { coefficients: Float64Array.from(coefficients), history }
}
