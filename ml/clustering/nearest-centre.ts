import type { Rows } from '../data/rows.js'

/** For each row its nearest centre, the first of those equally near, and the distance from it. */
export interface Nearest {
  readonly labels: Int32Array
  readonly distances: Float64Array
}

/**
 * Finds the nearest centres.
 *
 * @param centres One after the other.
 * Cost: O(rows * centres * features).
 */
export function nearestCentres(rows: Rows, centres: Float64Array): Nearest {
  const { length, size, values } = rows
  const count = centres.length / size
  const labels = new Int32Array(length)
  const distances = new Float64Array(length)
  const point = new Float64Array(size)
  for (let row = 0; row < length; row++) {
    if (rows.kind === 'dense') point.set(values.subarray(row * size, (row + 1) * size))
    else {
      point.fill(0)
      const { offsets, indices } = rows
      for (let at = offsets[row]!; at < offsets[row + 1]!; at++) point[indices[at]!] = values[at]!
    }
    let least = Number.POSITIVE_INFINITY
    for (let centre = 0, at = 0; centre < count; centre++) {
      let square = 0
      for (let k = 0; k < size; k++, at++) {
        const difference = point[k]! - centres[at]!
        square += difference * difference
      }
      if (square < least) {
        least = square
        labels[row] = centre
      }
    }
    distances[row] = Math.sqrt(least)
  }
  return { labels, distances }
}
