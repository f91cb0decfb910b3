/** What boosting makes small. */
import type { KernelTeam, TeamKernel } from '../../engine/extend.js'
import { slopeKernels } from '../kernels/slopes.js'

/** Records to learn from, in the order of their bins. */
export interface Targets {
  /** Numbers, or classes by number. */
  readonly labels: Float64Array | Int32Array
  /** By record; `null` where each counts the same. */
  readonly weights: Float64Array | null
}

/** A loss at work on some records. */
export interface Loss {
  /** How many scores a record has: one, or one for each class. */
  readonly outputs: number
  /** Whether all curvatures are 1. */
  readonly constant: boolean
  /** What scores begin with: the best constants for the first `learned` records. */
  baseline(learned: number): Float64Array
  /** Sets the slopes of the records up to `end`; returns the weighted sum of their losses. */
  slopes(scores: Float64Array, slopes: Float32Array, end: number): Promise<number>
  /** That sum for the records from `start` to `end`. */
  sum(scores: Float64Array, slopes: Float32Array, start: number, end: number): number
  /** What a leaf of these records is to give, where the loss is no parabola. */
  readonly leaf?: (scores: Float64Array, records: Int32Array) => number
}

/** The losses by name. */
export type LossName = 'squared' | 'absolute' | 'huber' | 'quantile' | 'logistic' | 'multinomial'

/** A loss. */
export interface LossKind {
  readonly name: LossName
  /** Up to which error Huber's loss is squared; the quantile; else of no use. */
  readonly parameter: number
}

/** @param classes How many classes there are, for the losses of classes. */
export async function createLoss(
  team: KernelTeam,
  { name, parameter }: LossKind,
  { labels, weights }: Targets,
  classes: number,
): Promise<Loss> {
  const kernels = await team.load(slopeKernels)
  const given = weights ?? team.region.float64(0)
  const weighted = weights === null ? 0 : 1
  const { length } = labels
  const outputs = name === 'multinomial' ? classes : 1
  const kernel = kernels[`${name}Slopes`] as unknown as TeamKernel<(number | Float64Array)[]>
  const further = name === 'huber' || name === 'quantile' ? [parameter] : []
  const rest = [labels, given, weighted, ...further] as (number | Float64Array)[]
  const bound = (scores: Float64Array, slopes: Float32Array) =>
    [
      scores,
      ...(name === 'multinomial' ? [length] : []),
      ...rest,
      slopes as unknown as Float64Array,
    ] as const
  const weightOf = (row: number) => (weights === null ? 1 : weights[row]!)
  const shares = (learned: number) => sharesOf(labels, weightOf, learned, Math.max(classes, 2))
  const best = bestOf({ name, parameter }, weights)
  return {
    outputs,
    constant: weights === null && name !== 'logistic' && name !== 'multinomial',
    baseline(learned) {
      if (name === 'squared') return Float64Array.of(meanOf(labels, weightOf, learned))
      if (best !== undefined) {
        const records = Int32Array.from({ length: learned }, (_, row) => row)
        return Float64Array.of(best(records, row => labels[row]!))
      }
      const logarithms = shares(learned).map(Math.log)
      if (name === 'logistic') return Float64Array.of(logarithms[1]! - logarithms[0]!)
      const mean = logarithms.reduce((a, b) => a + b, 0) / classes
      return logarithms.map(value => value - mean)
    },
    async slopes(scores, slopes, end) {
      const sums = await kernel(team.evenParts(end), ...bound(scores, slopes))
      return sums.reduce((a, b) => a + b, 0)
    },
    sum: (scores, slopes, start, end) => kernel.here(start, end, ...bound(scores, slopes)),
    ...(best !== undefined && {
      leaf: (scores: Float64Array, records: Int32Array) =>
        best(records, row => labels[row]! - scores[row]!),
    }),
  }
}

function meanOf(
  labels: ArrayLike<number>,
  weightOf: (row: number) => number,
  learned: number,
): number {
  // Added with what rounding takes away, so that slopes do not depend on the order of the records.
  let [sum, lost, total] = [0, 0, 0]
  for (let row = 0; row < learned; row++) {
    const value = weightOf(row) * labels[row]!
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
    total += weightOf(row)
  }
  return (sum + lost) / total
}

/** The share of each class, none of them 0 or 1. */
function sharesOf(
  labels: ArrayLike<number>,
  weightOf: (row: number) => number,
  learned: number,
  classes: number,
): Float64Array {
  const shares = new Float64Array(classes)
  let total = 0
  for (let row = 0; row < learned; row++) {
    shares[labels[row]!]! += weightOf(row)
    total += weightOf(row)
  }
  const { EPSILON } = Number
  return shares.map(share => Math.min(Math.max(share / total, EPSILON), 1 - EPSILON))
}

/** The constant of the least loss for values of records, where the loss is no parabola. */
function bestOf(
  { name, parameter }: LossKind,
  weights: Float64Array | null,
): ((records: Int32Array, take: (row: number) => number) => number) | undefined {
  if (name === 'absolute') return (records, take) => quantileOf(records, take, weights, 0.5)
  if (name === 'quantile') return (records, take) => quantileOf(records, take, weights, parameter)
  if (name !== 'huber') return undefined
  // A step from the median, as Friedman takes it.
  return (records, take) => {
    const middle = quantileOf(records, take, weights, 0.5)
    let [sum, total] = [0, 0]
    for (const row of records) {
      const weight = weights === null ? 1 : weights[row]!
      sum += weight * Math.min(Math.max(take(row) - middle, -parameter), parameter)
      total += weight
    }
    return total > 0 ? middle + sum / total : middle
  }
}

/** A quantile of a value of records; with weights the least value that such a share of the weight is up to. */
function quantileOf(
  records: Int32Array,
  take: (row: number) => number,
  weights: Float64Array | null,
  quantile: number,
): number {
  if (weights === null) {
    const values = Float64Array.from(records, take).sort()
    const place = quantile * (values.length - 1)
    const below = Math.floor(place)
    const [low, high] = [values[below]!, values[Math.min(below + 1, values.length - 1)]!]
    return low + (place - below) * (high - low)
  }
  const values = Float64Array.from(records, take)
  const order = Array.from(records.keys()).sort((a, b) => values[a]! - values[b]!)
  let total = 0
  for (const row of records) total += weights[row]!
  let sum = 0
  for (const k of order) {
    sum += weights[records[k]!]!
    if (sum >= quantile * total && weights[records[k]!]! > 0) return values[k]!
  }
  return values[order[0]!]!
}
