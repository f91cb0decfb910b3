/** What sorted lists of whole numbers, such as the neighbours of two vertices, have in common. */
import type { Region } from '../region/region.js'
import { checkLength, checkPart, type Kernels } from './kernel.js'
import type { KernelExports } from './kernel-module.js'
import { countCommon, countTriangles } from './twins/sorted-lists.js'

/** Rows of ascending whole numbers, none of them twice in a row; all in one region. */
export interface SortedRows {
  /** Where each row begins in `neighbours`; one more than there are rows. */
  readonly offsets: Int32Array
  /** The numbers, row by row. */
  readonly neighbours: Int32Array
}

/** Intersections of sorted lists, by merging: their cost is the sum of the lengths. */
export interface SortedListKernels extends Kernels {
  /**
   * How many numbers two rows share.
   *
   * @throws {ArgumentError} If there is no such row, or the arrays are not in the region.
   */
  countCommon(rows: SortedRows, a: number, b: number): number
  /**
   * The triangles u > v > w of a symmetric graph with `from` <= u < `to`; each is counted once.
   *
   * Rows must only name rows that exist, which is not checked.
   *
   * @throws {ArgumentError} If there are no such rows, or the arrays are not in the region.
   */
  countTriangles(rows: SortedRows, from: number, to: number): number
}

/** The kernels over a region; the plain ones when `exports` is `null`. */
export function sortedListKernels(
  region: Region,
  exports: KernelExports | null,
): SortedListKernels {
  return {
    form: exports === null ? 'plain' : 'webassembly',
    countCommon({ offsets, neighbours }, a, b) {
      const last = offsets.length - 1
      checkPart('countCommon', a, a + 1, last)
      checkPart('countCommon', b, b + 1, last)
      checkLength('countCommon', 'neighbours', neighbours, offsets[Math.max(a, b) + 1]!)
      const n = region.addressOf(neighbours)
      region.addressOf(offsets)
      const bounds = [offsets[a]!, offsets[a + 1]!, offsets[b]!, offsets[b + 1]!] as const
      return exports === null
        ? countCommon(neighbours, ...bounds)
        : exports.countCommon!(n, ...bounds)
    },
    countTriangles({ offsets, neighbours }, from, to) {
      checkPart('countTriangles', from, to, offsets.length - 1)
      checkLength('countTriangles', 'neighbours', neighbours, offsets[to]!)
      const o = region.addressOf(offsets)
      const n = region.addressOf(neighbours)
      if (exports === null) return countTriangles(offsets, neighbours, from, to)
      let count = 0
      // In parts, for the reason that page-rank.ts has.
      for (let start = from; start < to; start += BLOCK) {
        count += exports.countTriangles!(o, n, start, Math.min(start + BLOCK, to))
      }
      return count
    },
  }
}

/** Rows between two calls. */
const BLOCK = 1024
