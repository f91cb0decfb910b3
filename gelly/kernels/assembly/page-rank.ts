/**
 * PageRank over compressed sparse rows, in AssemblyScript. The twin is `../page-rank.ts`; both add in
 * the same order. Addresses are in bytes.
 */

/** Puts new names in the place of neighbours. */
export function rename(neighbours: usize, names: usize, renamed: usize, from: i32, to: i32): void {
  const end = neighbours + ((to as usize) << 2)
  let target = renamed + ((from as usize) << 2)
  for (let at = neighbours + ((from as usize) << 2); at < end; at += 4) {
    store<i32>(target, load<i32>(names + ((load<u32>(at) as usize) << 2)))
    target += 4
  }
}

/** Sets scores and shares to what they begin with. */
export function begin(
  offsets: usize,
  degrees: usize,
  jumps: usize,
  damping: f64,
  shares: usize,
  scores: usize,
  from: i32,
  to: i32,
): void {
  for (let v = from; v < to; v++) {
    const small = (v as usize) << 2
    const place = (v as usize) << 3
    const degree = load<i32>(degrees + small)
    // Without branches: they would be mispredicted for many vertices.
    const leads = (degree !== 0) as i32 as f64
    store<f64>(shares + place, leads / ((degree + ((degree === 0) as i32)) as f64))
    const alone = load<i32>(offsets + small) === load<i32>(offsets + small, 4)
    const part = 1 - damping * (alone as i32 as f64)
    store<f64>(scores + place, load<f64>(jumps + place) * part)
  }
}

/** Makes all values of a range the same. */
export function fill(values: usize, value: f64, from: i32, to: i32): void {
  for (let v = from; v < to; v++) store<f64>(values + ((v as usize) << 3), value)
}

/** Sends shares of scores along out-edges; returns what of the scores jumps. */
export function spread(
  scores: usize,
  shares: usize,
  places: usize,
  contributions: usize,
  damping: f64,
  from: i32,
  to: i32,
): f64 {
  let leaving: f64 = 0
  for (let v = from; v < to; v++) {
    const score = load<f64>(scores + ((v as usize) << 3))
    const share = load<f64>(shares + ((v as usize) << 3))
    const place = load<u32>(places + ((v as usize) << 2)) as usize
    store<f64>(contributions + (place << 3), score * share)
    leaving += score * (1 - damping * ((share !== 0) as i32 as f64))
  }
  return leaving
}

/** What the source at an address sends. */
function brought(contributions: usize, at: usize): f64 {
  return load<f64>(contributions + ((load<u32>(at) as usize) << 3))
}

/** Sums contributions into new scores; returns their L1 change. */
export function pull(
  offsets: usize,
  sources: usize,
  contributions: usize,
  scores: usize,
  jumps: usize,
  jump: f64,
  damping: f64,
  from: i32,
  to: i32,
): f64 {
  let change: f64 = 0
  let at = sources + ((load<u32>(offsets + ((from as usize) << 2)) as usize) << 2)
  for (let v = from; v < to; v++) {
    const end = sources + ((load<u32>(offsets + ((v as usize) << 2), 4) as usize) << 2)
    let sum: f64 = 0
    let second: f64 = 0
    let third: f64 = 0
    let fourth: f64 = 0
    for (; at + 16 <= end; at += 16) {
      sum += brought(contributions, at)
      second += brought(contributions, at + 4)
      third += brought(contributions, at + 8)
      fourth += brought(contributions, at + 12)
    }
    sum += second + (third + fourth)
    for (; at < end; at += 4) sum += brought(contributions, at)
    const place = (v as usize) << 3
    const score = jump * load<f64>(jumps + place) + damping * sum
    change += Math.abs(score - load<f64>(scores + place))
    store<f64>(scores + place, score)
  }
  return change
}

/** The same where each in-edge has a weight. */
export function pullWeighted(
  offsets: usize,
  sources: usize,
  weights: usize,
  contributions: usize,
  scores: usize,
  jumps: usize,
  jump: f64,
  damping: f64,
  from: i32,
  to: i32,
): f64 {
  let change: f64 = 0
  let at = load<u32>(offsets + ((from as usize) << 2)) as usize
  for (let v = from; v < to; v++) {
    const end = load<u32>(offsets + ((v as usize) << 2), 4) as usize
    let sum: f64 = 0
    for (; at < end; at++) {
      const source = load<u32>(sources + (at << 2)) as usize
      sum += load<f64>(weights + (at << 3)) * load<f64>(contributions + (source << 3))
    }
    const place = (v as usize) << 3
    const score = jump * load<f64>(jumps + place) + damping * sum
    change += Math.abs(score - load<f64>(scores + place))
    store<f64>(scores + place, score)
  }
  return change
}

/** Adds up values. */
export function sum(values: usize, from: i32, to: i32): f64 {
  let all: f64 = 0
  for (let v = from; v < to; v++) all += load<f64>(values + ((v as usize) << 3))
  return all
}
