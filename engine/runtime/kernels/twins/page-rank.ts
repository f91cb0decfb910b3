/** PageRank over compressed sparse rows in plain TypeScript; the twin of `../assembly/page-rank.ts`. */

/** Spreads the scores over out-edges; returns `dangling` plus the scores of those without. */
export function contribute64(
  scores: Float64Array,
  degrees: Int32Array,
  contributions: Float64Array,
  from: number,
  to: number,
  dangling: number,
): number {
  for (let v = from; v < to; v++) {
    const score = scores[v]!
    const degree = degrees[v]!
    if (degree === 0) dangling += score
    contributions[v] = degree === 0 ? 0 : score / degree
  }
  return dangling
}

/** The same with values of 32 bits: apart, so that each loop sees one kind of array. */
export function contribute32(
  scores: Float32Array,
  degrees: Int32Array,
  contributions: Float32Array,
  from: number,
  to: number,
  dangling: number,
): number {
  for (let v = from; v < to; v++) {
    const score = scores[v]!
    const degree = degrees[v]!
    if (degree === 0) dangling += score
    contributions[v] = degree === 0 ? 0 : score / degree
  }
  return dangling
}

/** Sums the contributions of neighbours into new scores; returns `change` plus their L1 change. */
export function pull64(
  offsets: Int32Array,
  neighbours: Int32Array,
  contributions: Float64Array,
  scores: Float64Array,
  base: number,
  damping: number,
  from: number,
  to: number,
  change: number,
): number {
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    for (; at < end; at++) sum += contributions[neighbours[at]!]!
    const score = base + damping * sum
    change += Math.abs(score - scores[v]!)
    scores[v] = score
  }
  return change
}

/** The same with values of 32 bits; sums have 64. */
export function pull32(
  offsets: Int32Array,
  neighbours: Int32Array,
  contributions: Float32Array,
  scores: Float32Array,
  base: number,
  damping: number,
  from: number,
  to: number,
  change: number,
): number {
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    for (; at < end; at++) sum += contributions[neighbours[at]!]!
    const score = Math.fround(base + damping * sum)
    change += Math.abs(score - scores[v]!)
    scores[v] = score
  }
  return change
}
