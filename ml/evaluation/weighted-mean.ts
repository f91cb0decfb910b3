/** Sums over records that may have weights. */

/**
 * The mean of a value by record.
 *
 * @param weights `null` where each counts the same.
 */
export function weightedMean(
  length: number,
  weights: ArrayLike<number> | null,
  value: (row: number) => number,
): number {
  let sum = 0
  let total = 0
  for (let row = 0; row < length; row++) {
    const weight = weights === null ? 1 : weights[row]!
    // A record without weight must not count, not even by 0 times infinity.
    if (weight > 0) sum += weight * value(row)
    total += weight
  }
  return sum / total
}

/**
 * The median of values: half of the weight is below, half above. Between two values it is their mean.
 *
 * Cost: O(n log n).
 */
export function weightedMedian(values: Float64Array, weights: ArrayLike<number> | null): number {
  if (weights === null) {
    const sorted = values.slice().sort()
    const half = sorted.length >> 1
    return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
  }
  const order = Int32Array.from(values, (_, row) => row)
    .filter(row => weights[row]! > 0)
    .sort((a, b) => values[a]! - values[b]!)
  const total = order.reduce((sum, row) => sum + weights[row]!, 0)
  let before = 0
  for (let k = 0; k < order.length; k++) {
    before += weights[order[k]!]!
    const rest = before - total / 2
    if (Math.abs(rest) <= 1e-12 * total && k + 1 < order.length) {
      return (values[order[k]!]! + values[order[k + 1]!]!) / 2
    }
    if (rest > 0) return values[order[k]!]!
  }
  return values[order.at(-1)!]!
}
