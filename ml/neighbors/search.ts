import type { DenseRows } from '../data/rows.js'
import type { Metric } from '../distances/metric.js'
import { type KdTree, kdTree } from './kd-tree.js'
import { NearestList } from './nearest-list.js'
import { squaredSearch } from './squared-search.js'

/** Finds the nearest of some rows. */
export interface NeighborSearch {
  /**
   * For each point its `k` nearest rows, the nearest first, of equally near ones the first.
   *
   * @returns Numbers of rows and distances, `k` for each point.
   */
  nearest(points: DenseRows, k: number): Neighbors
}

/** What was found. */
export interface Neighbors {
  readonly rows: Float64Array
  readonly distances: Float64Array
}

/** Above so many features a tree looks at nearly all rows, and below so many rows it does not pay. */
const TREE = { features: 16, rows: 200 }

/**
 * Prepares searches among rows: by a k-d tree where it pays and the metric is a sum over features, else by
 * comparing each with each.
 */
export function neighborSearch(known: DenseRows, metric: Metric): NeighborSearch {
  const { values, length, size } = known
  const { along, name } = metric
  const hasTree =
    (along !== undefined || name === 'chebyshev') &&
    size <= TREE.features &&
    length >= Math.max(TREE.rows, 2 ** size)
  const tree = hasTree ? kdTree(values, size) : undefined
  const squares = squaresOf(values, length, size)
  const isSifted = !hasTree && (name === 'euclidean' || name === 'squaredEuclidean')
  return {
    nearest(points, k) {
      const rows = new Float64Array(points.length * k)
      const distances = new Float64Array(points.length * k)
      if (isSifted && points.length > 1) {
        const lists = Array.from({ length: 4 }, () => new NearestList(k))
        squaredSearch(points, known, squares, metric, lists, (row, list) =>
          list.drain(rows, distances, row * k),
        )
      } else searchEach(points, rows, distances, k)
      for (let at = 0; at < distances.length; at++) distances[at] = metric.distance(distances[at]!)
      return { rows, distances }
    },
  }

  function searchEach(points: DenseRows, rows: Float64Array, distances: Float64Array, k: number) {
    const list = new NearestList(k)
    const visit = tree && treeVisit(tree, values, size, metric)
    for (let row = 0; row < points.length; row++) {
      const point = points.values.subarray(row * size, (row + 1) * size)
      if (visit !== undefined) visit(point, list)
      else compareAll(point, values, squares, metric, list)
      list.drain(rows, distances, row * k)
    }
  }
}

function squaresOf(values: Float64Array, length: number, size: number): Float64Array {
  const squares = new Float64Array(length)
  for (let row = 0, at = 0; row < length; row++) {
    for (let k = 0; k < size; k++, at++) squares[row]! += values[at]! * values[at]!
  }
  return squares
}

function compareAll(
  point: Float64Array,
  values: Float64Array,
  squares: Float64Array,
  metric: Metric,
  list: NearestList,
): void {
  const size = point.length
  let square = 0
  for (let k = 0; k < size; k++) square += point[k]! * point[k]!
  for (let row = 0; row < squares.length; row++) {
    const { limit } = list
    const compared = metric.compare(point, square, values, row * size, squares[row]!, limit)
    if (compared <= limit) list.offer(row, compared)
  }
}

/**
 * Walks down to the leaf of a point, then back, into halves that may have something nearer. How far a half is, is
 * known feature by feature (Arya and Mount, "Algorithms for fast vector quantization", 1993).
 */
function treeVisit(
  { order, features, cuts }: KdTree,
  values: Float64Array,
  size: number,
  metric: Metric,
): (point: Float64Array, list: NearestList) => void {
  const { along } = metric
  const offsets = new Float64Array(size)

  function visit(
    node: number,
    from: number,
    to: number,
    apart: number,
    point: Float64Array,
    list: NearestList,
  ): void {
    const feature = features[node] ?? -1
    if (feature < 0) {
      for (let at = from; at < to; at++) {
        const row = order[at]!
        const { limit } = list
        const compared = metric.compare(point, 0, values, row * size, 0, limit)
        if (compared <= limit) list.offer(row, compared)
      }
      return
    }
    const middle = (from + to) >> 1
    const difference = point[feature]! - cuts[node]!
    const left = 2 * node + 1
    if (difference < 0) visit(left, from, middle, apart, point, list)
    else visit(left + 1, middle, to, apart, point, list)
    const before = offsets[feature]!
    const now =
      along === undefined
        ? Math.max(apart, Math.abs(difference))
        : apart - along(before) + along(difference)
    // Rounding must not leave out what is equally near.
    if (now * (1 - 1e-12) > list.limit) return
    offsets[feature] = difference
    if (difference < 0) visit(left + 1, middle, to, now, point, list)
    else visit(left, from, middle, now, point, list)
    offsets[feature] = before
  }
  return (point, list) => visit(0, 0, order.length, 0, point, list)
}
