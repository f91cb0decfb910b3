import { positiveInteger, Random } from '../../../engine/extend.js'

/** Options of algorithms that may look at some vertices instead of all. */
export interface SampleOptions {
  /** From how many vertices to search; all where it is no less than there are. Default: all. */
  readonly samples?: number
  /** For the choice of the samples; the same seed chooses the same. Default 1. */
  readonly seed?: number
}

/**
 * The vertices to search from, ascending: all, or a random choice in which none is twice.
 *
 * Cost: O(vertices). Source: Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S.
 *
 * @throws {ArgumentError} If `samples` is not a positive integer.
 */
export function pivotsOf(
  vertexCount: number,
  { samples, seed = 1 }: SampleOptions,
  operation: string,
): Int32Array {
  if (samples !== undefined) positiveInteger(samples, operation, 'samples')
  const count = Math.min(samples ?? vertexCount, vertexCount)
  const pivots = new Int32Array(count)
  const random = new Random(seed)
  for (let v = 0, chosen = 0; chosen < count; v++) {
    if (random.int(vertexCount - v) < count - chosen) pivots[chosen++] = v
  }
  return pivots
}
