import type { Objective } from './linear-objective.js'
import { absoluteCost, addTimes, dot } from './vectors.js'

/** Where a line search begins, and where it leads. */
export interface Search {
  readonly objective: Objective
  /** By coordinate: what its absolute value costs besides. `null`: nothing. */
  readonly absolute: Float64Array | null
  readonly point: Float64Array
  /** The gradient there, without costs of absolute values. */
  readonly gradient: Float64Array
  /** The gradient with them. */
  readonly slopes: Float64Array
  readonly direction: Float64Array
  /** The objective there, with them. */
  readonly value: number
  /** Whether the direction's length means nothing yet. */
  readonly first: boolean
}

/** A better point. */
export interface Found {
  readonly point: Float64Array
  readonly gradient: Float64Array
  readonly value: number
}

/** The objective must fall by this part of what the slope promises. */
const FALL = 1e-4
/** The slope must come down to this part of itself. */
const FLATTER = 0.9
/** Points that are tried. */
const TRIALS = 40

/**
 * A step along a direction that is neither too long nor too short, by the conditions of Wolfe; with
 * costs of absolute values one that is not too long, and within the orthant in which it begins.
 *
 * @returns `null` where no step is better with the digits that there are.
 */
export async function lineSearch(search: Search): Promise<Found | null> {
  const { objective, absolute, point, slopes, value, first } = search
  const direction = absolute === null ? search.direction : aligned(search.direction, slopes)
  let slope = dot(direction, slopes)
  if (!(slope < 0)) {
    for (let k = 0; k < direction.length; k++) direction[k] = -slopes[k]!
    slope = -dot(slopes, slopes)
  }
  let step = first || !(slope < 0) ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1
  let [low, high] = [0, Number.POSITIVE_INFINITY]
  // Rounding may hide so much of a fall.
  const blur = 1e-15 * Math.abs(value)
  for (let trial = 0; trial < TRIALS; trial++) {
    const next = moved(point, direction, step, slopes, absolute)
    const gradient = new Float64Array(objective.length)
    const found = (await objective.evaluate(next, gradient)) + absoluteCost(next, absolute)
    const promised = absolute === null ? step * slope : promise(point, next, slopes)
    const then = dot(direction, gradient)
    if (!(found <= value + FALL * promised + blur)) {
      high = step
      step = shorter(low, high, step, value, slope, found)
    } else if (absolute === null && then < FLATTER * slope) {
      low = step
      step = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : longer(step, slope, then)
    } else if (found >= value && Math.abs(promised) <= blur) return null
    else return { point: next, gradient, value: found }
    if (high - low <= 1e-14 * high) break
  }
  return null
}

/** A step shorter than `high`: where a parabola through what is known has its minimum. */
function shorter(
  low: number,
  high: number,
  step: number,
  value: number,
  slope: number,
  found: number,
): number {
  const bottom = (-slope * step * step) / (2 * (found - value - slope * step))
  const width = high - low
  return bottom > low + 0.1 * width && bottom < high - 0.1 * width ? bottom : low + 0.5 * width
}

/** A longer step: where the slope is 0 if it goes on changing as it did; at most ten times as long. */
function longer(step: number, slope: number, then: number): number {
  const bottom = (step * slope) / (slope - then)
  return bottom > 1.5 * step ? Math.min(bottom, 10 * step) : 2 * step
}

/** A direction without the coordinates along which it does not descend. */
function aligned(direction: Float64Array, slopes: Float64Array): Float64Array {
  return direction.map((value, k) => (value * slopes[k]! < 0 ? value : 0))
}

/** The point a step ahead; coordinates that would leave their orthant are 0. */
function moved(
  point: Float64Array,
  direction: Float64Array,
  step: number,
  slopes: Float64Array,
  absolute: Float64Array | null,
): Float64Array {
  const next = point.slice()
  addTimes(next, step, direction)
  if (absolute === null) return next
  for (let k = 0; k < next.length; k++) {
    if (absolute[k] === 0) continue
    const side = point[k] === 0 ? -slopes[k]! : point[k]!
    if (next[k]! * side <= 0) next[k] = 0
  }
  return next
}

function promise(point: Float64Array, next: Float64Array, slopes: Float64Array): number {
  let sum = 0
  for (let k = 0; k < point.length; k++) sum += slopes[k]! * (next[k]! - point[k]!)
  return sum
}
