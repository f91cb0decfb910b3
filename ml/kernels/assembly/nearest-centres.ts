/**
 * The nearest of several centres for each row, in AssemblyScript. The twin is `../nearest-centres.ts`;
 * both add in the same order. Addresses are in bytes.
 */

/** Gives rows their nearest centres and adds them up by centre; returns how many rows have changed. */
export function assignNearest(
  values: usize,
  squares: usize,
  size: i32,
  centres: usize,
  count: i32,
  moved: usize,
  clear: usize,
  upper: usize,
  lower: usize,
  weights: usize,
  weighted: i32,
  labels: usize,
  sums: usize,
  starts: usize,
  from: i32,
  to: i32,
): f64 {
  let part = 0
  while (load<i32>(starts + ((part as usize) << 2), 4) <= from) part++
  const width = (size as usize) + 1
  const own = sums + (((part as usize) * (count as usize) * width) << 3)
  const bytes = (size as usize) << 3
  let changed: f64 = 0
  let row = values + (from as usize) * bytes
  for (let i = from; i < to; i++) {
    const end = row + bytes
    const wide = (i as usize) << 3
    const place = labels + ((i as usize) << 2)
    let label = load<i32>(place)
    let near = load<f64>(upper + wide) + load<f64>(moved + ((label as usize) << 3))
    let far =
      load<f64>(lower + wide) - load<f64>(moved + (((count as usize) + (label as usize)) << 3))
    const safe = Math.max(far, load<f64>(clear + ((label as usize) << 3)))
    if (near > safe) {
      let at = centres + ((((label as usize) >> 3) * 8 * width + ((label as usize) & 7)) << 3) + 64
      let sum: f64 = 0
      for (let feature = row; feature < end; feature += 8) {
        const difference = load<f64>(feature) - load<f64>(at)
        sum += difference * difference
        at += 64
      }
      near = Math.sqrt(sum)
      if (near > safe) {
        let best = f64x2.splat(-Infinity)
        let second = best
        let more = best
        let bestAt = i64x2.splat(0)
        let pair = i64x2(0, 1)
        let block = centres
        for (let b = 0; b < count; b += 8) {
          let s0 = v128.load(block)
          let s1 = v128.load(block, 16)
          let s2 = v128.load(block, 32)
          let s3 = v128.load(block, 48)
          block += 64
          for (let feature = row; feature < end; feature += 8) {
            const x = v128.load64_splat(feature)
            s0 = f64x2.add(s0, f64x2.mul(x, v128.load(block)))
            s1 = f64x2.add(s1, f64x2.mul(x, v128.load(block, 16)))
            s2 = f64x2.add(s2, f64x2.mul(x, v128.load(block, 32)))
            s3 = f64x2.add(s3, f64x2.mul(x, v128.load(block, 48)))
            block += 64
          }
          more = f64x2.gt(s0, best)
          second = f64x2.pmax(second, f64x2.pmin(s0, best))
          best = f64x2.pmax(best, s0)
          bestAt = v128.bitselect(pair, bestAt, more)
          pair = i64x2.add(pair, i64x2.splat(2))
          more = f64x2.gt(s1, best)
          second = f64x2.pmax(second, f64x2.pmin(s1, best))
          best = f64x2.pmax(best, s1)
          bestAt = v128.bitselect(pair, bestAt, more)
          pair = i64x2.add(pair, i64x2.splat(2))
          more = f64x2.gt(s2, best)
          second = f64x2.pmax(second, f64x2.pmin(s2, best))
          best = f64x2.pmax(best, s2)
          bestAt = v128.bitselect(pair, bestAt, more)
          pair = i64x2.add(pair, i64x2.splat(2))
          more = f64x2.gt(s3, best)
          second = f64x2.pmax(second, f64x2.pmin(s3, best))
          best = f64x2.pmax(best, s3)
          bestAt = v128.bitselect(pair, bestAt, more)
          pair = i64x2.add(pair, i64x2.splat(2))
        }
        const even = f64x2.extract_lane(best, 0)
        const odd = f64x2.extract_lane(best, 1)
        const evenAt = i64x2.extract_lane(bestAt, 0) as i32
        const oddAt = i64x2.extract_lane(bestAt, 1) as i32
        const isOdd = odd > even || (odd === even && oddAt < evenAt)
        const others = Math.max(f64x2.extract_lane(second, 0), f64x2.extract_lane(second, 1))
        const square = load<f64>(squares + wide)
        near = Math.sqrt(Math.max(square - 2 * (isOdd ? odd : even), 0))
        far = Math.sqrt(Math.max(square - 2 * Math.max(others, isOdd ? even : odd), 0))
        const nearest = isOdd ? oddAt : evenAt
        if (nearest !== label) changed += 1
        label = nearest
        store<i32>(place, label)
      }
    }
    store<f64>(upper + wide, near)
    store<f64>(lower + wide, far)
    let sum = own + (((label as usize) * width) << 3)
    if (weighted === 0) {
      let feature = row
      for (; feature + 8 < end; feature += 16) {
        v128.store(sum, f64x2.add(v128.load(sum), v128.load(feature)))
        sum += 16
      }
      if (feature < end) {
        store<f64>(sum, load<f64>(sum) + load<f64>(feature))
        sum += 8
      }
      store<f64>(sum, load<f64>(sum) + 1)
    } else {
      const weight = load<f64>(weights + wide)
      for (let feature = row; feature < end; feature += 8) {
        store<f64>(sum, load<f64>(sum) + weight * load<f64>(feature))
        sum += 8
      }
      store<f64>(sum, load<f64>(sum) + weight)
    }
    row = end
  }
  return changed
}
