/** Edges, or anything else with small whole keys, grouped into rows. */
import { ArgumentError } from '../../errors.js'
import type { Region } from '../region/region.js'
import { checkLength, type Kernels } from './kernel.js'
import type { KernelExports } from './kernel-module.js'
import { countKeys, endsToBegins, placePositions, placeValues } from './twins/edge-rows.js'

/**
 * Stable grouping by counting sort. Keys are whole numbers below the number of groups, which is one
 * less than the length of `offsets`. O(keys + groups).
 */
export interface EdgeRowKernels extends Kernels {
  /**
   * Puts the positions of `keys` into `order`, by key, and by position where keys are equal; group k
   * is `order` from `offsets[k]` to `offsets[k + 1]`.
   *
   * @throws {ArgumentError} If a key is out of range, which it names; if `order` is shorter than
   * `keys`, or an array is not in the region.
   */
  sortedPositions(keys: Int32Array, offsets: Int32Array, order: Int32Array): void
  /**
   * Makes compressed sparse rows of edges: the targets of source s are `neighbours` from
   * `offsets[s]` to `offsets[s + 1]`, in the order of the edges.
   *
   * @throws {ArgumentError} If a source is out of range, which it names; if `targets` or
   * `neighbours` is shorter than `sources`, or an array is not in the region.
   */
  buildRows(
    sources: Int32Array,
    targets: Int32Array,
    offsets: Int32Array,
    neighbours: Int32Array,
  ): void
}

/** The kernels over a region; the plain ones when `exports` is `null`. */
export function edgeRowKernels(region: Region, exports: KernelExports | null): EdgeRowKernels {
  return {
    form: exports === null ? 'plain' : 'webassembly',
    sortedPositions(keys, offsets, order) {
      const { length } = keys
      checkLength('sortedPositions', 'offsets', offsets, 1)
      checkLength('sortedPositions', 'order', order, length)
      const k = region.addressOf(keys)
      const o = region.addressOf(offsets)
      const p = region.addressOf(order)
      const groups = offsets.length - 1
      if (exports === null) {
        mustFit('sortedPositions', keys, groups, countKeys(keys, length, offsets, groups))
        placePositions(keys, length, offsets, order)
        endsToBegins(offsets, groups)
      } else {
        mustFit('sortedPositions', keys, groups, exports.countKeys!(k, length, o, groups))
        exports.placePositions!(k, length, o, p)
        exports.endsToBegins!(o, groups)
      }
    },
    buildRows(sources, targets, offsets, neighbours) {
      const { length } = sources
      checkLength('buildRows', 'offsets', offsets, 1)
      checkLength('buildRows', 'targets', targets, length)
      checkLength('buildRows', 'neighbours', neighbours, length)
      const s = region.addressOf(sources)
      const t = region.addressOf(targets)
      const o = region.addressOf(offsets)
      const n = region.addressOf(neighbours)
      const groups = offsets.length - 1
      if (exports === null) {
        mustFit('buildRows', sources, groups, countKeys(sources, length, offsets, groups))
        placeValues(sources, targets, length, offsets, neighbours)
        endsToBegins(offsets, groups)
      } else {
        mustFit('buildRows', sources, groups, exports.countKeys!(s, length, o, groups))
        exports.placeValues!(s, t, length, o, n)
        exports.endsToBegins!(o, groups)
      }
    },
  }
}

function mustFit(operation: string, keys: Int32Array, groups: number, wrong: number): void {
  if (wrong === -1) return
  throw new ArgumentError(
    `${operation}: keys must be from 0 to ${groups - 1}, one less than there are groups; got ${keys[wrong]} at ${wrong}. offsets must have one element more than there are groups.`,
  )
}
