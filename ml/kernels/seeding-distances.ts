/**
 * Squared distances of rows from points that may become centres: the plain twin of
 * `assembly/seeding-distances.ts`. Distances are added feature after feature, sums row after row.
 */

/** How many numbers `pointBlocks` needs for so many points. */
export function pointBlocksLength(count: number, size: number): number {
  return Math.ceil(count / 4) * 4 * size
}

/**
 * Puts points into blocks of four, so that registers hold a block: entry `feature * 4 + lane` of block b is that
 * of point `4 * b + lane`. What fills up the last block is 0.
 *
 * @param points One after the other.
 */
export function pointBlocks(points: Float64Array, size: number, blocks: Float64Array): void {
  blocks.fill(0)
  for (let at = 0; at < points.length; at++) {
    const point = Math.floor(at / size)
    blocks[(point >> 2) * 4 * size + (at % size) * 4 + (point & 3)] = points[at]!
  }
}

/**
 * For each point: the weighted sum of the distances of rows from it or from what they have, whichever is less.
 *
 * @param points In blocks.
 * @param padded How many points there are, with those that fill up the last block.
 * @param closest By row: how far the nearest centre is.
 * @param weighted 1 where rows have weights, else 0.
 * @param sums For each part: by point its sum.
 * @param starts Where parts begin.
 * @returns 0.
 */
export function trialSums(
  values: Float64Array,
  size: number,
  points: Float64Array,
  padded: number,
  closest: Float64Array,
  weights: Float64Array,
  weighted: number,
  sums: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): number {
  let part = 0
  while (starts[part + 1]! <= from) part++
  for (let point = 0; point < padded; point++) {
    const first = (point >> 2) * 4 * size + (point & 3)
    let sum = 0
    for (let row = from, at = from * size; row < to; row++) {
      let distance = 0
      for (let k = 0, entry = first; k < size; k++, at++, entry += 4) {
        const difference = values[at]! - points[entry]!
        distance += difference * difference
      }
      const lesser = Math.min(closest[row]!, distance)
      sum += weighted === 0 ? lesser : weights[row]! * lesser
    }
    sums[part * padded + point] = sum
  }
  return 0
}

/**
 * Takes a point as a centre: rows that are nearer to it than to those before get their distance from it.
 *
 * @param closest By row: how far the nearest centre is; changed.
 * @returns The weighted sum of these distances.
 */
export function keepClosest(
  values: Float64Array,
  size: number,
  point: Float64Array,
  closest: Float64Array,
  weights: Float64Array,
  weighted: number,
  from: number,
  to: number,
): number {
  let sum = 0
  for (let row = from, at = from * size; row < to; row++) {
    let distance = 0
    for (let k = 0; k < size; k++, at++) {
      const difference = values[at]! - point[k]!
      distance += difference * difference
    }
    const lesser = Math.min(closest[row]!, distance)
    closest[row] = lesser
    sum += weighted === 0 ? lesser : weights[row]! * lesser
  }
  return sum
}

/** The kernels, for a team. */
export const seedingKernels = {
  name: 'ml/seeding-distances',
  code: () => import('./modules/seeding-distances.js'),
  functions: { trialSums, keepClosest },
}
