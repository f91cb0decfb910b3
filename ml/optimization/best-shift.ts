/**
 * The number m for which the sum of l1 |v - m| + l2 / 2 (v - m)^2 over all values is smallest: between
 * their median and their mean.
 *
 * @param values Changed: sorted.
 */
export function bestShift(values: Float64Array, l1: number, l2: number): number {
  values.sort()
  const { length } = values
  let sum = 0
  for (let k = 0; k < length; k++) sum += values[k]!
  // The slope at m with k values below it is l1 (2 k - length) + l2 (length m - sum), and rises.
  for (let k = 0; k < length; k++) {
    const value = values[k]!
    const rest = l2 * (length * value - sum)
    if (l1 * (2 * k - length) + rest > 0) {
      return (sum - (l1 * (2 * k - length)) / l2) / length
    }
    if (l1 * (2 * (k + 1) - length) + rest >= 0) return value
  }
  return values[length - 1]!
}
