/**
 * Products of a matrix and a vector, and what is done with them, in AssemblyScript. The twin is
 * `../neighbour-sums.ts`; both add in the same order. Addresses are in bytes.
 */

/** The value of the neighbour at an address. */
function valueAt(values: usize, at: usize): f64 {
  return load<f64>(values + ((load<u32>(at) as usize) << 3))
}

/** Sets sums to what is kept and a share of the neighbours' values; returns the largest. */
export function gather(
  offsets: usize,
  neighbours: usize,
  values: usize,
  own: usize,
  kept: f64,
  share: f64,
  sums: usize,
  from: i32,
  to: i32,
): f64 {
  let largest: f64 = 0
  let at = neighbours + ((load<u32>(offsets + ((from as usize) << 2)) as usize) << 2)
  for (let v = from; v < to; v++) {
    const end = neighbours + ((load<u32>(offsets + ((v as usize) << 2), 4) as usize) << 2)
    let sum: f64 = 0
    let second: f64 = 0
    let third: f64 = 0
    let fourth: f64 = 0
    for (; at + 16 <= end; at += 16) {
      sum += valueAt(values, at)
      second += valueAt(values, at + 4)
      third += valueAt(values, at + 8)
      fourth += valueAt(values, at + 12)
    }
    sum += second + (third + fourth)
    for (; at < end; at += 4) sum += valueAt(values, at)
    const next = kept * load<f64>(own + ((v as usize) << 3)) + share * sum
    store<f64>(sums + ((v as usize) << 3), next)
    if (next > largest) largest = next
  }
  return largest
}

/** The same where each edge has a weight. */
export function gatherWeighted(
  offsets: usize,
  neighbours: usize,
  weights: usize,
  values: usize,
  own: usize,
  kept: f64,
  share: f64,
  sums: usize,
  from: i32,
  to: i32,
): f64 {
  let largest: f64 = 0
  let at = load<u32>(offsets + ((from as usize) << 2)) as usize
  for (let v = from; v < to; v++) {
    const end = load<u32>(offsets + ((v as usize) << 2), 4) as usize
    let sum: f64 = 0
    for (; at < end; at++) {
      sum += load<f64>(weights + (at << 3)) * valueAt(values, neighbours + (at << 2))
    }
    const next = kept * load<f64>(own + ((v as usize) << 3)) + share * sum
    store<f64>(sums + ((v as usize) << 3), next)
    if (next > largest) largest = next
  }
  return largest
}

/** Divides by the largest value; returns the sum of the squares. */
export function shrink(values: usize, largest: f64, from: i32, to: i32): f64 {
  let squares: f64 = 0
  for (let v = from; v < to; v++) {
    const place = values + ((v as usize) << 3)
    const value = load<f64>(place) / largest
    store<f64>(place, value)
    squares += value * value
  }
  return squares
}

/** Divides by the norm; returns the sum of the absolute differences from what was before. */
export function settle(values: usize, before: usize, norm: f64, from: i32, to: i32): f64 {
  let change: f64 = 0
  for (let v = from; v < to; v++) {
    const place = (v as usize) << 3
    const value = load<f64>(values + place) / norm
    store<f64>(values + place, value)
    change += Math.abs(load<f64>(before + place) - value)
  }
  return change
}

/** The sum of the absolute differences of two vectors. */
export function distance(a: usize, b: usize, from: i32, to: i32): f64 {
  let sum: f64 = 0
  for (let v = from; v < to; v++) {
    const place = (v as usize) << 3
    sum += Math.abs(load<f64>(a + place) - load<f64>(b + place))
  }
  return sum
}
