/** Products of vectors: dense with dense, sparse with dense. */
import type { Region } from '../region/region.js'
import { checkLength, checkPart, type Kernels } from './kernel.js'
import type { KernelExports } from './kernel-module.js'
import { axpy, dot, rowDots, sparseAxpy, sparseDot } from './twins/vectors.js'

/** Sparse rows as `SparseColumn` has them, all in one region. */
export interface SparseRows {
  /** Where each row begins in `indices` and `values`; one more than there are rows. */
  readonly offsets: Int32Array
  /** Places in a dense vector; each is within it, which is not checked. */
  readonly indices: Int32Array
  /** The values at those places. */
  readonly values: Float64Array
}

/**
 * Products of vectors of 64-bit numbers.
 *
 * Sums have four lanes: element k of a vector, or of a sparse row, is added to lane k % 4, and the
 * answer is lane 0 + lane 1 + (lane 2 + lane 3).
 */
export interface VectorKernels extends Kernels {
  /**
   * The sum of the products of two vectors.
   *
   * @throws {ArgumentError} If they differ in length, or are not in the region.
   */
  dot(x: Float64Array, y: Float64Array): number
  /**
   * Adds `a` times `x` to `y`.
   *
   * @throws {ArgumentError} If they differ in length, or are not in the region.
   */
  axpy(a: number, x: Float64Array, y: Float64Array): void
  /**
   * The product of one sparse row with a dense vector.
   *
   * @throws {ArgumentError} If there is no such row, or the arrays are not in the region.
   */
  sparseDot(rows: SparseRows, row: number, dense: Float64Array): number
  /**
   * Adds `a` times one sparse row to a dense vector.
   *
   * @throws {ArgumentError} If there is no such row, or the arrays are not in the region.
   */
  sparseAxpy(a: number, rows: SparseRows, row: number, dense: Float64Array): void
  /**
   * The products of the sparse rows `from` to `to` with a dense vector, into `products` by row.
   *
   * @throws {ArgumentError} If the range is not within the arrays, or they are not in the region.
   */
  rowDots(
    rows: SparseRows,
    dense: Float64Array,
    products: Float64Array,
    from: number,
    to: number,
  ): void
}

/** The kernels over a region; the plain ones when `exports` is `null`. */
export function vectorKernels(region: Region, exports: KernelExports | null): VectorKernels {
  return {
    form: exports === null ? 'plain' : 'webassembly',
    dot(x, y) {
      checkLength('dot', 'x', x, y.length)
      checkLength('dot', 'y', y, x.length)
      const a = region.addressOf(x)
      const b = region.addressOf(y)
      return exports === null ? dot(x, y, x.length) : exports.dot!(a, b, x.length)
    },
    axpy(factor, x, y) {
      checkLength('axpy', 'x', x, y.length)
      checkLength('axpy', 'y', y, x.length)
      const a = region.addressOf(x)
      const b = region.addressOf(y)
      if (exports === null) axpy(factor, x, y, x.length)
      else exports.axpy!(factor, a, b, x.length)
    },
    sparseDot({ offsets, indices, values }, row, dense) {
      const [from, to] = entries('sparseDot', offsets, indices, values, row)
      const i = region.addressOf(indices)
      const v = region.addressOf(values)
      const d = region.addressOf(dense)
      return exports === null
        ? sparseDot(indices, values, dense, from, to)
        : exports.sparseDot!(i, v, d, from, to)
    },
    sparseAxpy(a, { offsets, indices, values }, row, dense) {
      const [from, to] = entries('sparseAxpy', offsets, indices, values, row)
      const i = region.addressOf(indices)
      const v = region.addressOf(values)
      const d = region.addressOf(dense)
      if (exports === null) sparseAxpy(a, indices, values, dense, from, to)
      else exports.sparseAxpy!(a, i, v, d, from, to)
    },
    rowDots({ offsets, indices, values }, dense, products, from, to) {
      checkPart('rowDots', from, to, Math.min(offsets.length - 1, products.length))
      checkLength('rowDots', 'indices', indices, offsets[to]!)
      checkLength('rowDots', 'values', values, offsets[to]!)
      const o = region.addressOf(offsets)
      const i = region.addressOf(indices)
      const v = region.addressOf(values)
      const d = region.addressOf(dense)
      const p = region.addressOf(products)
      if (exports === null) rowDots(offsets, indices, values, dense, products, from, to)
      else exports.rowDots!(o, i, v, d, p, from, to)
    },
  }
}

/** The bounds of one row's entries. */
function entries(
  operation: string,
  offsets: Int32Array,
  indices: Int32Array,
  values: Float64Array,
  row: number,
): readonly [number, number] {
  checkPart(operation, row, row + 1, offsets.length - 1)
  const to = offsets[row + 1]!
  checkLength(operation, 'indices', indices, to)
  checkLength(operation, 'values', values, to)
  return [offsets[row]!, to]
}
