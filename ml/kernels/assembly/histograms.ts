/**
 * Histograms of gradients and what else grows trees, in AssemblyScript. The twin is `../histograms.ts`;
 * both add in the same order. Addresses are in bytes.
 */

/** Which bin each value is in, column by column. */
export function findBins(
  values: usize,
  size: i32,
  places: usize,
  thresholds: usize,
  binned: usize,
  length: i32,
  from: i32,
  to: i32,
): void {
  for (let feature = 0; feature < size; feature++) {
    const edges = thresholds + ((feature as usize) << 11)
    const column = binned + (feature as usize) * (length as usize)
    for (let place = from; place < to; place++) {
      const row = load<i32>(places + ((place as usize) << 2)) as usize
      const value = load<f64>(values + ((row * (size as usize) + (feature as usize)) << 3))
      let at = edges
      at += load<f64>(at, 127 << 3) < value ? 128 << 3 : 0
      at += load<f64>(at, 63 << 3) < value ? 64 << 3 : 0
      at += load<f64>(at, 31 << 3) < value ? 32 << 3 : 0
      at += load<f64>(at, 15 << 3) < value ? 16 << 3 : 0
      at += load<f64>(at, 7 << 3) < value ? 8 << 3 : 0
      at += load<f64>(at, 3 << 3) < value ? 4 << 3 : 0
      at += load<f64>(at, 1 << 3) < value ? 2 << 3 : 0
      at += load<f64>(at) < value ? 1 << 3 : 0
      const bin = ((at - edges) >> 3) as i32
      store<u8>(column + (place as usize), !(value - value === 0) ? 255 : bin)
    }
  }
}

/** Puts the slopes of records one behind the other. */
export function gatherSlopes(
  order: usize,
  slopes: usize,
  ordered: usize,
  from: i32,
  to: i32,
): void {
  gather(order + ((from as usize) << 2), to - from, slopes, ordered + ((from as usize) << 3))
}

function gather(records: usize, count: i32, slopes: usize, target: usize): void {
  const end = records + ((count as usize) << 2)
  for (let at = records; at < end; at += 4) {
    store<i64>(target, load<i64>(slopes + ((load<u32>(at) as usize) << 3)))
    target += 8
  }
}

/** The sum of gradients, or of curvatures. */
export function sumSlopes(ordered: usize, which: i32, from: i32, to: i32): f64 {
  let sum: f64 = 0
  const end = ordered + ((to as usize) << 3)
  for (let at = ordered + ((from as usize) << 3); at < end; at += 8) {
    sum += load<f32>(at + ((which as usize) << 2)) as f64
  }
  return sum
}

/** Puts parted records where they belong, and gathers the slopes of the smaller side. */
export function settleRecords(
  order: usize,
  start: i32,
  lefts: usize,
  rights: usize,
  starts: usize,
  wentLeft: usize,
  total: i32,
  gatherLeft: i32,
  slopes: usize,
  ordered: usize,
  from: i32,
  to: i32,
): void {
  let before = 0
  let part = 0
  while (load<i32>(starts + ((part as usize) << 2)) < from) {
    before += load<i32>(wentLeft + ((part as usize) << 2))
    part++
  }
  const left = load<i32>(wentLeft + ((part as usize) << 2))
  const right = to - from - left
  const leftAt = (start + before) as usize
  const rightAt = (start + total + from - before) as usize
  const source = (from as usize) << 2
  memory.copy(order + (leftAt << 2), lefts + source, (left as usize) << 2)
  memory.copy(order + (rightAt << 2), rights + source, (right as usize) << 2)
  if (gatherLeft !== 0) gather(lefts + source, left, slopes, ordered + (leftAt << 3))
  else gather(rights + source, right, slopes, ordered + (rightAt << 3))
}

/**
 * The histograms of some features over a node's records, those of its sibling by subtraction from the
 * parent's, and the best splits of both.
 */
