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

/** Puts the slopes of a node's records one behind the other, at the places of the records in `order`. */
export function gatherSlopes(
  order: Int32Array,
  start: number,
  slopes: Float32Array,
  ordered: Float32Array,
  from: number,
  to: number,
): void {
  for (let at = start + from; at < start + to; at++) {
    const row = order[at]!
    ordered[2 * at] = slopes[2 * row]!
    ordered[2 * at + 1] = slopes[2 * row + 1]!
  }
}

/**
 * The histograms of the features from `from` to `to` over the records from `start` to `end` of `order`.
 *
 * @param counted 1 to count records, too; 0 where curvatures are 1 and count themselves.
 */
export function fillHistograms(
  binned: Uint8Array,
  length: number,
  order: Int32Array,
  start: number,
  end: number,
  ordered: Float32Array,
  counted: number,
  histogram: Float64Array,
  counts: Int32Array,
  from: number,
  to: number,
): void {
  histogram.fill(0, from * 512, to * 512)
  if (counted !== 0) counts.fill(0, from * 256, to * 256)
  for (let feature = from; feature < to; feature++) {
    const column = feature * length
    for (let at = start; at < end; at++) {
      const bin = binned[column + order[at]!]!
      histogram[feature * 512 + 2 * bin]! += ordered[2 * at]!
      histogram[feature * 512 + 2 * bin + 1]! += ordered[2 * at + 1]!
      if (counted !== 0) counts[feature * 256 + bin]!++
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
  functions: { findBins, gatherSlopes, fillHistograms, partRecords, addLeaves, walkTree },
}
