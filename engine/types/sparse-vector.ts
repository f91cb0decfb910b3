import { ArgumentError } from '../errors.js'

/**
 * A vector of which only the non-zero entries are stored.
 *
 * @example new SparseVector(5, [1, 3], [0.5, 2]).get(3) // 2
 */
export class SparseVector {
  /** Dimension. */
  readonly size: number
  /** Positions of the stored entries, strictly increasing. */
  readonly indices: Int32Array
  /** The stored entries, beside `indices`. */
  readonly values: Float64Array

  /**
   * @param size Dimension, a non-negative integer.
   * @param indices Positions, strictly increasing, each below `size`.
   * @param values As many as `indices`.
   * @throws {ArgumentError} If lengths differ or positions are out of range or order.
   */
  constructor(size: number, indices: ArrayLike<number>, values: ArrayLike<number>) {
    if (indices.length !== values.length) {
      throw new ArgumentError(
        `SparseVector: indices and values must have one length; got ${indices.length} and ${values.length}.`,
      )
    }
    for (let k = 0; k < indices.length; k++) {
      const index = indices[k]!
      if (
        !Number.isInteger(index) ||
        index < 0 ||
        index >= size ||
        (k > 0 && index <= indices[k - 1]!)
      ) {
        throw new ArgumentError(
          `SparseVector: indices must increase strictly within 0 to ${size - 1}; got ${index} at position ${k}.`,
        )
      }
    }
    this.size = size
    this.indices = Int32Array.from(indices)
    this.values = Float64Array.from(values)
  }

  /** The entry at `index`; 0 where none is stored. Cost: O(log n). */
  get(index: number): number {
    let low = 0
    let high = this.indices.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = this.indices[middle]!
      if (found === index) return this.values[middle]!
      if (found < index) low = middle + 1
      else high = middle - 1
    }
    return 0
  }

  /** All entries, zeros included. */
  toDense(): Float64Array {
    const dense = new Float64Array(this.size)
    for (let k = 0; k < this.indices.length; k++) dense[this.indices[k]!] = this.values[k]!
    return dense
  }
}
