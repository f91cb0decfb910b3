/** Arithmetic of short vectors: as long as there are coefficients. */

/** The sum of the products, in four sums, so that additions do not wait for each other. */
export function dot(x: Float64Array, y: Float64Array): number {
  const { length } = x
  let [a, b, c, d] = [0, 0, 0, 0]
  let k = 0
  for (; k + 3 < length; k += 4) {
    a += x[k]! * y[k]!
    b += x[k + 1]! * y[k + 1]!
    c += x[k + 2]! * y[k + 2]!
    d += x[k + 3]! * y[k + 3]!
  }
  for (; k < length; k++) a += x[k]! * y[k]!
  return a + b + (c + d)
}

/** What is left of one vector less another. */
export function difference(x: Float64Array, y: Float64Array): Float64Array {
  const { length } = x
  const result = new Float64Array(length)
  for (let k = 0; k < length; k++) result[k] = x[k]! - y[k]!
  return result
}

/** Adds `factor` times `other` to `vector`. */
export function addTimes(vector: Float64Array, factor: number, other: Float64Array): void {
  for (let k = 0; k < vector.length; k++) vector[k]! += factor * other[k]!
}

/** The largest absolute value. */
export function largest(vector: Float64Array): number {
  let most = 0
  for (let k = 0; k < vector.length; k++) most = Math.max(most, Math.abs(vector[k]!))
  return most
}

/** What absolute values cost, each with its own price; 0 where there are none. */
export function absoluteCost(point: Float64Array, prices: Float64Array | null): number {
  if (prices === null) return 0
  let sum = 0
  for (let k = 0; k < point.length; k++) sum += prices[k]! * Math.abs(point[k]!)
  return sum
}
