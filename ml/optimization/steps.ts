import { learningRateAt, type StepOptions } from './learning-rate.js'

/** Takes steps against gradients, and remembers what the next one needs. */
export interface Steps {
  /**
   * Moves a point against the gradient of the loss and the costs of squares, then towards 0 by those of
   * absolute values. Its last entry, the intercept, costs nothing.
   *
   * @param iteration From 1: says how long the step is.
   */
  take(point: Float64Array, gradient: Float64Array, iteration: number): void
  /** What it remembers: the number of steps, then running means where the schedule has such. */
  readonly memory: Float64Array
}

/** Of Adam: how much of the running means of gradients and of their squares is kept, and a smallest root. */
const [KEPT, SQUARES_KEPT, LEAST] = [0.9, 0.999, 1e-8]

/**
 * Steps of `length` numbers, the last of which is the intercept.
 *
 * Sources: Xu: Towards Optimal One Pass Large Scale Learning with Averaged Stochastic Gradient Descent,
 * 2011; Bottou: Stochastic Gradient Descent Tricks, 2012; Kingma, Ba: Adam, 2015.
 */
export function createSteps(
  length: number,
  options: StepOptions & { readonly l1: number; readonly intercept: boolean },
): Steps {
  const { l1, l2, schedule, intercept } = options
  const isAdam = schedule === 'adam'
  const memory = new Float64Array(isAdam ? 1 + 2 * length : 1)
  const means = memory.subarray(1, 1 + length)
  const squares = memory.subarray(1 + length)
  const last = length - 1
  return {
    memory,
    take(point, gradient, iteration) {
      const step = ++memory[0]!
      const rate = learningRateAt(iteration, options)
      const [bias, squareBias] = [1 - KEPT ** step, 1 - SQUARES_KEPT ** step]
      for (let k = 0; k < length; k++) {
        if (k === last && !intercept) break
        let slope = gradient[k]! + (k === last ? 0 : l2 * point[k]!)
        if (isAdam) {
          means[k] = KEPT * means[k]! + (1 - KEPT) * slope
          squares[k] = SQUARES_KEPT * squares[k]! + (1 - SQUARES_KEPT) * slope * slope
          slope = means[k]! / bias / (Math.sqrt(squares[k]! / squareBias) + LEAST)
        }
        const moved = point[k]! - rate * slope
        const cost = k === last ? 0 : rate * l1
        point[k] = moved > cost ? moved - cost : moved < -cost ? moved + cost : 0
      }
    },
  }
}
