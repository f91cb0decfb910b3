/**
 * The steps of PageRank, each for a range of vertices; plain twins of `assembly/page-rank.ts`. They use
 * nothing from outside, since workers get their text.
 */

/** Puts new names in the place of neighbours. */
function rename(
  neighbours: Int32Array,
  names: Int32Array,
  renamed: Int32Array,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) renamed[k] = names[neighbours[k]!]!
}

/**
 * Sets scores to where jumps lead, and shares to one part of as many as the out-degree. Where no edge
 * leads, there is nothing else than jumps: there scores begin with that.
 */
function begin(
  offsets: Int32Array,
  degrees: Int32Array,
  jumps: Float64Array,
  damping: number,
  shares: Float64Array,
  scores: Float64Array,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) {
    const degree = degrees[v]!
    shares[v] = +(degree !== 0) / (degree + +(degree === 0))
    scores[v] = jumps[v]! * (1 - damping * +(offsets[v] === offsets[v + 1]))
  }
}

/** Makes all values of a range the same. */
function fill(values: Float64Array, value: number, from: number, to: number): void {
  for (let v = from; v < to; v++) values[v] = value
}

/**
 * Gives each vertex's place in `contributions` what it sends along an edge: its score times its share,
 * 0 for vertices that lead nowhere.
 *
 * @returns What of the scores jumps: all of those with a share of 0, `1 - damping` of the others.
 */
function spread(
  scores: Float64Array,
  shares: Float64Array,
  places: Int32Array,
  contributions: Float64Array,
  damping: number,
  from: number,
  to: number,
): number {
  let leaving = 0
  for (let v = from; v < to; v++) {
    const score = scores[v]!
    const share = shares[v]!
    contributions[places[v]!] = score * share
    leaving += score * (1 - damping * +(share !== 0))
  }
  return leaving
}

/**
 * Sets each score to `jump * jumps[v]` and `damping` times the contributions of its in-edges. Adds four
 * at a time in sums of their own, which a processor does side by side.
 *
 * @returns The sum of the absolute changes.
 */
function pull(
  offsets: Int32Array,
  sources: Int32Array,
  contributions: Float64Array,
  scores: Float64Array,
  jumps: Float64Array,
  jump: number,
  damping: number,
  from: number,
  to: number,
): number {
  let change = 0
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    let second = 0
    let third = 0
    let fourth = 0
    for (; at <= end - 4; at += 4) {
      sum += contributions[sources[at]!]!
      second += contributions[sources[at + 1]!]!
      third += contributions[sources[at + 2]!]!
      fourth += contributions[sources[at + 3]!]!
    }
    sum += second + (third + fourth)
    for (; at < end; at++) sum += contributions[sources[at]!]!
    const score = jump * jumps[v]! + damping * sum
    change += Math.abs(score - scores[v]!)
    scores[v] = score
  }
  return change
}

/** The same where each in-edge takes a part of what its source sends, by place in `sources`. */
function pullWeighted(
  offsets: Int32Array,
  sources: Int32Array,
  portions: Float64Array,
  contributions: Float64Array,
  scores: Float64Array,
  jumps: Float64Array,
  jump: number,
  damping: number,
  from: number,
  to: number,
): number {
  let change = 0
  let at = offsets[from]!
  for (let v = from; v < to; v++) {
    const end = offsets[v + 1]!
    let sum = 0
    for (; at < end; at++) sum += portions[at]! * contributions[sources[at]!]!
    const score = jump * jumps[v]! + damping * sum
    change += Math.abs(score - scores[v]!)
    scores[v] = score
  }
  return change
}

/** Adds up values. */
function sum(values: Float64Array, from: number, to: number): number {
  let all = 0
  for (let v = from; v < to; v++) all += values[v]!
  return all
}

/** The kernels, for a team. */
export const pageRankKernels = {
  name: 'gelly/page-rank',
  code: () => import('./modules/page-rank.js'),
  functions: { rename, fill, begin, spread, pull, pullWeighted, sum },
}
