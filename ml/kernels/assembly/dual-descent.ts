/**
 * Dual coordinate descent for linear support vector machines, in AssemblyScript. The twin is
 * `../dual-descent.ts`; both add in the same order. Addresses are in bytes.
 */

/**
 * Goes over records `from` to `to` of an order, and moves the multiplier of each to where the dual
 * objective is least, all others kept. Records that will hardly move any more are put behind the end
 * of the active ones.
 *
 * @param state The bounds of the last round, those of this one, and how many records are active.
 */
export function dualDescent(
  sparse: i32,
  offsets: usize,
  indices: usize,
  values: usize,
  size: i32,
  intercept: f64,
  labels: usize,
  upper: usize,
  diagonal: usize,
  squares: usize,
  multipliers: usize,
  coefficients: usize,
  order: usize,
  state: usize,
  from: i32,
  to: i32,
): void {
  const most = load<f64>(state)
  const least = load<f64>(state, 8)
  let highest = load<f64>(state, 16)
  let lowest = load<f64>(state, 24)
  let active = load<f64>(state, 32) as i32
  const bytes = (size as usize) << 3
  const last = coefficients + bytes
  let s = from
  while (s < to && s < active) {
    const at = order + ((s as usize) << 2)
    const row = load<u32>(at) as usize
    const label = load<f64>(labels + (row << 3))
    const bound = load<f64>(upper + (row << 3))
    const extra = load<f64>(diagonal + (row << 3))
    const place = multipliers + (row << 3)
    const before = load<f64>(place)
    const margin = sparse
      ? sparseDot(offsets, indices, values, coefficients, row)
      : denseDot(values + row * bytes, coefficients, bytes)
    const slope = label * (margin + intercept * load<f64>(last)) - 1 + extra * before
    let projected: f64 = 0
    let shrink = false
    if (before === 0) {
      if (slope > most) shrink = true
      else if (slope < 0) projected = slope
    } else if (before === bound) {
      if (slope < least) shrink = true
      else if (slope > 0) projected = slope
    } else projected = slope
    if (shrink) {
      active--
      const other = order + ((active as usize) << 2)
      const swapped = load<i32>(at)
      store<i32>(at, load<i32>(other))
      store<i32>(other, swapped)
      continue
    }
    s++
    if (projected > highest) highest = projected
    if (projected < lowest) lowest = projected
    if (Math.abs(projected) <= 1e-12) continue
    let after = before - slope / load<f64>(squares + (row << 3))
    if (after < 0) after = 0
    else if (after > bound) after = bound
    store<f64>(place, after)
    const step = (after - before) * label
    if (sparse) sparseAdd(step, offsets, indices, values, coefficients, row)
    else denseAdd(step, values + row * bytes, coefficients, bytes)
    store<f64>(last, load<f64>(last) + step * intercept)
  }
  store<f64>(state, highest, 16)
  store<f64>(state, lowest, 24)
  store<f64>(state, active as f64, 32)
}

/** In two sums that take turns; the second one has a lane for each of them. */
function denseDot(x: usize, y: usize, bytes: usize): f64 {
  let first = f64x2.splat(0)
  let second = f64x2.splat(0)
  let k: usize = 0
  for (; k + 24 < bytes; k += 32) {
    first = f64x2.add(first, f64x2.mul(v128.load(x + k), v128.load(y + k)))
    second = f64x2.add(second, f64x2.mul(v128.load(x + k, 16), v128.load(y + k, 16)))
  }
  const sums = f64x2.add(first, second)
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
  for (; k < bytes; k += 8) sum += load<f64>(x + k) * load<f64>(y + k)
  return sum
}

function denseAdd(a: f64, x: usize, y: usize, bytes: usize): void {
  const factor = f64x2.splat(a)
  let k: usize = 0
  for (; k + 8 < bytes; k += 16) {
    v128.store(y + k, f64x2.add(v128.load(y + k), f64x2.mul(factor, v128.load(x + k))))
  }
  if (k < bytes) store<f64>(y + k, load<f64>(y + k) + a * load<f64>(x + k))
}

function sparseDot(offsets: usize, indices: usize, values: usize, y: usize, row: usize): f64 {
  const begin = load<u32>(offsets + (row << 2)) as usize
  const end = indices + ((load<u32>(offsets + (row << 2), 4) as usize) << 2)
  let index = indices + (begin << 2)
  let value = values + (begin << 3)
  let even: f64 = 0
  let odd: f64 = 0
  for (; index + 4 < end; index += 8) {
    even += load<f64>(value) * load<f64>(y + ((load<u32>(index) as usize) << 3))
    odd += load<f64>(value, 8) * load<f64>(y + ((load<u32>(index, 4) as usize) << 3))
    value += 16
  }
  if (index < end) even += load<f64>(value) * load<f64>(y + ((load<u32>(index) as usize) << 3))
  return even + odd
}

function sparseAdd(
  a: f64,
  offsets: usize,
  indices: usize,
  values: usize,
  y: usize,
  row: usize,
): void {
  const begin = load<u32>(offsets + (row << 2)) as usize
  const end = indices + ((load<u32>(offsets + (row << 2), 4) as usize) << 2)
  let value = values + (begin << 3)
  for (let index = indices + (begin << 2); index < end; index += 4) {
    const at = y + ((load<u32>(index) as usize) << 3)
    store<f64>(at, load<f64>(at) + a * load<f64>(value))
    value += 8
  }
}
