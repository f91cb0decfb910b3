/**
 * Divides a vector by the L2 norm; zeros stay zeros.
 *
 * Values are first divided by the largest, so that squares neither overflow nor vanish.
 */
export function normalise(values: Float64Array): void {
  let largest = 0
  for (let v = 0; v < values.length; v++) {
    const size = Math.abs(values[v]!)
    if (size > largest) largest = size
  }
  if (largest === 0) return
  let squares = 0
  for (let v = 0; v < values.length; v++) {
    const value = values[v]! / largest
    values[v] = value
    squares += value * value
  }
  const norm = Math.sqrt(squares)
  for (let v = 0; v < values.length; v++) values[v]! /= norm
}
