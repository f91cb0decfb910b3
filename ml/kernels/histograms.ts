/**
 * Histograms of gradients and what else grows trees: the plain twin of `assembly/histograms.ts`.
 *
 * A record has a slope for the tree that grows: gradient and curvature (second derivative) of its loss,
 * two numbers of 32 bits. Bins are bytes, column by column; 255 is the bin of missing values. A feature's
 * histogram has the sums of both by bin, 512 numbers; there are counts by bin where curvatures are not
 * all 1. A node's records are a range of `order`.
 */

/**
 * Finds bins: those of a feature are apart by its thresholds, 256 of them, padded with infinity.
 *
 * @param places By position of the bins: which row it is of.
 */
export function findBins(
  values: Float64Array,
  size: number,
  places: Int32Array,
  thresholds: Float64Array,
  binned: Uint8Array,
  length: number,
  from: number,
  to: number,
): void {
  for (let feature = 0; feature < size; feature++) {
    const edges = feature * 256
    const column = feature * length
    for (let place = from; place < to; place++) {
      const value = values[places[place]! * size + feature]!
      // How many thresholds are below the value, by halves.
      let bin = 0
      for (let step = 128; step > 0; step >>= 1) {
        if (thresholds[edges + bin + step - 1]! < value) bin += step
      }
      binned[column + place] = Number.isNaN(value) ? 255 : bin
    }
  }
}

/** Puts the slopes of records one behind the other, at the places of the records in `order`. */
export function gatherSlopes(
  order: Int32Array,
  slopes: Float32Array,
  ordered: Float32Array,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) {
    const row = order[at]!
    ordered[2 * at] = slopes[2 * row]!
    ordered[2 * at + 1] = slopes[2 * row + 1]!
  }
}

/** The sum of gradients (`which` is 0) or of curvatures (1). */
export function sumSlopes(ordered: Float32Array, which: number, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += ordered[2 * at + which]!
  return sum
}

/**
 * Fills the histograms of the features from `from` to `to` over the records from `start` to `end` of `order`,
 * makes those of the node's sibling of its parent's, by subtraction, and finds the best split of both by each
 * feature.
 *
 * The gain of a split is `Gl^2 / (Hl + l2) + Gr^2 / (Hr + l2) - G^2 / (H + l2)`, with the sums of gradients G and
 * of curvatures H. Missing values go right, or left where that is better. Source: Chen and Guestrin,
 * "XGBoost: a scalable tree boosting system", 2016.
 *
 * @param counted 1 to count records, too; 0 where curvatures are 1 and count themselves.
 * @param parent The parent's histograms become the sibling's, and so do its counts.
 * @param hasParent 0 for roots.
 * @param bins By feature: how many bins it has, without that of missing values.
 * @param missing By feature: 1 where values are missing.
 * @param facts Sums of gradients and curvatures and the records of the node, then of its sibling; l2, and
 *   how many records a side has at least.
 * @param splits By feature, for the node and then for its sibling: gain, bin, 1 where missing values go left,
 *   then gradients, curvatures and records of the left side. A gain of 0 where there is no split.
 */
export function growNodes(
  binned: Uint8Array,
  length: number,
  order: Int32Array,
  start: number,
  end: number,
  ordered: Float32Array,
  counted: number,
  histogram: Float64Array,
  counts: Int32Array,
  parent: Float64Array,
  parentCounts: Int32Array,
  hasParent: number,
  bins: Int32Array,
  missing: Int32Array,
  facts: Float64Array,
  splits: Float64Array,
  from: number,
  to: number,
): void {
  const l2 = facts[6]!
  const least = facts[7]!
  for (let feature = from; feature < to; feature++) {
    const first = feature * 512
    const firstCount = feature * 256
    const column = feature * length
    histogram.fill(0, first, first + 512)
    if (counted !== 0) counts.fill(0, firstCount, firstCount + 256)
    for (let at = start; at < end; at++) {
      const bin = binned[column + order[at]!]!
      histogram[first + 2 * bin]! += ordered[2 * at]!
      histogram[first + 2 * bin + 1]! += ordered[2 * at + 1]!
      if (counted !== 0) counts[firstCount + bin]!++
    }
    scan(histogram, counts, feature, 0)
    if (hasParent === 0) continue
    for (let at = first; at < first + 512; at++) parent[at]! -= histogram[at]!
    if (counted !== 0) {
      for (let at = firstCount; at < firstCount + 256; at++) parentCounts[at]! -= counts[at]!
    }
    scan(parent, parentCounts, feature, 1)
  }

  /** The best split of the node, or of its sibling. */
  function scan(sums: Float64Array, tally: Int32Array, feature: number, which: number): void {
    const lacks = missing[feature] !== 0
    splits[12 * feature + 6 * which] = 0
    scanOneWay(sums, tally, feature, which, lacks ? bins[feature]! : bins[feature]! - 1, 0)
    if (lacks) scanOneWay(sums, tally, feature, which, bins[feature]! - 1, 1)
  }

  /** The best of the splits behind the first `last` bins, if it is better than what is known. */
  function scanOneWay(
    sums: Float64Array,
    tally: Int32Array,
    feature: number,
    which: number,
    last: number,
    missingLeft: number,
  ): void {
    const out = 12 * feature + 6 * which
    const allGradient = facts[3 * which]!
    const allCurvature = facts[3 * which + 1]!
    const all = facts[3 * which + 2]!
    if (all < 2 * least) return
    const before = allGradient * (allGradient / (allCurvature + l2 + 1e-15))
    const first = feature * 512
    let best = splits[out]!
    let gradient = 0
    let curvature = 0
    let count = 0
    let found = false
    if (missingLeft !== 0) {
      gradient = sums[first + 510]!
      curvature = sums[first + 511]!
      count = counted !== 0 ? tally[feature * 256 + 255]! : curvature
    }
    for (let bin = 0; bin < last; bin++) {
      const at = first + 2 * bin
      gradient += sums[at]!
      curvature += sums[at + 1]!
      count += counted !== 0 ? tally[feature * 256 + bin]! : sums[at + 1]!
      // Sides of hardly any curvature are not made.
      if (count < least || curvature < 1e-3) continue
      const rest = allCurvature - curvature
      if (all - count < least || rest < 1e-3) break
      const other = allGradient - gradient
      const ofLeft = gradient * (gradient / (curvature + l2 + 1e-15))
      const ofRight = other * (other / (rest + l2 + 1e-15))
      // In this order, which is scikit-learn's: where sides are alike, rounding says whether they are split.
      const gain = ofLeft - before + ofRight
      // Of bins with nobody between them, missing values on the left go with as many as they can.
      if (gain > best || (missingLeft !== 0 && found && gain === best)) {
        best = gain
        found = true
        splits[out] = gain
        splits[out + 1] = bin
        splits[out + 2] = missingLeft
        splits[out + 3] = gradient
        splits[out + 4] = curvature
        splits[out + 5] = count
      }
    }
  }
}

