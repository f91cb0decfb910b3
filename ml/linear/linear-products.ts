import type { Rows } from '../data/rows.js'

/** For each row the product with the coefficients that begin at `first`, and a constant. */
export function linearProducts(
  rows: Rows,
  coefficients: Float64Array,
  constant: number,
  first = 0,
): Float64Array {
  const { length, size, values } = rows
  const result = new Float64Array(length)
  if (rows.kind === 'dense') {
    for (let row = 0, at = 0; row < length; row++) {
      let sum = constant
      for (let k = 0; k < size; k++, at++) sum += values[at]! * coefficients[first + k]!
      result[row] = sum
    }
    return result
  }
  const { offsets, indices } = rows
  for (let row = 0; row < length; row++) {
    let sum = constant
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      sum += values[at]! * coefficients[first + indices[at]!]!
    }
    result[row] = sum
  }
  return result
}
