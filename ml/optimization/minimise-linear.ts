import type { KernelTeam } from '../../engine/extend.js'
import { columnScales } from './column-scales.js'
import { lbfgs, type Minimisation } from './lbfgs.js'
import { type LinearProblem, linearObjective } from './linear-objective.js'
import { standardised } from './standardised.js'

/** Penalties, and until when. */
export interface LinearSetting
  extends Pick<Minimisation, 'maxIterations' | 'tolerance' | 'run' | 'program'> {
  readonly intercept: boolean
  /** Whether the intercept is penalised as other coefficients are. Default `false`. */
  readonly penaliseIntercept?: boolean
  /** Times half the sum of squared coefficients, beside the sum of losses. */
  readonly l2: number
  /** Times the sum of absolute coefficients, beside the sum of losses. */
  readonly l1: number
}

/** A linear function, or several, and how it was found. */
export interface LinearFit {
  /** Those of the features, then the intercept, class after class. */
  readonly coefficients: Float64Array
  /** The sum of losses and penalties, divided by the sum of the weights. */
  readonly history: readonly number[]
  readonly iterations: number
  readonly converged: boolean
}

/**
 * The linear functions with the smallest sum of losses and penalties, by L-BFGS. Intercepts are not
 * made small unless one says so. For losses with a kink it stops at a point near the minimum.
 */
export async function minimiseLinear(
  team: KernelTeam,
  problem: LinearProblem,
  { intercept, penaliseIntercept = false, l1, l2, ...setting }: LinearSetting,
): Promise<LinearFit> {
  const { rows, weights, classes } = problem
  const scales = await columnScales(team, rows, weights, intercept)
  const losses = await linearObjective(team, problem)
  const objective = standardised({
    ...{ losses, classes, intercept, penaliseIntercept, scales, l1, l2 },
  })
  const { absolute, recentre } = objective
  const start = new Float64Array(objective.length)
  const { point, ...found } = await lbfgs({ ...setting, objective, absolute, recentre, start })
  return { ...found, coefficients: objective.coefficients(point) }
}
