/**
 * Draws outcomes of given probabilities with one random number each.
 *
 * Each of 2^bits slots has an outcome of its own and one other, and how often it is the former. The
 * low bits of a random number choose the slot, the rest decide within it.
 *
 * Source: Walker 1977; the construction in linear time is Vose's, "A linear algorithm for generating
 * random numbers with a given distribution", 1991.
 */
export interface AliasTable {
  /** By slot: its own outcome where the rest of the random number is below this. */
  readonly limits: Uint32Array
  /** By slot: the outcome otherwise. */
  readonly others: Int32Array
  /** How many low bits choose the slot. */
  readonly bits: number
}

/** @param probabilities Of the outcomes 0, 1, ...: a power of two of them, at most 2^16, adding up to 1. */
export function aliasTable(probabilities: Float64Array): AliasTable {
  const size = probabilities.length
  const bits = Math.log2(size)
  const shares = probabilities.map(probability => probability * size)
  const limits = new Uint32Array(size)
  const others = Int32Array.from(shares, (_, slot) => slot)
  const small: number[] = []
  const large: number[] = []
  shares.forEach((share, slot) => {
    if (share < 1) small.push(slot)
    else large.push(slot)
  })
  const whole = 2 ** (32 - bits)
  while (small.length > 0 && large.length > 0) {
    const slot = small.pop()!
    const giver = large.at(-1)!
    limits[slot] = Math.round(shares[slot]! * whole)
    others[slot] = giver
    shares[giver]! -= 1 - shares[slot]!
    if (shares[giver]! >= 1) continue
    large.pop()
    small.push(giver)
  }
  return { limits, others, bits } // the rest, by rounding, is its own outcome either way
}
