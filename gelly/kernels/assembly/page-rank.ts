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

/** Spreads scores over out-edges; returns the scores of those without. */
export function spread(
  scores: usize,
  strengths: usize,
  places: usize,
  contributions: usize,
  from: i32,
  to: i32,
): f64 {
  let dangling: f64 = 0
  for (let v = from; v < to; v++) {
    const score = load<f64>(scores + ((v as usize) << 3))
    const strength = load<f64>(strengths + ((v as usize) << 3))
    if (strength === 0) dangling += score
    const place = load<u32>(places + ((v as usize) << 2)) as usize
    store<f64>(contributions + (place << 3), strength === 0 ? 0 : score / strength)
  }
  return dangling
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
    for (; at < end; at += 4) {
      sum += load<f64>(contributions + ((load<u32>(at) as usize) << 3))
    }
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
