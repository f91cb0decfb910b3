/**
 * What separates the bins of features; for a range of them. There is this form alone: sorting takes nearly
 * all of its time.
 *
 * The middles between distinct values, or quantiles where these are too many. A quantile between two values
 * is their middle. Quantiles count weights; records without weight do not count at all.
 *
 * @param rows The rows that they are made of.
 * @param weighted 1 where rows have weights, else 0.
 * @param most How many bins there are at most.
 * @param thresholds By feature 256 numbers, infinite; the first become the thresholds.
 * @param counts By feature: gets how many thresholds there are.
 */
export function findThresholds(
  values: Float64Array,
  size: number,
  rows: Int32Array,
  weights: Float64Array,
  weighted: number,
  most: number,
  thresholds: Float64Array,
  counts: Int32Array,
  from: number,
  to: number,
): void {
  const column = new Float64Array(rows.length)
  const order = new Uint32Array(weighted === 0 ? 0 : rows.length)
  const reached = new Float64Array(rows.length)
  for (let feature = from; feature < to; feature++) {
    const length = sortColumn(feature)
    const first = feature * 256
    let count = 0
    for (let k = 1; k < length && count < most; k++) {
      const low = column[k - 1]!
      const high = column[k]!
      if (low < high) thresholds[first + count++] = low + (high - low) / 2
    }
    if (count === most) {
      count = 0
      const total = reached[length - 1]!
      const tolerance = weighted === 0 ? 0 : Number.EPSILON
      for (let k = 1, at = 0; k < most; k++) {
        // Rounded as scikit-learn and NumPy do: between two values such a share may fall on one of them.
        const share = ((k * (100 / most)) / 100) * total
        while (reached[at]! < share) at++
        const low = column[at]!
        const isBetween = reached[at]! - share <= tolerance && at + 1 < length
        const threshold = isBetween ? low + (column[at + 1]! - low) / 2 : low
        if (count === 0 || threshold > thresholds[first + count - 1]!) {
          thresholds[first + count++] = threshold
        }
      }
      thresholds.fill(Number.POSITIVE_INFINITY, first + count, first + most)
    }
    counts[feature] = count
  }

  /** Sorts the values that are there, and adds up their weights in that order; returns how many there are. */
  function sortColumn(feature: number): number {
    let length = 0
    for (let k = 0; k < rows.length; k++) {
      const value = values[rows[k]! * size + feature]!
      if (Number.isNaN(value) || (weighted !== 0 && weights[rows[k]!] === 0)) continue
      if (weighted !== 0) order[length] = rows[k]!
      column[length++] = value
    }
    if (weighted === 0) {
      column.subarray(0, length).sort()
      for (let k = 0; k < length; k++) reached[k] = k + 1
      return length
    }
    const sorted = order
      .subarray(0, length)
      .sort((a, b) => values[a * size + feature]! - values[b * size + feature]!)
    let sum = 0
    for (let k = 0; k < length; k++) {
      const row = sorted[k]!
      sum += weights[row]!
      column[k] = values[row * size + feature]!
      reached[k] = sum
    }
    return length
  }
}

/** The kernel, for a team. */
export const binThresholdKernels = { name: 'ml/bin-thresholds', functions: { findThresholds } }
