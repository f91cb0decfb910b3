/**
 * Squared distances of rows from points that may become centres, in AssemblyScript. The twin is
 * `../seeding-distances.ts`; both add in the same order. Addresses are in bytes.
 */

/** By point the sum of what is less, its distance or the closest one; four points at a time. */
export function trialSums(
  values: usize,
  size: i32,
  points: usize,
  padded: i32,
  closest: usize,
  weights: usize,
  weighted: i32,
  sums: usize,
  starts: usize,
  from: i32,
  to: i32,
): f64 {
  let part = 0
  while (load<i32>(starts + ((part as usize) << 2), 4) <= from) part++
  const bytes = (size as usize) << 3
  let target = sums + (((part as usize) * (padded as usize)) << 3)
  let block = points
  for (let point = 0; point < padded; point += 4) {
    let s0 = f64x2.splat(0)
    let s1 = s0
    let row = values + (from as usize) * bytes
    for (let i = from; i < to; i++) {
      const end = row + bytes
      let at = block
      let d0 = f64x2.splat(0)
      let d1 = d0
      for (; row < end; row += 8) {
        const x = v128.load64_splat(row)
        const a = f64x2.sub(x, v128.load(at))
        const b = f64x2.sub(x, v128.load(at, 16))
        d0 = f64x2.add(d0, f64x2.mul(a, a))
        d1 = f64x2.add(d1, f64x2.mul(b, b))
        at += 32
      }
      const wide = (i as usize) << 3
      const near = v128.load64_splat(closest + wide)
      d0 = f64x2.min(near, d0)
      d1 = f64x2.min(near, d1)
      if (weighted !== 0) {
        const weight = v128.load64_splat(weights + wide)
        d0 = f64x2.mul(weight, d0)
        d1 = f64x2.mul(weight, d1)
      }
      s0 = f64x2.add(s0, d0)
      s1 = f64x2.add(s1, d1)
    }
    v128.store(target, s0)
    v128.store(target, s1, 16)
    target += 32
    block += bytes << 2
  }
  return 0
}

/** Takes a point as a centre; returns the sum of the distances from the nearest ones. */
export function keepClosest(
  values: usize,
  size: i32,
  point: usize,
  closest: usize,
  weights: usize,
  weighted: i32,
  from: i32,
  to: i32,
): f64 {
  const bytes = (size as usize) << 3
  let row = values + (from as usize) * bytes
  let sum: f64 = 0
  for (let i = from; i < to; i++) {
    const end = row + bytes
    let at = point
    let distance: f64 = 0
    for (; row < end; row += 8) {
      const difference = load<f64>(row) - load<f64>(at)
      distance += difference * difference
      at += 8
    }
    const wide = (i as usize) << 3
    const lesser = Math.min(load<f64>(closest + wide), distance)
    store<f64>(closest + wide, lesser)
    sum += weighted === 0 ? lesser : load<f64>(weights + wide) * lesser
  }
  return sum
}
