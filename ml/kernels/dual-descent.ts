/**
 * Dual coordinate descent for linear support vector machines: the plain twin of
 * `assembly/dual-descent.ts`, with the same order of additions.
 *
 * Source: Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale
 * Linear SVM, 2008, algorithm 3.
 */

/** Places in the state: the bounds of the last round, those of this one, and how many are active. */
export const DUAL_STATE = { most: 0, least: 1, highest: 2, lowest: 3, active: 4 } as const

/**
 * Goes over records `from` to `to` of an order, and moves the multiplier of each to where the dual
 * objective is least, all others kept. Records that will hardly move any more are put behind the end
 * of the active ones. One after the other: for a single thread.
 *
 * @param intercept What every record has as one more feature; 0 for no intercept.
 * @param upper By record: the largest multiplier, `Infinity` for the squared hinge.
 * @param diagonal By record: what the squared hinge adds to the diagonal, else 0.
 * @param squares By record: the diagonal.
 */
function dualDescent(
  sparse: number,
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  size: number,
  intercept: number,
  labels: Float64Array,
  upper: Float64Array,
  diagonal: Float64Array,
  squares: Float64Array,
  multipliers: Float64Array,
  coefficients: Float64Array,
  order: Int32Array,
  state: Float64Array,
  from: number,
  to: number,
): void {
  const most = state[0]!
  const least = state[1]!
  let highest = state[2]!
  let lowest = state[3]!
  let active = state[4]!
  let s = from
  while (s < to && s < active) {
    const row = order[s]!
    const label = labels[row]!
    const bound = upper[row]!
    const before = multipliers[row]!
    const margin = sparse === 1 ? sparseDot(row) : denseDot(row)
    const slope = label * (margin + intercept * coefficients[size]!) - 1 + diagonal[row]! * before
    let projected = 0
    let shrink = false
    if (before === 0) {
      if (slope > most) shrink = true
      else if (slope < 0) projected = slope
    } else if (before === bound) {
      if (slope < least) shrink = true
      else if (slope > 0) projected = slope
    } else projected = slope
    if (shrink) {
      active--
      order[s] = order[active]!
      order[active] = row
      continue
    }
    s++
    highest = Math.max(highest, projected)
    lowest = Math.min(lowest, projected)
    if (Math.abs(projected) <= 1e-12) continue
    const after = Math.min(Math.max(before - slope / squares[row]!, 0), bound)
    multipliers[row] = after
    const step = (after - before) * label
    add(row, step)
    coefficients[size]! += step * intercept
  }
  state[2] = highest
  state[3] = lowest
  state[4] = active

  /** In four sums, of which two and two come together. */
  function denseDot(row: number): number {
    const start = row * size
    let [a, b, c, d] = [0, 0, 0, 0]
    let k = 0
    for (; k + 3 < size; k += 4) {
      a += values[start + k]! * coefficients[k]!
      b += values[start + k + 1]! * coefficients[k + 1]!
      c += values[start + k + 2]! * coefficients[k + 2]!
      d += values[start + k + 3]! * coefficients[k + 3]!
    }
    let sum = a + c + (b + d)
    for (; k < size; k++) sum += values[start + k]! * coefficients[k]!
    return sum
  }

  function sparseDot(row: number): number {
    const end = offsets[row + 1]!
    let even = 0
    let odd = 0
    let at = offsets[row]!
    for (; at + 1 < end; at += 2) {
      even += values[at]! * coefficients[indices[at]!]!
      odd += values[at + 1]! * coefficients[indices[at + 1]!]!
    }
    if (at < end) even += values[at]! * coefficients[indices[at]!]!
    return even + odd
  }

  function add(row: number, step: number): void {
    if (sparse === 1) {
      const end = offsets[row + 1]!
      for (let at = offsets[row]!; at < end; at++) {
        coefficients[indices[at]!]! += step * values[at]!
      }
    } else {
      const start = row * size
      for (let k = 0; k < size; k++) coefficients[k]! += step * values[start + k]!
    }
  }
}

/** The kernel. */
export const dualDescentKernels = {
  name: 'ml/dual-descent',
  code: () => import('./modules/dual-descent.js'),
  functions: { dualDescent },
}