/**
 * Parts a node's records, each part of them on its own: those of bins up to `bin` go to `lefts`, the
 * others to `rights`, both from place `from` on.
 *
 * @returns How many went left.
 */
export function partRecords(
  column: Uint8Array,
  order: Int32Array,
  start: number,
  bin: number,
  missingLeft: number,
  lefts: Int32Array,
  rights: Int32Array,
  from: number,
  to: number,
): number {
  let left = from
  let right = from
  for (let at = start + from; at < start + to; at++) {
    const row = order[at]!
    const found = column[row]!
    if (found <= bin || (found === 255 && missingLeft !== 0)) lefts[left++] = row
    else rights[right++] = row
  }
  return left - from
}

/**
 * Puts the records of each part where they belong, those of the left child before those of the right one,
 * and gathers the slopes of one side.
 *
 * @param starts Where parts begin.
 * @param wentLeft How many of each part are in `lefts`.
 * @param total How many that is together.
 * @param gatherLeft 1 to gather the slopes of the left child, 0 for those of the right one.
 */
export function settleRecords(
  order: Int32Array,
  start: number,
  lefts: Int32Array,
  rights: Int32Array,
  starts: Int32Array,
  wentLeft: Int32Array,
  total: number,
  gatherLeft: number,
  slopes: Float32Array,
  ordered: Float32Array,
  from: number,
  to: number,
): void {
  let before = 0
  let part = 0
  while (starts[part]! < from) before += wentLeft[part++]!
  const left = wentLeft[part]!
  const leftAt = start + before
  const rightAt = start + total + from - before
  const right = to - from - left
  for (let k = 0; k < left; k++) order[leftAt + k] = lefts[from + k]!
  for (let k = 0; k < right; k++) order[rightAt + k] = rights[from + k]!
  const first = gatherLeft !== 0 ? leftAt : rightAt
  const end = first + (gatherLeft !== 0 ? left : right)
  for (let at = first; at < end; at++) {
    const row = order[at]!
    ordered[2 * at] = slopes[2 * row]!
    ordered[2 * at + 1] = slopes[2 * row + 1]!
  }
}

/**
 * Adds the values of leaves to the scores of their records.
 *
 * @param starts Where in `order` the records of each leaf begin, and where the last ones end.
 */
export function addLeaves(
  order: Int32Array,
  starts: Int32Array,
  values: Float64Array,
  scores: Float64Array,
  from: number,
  to: number,
): void {
  let leaf = 0
  for (let at = from; at < to; at++) {
    while (starts[leaf + 1]! <= at) leaf++
    scores[order[at]!]! += values[leaf]!
  }
}

/** Adds what a tree gives for records that it was not grown of. */
export function walkTree(
  binned: Uint8Array,
  length: number,
  order: Int32Array,
  features: Int32Array,
  bins: Int32Array,
  lefts: Int32Array,
  missing: Int32Array,
  values: Float64Array,
  scores: Float64Array,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) {
    const row = order[at]!
    let node = 0
    for (let left = lefts[0]!; left >= 0; left = lefts[node]!) {
      const found = binned[features[node]! * length + row]!
      const goes = found <= bins[node]! || (found === 255 && missing[node] !== 0)
      node = goes ? left : left + 1
    }
    scores[row]! += values[node]!
  }
}

/** The kernels, for a team. */
export const histogramKernels = {
  name: 'ml/histograms',
  code: () => import('./modules/histograms.js'),
  functions: {
    findBins,
    gatherSlopes,
    sumSlopes,
    growNodes,
    partRecords,
    settleRecords,
    addLeaves,
    walkTree,
  },
}
