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
 * Gives each vertex's place in `contributions` what it sends along each unit of strength: its score
 * divided by its strength, the sum of the weights of its out-edges.
 *
 * @returns The scores of vertices whose strength is 0.
 */
function spread(
  scores: Float64Array,
  strengths: Float64Array,
  places: Int32Array,
  contributions: Float64Array,
  from: number,
  to: number,
): number {
  let dangling = 0
  for (let v = from; v < to; v++) {
    const score = scores[v]!
    const strength = strengths[v]!
    if (strength === 0) dangling += score
    contributions[places[v]!] = strength === 0 ? 0 : score / strength
  }
  return dangling
}

/**
 * Sets each score to `jump * jumps[v]` and `damping` times the contributions of its in-edges.
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
    for (; at < end; at++) sum += contributions[sources[at]!]!
    const score = jump * jumps[v]! + damping * sum
    change += Math.abs(score - scores[v]!)
    scores[v] = score
  }
  return change
}

/** The same where each in-edge has a weight, by place in `sources`. */
function pullWeighted(
  offsets: Int32Array,
  sources: Int32Array,
  weights: Float64Array,
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
    for (; at < end; at++) sum += weights[at]! * contributions[sources[at]!]!
    const score = jump * jumps[v]! + damping * sum
    change += Math.abs(score - scores[v]!)
    scores[v] = score
  }
  return change
}

/** The kernels, for a team. */
export const pageRankKernels = {
  name: 'gelly/page-rank',
  code: () => import('./modules/page-rank.js'),
  functions: { rename, spread, pull, pullWeighted },
}
