/** Products of vectors in plain TypeScript; the twin of `../assembly/vectors.ts`. */

/** The sum of the products of two dense vectors. */
export function dot(x: Float64Array, y: Float64Array, length: number): number {
  let lane0 = 0
  let lane1 = 0
  let lane2 = 0
  let lane3 = 0
  let k = 0
  for (; k + 3 < length; k += 4) {
    lane0 += x[k]! * y[k]!
    lane1 += x[k + 1]! * y[k + 1]!
    lane2 += x[k + 2]! * y[k + 2]!
    lane3 += x[k + 3]! * y[k + 3]!
  }
  if (k < length) lane0 += x[k]! * y[k]!
  if (k + 1 < length) lane1 += x[k + 1]! * y[k + 1]!
  if (k + 2 < length) lane2 += x[k + 2]! * y[k + 2]!
  return lane0 + lane1 + (lane2 + lane3)
}

/** Adds `a` times `x` to `y`. */
export function axpy(a: number, x: Float64Array, y: Float64Array, length: number): void {
  for (let k = 0; k < length; k++) y[k]! += a * x[k]!
}

/** The product of the sparse entries `from` to `to` with a dense vector. */
export function sparseDot(
  indices: Int32Array,
  values: Float64Array,
  dense: Float64Array,
  from: number,
  to: number,
): number {
  let lane0 = 0
  let lane1 = 0
  let lane2 = 0
  let lane3 = 0
  let k = from
  for (; k + 3 < to; k += 4) {
    lane0 += values[k]! * dense[indices[k]!]!
    lane1 += values[k + 1]! * dense[indices[k + 1]!]!
    lane2 += values[k + 2]! * dense[indices[k + 2]!]!
    lane3 += values[k + 3]! * dense[indices[k + 3]!]!
  }
  if (k < to) lane0 += values[k]! * dense[indices[k]!]!
  if (k + 1 < to) lane1 += values[k + 1]! * dense[indices[k + 1]!]!
  if (k + 2 < to) lane2 += values[k + 2]! * dense[indices[k + 2]!]!
  return lane0 + lane1 + (lane2 + lane3)
}

/** Adds `a` times the sparse entries `from` to `to` to a dense vector. */
export function sparseAxpy(
  a: number,
  indices: Int32Array,
  values: Float64Array,
  dense: Float64Array,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) dense[indices[k]!]! += a * values[k]!
}

/** The products of the sparse rows `from` to `to` with a dense vector, into `products`. */
export function rowDots(
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  dense: Float64Array,
  products: Float64Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    products[row] = sparseDot(indices, values, dense, offsets[row]!, offsets[row + 1]!)
  }
}
