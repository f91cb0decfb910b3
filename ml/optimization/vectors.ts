/** Arithmetic of short vectors: as long as there are coefficients. */

/** The sum of the products. */
export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let k = 0; k < x.length; k++) sum += x[k]! * y[k]!
  return sum
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
