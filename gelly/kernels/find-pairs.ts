/** Pairs of vertices that share a neighbour, with a score: the kernel, and the arrays that it works on. */
import type { Scratch } from '../topology/scratch.js'

/** Which pairs are kept. */
export interface PairChoice {
  /** Whether the score is the sum by what both vertices have, `sum / (deg a + deg b - sum)`; else the sum. */
  readonly byUnion: boolean
  readonly minimumScore: number
  readonly maximumScore: number
  /** Whether each pair is there in both orders. */
  readonly mirror: boolean
}

/** Work space of several threads; `sums` and `found` have a piece for each. */
export interface PairSpace {
  /** A zero for each thread. */
  readonly slots: Int32Array
  /** By vertex: zeros between two vertices. */
  readonly sums: Float64Array
  /** The vertices with a sum. */
  readonly found: Int32Array
}

/** Where pairs are written. */
export interface PairRoom {
  readonly first: Int32Array
  readonly second: Int32Array
  /** What the vertices have in common. */
  readonly sums: Float64Array
  readonly scores: Float64Array
}

/** Work space for graphs of so many vertices; 12 bytes for each, and for each thread. */
export function pairSpace(vertexCount: number, threads: number, scratch: Scratch): PairSpace {
  return {
    slots: scratch.int32(threads),
    sums: scratch.float64(threads * vertexCount),
    found: scratch.uncleared(threads * vertexCount),
  }
}

/** Room for so many pairs; 24 bytes each. */
export function pairRoom(pairs: number, scratch: Scratch): PairRoom {
  return {
    first: scratch.uncleared(pairs),
    second: scratch.uncleared(pairs),
    sums: scratch.unclearedFloat64(pairs),
    scores: scratch.unclearedFloat64(pairs),
  }
}

/**
 * Writes the pairs whose first vertex is in the range, and whose score is within the limits, from
 * `places[from]` on: by the first vertex, then by the second. Returns how many there are.
 *
 * For each vertex, adds up the weights of the neighbours that it shares with those behind it. Uses nothing
 * from outside, since workers get its text.
 *
 * @param offsets Rows that are symmetric and ascending, without loops or duplicates.
 * @param weights By vertex: more than 0.
 * @param byUnion As in `PairChoice`, 1 or 0; so is `mirror`.
 *
 * Cost: for a vertex, the sum of the degrees of its neighbours, and sorting what was found.
 */
export function findPairs(
  offsets: Int32Array,
  neighbours: Int32Array,
  weights: Float64Array,
  slots: Int32Array,
  allSums: Float64Array,
  allFound: Int32Array,
  places: Int32Array,
  firsts: Int32Array,
  seconds: Int32Array,
  pairSums: Float64Array,
  scores: Float64Array,
  byUnion: number,
  minimum: number,
  maximum: number,
  mirror: number,
  from: number,
  to: number,
): number {
  let slot = 0
  while (Atomics.compareExchange(slots, slot, 0, 1) !== 0) slot = (slot + 1) % slots.length
  const n = offsets.length - 1
  const sums = allSums.subarray(slot * n, (slot + 1) * n)
  const found = allFound.subarray(slot * n, (slot + 1) * n)
  const begin = places[from]!
  let at = begin
  for (let u = from; u < to; u++) {
    const row = offsets[u]!
    const rowEnd = offsets[u + 1]!
    const length = collect(u, row, rowEnd)
    if (length > 1) found.subarray(0, length).sort()
    for (let k = 0; k < length; k++) {
      const other = found[k]!
      const sum = sums[other]!
      sums[other] = 0
      const all = rowEnd - row + offsets[other + 1]! - offsets[other]!
      const score = byUnion === 1 ? sum / (all - sum) : sum
      if (!(score >= minimum && score <= maximum)) continue
      write(u, other, sum, score)
      if (mirror === 1) write(other, u, sum, score)
    }
  }
  Atomics.store(slots, slot, 0)
  return at - begin

  /** Sums for the vertices behind `u`; returns how many have one. */
  function collect(u: number, row: number, rowEnd: number): number {
    let length = 0
    for (let k = row; k < rowEnd; k++) {
      const shared = neighbours[k]!
      const weight = weights[shared]!
      // From the end, down to `u` itself, which is there because rows are symmetric.
      for (let place = offsets[shared + 1]! - 1; neighbours[place]! > u; place--) {
        const other = neighbours[place]!
        if (sums[other] === 0) found[length++] = other
        sums[other]! += weight
      }
    }
    return length
  }

  function write(a: number, b: number, sum: number, score: number): void {
    firsts[at] = a
    seconds[at] = b
    pairSums[at] = sum
    scores[at] = score
    at++
  }
}

/** The kernel, for a team. */
export const pairKernels = { name: 'gelly/find-pairs', functions: { findPairs } }
