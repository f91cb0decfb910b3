/**
 * Products of vectors of 64-bit numbers, in AssemblyScript. The twin is `../twins/vectors.ts`; both
 * add in the same order. Addresses are in bytes.
 *
 * Sums run in four lanes, element k in lane k % 4: lanes do not wait for each other, and two of them
 * fit a SIMD register.
 */

/** The sum of the products of two dense vectors. */
export function dot(x: usize, y: usize, length: i32): f64 {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  const end = x + ((length as usize) << 3)
  for (; x + 24 < end; x += 32) {
    low = f64x2.add(low, f64x2.mul(v128.load(x), v128.load(y)))
    high = f64x2.add(high, f64x2.mul(v128.load(x, 16), v128.load(y, 16)))
    y += 32
  }
  let lane0 = f64x2.extract_lane(low, 0)
  let lane1 = f64x2.extract_lane(low, 1)
  let lane2 = f64x2.extract_lane(high, 0)
  if (x < end) lane0 += load<f64>(x) * load<f64>(y)
  if (x + 8 < end) lane1 += load<f64>(x, 8) * load<f64>(y, 8)
  if (x + 16 < end) lane2 += load<f64>(x, 16) * load<f64>(y, 16)
  return lane0 + lane1 + (lane2 + f64x2.extract_lane(high, 1))
}

/** Adds `a` times `x` to `y`. */
export function axpy(a: f64, x: usize, y: usize, length: i32): void {
  const factor = f64x2.splat(a)
  const end = x + ((length as usize) << 3)
  for (; x + 8 < end; x += 16) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(factor, v128.load(x))))
    y += 16
  }
  if (x < end) store<f64>(y, load<f64>(y) + a * load<f64>(x))
}

/** The product of the sparse entries `from` to `to` with a dense vector. */
export function sparseDot(indices: usize, values: usize, dense: usize, from: i32, to: i32): f64 {
  let lane0: f64 = 0
  let lane1: f64 = 0
  let lane2: f64 = 0
  let lane3: f64 = 0
  let index = indices + ((from as usize) << 2)
  let value = values + ((from as usize) << 3)
  const end = indices + ((to as usize) << 2)
  for (; index + 12 < end; index += 16) {
    lane0 += load<f64>(value) * load<f64>(dense + ((load<u32>(index) as usize) << 3))
    lane1 += load<f64>(value, 8) * load<f64>(dense + ((load<u32>(index, 4) as usize) << 3))
    lane2 += load<f64>(value, 16) * load<f64>(dense + ((load<u32>(index, 8) as usize) << 3))
    lane3 += load<f64>(value, 24) * load<f64>(dense + ((load<u32>(index, 12) as usize) << 3))
    value += 32
  }
  if (index < end) {
    lane0 += load<f64>(value) * load<f64>(dense + ((load<u32>(index) as usize) << 3))
  }
  if (index + 4 < end) {
    lane1 += load<f64>(value, 8) * load<f64>(dense + ((load<u32>(index, 4) as usize) << 3))
  }
  if (index + 8 < end) {
    lane2 += load<f64>(value, 16) * load<f64>(dense + ((load<u32>(index, 8) as usize) << 3))
  }
  return lane0 + lane1 + (lane2 + lane3)
}

/** Adds `a` times the sparse entries `from` to `to` to a dense vector. */
export function sparseAxpy(
  a: f64,
  indices: usize,
  values: usize,
  dense: usize,
  from: i32,
  to: i32,
): void {
  let value = values + ((from as usize) << 3)
  const end = indices + ((to as usize) << 2)
  for (let index = indices + ((from as usize) << 2); index < end; index += 4) {
    const place = dense + ((load<u32>(index) as usize) << 3)
    store<f64>(place, load<f64>(place) + a * load<f64>(value))
    value += 8
  }
}

/** The products of the sparse rows `from` to `to` with a dense vector, into `products`. */
export function rowDots(
  offsets: usize,
  indices: usize,
  values: usize,
  dense: usize,
  products: usize,
  from: i32,
  to: i32,
): void {
  for (let row = from; row < to; row++) {
    const place = offsets + ((row as usize) << 2)
    const product = sparseDot(indices, values, dense, load<i32>(place), load<i32>(place, 4))
    store<f64>(products + ((row as usize) << 3), product)
  }
}
