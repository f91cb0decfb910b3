import type { Rows } from '../data/rows.js'

/** For each row the sum of its squared entries. */
export function squaredLengths(rows: Rows): Float64Array {
  const { length, size, values } = rows
  const squares = new Float64Array(length)
  for (let row = 0; row < length; row++) {
    const from = rows.kind === 'dense' ? row * size : rows.offsets[row]!
    const to = rows.kind === 'dense' ? from + size : rows.offsets[row + 1]!
    let sum = 0
    for (let at = from; at < to; at++) sum += values[at]! * values[at]!
    squares[row] = sum
  }
  return squares
}
