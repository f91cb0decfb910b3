/** What all kernels share: how they run, and checks of the parts that they work on. */
import { ArgumentError } from '../../errors.js'
import { shown } from '../../types/column-writer.js'

/** How the functions of `loadKernels` run. */
export interface Kernels {
  /** `'plain'` where WebAssembly is missing, forbidden or switched off; the answers are the same. */
  readonly form: 'webassembly' | 'plain'
}

/** @throws {ArgumentError} Unless 0 <= `from` <= `to` <= `length`, all of them integers. */
export function checkPart(operation: string, from: number, to: number, length: number): void {
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= length) {
    return
  }
  throw new ArgumentError(
    `${operation}: from and to must be integers with 0 <= from <= to <= ${length}; got ${shown(from)} and ${shown(to)}.`,
  )
}

/** @throws {ArgumentError} If `array` has fewer than `length` elements. */
export function checkLength(
  operation: string,
  name: string,
  array: ArrayLike<number>,
  length: number,
): void {
  if (array.length >= length) return
  throw new ArgumentError(
    `${operation}: ${name} must have at least ${length} elements; got ${array.length}.`,
  )
}
