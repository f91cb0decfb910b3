import { shown } from '../../engine/extend.js'
import { ArgumentError, SparseVector } from '../../engine/index.js'

/** A vector: a list of numbers, or a sparse one. */
export type AnyVector = ArrayLike<number> | SparseVector

/** Two vectors, entry by entry; where both are 0 entries may be left out. */
export interface VectorPair {
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
}

/** @throws {ArgumentError} If one is no vector, or their sizes differ. */
export function vectorPair(a: AnyVector, b: AnyVector, operation: string): VectorPair {
  const [m, n] = [sizeOf(a, operation), sizeOf(b, operation)]
  if (m !== n) {
    throw new ArgumentError(`${operation}: the vectors must have one size; got ${m} and ${n}.`)
  }
  if (a instanceof SparseVector && b instanceof SparseVector) return merged(a, b)
  return {
    a: a instanceof SparseVector ? a.toDense() : a,
    b: b instanceof SparseVector ? b.toDense() : b,
  }
}

function sizeOf(vector: AnyVector, operation: string): number {
  if (vector instanceof SparseVector) return vector.size
  if (Array.isArray(vector) || ArrayBuffer.isView(vector)) return vector.length
  throw new ArgumentError(
    `${operation}: a vector must be a list of numbers or a SparseVector; got ${shown(vector)}.`,
  )
}

/** The entries that one of them has. */
function merged(a: SparseVector, b: SparseVector): VectorPair {
  const left: number[] = []
  const right: number[] = []
  for (let i = 0, j = 0; i < a.indices.length || j < b.indices.length; ) {
    const [p, q] = [a.indices[i] ?? Infinity, b.indices[j] ?? Infinity]
    left.push(p <= q ? a.values[i++]! : 0)
    right.push(q <= p ? b.values[j++]! : 0)
  }
  return { a: left, b: right }
}
