/**
 * Products of a matrix and a vector, and what is done with them, each for a range of vertices; plain twins
 * of `assembly/neighbour-sums.ts`. They use nothing from outside, since workers get their text.
 *
 * A vector is made to have length one in three calls: what it is gathered from gives the largest value,
 * `shrink` divides by that, so that squares neither overflow nor vanish, and `settle` by the norm.
 */

/**
 * Sets `sums[v]` to `kept * own[v]` and `share` times the sum of the values of v's neighbours. Adds four
 * at a time in sums of their own, which a processor does side by side.
 *
 * @returns The largest of them; 0 if none is more.
 */
function gather(
  offsets: Int32Array,
  neighbours: Int32Array,
  values: Float64Array,
  own: Float64Array,
  kept: number,
  share: number,
  sums: Float64Array,
  from: number,
  to: number,
): number {
  let largest = 0
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    let second = 0
    let third = 0
    let fourth = 0
    for (; at <= end - 4; at += 4) {
      sum += values[neighbours[at]!]!
      second += values[neighbours[at + 1]!]!
      third += values[neighbours[at + 2]!]!
      fourth += values[neighbours[at + 3]!]!
    }
    sum += second + (third + fourth)
    for (; at < end; at++) sum += values[neighbours[at]!]!
    const next = kept * own[v]! + share * sum
    sums[v] = next
    if (next > largest) largest = next
  }
  return largest
}

/** The same where each edge has a weight of at least 0, by place in `neighbours`. */
function gatherWeighted(
  offsets: Int32Array,
  neighbours: Int32Array,
  weights: Float64Array,
  values: Float64Array,
  own: Float64Array,
  kept: number,
  share: number,
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
    const next = kept * own[v]! + share * sum
    sums[v] = next
    if (next > largest) largest = next
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

/** The sum of the absolute differences of two vectors. */
function distance(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let v = from; v < to; v++) sum += Math.abs(a[v]! - b[v]!)
  return sum
}

/** The kernels, for a team. */
export const neighbourSumKernels = {
  name: 'gelly/neighbour-sums',
  code: () => import('./modules/neighbour-sums.js'),
  functions: { gather, gatherWeighted, shrink, settle, distance },
}
