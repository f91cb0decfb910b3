/**
 * The nearest of several centres for each row: the plain twin of `assembly/nearest-centres.ts`, and
 * the same for sparse rows, of which there is only this form.
 *
 * Centres lie in blocks of eight, so that registers hold a few of them: entry `lane` of block b is half
 * the square of centre `8 * b + lane`, below 0, entry `(feature + 1) * 8 + lane` its coordinate. Adding
 * products gives what is the greater, the nearer the centre: `x.c - |c|^2 / 2`.
 */

/** How many numbers `centreBlocks` needs. */
export function blockedLength(count: number, size: number): number {
  return Math.ceil(count / 8) * 8 * (size + 1)
}

/** Puts centres, row by row, into blocks. Those that fill up the last block are never the nearest. */
export function centreBlocks(centres: Float64Array, size: number, blocks: Float64Array): void {
  const count = centres.length / size
  const width = size + 1
  blocks.fill(0)
  for (let centre = 0; centre < Math.ceil(count / 8) * 8; centre++) {
    const start = (centre >> 3) * 8 * width + (centre & 7)
    let square = centre < count ? 0 : Number.POSITIVE_INFINITY
    for (let k = 0; k < size && centre < count; k++) {
      const value = centres[centre * size + k]!
      square += value * value
      blocks[start + 8 * (k + 1)] = value
    }
    blocks[start] = -square / 2
  }
}

/**
 * Gives rows their nearest centres, the first of those equally near, and adds the rows up by centre.
 *
 * Distances are computed only where bounds do not rule out that a row changes: Hamerly, "Making k-means
 * even faster", 2010.
 *
 * @param squares By row: its square.
 * @param count How many centres there are.
 * @param moved By centre how far it has moved, then by centre how far others have at most.
 * @param clear By centre half the distance to the next one: what is nearer to it is nearest to it.
 * @param upper By row: at least its distance to its centre; `Infinity` where nothing is known.
 * @param lower By row: at most its distance to the other centres.
 * @param weighted 1 where rows have weights, else 0.
 * @param labels By row: its centre.
 * @param sums For each part, zeros: by centre the sum of its rows and that of their weights.
 * @param starts Where parts begin.
 * @returns How many rows have changed.
 */
export function assignNearest(
  values: Float64Array,
  squares: Float64Array,
  size: number,
  centres: Float64Array,
  count: number,
  moved: Float64Array,
  clear: Float64Array,
  upper: Float64Array,
  lower: Float64Array,
  weights: Float64Array,
  weighted: number,
  labels: Int32Array,
  sums: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): number {
  let part = 0
  while (starts[part + 1]! <= from) part++
  const width = size + 1
  const own = part * count * width
  let changed = 0
  for (let row = from; row < to; row++) {
    const start = row * size
    let label = labels[row]!
    let near = upper[row]! + moved[label]!
    let far = lower[row]! - moved[count + label]!
    const safe = Math.max(far, clear[label]!)
    if (near > safe) {
      let at = (label >> 3) * 8 * width + (label & 7) + 8
      let square = 0
      for (let k = 0; k < size; k++, at += 8) {
        const difference = values[start + k]! - centres[at]!
        square += difference * difference
      }
      near = Math.sqrt(square)
    }
    if (near > safe) {
      const before = label
      let best = Number.NEGATIVE_INFINITY
      let second = best
      for (let centre = 0; centre < count; centre++) {
        let at = (centre >> 3) * 8 * width + (centre & 7)
        let score = centres[at]!
        for (let k = 0; k < size; k++) {
          at += 8
          score += values[start + k]! * centres[at]!
        }
        if (score > best) {
          second = best
          best = score
          label = centre
        } else if (score > second) second = score
      }
      near = Math.sqrt(Math.max(squares[row]! - 2 * best, 0))
      far = Math.sqrt(Math.max(squares[row]! - 2 * second, 0))
      if (label !== before) changed++
      labels[row] = label
    }
    upper[row] = near
    lower[row] = far
    const weight = weighted === 0 ? 1 : weights[row]!
    const sum = own + label * width
    for (let k = 0; k < size; k++) sums[sum + k]! += weight * values[start + k]!
    sums[sum + size]! += weight
  }
  return changed
}

/**
 * The same for sparse rows, without bounds. Compares `|c|^2 - 2 x.c`, so that only stored entries are
 * read.
 *
 * @param centres One after the other, not in blocks.
 * @param squares By centre: its square.
 */
export function assignNearestSparse(
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  size: number,
  centres: Float64Array,
  squares: Float64Array,
  weights: Float64Array,
  weighted: number,
  labels: Int32Array,
  sums: Float64Array,
  starts: Int32Array,
  from: number,
  to: number,
): number {
  let part = 0
  while (starts[part + 1]! <= from) part++
  const count = squares.length
  const width = size + 1
  const own = part * count * width
  let changed = 0
  for (let row = from; row < to; row++) {
    const start = offsets[row]!
    const end = offsets[row + 1]!
    let label = 0
    let least = Number.POSITIVE_INFINITY
    for (let centre = 0; centre < count; centre++) {
      const first = centre * size
      let product = 0
      for (let at = start; at < end; at++) product += values[at]! * centres[first + indices[at]!]!
      const distance = squares[centre]! - 2 * product
      if (distance < least) {
        least = distance
        label = centre
      }
    }
    if (labels[row] !== label) changed++
    labels[row] = label
    const weight = weighted === 0 ? 1 : weights[row]!
    const sum = own + label * width
    for (let at = start; at < end; at++) sums[sum + indices[at]!]! += weight * values[at]!
    sums[sum + size]! += weight
  }
  return changed
}

/**
 * The squared distances of sparse rows from one point.
 *
 * @param square The square of the point.
 */
export function squaredDistancesSparse(
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  point: Float64Array,
  square: number,
  distances: Float64Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    let distance = square
    const end = offsets[row + 1]!
    for (let at = offsets[row]!; at < end; at++) {
      const value = values[at]!
      distance += value * (value - 2 * point[indices[at]!]!)
    }
    distances[row] = Math.max(distance, 0)
  }
}

/**
 * The weighted sum of the lesser of two distances.
 *
 * @param closest By row; gets the lesser ones where `keep` is 1.
 */
export function lesserSum(
  closest: Float64Array,
  distances: Float64Array,
  weights: Float64Array,
  weighted: number,
  keep: number,
  from: number,
  to: number,
): number {
  let sum = 0
  for (let row = from; row < to; row++) {
    const lesser = Math.min(closest[row]!, distances[row]!)
    if (keep === 1) closest[row] = lesser
    sum += weighted === 0 ? lesser : weights[row]! * lesser
  }
  return sum
}

/** The kernels that have both forms, for a team. */
export const nearestCentreKernels = {
  name: 'ml/nearest-centres',
  code: () => import('./modules/nearest-centres.js'),
  functions: { assignNearest },
}

/** The kernels that have one form, for a team. */
export const centreDistanceKernels = {
  name: 'ml/centre-distances',
  functions: { assignNearestSparse, squaredDistancesSparse, lesserSum },
}
