/** PageRank, a superstep at a time. */
import { ArgumentError } from '../../errors.js'
import type { Region } from '../region/region.js'
import { checkLength, checkPart, type Kernels } from './kernel.js'
import type { KernelExports } from './kernel-module.js'
import { contribute32, contribute64, pull32, pull64 } from './twins/page-rank.js'

/** The arrays of `pull`, all in one region. `V` is the kind of their values. */
export interface PullSweep<V extends Float64Array | Float32Array = Float64Array | Float32Array> {
  /** Where the in-edges of each vertex begin in `neighbours`; one more than there are vertices. */
  readonly offsets: Int32Array
  /** The sources of in-edges, vertex by vertex; each is below the number of vertices. */
  readonly neighbours: Int32Array
  /** By vertex: what it gives along each out-edge, as `contribute` makes it. */
  readonly contributions: V
  /** By vertex: its score, before and after. */
  readonly scores: V
  /** What each vertex has without neighbours. */
  readonly base: number
  /** The part of the neighbours' contributions that arrives. */
  readonly damping: number
}

/**
 * The two halves of a PageRank superstep, each for the vertices of a range, so that workers can
 * split them. Values have 64 or 32 bits, sums always 64.
 */
export interface PageRankKernels extends Kernels {
  /**
   * Writes score divided by out-degree into `contributions`; 0 where there are no out-edges.
   *
   * @returns The sum of the scores without out-edges, in the order of the vertices.
   * @throws {ArgumentError} If the range is not within the arrays, or they are not in the region.
   */
  contribute<V extends Float64Array | Float32Array>(
    scores: V,
    degrees: Int32Array,
    contributions: V,
    from: number,
    to: number,
  ): number
  /**
   * Sets each score to base + damping * the sum of its neighbours' contributions.
   * Neighbours are added in their order.
   *
   * @returns The sum of the absolute changes, in the order of the vertices.
   * @throws {ArgumentError} If the range is not within the arrays, or they are not in the region.
   */
  pull(sweep: PullSweep, from: number, to: number): number
}

/** The kernels over a region; the plain ones when `exports` is `null`. */
export function pageRankKernels(region: Region, exports: KernelExports | null): PageRankKernels {
  return {
    form: exports === null ? 'plain' : 'webassembly',
    contribute(scores, degrees, contributions, from, to) {
      checkPart('contribute', from, to, scores.length)
      checkLength('contribute', 'degrees', degrees, to)
      checkLength('contribute', 'contributions', contributions, to)
      const wide = areWide('contribute', scores, contributions)
      const s = region.addressOf(scores)
      const d = region.addressOf(degrees)
      const c = region.addressOf(contributions)
      if (exports === null) {
        return wide
          ? contribute64(
              scores as Float64Array,
              degrees,
              contributions as Float64Array,
              from,
              to,
              0,
            )
          : contribute32(
              scores as Float32Array,
              degrees,
              contributions as Float32Array,
              from,
              to,
              0,
            )
      }
      const run = wide ? exports.contribute64! : exports.contribute32!
      return inBlocks(from, to, (start, end, sum) => run(s, d, c, start, end, sum))
    },
    pull(sweep, from, to) {
      const { offsets, neighbours, contributions, scores, base, damping } = sweep
      checkPart('pull', from, to, scores.length)
      checkLength('pull', 'offsets', offsets, to + 1)
      checkLength('pull', 'neighbours', neighbours, offsets[to]!)
      const wide = areWide('pull', scores, contributions)
      const o = region.addressOf(offsets)
      const n = region.addressOf(neighbours)
      const c = region.addressOf(contributions)
      const s = region.addressOf(scores)
      if (exports === null) {
        return wide
          ? pull64(
              offsets,
              neighbours,
              contributions as Float64Array,
              scores as Float64Array,
              base,
              damping,
              from,
              to,
              0,
            )
          : pull32(
              offsets,
              neighbours,
              contributions as Float32Array,
              scores as Float32Array,
              base,
              damping,
              from,
              to,
              0,
            )
      }
      const run = wide ? exports.pull64! : exports.pull32!
      return inBlocks(from, to, (start, end, sum) =>
        run(o, n, c, s, base, damping, start, end, sum),
      )
    },
  }
}

function areWide(operation: string, a: object, b: object): boolean {
  if (a instanceof Float64Array && b instanceof Float64Array) return true
  if (a instanceof Float32Array && b instanceof Float32Array) return false
  throw new ArgumentError(
    `${operation}: scores and contributions must both be a Float64Array, or both a Float32Array.`,
  )
}

/** Vertices between two calls: enough to make a call cost nothing. */
const BLOCK = 8192

/**
 * Runs a kernel in parts that carry a sum on. V8 replaces its first, slow code of a function when it
 * is called the next time, never in the middle of a loop.
 */
function inBlocks(
  from: number,
  to: number,
  run: (start: number, end: number, sum: number) => number,
): number {
  let sum = 0
  for (let start = from; start < to; start += BLOCK) {
    sum = run(start, Math.min(start + BLOCK, to), sum)
  }
  return sum
}
