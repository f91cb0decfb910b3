/**
 * A k-d tree: rows are halved again and again, by the feature that spreads most, down to leaves of a few.
 *
 * Source: Bentley, "Multidimensional binary search trees used for associative searching", 1975.
 */
export interface KdTree {
  /** The rows, leaf after leaf. */
  readonly order: Int32Array
  /**
   * By node: the feature that halves it; -1 for leaves. The children of node i are 2 i + 1, with the smaller
   * values, and 2 i + 2.
   */
  readonly features: Int32Array
  /** By node: the value between its halves. */
  readonly cuts: Float64Array
}

/** Rows of a leaf at most. */
export const LEAF = 16

/**
 * Builds a tree.
 *
 * Cost: O(rows * log(rows) * features).
 */
export function kdTree(values: Float64Array, size: number): KdTree {
  const length = values.length / size
  const order = Int32Array.from({ length }, (_, row) => row)
  const depth = Math.max(0, Math.ceil(Math.log2(length / LEAF)))
  const nodes = 2 ** (depth + 1) - 1
  const features = new Int32Array(nodes).fill(-1)
  const cuts = new Float64Array(nodes)

  function build(node: number, from: number, to: number): void {
    if (to - from <= LEAF) return
    const feature = widest(values, size, order, from, to)
    if (feature < 0) return
    const middle = (from + to) >> 1
    select(values, size, feature, order, from, to, middle)
    features[node] = feature
    cuts[node] = values[order[middle]! * size + feature]!
    build(2 * node + 1, from, middle)
    build(2 * node + 2, middle, to)
  }
  build(0, 0, length)
  return { order, features, cuts }
}

/** The feature of the largest range; -1 where all rows are the same. */
function widest(
  values: Float64Array,
  size: number,
  order: Int32Array,
  from: number,
  to: number,
): number {
  let best = -1
  let most = 0
  for (let feature = 0; feature < size; feature++) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let k = from; k < to; k++) {
      const value = values[order[k]! * size + feature]!
      if (value < low) low = value
      if (value > high) high = value
    }
    if (high - low > most) {
      most = high - low
      best = feature
    }
  }
  return best
}

/** Puts rows in such an order that none before `middle` is above it, and none behind below (Hoare's selection). */
function select(
  values: Float64Array,
  size: number,
  feature: number,
  order: Int32Array,
  from: number,
  to: number,
  middle: number,
): void {
  let [low, high] = [from, to - 1]
  while (low < high) {
    const pivot = values[order[(low + high) >> 1]! * size + feature]!
    let [i, j] = [low, high]
    while (i <= j) {
      while (values[order[i]! * size + feature]! < pivot) i++
      while (values[order[j]! * size + feature]! > pivot) j--
      if (i > j) break
      const kept = order[i]!
      order[i++] = order[j]!
      order[j--] = kept
    }
    if (middle <= j) high = j
    else if (middle >= i) low = i
    else return
  }
}
