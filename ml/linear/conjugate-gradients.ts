import { type KernelTeam, runLoop } from '../../engine/extend.js'
import type { FitRun } from '../core/estimator.js'
import { columnScales } from '../optimization/column-scales.js'
import { linearObjective } from '../optimization/linear-objective.js'
import { loadedVector, savedVectors } from '../optimization/saved-vectors.js'
import { standardised } from '../optimization/standardised.js'
import { addTimes, dot } from '../optimization/vectors.js'
import type { LeastSquares } from './normal-equations.js'

/** How long it may take. */
export interface ConjugateGradientsSetting {
  readonly l2: number
  readonly maxIterations: number
  /** Ends when the gradient has come down to this part of what it was. */
  readonly tolerance: number
  readonly run: FitRun
  /** What the answer depends on, for checkpoints. */
  readonly program: Readonly<Record<string, unknown>>
}

/** Where it ended. */
export interface LeastSquaresSolution {
  readonly coefficients: Float64Array
  readonly intercept: number
  /** Half of the mean squared error and of the penalty. */
  readonly history: readonly number[]
  readonly iterations: number
  readonly converged: boolean
}

/**
 * Least squares by conjugate gradients, for many features: products of features are never made. Where
 * there are many solutions it finds the smallest, in coordinates of features of deviation 1.
 *
 * Source: Hestenes, Stiefel: Methods of Conjugate Gradients for Solving Linear Systems, 1952.
 * Cost: O(entries) for an iteration.
 */
export async function conjugateGradients(
  team: KernelTeam,
  { rows, labels, weights, intercept }: LeastSquares,
  { l2, maxIterations, tolerance, run, program }: ConjugateGradientsSetting,
): Promise<LeastSquaresSolution> {
  const loss = { name: 'squared', parameter: 0 } as const
  const scales = await columnScales(team, rows, weights, intercept)
  const zeros = team.region.float64(labels.length)
  const over = async (targets: Float64Array) =>
    standardised({
      losses: await linearObjective(team, { rows, labels: targets, weights, loss, classes: 1 }),
      ...{ classes: 1, intercept, penaliseIntercept: false, scales, l2, l1: 0 },
    })
  const objective = await over(labels)
  // Without labels the gradient at a point is its product with the matrix.
  const matrix = await over(zeros)
  const { length } = objective
  const gradient = new Float64Array(length)
  const start = await objective.evaluate(new Float64Array(length), gradient)
  const target = gradient.map(slope => -slope)
  let point = new Float64Array(length)
  let residual = target.slice()
  let direction = target.slice()
  let history = [start]
  const goal = tolerance * Math.sqrt(dot(target, target))
  const product = new Float64Array(length)
  const state = {
    program,
    save: () => savedVectors({ point, residual, direction, history: Float64Array.from(history) }),
    load(saved: Parameters<typeof loadedVector>[0]) {
      point = loadedVector(saved, 'point') as Float64Array<ArrayBuffer>
      residual = loadedVector(saved, 'residual') as Float64Array<ArrayBuffer>
      direction = loadedVector(saved, 'direction') as Float64Array<ArrayBuffer>
      history = Array.from(loadedVector(saved, 'history'))
    },
  }
  const { operation, ...options } = run
  const isDone = () => Math.sqrt(dot(residual, residual)) <= goal
  await runLoop({ ...options, name: operation, maxIterations, state }, async ({ add }) => {
    if (isDone()) return { done: true }
    await matrix.evaluate(direction, product)
    const before = dot(residual, residual)
    const step = before / dot(direction, product)
    addTimes(point, step, direction)
    addTimes(residual, -step, product)
    const turn = dot(residual, residual) / before
    for (let k = 0; k < length; k++) direction[k] = residual[k]! + turn * direction[k]!
    // Half of what the quadratic has come down by is seen from both ends.
    history.push(start - 0.5 * (dot(point, target) + dot(point, residual)))
    add('objective', history.at(-1)!)
    return { done: isDone() }
  })
  const found = objective.coefficients(point)
  return {
    coefficients: found.slice(0, length - 1),
    intercept: found[length - 1]!,
    history,
    iterations: history.length - 1,
    converged: isDone(),
  }
}
