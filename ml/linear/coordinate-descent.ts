/**
 * Squares with costs of absolute values: one coefficient after the other goes to where the objective is
 * least, all others kept.
 *
 * Source: Friedman, Hastie, Tibshirani: Regularization Paths for Generalized Linear Models via
 * Coordinate Descent, 2010; the gap that ends it: Kim, Koh, Lustig, Boyd, Gorinevsky: An
 * Interior-Point Method for Large-Scale L1-Regularized Least Squares, 2007.
 */
import { runLoop } from '../../engine/extend.js'
import type { FitRun } from '../core/estimator.js'
import { loadedVector, savedVectors } from '../optimization/saved-vectors.js'
import { dot } from '../optimization/vectors.js'

/** Least squares, seen feature by feature. All are about the means where there is an intercept. */
export interface ColumnProducts {
  readonly size: number
  /** By feature: the sum of its squares. */
  readonly squares: Float64Array
  /** The sum of squares of the labels. */
  readonly labelSquares: number
  /** The products of the features with the labels. */
  readonly targets: Float64Array
  /** What `move` changes, by name: for checkpoints, since moving anew would round otherwise. */
  readonly moved: Readonly<Record<string, Float64Array>>
  /** How many entries a look at a feature costs. */
  readonly cost: number
  /** The product of a feature with what the coefficients leave of the labels. */
  product(feature: number): number
  /** Takes so much more of a feature off what is left. */
  move(feature: number, step: number): void
  /** The sum of squares of what is left. */
  rest(coefficients: Float64Array): number
}

/** Penalties beside half of the sum of squares, and until when. */
export interface DescentSetting {
  readonly l1: number
  readonly l2: number
  /** The sum of the weights, by which the history is divided. */
  readonly total: number
  readonly maxIterations: number
  /** Ends when the gap to the dual is at most this part of the labels' squares. */
  readonly tolerance: number
  readonly run: FitRun
  /** What the answer depends on, for checkpoints. */
  readonly program: Readonly<Record<string, unknown>>
}

/** Where it ended. */
export interface Descent {
  readonly coefficients: Float64Array
  readonly history: readonly number[]
  readonly iterations: number
  readonly converged: boolean
}

/** Entries between two looks at the clock. */
const CHUNK = 500_000

/** Goes over all features, again and again, until the gap between primal and dual is small. */
export async function coordinateDescent(
  columns: ColumnProducts,
  { l1, l2, total, maxIterations, tolerance, run, program }: DescentSetting,
): Promise<Descent> {
  const { size, squares, labelSquares, targets, moved } = columns
  const coefficients = new Float64Array(size)
  const products = new Float64Array(size)
  let history: number[] = []
  let converged = false
  const state = {
    program,
    save: () => savedVectors({ ...moved, coefficients, history: Float64Array.from(history) }),
    load(saved: Parameters<typeof loadedVector>[0]) {
      for (const [name, vector] of Object.entries({ ...moved, coefficients })) {
        vector.set(loadedVector(saved, name))
      }
      history = Array.from(loadedVector(saved, 'history'))
    },
  }
  const { operation, ...options } = run
  await runLoop({ ...options, name: operation, maxIterations, state }, async ({ add, breathe }) => {
    let [most, change, work] = [0, 0, 0]
    for (let k = 0; k < size; k++) {
      const square = squares[k]!
      if (square <= 0) continue
      work += columns.cost
      if (work > CHUNK) {
        await breathe()
        work = 0
      }
      const before = coefficients[k]!
      const product = columns.product(k)
      const pull = product + square * before
      const size = Math.max(0, Math.abs(pull) - l1)
      const after = size === 0 ? 0 : (pull > 0 ? size : -size) / (square + l2)
      if (after !== before) {
        columns.move(k, after - before)
        coefficients[k] = after
      }
      change = Math.max(change, Math.sqrt(square) * Math.abs(after - before))
      most = Math.max(most, Math.sqrt(square) * Math.abs(after))
    }
    const rest = columns.rest(coefficients)
    history.push(objectiveOf(rest) / total)
    add('objective', history.at(-1)!)
    if (change > Math.max(tolerance, 1e-13) * most) return undefined
    // Where next to nothing moves, a look at all features at one point says how good it is.
    for (let k = 0; k < size; k++) products[k] = columns.product(k)
    const gap = objectiveOf(rest) - dualOf(rest, products)
    // Where nothing moves any more, the gap is what rounding leaves.
    converged = gap <= tolerance * labelSquares || change <= 1e-13 * most
    return { done: converged }
  })
  return { coefficients, history, iterations: history.length, converged }

  function objectiveOf(rest: number): number {
    let absolute = 0
    for (let k = 0; k < size; k++) absolute += Math.abs(coefficients[k]!)
    return 0.5 * rest + l1 * absolute + 0.5 * l2 * dot(coefficients, coefficients)
  }

  /** The dual objective, at most the minimum: at what is left, made so small that it is allowed. */
  function dualOf(rest: number, products: Float64Array): number {
    let steepest = 0
    for (let k = 0; k < size; k++) {
      steepest = Math.max(steepest, Math.abs(products[k]! - l2 * coefficients[k]!))
    }
    const scale = steepest > l1 ? l1 / steepest : 1
    const penalty = 0.5 * l2 * dot(coefficients, coefficients)
    const withLabels = labelSquares - dot(coefficients, targets)
    return scale * withLabels - scale * scale * (0.5 * rest + penalty)
  }
}
