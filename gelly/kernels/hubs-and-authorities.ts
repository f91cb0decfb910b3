/**
 * The steps of hubs and authorities, each for a range of vertices. They use nothing from outside, since
 * workers get their text.
 *
 * A vector is made to have length one in three calls: what it is gathered from gives the largest value,
 * `shrink` divides by that, so that squares neither overflow nor vanish, and `settle` by the norm.
 */

/**
 * Sets `sums[v]` to the sum of the values of v's neighbours.
 *
 * @returns The largest sum.
 */
function gather(
  offsets: Int32Array,
  neighbours: Int32Array,
  values: Float64Array,
  sums: Float64Array,
  from: number,
  to: number,
): number {
  let largest = 0
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    for (; at < end; at++) sum += values[neighbours[at]!]!
    sums[v] = sum
    if (sum > largest) largest = sum
  }
  return largest
}

/** The same where each edge has a weight of at least 0, by place in `neighbours`. */
function gatherWeighted(
  offsets: Int32Array,
  neighbours: Int32Array,
  weights: Float64Array,
  values: Float64Array,
  sums: Float64Array,
  from: number,
  to: number,
): number {
  let largest = 0
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    for (; at < end; at++) sum += weights[at]! * values[neighbours[at]!]!
    sums[v] = sum
    if (sum > largest) largest = sum
  }
  return largest
}

/** Divides by the largest value; gives the sum of the squares. */
function shrink(values: Float64Array, largest: number, from: number, to: number): number {
  let squares = 0
  for (let v = from; v < to; v++) {
    const value = values[v]! / largest
    values[v] = value
    squares += value * value
  }
  return squares
}

/** Divides by the norm; gives the sum of the absolute differences from what was before. */
function settle(
  values: Float64Array,
  before: Float64Array,
  norm: number,
  from: number,
  to: number,
): number {
  let change = 0
  for (let v = from; v < to; v++) {
    const value = values[v]! / norm
    values[v] = value
    change += Math.abs(before[v]! - value)
  }
  return change
}

/** The kernels, for a team. */
export const hubKernels = {
  name: 'gelly/hubs-and-authorities',
  functions: { gather, gatherWeighted, shrink, settle },
}
