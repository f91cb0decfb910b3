import { MISSING } from './bins.js'

/** The sums of a node's records by bin, and how many there are. */
export interface Histogram {
  /** By feature and bin: the sum of gradients and that of curvatures. */
  readonly sums: Float64Array
  /** By feature and bin: how many records; empty where curvatures count them. */
  readonly counts: Int32Array
}

/** What a split may be. */
export interface SplitLimits {
  /** By feature: how many bins it has, without that of missing values. */
  readonly bins: readonly number[]
  readonly hasMissing: readonly boolean[]
  readonly minLeafRecords: number
  readonly l2: number
}

/** Sums over the records of a node. */
export interface NodeSums {
  readonly gradient: number
  readonly curvature: number
  readonly count: number
}

/** How a node is split best. */
export interface Split {
  readonly feature: number
  /** The last bin that goes left. */
  readonly bin: number
  readonly missingLeft: boolean
  /** By how much the loss becomes less, twice. */
  readonly gain: number
  readonly left: NodeSums
  readonly right: NodeSums
}

/** Sides of less curvature are not made. */
const LEAST_CURVATURE = 1e-3

/** The value of a leaf: where the loss, taken as a parabola, is least. */
export function leafValue({ gradient, curvature }: NodeSums, l2: number): number {
  return -gradient / (curvature + l2 + 1e-15)
}

/**
 * The split of the greatest gain, the first of equals; `undefined` where none gains anything.
 *
 * The gain is `Gl^2 / (Hl + l2) + Gr^2 / (Hr + l2) - G^2 / (H + l2)`, with the sums of gradients G and of
 * curvatures H. Missing values go right, or left where that is better.
 *
 * Cost: O(bins of all features). Source: Chen and Guestrin, "XGBoost: a scalable tree boosting system",
 * 2016.
 */
export function bestSplit(
  histogram: Histogram,
  node: NodeSums,
  limits: SplitLimits,
): Split | undefined {
  const { bins, hasMissing } = limits
  let best: Candidate | undefined
  let feature = -1
  for (let k = 0; k < bins.length; k++) {
    const missing = hasMissing[k]!
    const right = scan(histogram, k, node, limits, missing ? bins[k]! : bins[k]! - 1, false)
    if (right !== undefined && (best === undefined || right.gain > best.gain)) {
      best = right
      feature = k
    }
    if (!missing) continue
    const left = scan(histogram, k, node, limits, bins[k]! - 1, true)
    if (left !== undefined && (best === undefined || left.gain > best.gain)) {
      best = left
      feature = k
    }
  }
  if (best === undefined) return undefined
  const { bin, missingLeft, gain, gradient, curvature, count } = best
  return {
    feature,
    bin,
    missingLeft,
    gain,
    left: { gradient, curvature, count },
    right: {
      gradient: node.gradient - gradient,
      curvature: node.curvature - curvature,
      count: node.count - count,
    },
  }
}

/** A split with the sums of its left side. */
interface Candidate extends NodeSums {
  readonly bin: number
  readonly missingLeft: boolean
  readonly gain: number
}

/** The best of the splits behind the first `end` bins. */
function scan(
  { sums, counts }: Histogram,
  feature: number,
  { gradient: allGradient, curvature: allCurvature, count: all }: NodeSums,
  { minLeafRecords, l2 }: SplitLimits,
  end: number,
  missingLeft: boolean,
): Candidate | undefined {
  const first = feature * 512
  const counted = counts.length > 0
  const before = allGradient * (allGradient / (allCurvature + l2 + 1e-15))
  let gradient = 0
  let curvature = 0
  let count = 0
  let gain = 0
  let found = -1
  let bestGradient = 0
  let bestCurvature = 0
  let bestCount = 0
  if (missingLeft) {
    gradient = sums[first + 2 * MISSING]!
    curvature = sums[first + 2 * MISSING + 1]!
    count = counted ? counts[feature * 256 + MISSING]! : curvature
  }
  for (let bin = 0; bin < end; bin++) {
    const at = first + 2 * bin
    gradient += sums[at]!
    curvature += sums[at + 1]!
    count += counted ? counts[feature * 256 + bin]! : sums[at + 1]!
    if (count < minLeafRecords || curvature < LEAST_CURVATURE) continue
    const rest = allCurvature - curvature
    if (all - count < minLeafRecords || rest < LEAST_CURVATURE) break
    const other = allGradient - gradient
    const now =
      gradient * (gradient / (curvature + l2 + 1e-15)) + other * (other / (rest + l2 + 1e-15))
    const gained = now - before
    // Of bins with nobody between them, missing values on the left go with as many as they can.
    if (gained > gain || (missingLeft && gained === gain && found >= 0)) {
      gain = gained
      found = bin
      bestGradient = gradient
      bestCurvature = curvature
      bestCount = count
    }
  }
  if (found < 0) return undefined
  const sumsOfLeft = { gradient: bestGradient, curvature: bestCurvature, count: bestCount }
  return { bin: found, missingLeft, gain, ...sumsOfLeft }
}
