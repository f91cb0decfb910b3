import type { Rows } from '../data/rows.js'

/** Mean and spread of each feature. */
export interface Moments {
  readonly means: Float64Array
  /** Standard deviations of the population: the root of the mean square distance from the mean. */
  readonly deviations: Float64Array
}

/**
 * Mean and standard deviation of each feature, in two passes, so that large means do no harm. A feature
 * that is constant but for rounding has deviation 0.
 *
 * Cost: O(stored entries).
 */
export function momentsOf(rows: Rows): Moments {
  const { length, size } = rows
  const means = sumsOf(rows, () => 0, false)
  for (let k = 0; k < size; k++) means[k]! /= length
  const squares = sumsOf(rows, feature => means[feature]!, true)
  const deviations = squares.map((square, k) => {
    const deviation = Math.sqrt(square / length)
    return deviation <= 10 * Number.EPSILON * Math.abs(means[k]!) ? 0 : deviation
  })
  return { means, deviations }
}

/** For each feature the sum of the distances from a centre, or of their squares. */
function sumsOf(rows: Rows, centre: (feature: number) => number, squared: boolean): Float64Array {
  const { length, size, values } = rows
  const sums = new Float64Array(size)
  const centres = Float64Array.from({ length: size }, (_, k) => centre(k))
  if (rows.kind === 'dense') {
    for (let row = 0, at = 0; row < length; row++) {
      for (let k = 0; k < size; k++, at++) {
        const distance = values[at]! - centres[k]!
        sums[k]! += squared ? distance * distance : distance
      }
    }
    return sums
  }
  const { indices } = rows
  const stored = new Int32Array(size)
  for (let at = 0; at < values.length; at++) {
    const k = indices[at]!
    const distance = values[at]! - centres[k]!
    sums[k]! += squared ? distance * distance : distance
    stored[k]!++
  }
  // What is not stored is 0.
  for (let k = 0; k < size; k++) {
    const zeros = length - stored[k]!
    sums[k]! += zeros * (squared ? centres[k]! ** 2 : -centres[k]!)
  }
  return sums
}
