/**
 * Sums over the distances from vertices to a set of others, without weights: searches from up to 32
 * of these at once, a bit for each.
 *
 * A vertex that several searches reach in the same step is looked at once for all of them. From the
 * third step on that is most of the work in graphs of small diameter.
 *
 * Source: Then et al., "The more the merrier: efficient multi-source graph traversal", PVLDB 8(4),
 * 2014.
 */
import type { Adjacency } from '../topology/adjacency.js'

/** What is summed up by vertex, over all pivots that were given so far. */
export interface DistanceSums {
  /** Pivots at a finite distance, itself left out. */
  readonly reached: Int32Array
  /** The sum of these distances. */
  readonly totals: Float64Array
  /** The sum of the reciprocals of these distances. */
  readonly reciprocals: Float64Array
  /** The largest of these distances. */
  readonly farthest: Float64Array
}

/** Bits per vertex: who was there, who is there now, who comes next. */
export interface ManySearches {
  readonly seen: Int32Array
  readonly now: Int32Array
  readonly next: Int32Array
}

/** How many searches run at once. */
export const SEARCHES = 32

/** Sums of so many vertices, all 0. */
export function distanceSumsOf(vertexCount: number): DistanceSums {
  return {
    reached: new Int32Array(vertexCount),
    totals: new Float64Array(vertexCount),
    reciprocals: new Float64Array(vertexCount),
    farthest: new Float64Array(vertexCount),
  }
}

/** Work space of searches. */
export function manySearchesOf(vertexCount: number): ManySearches {
  return {
    seen: new Int32Array(vertexCount),
    now: new Int32Array(vertexCount),
    next: new Int32Array(vertexCount),
  }
}

/**
 * Adds the distances to the pivots `pivots[from..to]`, at most 32 of them.
 *
 * @param against Rows against the direction of the paths: for distances from v to a pivot along
 * out-edges, the in-rows.
 *
 * Cost: O(edges) per distance at most; together no more than the searches one by one.
 */
export function addDistances(
  against: Adjacency,
  pivots: Int32Array,
  from: number,
  to: number,
  searches: ManySearches,
  sums: DistanceSums,
): void {
  const { seen, now, next } = searches
  const { reached, totals, reciprocals, farthest } = sums
  seen.fill(0)
  now.fill(0)
  for (let k = from; k < to; k++) {
    now[pivots[k]!]! |= 1 << (k - from)
    seen[pivots[k]!]! |= 1 << (k - from)
  }
  for (let distance = 1; ; distance++) {
    spread(against, now, next)
    let any = 0
    for (let v = 0; v < next.length; v++) {
      const found = next[v]! & ~seen[v]!
      next[v] = 0
      now[v] = found
      if (found === 0) continue
      any = 1
      seen[v]! |= found
      const count = bitsOf(found)
      reached[v]! += count
      totals[v]! += count * distance
      reciprocals[v]! += count / distance
      if (distance > farthest[v]!) farthest[v] = distance
    }
    if (any === 0) return
  }
}

/** All that are somewhere now go on to all neighbours. */
function spread({ offsets, neighbours }: Adjacency, now: Int32Array, next: Int32Array): void {
  for (let u = 0; u < now.length; u++) {
    const here = now[u]!
    if (here === 0) continue
    const last = offsets[u + 1]!
    for (let k = offsets[u]!; k < last; k++) next[neighbours[k]!]! |= here
  }
}

/** How many bits are set. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
