/** What searches want to know of all weights, looked at once. */

/** See `weightRange`. */
export interface WeightRange {
  /** Infinite without any. */
  readonly shortest: number
  /** 0 without any. */
  readonly longest: number
  /** Whether all are whole numbers, from 0 to 2^31 - 1. */
  readonly whole: boolean
}

const known = new WeakMap<Float64Array, WeightRange>()

/** The range of weights that nobody writes into any more. O(edges) the first time. */
export function weightRange(weights: Float64Array): WeightRange {
  const before = known.get(weights)
  if (before !== undefined) return before
  let shortest = Number.POSITIVE_INFINITY
  let longest = 0
  let whole = true
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k]!
    if (weight < shortest) shortest = weight
    if (weight > longest) longest = weight
    whole &&= weight === (weight | 0)
  }
  const range = { shortest, longest, whole: whole && shortest >= 0 }
  known.set(weights, range)
  return range
}