export function growNodes(
  binned: usize,
  length: i32,
  order: usize,
  start: i32,
  end: i32,
  ordered: usize,
  counted: i32,
  histogram: usize,
  counts: usize,
  parent: usize,
  parentCounts: usize,
  hasParent: i32,
  bins: usize,
  missing: usize,
  facts: usize,
  splits: usize,
  from: i32,
  to: i32,
): void {
  fill(binned, length, order, start, end, ordered, counted, histogram, counts, from, to)
  for (let feature = from; feature < to; feature++) {
    const sums = histogram + ((feature as usize) << 12)
    const tally = counts + ((feature as usize) << 10)
    const out = splits + (feature as usize) * 96
    const last = load<i32>(bins + ((feature as usize) << 2))
    const lacks = load<i32>(missing + ((feature as usize) << 2))
    scan(sums, tally, counted, last, lacks, facts, facts, out)
    if (hasParent === 0) continue
    const others = parent + ((feature as usize) << 12)
    for (let at: usize = 0; at < 4096; at += 16) {
      const place = others + at
      v128.store(place, f64x2.sub(v128.load(place), v128.load(sums + at)))
    }
    const otherTally = parentCounts + ((feature as usize) << 10)
    if (counted !== 0) {
      for (let at: usize = 0; at < 1024; at += 16) {
        const place = otherTally + at
        v128.store(place, i32x4.sub(v128.load(place), v128.load(tally + at)))
      }
    }
    scan(others, otherTally, counted, last, lacks, facts + 24, facts, out + 48)
  }
}

/** The best split of a node by a feature: with missing values on the right, then on the left. */
function scan(
  sums: usize,
  tally: usize,
  counted: i32,
  bins: i32,
  missing: i32,
  node: usize,
  facts: usize,
  out: usize,
): void {
  store<f64>(out, 0)
  scanOneWay(sums, tally, counted, missing !== 0 ? bins : bins - 1, 0, node, facts, out)
  if (missing !== 0) scanOneWay(sums, tally, counted, bins - 1, 1, node, facts, out)
}

function scanOneWay(
  sums: usize,
  tally: usize,
  counted: i32,
  end: i32,
  missingLeft: i32,
  node: usize,
  facts: usize,
  out: usize,
): void {
  const allGradient = load<f64>(node)
  const allCurvature = load<f64>(node, 8)
  const all = load<f64>(node, 16)
  const l2 = load<f64>(facts, 48)
  const least = load<f64>(facts, 56)
  if (all < 2 * least) return
  const before = allGradient * (allGradient / (allCurvature + l2 + 1e-15))
  let best = load<f64>(out)
  let gradient: f64 = 0
  let curvature: f64 = 0
  let count: f64 = 0
  let found = false
  if (missingLeft !== 0) {
    gradient = load<f64>(sums, 4080)
    curvature = load<f64>(sums, 4088)
    count = counted !== 0 ? (load<i32>(tally, 1020) as f64) : curvature
  }
  for (let bin = 0; bin < end; bin++) {
    const at = sums + ((bin as usize) << 4)
    gradient += load<f64>(at)
    curvature += load<f64>(at, 8)
    count += counted !== 0 ? (load<i32>(tally + ((bin as usize) << 2)) as f64) : load<f64>(at, 8)
    if (count < least || curvature < 1e-3) continue
    const rest = allCurvature - curvature
    if (all - count < least || rest < 1e-3) break
    const other = allGradient - gradient
    const ofLeft = gradient * (gradient / (curvature + l2 + 1e-15))
    const ofRight = other * (other / (rest + l2 + 1e-15))
    // In this order, which is scikit-learn's: where sides are alike, rounding says whether they are split.
    const gain = ofLeft - before + ofRight
    if (gain > best || (missingLeft !== 0 && found && gain === best)) {
      best = gain
      found = true
      store<f64>(out, gain)
      store<f64>(out, bin as f64, 8)
      store<f64>(out, missingLeft as f64, 16)
      store<f64>(out, gradient, 24)
      store<f64>(out, curvature, 32)
      store<f64>(out, count, 40)
    }
  }
}

