import { type KernelTeam, Random, runLoop } from '../../engine/extend.js'
import type { FitRun } from '../core/estimator.js'
import type { Rows } from '../data/rows.js'
import { DUAL_STATE, dualDescentKernels } from '../kernels/dual-descent.js'
import { storedRows } from '../kernels/stored-rows.js'
import { loadedVector, savedVectors } from '../optimization/saved-vectors.js'
import { squaredLengths } from './squared-lengths.js'

/** What a support vector machine learns from; all arrays lie in the team's region. */
export interface MarginProblem {
  readonly rows: Rows
  /** By record: -1 or 1. */
  readonly labels: Float64Array
  /** By record. */
  readonly weights: Float64Array
  /** Of two losses: whether the shortfall is squared. */
  readonly squared: boolean
  readonly intercept: boolean
  readonly l2: number
}

/** Until when, and how it runs. */
export interface DualSetting {
  readonly maxIterations: number
  /** Ends when slopes of all records lie within so much of each other. */
  readonly tolerance: number
  readonly seed: number
  readonly run: FitRun
  /** What the answer depends on, for checkpoints. */
  readonly program: Readonly<Record<string, unknown>>
}

/** Where it ended. */
export interface DualSolution {
  /** Those of the features, then the intercept. */
  readonly coefficients: Float64Array
  /** The dual objective divided by the sum of the weights: it falls to minus the minimum. */
  readonly history: readonly number[]
  readonly iterations: number
  readonly converged: boolean
}

/** Records between two looks at the clock. */
const CHUNK = 16_384

const { most, least, highest, lowest, active } = DUAL_STATE

/**
 * A linear support vector machine by dual coordinate descent with shrinking. One record after the
 * other in random order, so it works on one thread.
 *
 * Source: Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale
 * Linear SVM, 2008.
 * Cost: O(entries of active records) for an iteration.
 */
export async function dualCoordinateDescent(
  team: KernelTeam,
  problem: MarginProblem,
  { maxIterations, tolerance, seed, run, program }: DualSetting,
): Promise<DualSolution> {
  const { region } = team
  const { rows, labels, weights, squared, l2 } = problem
  const { length, size } = rows
  const { dualDescent } = await team.load(dualDescentKernels)
  const data = storedRows(rows, region)
  const intercept = problem.intercept ? 1 : 0
  const upper = region.float64(length)
  const diagonal = region.float64(length)
  const squares = region.float64(squaredLengths(rows))
  let total = 0
  for (let row = 0; row < length; row++) {
    const cost = weights[row]! / l2
    total += weights[row]!
    upper[row] = squared ? Number.POSITIVE_INFINITY : cost
    diagonal[row] = squared ? 0.5 / cost : 0
    squares[row]! += intercept + diagonal[row]!
  }
  // Records that do not count are never looked at.
  const order = region.int32(Int32Array.from(weights.keys()).filter(row => weights[row]! > 0))
  const multipliers = region.float64(length)
  const coefficients = region.float64(size + 1)
  const state = region.float64(5)
  const restart = () => state.set([Infinity, -Infinity, -Infinity, Infinity, order.length])
  restart()
  let history: number[] = []
  let converged = false
  const objective = () => {
    let sum = 0
    for (let k = 0; k <= size; k++) sum += 0.5 * coefficients[k]! ** 2
    for (const row of order) {
      const at = multipliers[row]!
      sum += (0.5 * diagonal[row]! * at - 1) * at
    }
    return (l2 * sum) / total
  }
  const report = {
    program,
    save: () => {
      const order64 = Float64Array.from(order)
      return savedVectors({
        ...{ multipliers, coefficients, state, order: order64 },
        history: Float64Array.from(history),
      })
    },
    load(saved: Parameters<typeof loadedVector>[0]) {
      multipliers.set(loadedVector(saved, 'multipliers'))
      coefficients.set(loadedVector(saved, 'coefficients'))
      state.set(loadedVector(saved, 'state'))
      order.set(loadedVector(saved, 'order'))
      history = Array.from(loadedVector(saved, 'history'))
    },
  }
  const { operation, ...options } = run
  await runLoop(
    { ...options, name: operation, maxIterations, state: report },
    async ({ superstep, add, breathe }) => {
      state[highest] = -Infinity
      state[lowest] = Infinity
      // By number, so that a run goes on from a checkpoint as it would have.
      shuffle(order, state[active]!, new Random(seed + superstep))
      for (let from = 0; from < state[active]!; from += CHUNK) {
        dualDescent.here(
          ...([from, Math.min(from + CHUNK, state[active]!)] as const),
          ...([data.sparse, data.offsets, data.indices, data.values, size, intercept] as const),
          ...([labels, upper, diagonal, squares, multipliers, coefficients, order, state] as const),
        )
        await breathe()
      }
      history.push(objective())
      add('objective', history.at(-1)!)
      if (state[highest]! - state[lowest]! <= tolerance) {
        converged = state[active] === order.length
        if (converged) return { done: true }
        // All are looked at again before it is believed.
        restart()
        return undefined
      }
      state[most] = state[highest]! > 0 ? state[highest]! : Infinity
      state[least] = state[lowest]! < 0 ? state[lowest]! : -Infinity
      return undefined
    },
  )
  return {
    coefficients: Float64Array.from(coefficients),
    history,
    iterations: history.length,
    converged,
  }
}

/** Puts the first so many in random order. */
function shuffle(order: Int32Array, count: number, random: Random): void {
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor((random.uint32() * (last + 1)) / 2 ** 32)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
}
