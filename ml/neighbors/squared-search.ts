import type { DenseRows } from '../data/rows.js'
import type { Metric } from '../distances/metric.js'
import type { NearestList } from './nearest-list.js'

/** Points that are compared with a row at once. */
const POINTS = 4

/**
 * Compares points with all rows by squared distances, four points at a time, so that each row is read once for four.
 *
 * `|x|^2 + |y|^2 - 2 x.y` sifts: it costs half of the squared differences, but loses digits. What it cannot rule out is
 * compared as ever, so the answer is the same.
 *
 * @param squares By row: its square.
 * @param found Is given each point's list.
 */
export function squaredSearch(
  points: DenseRows,
  rows: DenseRows,
  squares: Float64Array,
  metric: Metric,
  lists: readonly NearestList[],
  found: (point: number, list: NearestList) => void,
): void {
  const { size, length, values } = rows
  const four = new Float64Array(POINTS * size)
  const own = new Float64Array(POINTS)
  const bounds = new Float64Array(POINTS)
  const alone = Array.from({ length: POINTS }, () => new Float64Array(size))
  // Products and squares are wrong by less than that, times the sum of both squares.
  const blur = (size + 4) * 2 ** -51

  function offer(lane: number, row: number): void {
    const list = lists[lane]!
    const point = alone[lane]!
    const square = own[lane]!
    const { limit } = list
    const compared = metric.compare(point, square, values, row * size, squares[row]!, limit)
    if (!(compared <= limit)) return
    list.offer(row, compared)
    // The square of the point stands on this side, so that it is taken off once.
    if (square < Number.POSITIVE_INFINITY) {
      bounds[lane] = list.limit * (1 + blur) - (1 - blur) * square
    }
  }

  for (let first = 0; first < points.length; first += POINTS) {
    const count = Math.min(POINTS, points.length - first)
    setFour(points, first, count, four, own)
    for (let lane = 0; lane < count; lane++) {
      const start = (first + lane) * size
      alone[lane]!.set(points.values.subarray(start, start + size))
    }
    bounds.fill(Number.POSITIVE_INFINITY, 0, count)
    bounds.fill(Number.NEGATIVE_INFINITY, count)
    for (let row = 0, at = 0; row < length; row++) {
      let p0 = 0
      let p1 = 0
      let p2 = 0
      let p3 = 0
      for (let k = 0; k < four.length; k += POINTS, at++) {
        const value = values[at]!
        p0 += value * four[k]!
        p1 += value * four[k + 1]!
        p2 += value * four[k + 2]!
        p3 += value * four[k + 3]!
      }
      const square = squares[row]!
      // Numbers too large for squares are never ruled out: then both sides are no numbers.
      const share = (1 - blur) * square
      if (!(share - 2 * p0 > bounds[0]!)) offer(0, row)
      if (!(share - 2 * p1 > bounds[1]!)) offer(1, row)
      if (!(share - 2 * p2 > bounds[2]!)) offer(2, row)
      if (!(share - 2 * p3 > bounds[3]!)) offer(3, row)
    }
    for (let lane = 0; lane < count; lane++) found(first + lane, lists[lane]!)
  }
}

/** Puts points side by side: entry `feature * 4 + lane`. */
function setFour(
  points: DenseRows,
  first: number,
  count: number,
  four: Float64Array,
  own: Float64Array,
): void {
  const { size, values } = points
  four.fill(0)
  own.fill(0)
  for (let lane = 0; lane < count; lane++) {
    for (let k = 0; k < size; k++) {
      const value = values[(first + lane) * size + k]!
      four[k * POINTS + lane] = value
      own[lane]! += value * value
    }
  }
}
