import type { KernelTeam } from '../../engine/extend.js'
import type { Rows } from '../data/rows.js'
import { addParts } from '../kernels/add-parts.js'
import { LOSS_BLOCK, LOSS_CODES, linearLossKernels } from '../kernels/linear-loss.js'
import { rowRanges } from '../kernels/row-ranges.js'
import { storedRows } from '../kernels/stored-rows.js'
import type { Loss } from './loss.js'

/** What a linear function is fitted to; all arrays lie in the team's region. */
export interface LinearProblem {
  readonly rows: Rows
  /** By record: a number; -1 or 1 where there are two classes; the number of its class where more. */
  readonly labels: Float64Array
  /** By record. */
  readonly weights: Float64Array
  readonly loss: Loss
  /** Linear functions side by side: more than 1 for the multinomial loss, which ignores `loss`. */
  readonly classes: number
}

/** A function with a gradient. */
export interface Objective {
  /** How many numbers it is a function of. */
  readonly length: number
  /** Its value at a point; writes the gradient. */
  evaluate(point: Float64Array, gradient: Float64Array): Promise<number>
}

/** The losses of a linear function. */
export interface LinearObjective extends Objective {
  /** The same for records `from` to `to` alone, at once, on the calling thread. */
  evaluateRange(from: number, to: number, point: Float64Array, gradient: Float64Array): number
}

/**
 * The sum of weighted losses as a function of coefficients: those of the features, then the intercept,
 * class after class. A record is read from memory once for value and gradient, on all threads.
 *
 * Cost: O(entries * classes) for an evaluation.
 */
export async function linearObjective(
  team: KernelTeam,
  { rows, labels, weights, loss, classes }: LinearProblem,
): Promise<LinearObjective> {
  const { region } = team
  const { lossGradient } = await team.load(linearLossKernels)
  const { sparse, offsets, indices, values, size } = storedRows(rows, region)
  const length = classes * (size + 1)
  const parts = rowRanges(rows, length)
  const count = parts.length - 1
  const starts = region.int32(parts)
  const coefficients = region.float64(length)
  const gradients = region.float64(count * length)
  const scratch = region.float64(count * classes * LOSS_BLOCK)
  const code = LOSS_CODES[loss.name]
  const data = [sparse, offsets, indices, values, size] as const
  const records = [coefficients, classes, labels, weights, code, loss.parameter] as const
  const one = region.int32([0, rows.length])
  return {
    length,
    evaluateRange(from, to, point, gradient) {
      coefficients.set(point)
      const sum = lossGradient.here(from, to, ...data, ...records, scratch, gradients, one)
      gradient.set(gradients.subarray(0, length))
      return sum
    },
    async evaluate(point, gradient) {
      coefficients.set(point)
      const sums = await lossGradient(parts, ...data, ...records, scratch, gradients, starts)
      addParts(gradients, count, gradient)
      let total = 0
      for (const sum of sums) total += sum
      return total
    },
  }
}
