/** Random rows in a region, dense and sparse with the same entries. */
import type { Region } from '../../../engine/extend.js'
import type { DenseRows, SparseRows } from '../../../ml/data/rows.js'
import { randomFrom } from '../../support/random.js'

export interface RandomProblem {
  readonly region: Region
  readonly dense: DenseRows
  readonly sparse: SparseRows
  /** Numbers. */
  readonly labels: Float64Array
  /** -1 and 1. */
  readonly signs: Float64Array
  /** 0, 1 and 2. */
  readonly codes: Float64Array
  readonly weights: Float64Array
}

/** A third of the entries are 0. */
export function randomProblem(
  region: Region,
  length: number,
  size: number,
  seed: number,
): RandomProblem {
  const random = randomFrom(seed)
  const values = region.float64(length * size)
  const offsets = region.int32(length + 1)
  const indices: number[] = []
  const stored: number[] = []
  for (let row = 0; row < length; row++) {
    for (let k = 0; k < size; k++) {
      if (random.chance(1 / 3)) continue
      const value = random.between(-2, 3)
      values[row * size + k] = value
      indices.push(k)
      stored.push(value)
    }
    offsets[row + 1] = indices.length
  }
  const filled = (make: () => number) => region.float64(random.array(length, make))
  return {
    region,
    dense: { kind: 'dense', length, size, values },
    sparse: {
      kind: 'sparse',
      ...{ length, size, offsets },
      indices: region.int32(indices),
      values: region.float64(stored),
    },
    labels: filled(() => random.between(-3, 3)),
    signs: filled(() => (random.chance(0.5) ? 1 : -1)),
    codes: filled(() => random.int(3)),
    weights: filled(() => random.int(3)),
  }
}
