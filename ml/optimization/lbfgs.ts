import { runLoop } from '../../engine/extend.js'
import type { FitRun } from '../core/estimator.js'
import { type LbfgsMemory, lbfgsMemory } from './lbfgs-memory.js'
import { lineSearch } from './line-search.js'
import type { Objective } from './linear-objective.js'
import { loadedVector, savedVectors } from './saved-vectors.js'
import { absoluteCost, largest } from './vectors.js'

/** What is minimised, and until when. */
export interface Minimisation {
  readonly objective: Objective
  /** By coordinate: what its absolute value costs besides. `null`: nothing. */
  readonly absolute: Float64Array | null
  /** Moves a point to a better one nearby, after each step. */
  readonly recentre?: ((point: Float64Array) => void) | undefined
  /** Where it begins. */
  readonly start: Float64Array
  readonly maxIterations: number
  /** Ends when no coordinate of the gradient is larger. */
  readonly tolerance: number
  /** How it runs. */
  readonly run: FitRun
  /** What the answer depends on, for checkpoints. */
  readonly program: Readonly<Record<string, unknown>>
}

/** Where a minimisation ended. */
export interface Minimum {
  readonly point: Float64Array
  /** The objective, penalties included, at the start and after each iteration. */
  readonly history: readonly number[]
  readonly iterations: number
  /** Whether the gradient came to vanish, or nothing better could be found; not where iterations ran out. */
  readonly converged: boolean
}

/**
 * Minimises a function with a gradient by the limited-memory method of Broyden, Fletcher, Goldfarb and
 * Shanno: directions from the last ten steps, and steps that are long enough by a line search. With
 * costs of absolute values it stays within an orthant during a step, so that coordinates become
 * exactly 0.
 *
 * Sources: Nocedal, Wright: Numerical Optimization, 2006, algorithm 7.5; Andrew, Gao: Scalable Training
 * of L1-Regularized Log-Linear Models, 2007.
 */
export async function lbfgs(setting: Minimisation): Promise<Minimum> {
  const { objective, absolute, recentre, maxIterations, tolerance, run, program } = setting
  const { length } = objective
  let point = Float64Array.from(setting.start)
  let gradient: Float64Array<ArrayBufferLike> = new Float64Array(length)
  let memory: LbfgsMemory = lbfgsMemory(length)
  let history: number[] = []
  let converged = false
  const state = {
    program,
    save: () =>
      savedVectors({ point, gradient, history: Float64Array.from(history), ...memory.saved() }),
    load(saved: Parameters<typeof loadedVector>[0]) {
      point = loadedVector(saved, 'point') as Float64Array<ArrayBuffer>
      gradient = loadedVector(saved, 'gradient')
      history = Array.from(loadedVector(saved, 'history'))
      memory = lbfgsMemory(length, name => loadedVector(saved, name))
    },
  }
  const { operation, ...options } = run
  const report = await runLoop(
    { ...options, name: operation, maxIterations, state },
    async ({ add }) => {
      if (history.length === 0) {
        history.push((await objective.evaluate(point, gradient)) + absoluteCost(point, absolute))
      }
      const slopes = absolute === null ? gradient : steepest(point, gradient, absolute)
      if (largest(slopes) <= tolerance) {
        converged = true
        add('objective', history.at(-1)!)
        return { done: true }
      }
      const found = await lineSearch({
        objective,
        absolute,
        point,
        gradient,
        slopes,
        direction: memory.direction(slopes),
        value: history.at(-1)!,
        first: memory.size === 0,
      })
      if (found === null && memory.size > 0) {
        // What the last steps tell may mislead: begin anew, along the gradient.
        memory = lbfgsMemory(length)
        add('objective', history.at(-1)!)
        return undefined
      }
      if (found === null) {
        // Nothing better to be found with the digits that there are.
        converged = true
        add('objective', history.at(-1)!)
        return { done: true }
      }
      let { value } = found
      if (recentre !== undefined) {
        recentre(found.point)
        value = await objective.evaluate(found.point, found.gradient)
        value += absoluteCost(found.point, absolute)
      }
      memory.add(point, found.point, gradient, found.gradient)
      point = found.point as Float64Array<ArrayBuffer>
      gradient = found.gradient
      history.push(value)
      add('objective', value)
      return undefined
    },
  )
  if (!converged) {
    const slopes = absolute === null ? gradient : steepest(point, gradient, absolute)
    converged = largest(slopes) <= tolerance
  }
  return { point, history, iterations: Math.min(report.iterations, history.length - 1), converged }
}

/** The gradient with the costs of absolute values; at 0, that of the side on which it descends. */
function steepest(
  point: Float64Array,
  gradient: Float64Array,
  absolute: Float64Array,
): Float64Array {
  return gradient.map((slope, k) => {
    const cost = absolute[k]!
    const at = point[k]!
    if (at !== 0) return slope + (at > 0 ? cost : -cost)
    return slope > cost ? slope - cost : slope < -cost ? slope + cost : 0
  })
}
