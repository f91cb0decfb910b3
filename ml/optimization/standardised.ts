import { bestShift } from './best-shift.js'
import type { ColumnScales } from './column-scales.js'
import type { Objective } from './linear-objective.js'

/** What is minimised: the mean loss and penalties. */
export interface Penalised {
  /** The sum of weighted losses, by coefficients of features and intercepts. */
  readonly losses: Objective
  /** Linear functions side by side. */
  readonly classes: number
  readonly intercept: boolean
  /** Whether the intercept is penalised, by squares, as other coefficients are. */
  readonly penaliseIntercept: boolean
  readonly scales: ColumnScales
  /** Times half the sum of squared coefficients, beside the sum of losses. */
  readonly l2: number
  /** Times the sum of absolute coefficients, beside the sum of losses. */
  readonly l1: number
}

/** An objective in other coordinates than the user's. */
export interface StandardisedObjective extends Objective {
  /** By coordinate: what its absolute value costs besides. `null`: nothing. */
  readonly absolute: Float64Array | null
  /** Coefficients of features and intercepts, from a point. */
  coefficients(point: Float64Array): Float64Array
  /**
   * Moves a point to where penalties are smallest without changing the loss, which stays the same if one
   * number is added to a feature's coefficients of all classes. Searches with costs of absolute values
   * are slow to find that place. Absent where there is nothing to gain.
   */
  readonly recentre?: (point: Float64Array) => void
}

/**
 * The objective divided by the sum of the weights, in coordinates in which every feature has mean 0 and
 * deviation 1. Penalties stay those of the coefficients themselves, so the minimum is the same; but
 * it is reached in few steps also where features are thousands, or all near 2,000. What the penalty adds
 * to the curvature counts as spread, for a loss of curvature 1/4 as the logistic one: else a rare feature
 * of small values, which the penalty holds, would be the stiffest of all. Sparse rows stay as they are:
 * only the coordinates change.
 */
export function standardised(setting: Penalised): StandardisedObjective {
  const { losses, classes, intercept, penaliseIntercept, l1, l2 } = setting
  const { means, total } = setting.scales
  const scales = setting.scales.scales.map(scale => Math.hypot(scale, Math.sqrt((4 * l2) / total)))
  const size = means.length
  const width = size + 1
  const coefficients = new Float64Array(losses.length)

  /** With u for a coordinate: coefficient u / scale; the intercept is what is left at the means. */
  function fill(point: Float64Array): void {
    for (let first = 0; first < point.length; first += width) {
      let constant = point[first + size]!
      for (let k = 0; k < size; k++) {
        const coefficient = point[first + k]! / scales[k]!
        coefficients[first + k] = coefficient
        constant -= coefficient * means[k]!
      }
      coefficients[first + size] = intercept ? constant : 0
    }
  }

  function recentre(point: Float64Array): void {
    const values = new Float64Array(classes)
    for (let k = 0; k < size; k++) {
      for (let c = 0; c < classes; c++) values[c] = point[c * width + k]! / scales[k]!
      const shift = bestShift(values, l1, l2) * scales[k]!
      for (let c = 0; c < classes; c++) {
        const before = point[c * width + k]!
        const after = before - shift
        // What is moved to 0 is to be 0.
        point[c * width + k] = Math.abs(after) <= 1e-14 * Math.abs(before) ? 0 : after
      }
    }
  }

  return {
    length: losses.length,
    absolute: l1 === 0 ? null : absoluteCosts(classes, scales, l1 / total),
    ...(classes > 1 && l1 > 0 && { recentre }),
    coefficients(point) {
      fill(point)
      return coefficients.slice()
    },
    async evaluate(point, gradient) {
      fill(point)
      const loss = await losses.evaluate(coefficients, gradient)
      let squares = 0
      for (let first = 0; first < point.length; first += width) {
        const own = penaliseIntercept ? coefficients[first + size]! : 0
        squares += own * own
        const constant = intercept ? gradient[first + size]! + l2 * own : 0
        gradient[first + size] = constant / total
        for (let k = 0; k < size; k++) {
          const coefficient = coefficients[first + k]!
          squares += coefficient * coefficient
          const slope = gradient[first + k]! - means[k]! * constant + l2 * coefficient
          gradient[first + k] = slope / scales[k]! / total
        }
      }
      return (loss + 0.5 * l2 * squares) / total
    },
  }
}

function absoluteCosts(classes: number, scales: Float64Array, cost: number): Float64Array {
  const width = scales.length + 1
  const costs = new Float64Array(classes * width)
  for (let first = 0; first < costs.length; first += width) {
    for (let k = 0; k < scales.length; k++) costs[first + k] = cost / scales[k]!
  }
  return costs
}
