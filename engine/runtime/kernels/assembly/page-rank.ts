/**
 * PageRank over compressed sparse rows, in AssemblyScript. The twin is `../twins/page-rank.ts`; both
 * add in the same order. Addresses are in bytes.
 *
 * One sum for each row: several that take turns were no faster, because the loop waits for memory.
 */

/** Spreads the scores over out-edges; returns `dangling` plus the scores of those without. */
export function contribute64(
  scores: usize,
  degrees: usize,
  contributions: usize,
  from: i32,
  to: i32,
  dangling: f64,
): f64 {
  for (let v = from; v < to; v++) {
    const score = load<f64>(scores + ((v as usize) << 3))
    const degree = load<i32>(degrees + ((v as usize) << 2))
    if (degree === 0) dangling += score
    store<f64>(contributions + ((v as usize) << 3), degree === 0 ? 0 : score / (degree as f64))
  }
  return dangling
}

/** The same with values of 32 bits; sums have 64. */
export function contribute32(
  scores: usize,
  degrees: usize,
  contributions: usize,
  from: i32,
  to: i32,
  dangling: f64,
): f64 {
  for (let v = from; v < to; v++) {
    const score = load<f32>(scores + ((v as usize) << 2)) as f64
    const degree = load<i32>(degrees + ((v as usize) << 2))
    if (degree === 0) dangling += score
    const share: f64 = degree === 0 ? 0 : score / (degree as f64)
    store<f32>(contributions + ((v as usize) << 2), share as f32)
  }
  return dangling
}

/** Sums the contributions of neighbours into new scores; returns `change` plus their L1 change. */
export function pull64(
  offsets: usize,
  neighbours: usize,
  contributions: usize,
  scores: usize,
  base: f64,
  damping: f64,
  from: i32,
  to: i32,
  change: f64,
): f64 {
  let at = neighbours + ((load<u32>(offsets + ((from as usize) << 2)) as usize) << 2)
  for (let v = from; v < to; v++) {
    const end = neighbours + ((load<u32>(offsets + ((v as usize) << 2), 4) as usize) << 2)
    let sum: f64 = 0
    for (; at < end; at += 4) {
      sum += load<f64>(contributions + ((load<u32>(at) as usize) << 3))
    }
    const place = scores + ((v as usize) << 3)
    const score = base + damping * sum
    change += Math.abs(score - load<f64>(place))
    store<f64>(place, score)
  }
  return change
}

/** The same with values of 32 bits; sums have 64. */
export function pull32(
  offsets: usize,
  neighbours: usize,
  contributions: usize,
  scores: usize,
  base: f64,
  damping: f64,
  from: i32,
  to: i32,
  change: f64,
): f64 {
  let at = neighbours + ((load<u32>(offsets + ((from as usize) << 2)) as usize) << 2)
  for (let v = from; v < to; v++) {
    const end = neighbours + ((load<u32>(offsets + ((v as usize) << 2), 4) as usize) << 2)
    let sum: f64 = 0
    for (; at < end; at += 4) {
      sum += load<f32>(contributions + ((load<u32>(at) as usize) << 2)) as f64
    }
    const place = scores + ((v as usize) << 2)
    const score = (base + damping * sum) as f32
    change += Math.abs((score as f64) - (load<f32>(place) as f64))
    store<f32>(place, score)
  }
  return change
}