function fill(
  binned: usize,
  length: i32,
  order: usize,
  start: i32,
  end: i32,
  ordered: usize,
  counted: i32,
  histogram: usize,
  counts: usize,
  from: i32,
  to: i32,
): void {
  memory.fill(histogram + ((from as usize) << 12), 0, ((to - from) as usize) << 12)
  if (counted !== 0) memory.fill(counts + ((from as usize) << 10), 0, ((to - from) as usize) << 10)
  const first = order + ((start as usize) << 2)
  const last = order + ((end as usize) << 2)
  let feature = from
  for (; feature + 1 < to; feature += 2) {
    const column = binned + (feature as usize) * (length as usize)
    const next = column + (length as usize)
    const sums = histogram + ((feature as usize) << 12)
    let slope = ordered + ((start as usize) << 3)
    if (counted === 0) {
      for (let at = first; at < last; at += 4) {
        const row = load<u32>(at) as usize
        const pair = f64x2.promote_low_f32x4(v128.load64_zero(slope))
        const a = sums + ((load<u8>(column + row) as usize) << 4)
        const b = sums + ((load<u8>(next + row) as usize) << 4)
        v128.store(a, f64x2.add(v128.load(a), pair))
        v128.store(b, f64x2.add(v128.load(b, 4096), pair), 4096)
        slope += 8
      }
    } else {
      const tally = counts + ((feature as usize) << 10)
      for (let at = first; at < last; at += 4) {
        const row = load<u32>(at) as usize
        const pair = f64x2.promote_low_f32x4(v128.load64_zero(slope))
        const i = load<u8>(column + row) as usize
        const j = load<u8>(next + row) as usize
        const a = sums + (i << 4)
        const b = sums + (j << 4)
        v128.store(a, f64x2.add(v128.load(a), pair))
        v128.store(b, f64x2.add(v128.load(b, 4096), pair), 4096)
        const c = tally + (i << 2)
        const d = tally + (j << 2)
        store<i32>(c, load<i32>(c) + 1)
        store<i32>(d, load<i32>(d, 1024) + 1, 1024)
        slope += 8
      }
    }
  }
  if (feature < to) {
    const column = binned + (feature as usize) * (length as usize)
    const sums = histogram + ((feature as usize) << 12)
    const tally = counts + ((feature as usize) << 10)
    let slope = ordered + ((start as usize) << 3)
    for (let at = first; at < last; at += 4) {
      const i = load<u8>(column + (load<u32>(at) as usize)) as usize
      const a = sums + (i << 4)
      v128.store(a, f64x2.add(v128.load(a), f64x2.promote_low_f32x4(v128.load64_zero(slope))))
      if (counted !== 0) store<i32>(tally + (i << 2), load<i32>(tally + (i << 2)) + 1)
      slope += 8
    }
  }
}

/** Parts a node's records: those of the left child to one list, those of the right to another. */
export function partRecords(
  column: usize,
  order: usize,
  start: i32,
  bin: i32,
  missingLeft: i32,
  lefts: usize,
  rights: usize,
  from: i32,
  to: i32,
): f64 {
  let left = lefts + ((from as usize) << 2)
  let right = rights + ((from as usize) << 2)
  const first = left
  const end = order + (((start + to) as usize) << 2)
  const missing = missingLeft !== 0 ? 255 : 256
  for (let at = order + (((start + from) as usize) << 2); at < end; at += 4) {
    const row = load<i32>(at)
    const found = load<u8>(column + (row as usize)) as i32
    store<i32>(left, row)
    store<i32>(right, row)
    const goes = ((found <= bin) as usize) | ((found === missing) as usize)
    left += goes << 2
    right += (goes ^ 1) << 2
  }
  return (((left - first) as i32) >> 2) as f64
}

/** Adds the values of leaves to the scores of their records. */
export function addLeaves(
  order: usize,
  starts: usize,
  values: usize,
  scores: usize,
  from: i32,
  to: i32,
): void {
  let leaf = 0
  let at = from
  while (at < to) {
    while (load<i32>(starts + ((leaf as usize) << 2), 4) <= at) leaf++
    const value = load<f64>(values + ((leaf as usize) << 3))
    const end = min(to, load<i32>(starts + ((leaf as usize) << 2), 4))
    for (; at < end; at++) {
      const place = scores + ((load<u32>(order + ((at as usize) << 2)) as usize) << 3)
      store<f64>(place, load<f64>(place) + value)
    }
  }
}

/** Adds what a tree gives for records outside of it. */
export function walkTree(
  binned: usize,
  length: i32,
  order: usize,
  features: usize,
  bins: usize,
  lefts: usize,
  missing: usize,
  values: usize,
  scores: usize,
  from: i32,
  to: i32,
): void {
  for (let at = from; at < to; at++) {
    const row = load<u32>(order + ((at as usize) << 2)) as usize
    let node: usize = 0
    for (;;) {
      const left = load<i32>(lefts + (node << 2))
      if (left < 0) break
      const feature = load<i32>(features + (node << 2)) as usize
      const found = load<u8>(binned + feature * (length as usize) + row) as i32
      const goes =
        found <= load<i32>(bins + (node << 2)) ||
        (found === 255 && load<i32>(missing + (node << 2)) !== 0)
      node = (goes ? left : left + 1) as usize
    }
    const place = scores + (row << 3)
    store<f64>(place, load<f64>(place) + load<f64>(values + (node << 3)))
  }
}
