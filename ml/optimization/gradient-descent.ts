import { type KernelTeam, Random, runLoop } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { FitRun } from '../core/estimator.js'
import type { StepOptions } from './learning-rate.js'
import { type LinearObjective, type LinearProblem, linearObjective } from './linear-objective.js'
import type { LinearFit } from './minimise-linear.js'
import { loadedVector, savedVectors } from './saved-vectors.js'
import { shuffledProblem } from './shuffled-problem.js'
import { createSteps, type Steps } from './steps.js'

/** Penalties, steps, and until when. */
export interface DescentSetting extends StepOptions {
  readonly intercept: boolean
  /** Times the sum of absolute coefficients, beside the mean loss. */
  readonly l1: number
  /** Times half the sum of squared coefficients, beside the mean loss. */
  readonly l2: number
  /** Records of a step; as many as there are, or more: all of them. */
  readonly batchSize: number
  readonly maxIterations: number
  /** Iterations that bring less than this part of the objective count as none. */
  readonly tolerance: number
  /** Ends after so many of these in a row. */
  readonly patience: number
  readonly seed: number
  readonly run: FitRun
  /** What the answer depends on, for checkpoints. */
  readonly program: Readonly<Record<string, unknown>>
}

/** Steps between two looks at the clock. */
const STEPS = 256

/**
 * Minimises the mean loss and penalties of a linear function by steps against the gradient of some
 * records at a time. An iteration goes over all records once, in batches drawn anew; then the whole
 * objective is told, in parallel, and the best point so far is kept.
 *
 * @throws {ArgumentError} If steps are so long that the objective is no finite number any more.
 */
export async function gradientDescent(
  team: KernelTeam,
  given: LinearProblem,
  setting: DescentSetting,
): Promise<LinearFit> {
  const { l1, l2, maxIterations, tolerance, patience, seed, run, program } = setting
  const whole = setting.batchSize >= given.rows.length
  const problem = whole ? given : shuffledProblem(team.region, given, seed)
  const losses = await linearObjective(team, problem)
  const { length } = losses
  const last = length - 1
  const total = problem.weights.reduce((sum, weight) => sum + weight, 0)
  const gradient = new Float64Array(length)
  const steps = createSteps(length, setting)
  const point = new Float64Array(length)
  const best = new Float64Array(length)
  /** The best objective, and iterations since it fell. */
  const course = Float64Array.of(Number.POSITIVE_INFINITY, 0)
  let history: number[] = []
  let converged = false
  const { operation, ...options } = run
  /** The objective at the point; the gradient of the mean loss. */
  const evaluate = async () => {
    const loss = await losses.evaluate(point, gradient)
    let [absolute, squares] = [0, 0]
    for (let k = 0; k < last; k++) {
      absolute += Math.abs(point[k]!)
      squares += point[k]! * point[k]!
    }
    for (let k = 0; k < length; k++) gradient[k]! /= total
    return loss / total + l1 * absolute + 0.5 * l2 * squares
  }
  const tell = (value: number) => {
    if (!Number.isFinite(value)) {
      throw new ArgumentError(
        `${operation}: the objective is no finite number any more after ${history.length} iterations, because steps are too long. Give a smaller learningRate, or scale the features with standardScaler.`,
      )
    }
    history.push(value)
    const isBetter = value < course[0]! - tolerance * Math.abs(course[0]!) || history.length === 1
    course[1] = isBetter ? 0 : course[1]! + 1
    if (value < course[0]!) {
      course[0] = value
      best.set(point)
    }
    converged = course[1]! >= patience
  }
  const state = {
    program,
    save: () =>
      savedVectors({
        ...{ point, best, course, memory: steps.memory, gradient },
        history: Float64Array.from(history),
      }),
    load(saved: Parameters<typeof loadedVector>[0]) {
      for (const [name, vector] of Object.entries({ point, best, course, gradient })) {
        vector.set(loadedVector(saved, name))
      }
      steps.memory.set(loadedVector(saved, 'memory'))
      history = Array.from(loadedVector(saved, 'history'))
    },
  }
  await runLoop(
    { ...options, name: operation, maxIterations, state },
    async ({ superstep, add, breathe }) => {
      if (history.length === 0) tell(await evaluate())
      if (whole) steps.take(point, gradient, superstep)
      else await epoch(losses, problem, steps, point, gradient, setting, superstep, breathe)
      tell(await evaluate())
      add('objective', history.at(-1)!)
      return { done: converged }
    },
  )
  return { coefficients: best, history, iterations: history.length - 1, converged }
}

/** All records once, in batches that begin at a random place, in random order. */
async function epoch(
  losses: LinearObjective,
  { rows, weights }: LinearProblem,
  steps: Steps,
  point: Float64Array,
  gradient: Float64Array,
  { batchSize, seed }: DescentSetting,
  number: number,
  breathe: () => Promise<void>,
): Promise<void> {
  const { length } = rows
  const random = new Random(seed + number)
  // The first batch is shorter, so that every time other records come together.
  const first = Math.floor((random.uint32() * batchSize) / 2 ** 32)
  const order = Int32Array.from(
    { length: Math.ceil((length - first) / batchSize) + 1 },
    (_, k) => k,
  )
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor((random.uint32() * (at + 1)) / 2 ** 32)
    const kept = order[at]!
    order[at] = order[other]!
    order[other] = kept
  }
  let taken = 0
  for (const batch of order) {
    const from = batch === 0 ? 0 : first + (batch - 1) * batchSize
    const to = batch === 0 ? first : Math.min(length, from + batchSize)
    let weight = 0
    for (let row = from; row < to; row++) weight += weights[row]!
    if (weight === 0) continue
    losses.evaluateRange(from, to, point, gradient)
    for (let k = 0; k < gradient.length; k++) gradient[k]! /= weight
    steps.take(point, gradient, number)
    if (++taken % STEPS === 0) await breathe()
  }
}
