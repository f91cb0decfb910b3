import type { KernelTeam } from '../../engine/extend.js'
import type { Rows } from '../data/rows.js'
import { addParts } from '../kernels/add-parts.js'
import { gramKernels } from '../kernels/gram.js'
import { rowRanges } from '../kernels/row-ranges.js'
import { storedRows } from '../kernels/stored-rows.js'

/** Where features lie, and how wide they are spread. */
export interface ColumnScales {
  /** Weighted means; zeros where there is no intercept. */
  readonly means: Float64Array
  /**
   * Root mean square distances from these, 1 for a feature that is constant. Good enough for a scale:
   * of a feature with a large mean they keep half of the digits.
   */
  readonly scales: Float64Array
  /** The sum of the weights. */
  readonly total: number
}

/** Means and scales of the features, by one pass over the rows on all threads. */
export async function columnScales(
  team: KernelTeam,
  rows: Rows,
  weights: Float64Array,
  centred: boolean,
): Promise<ColumnScales> {
  const { region } = team
  const { columnMoments } = await team.load(gramKernels)
  const { sparse, offsets, indices, values, size } = storedRows(rows, region)
  const parts = rowRanges(rows, 2 * size)
  const count = parts.length - 1
  const sums = region.float64(count * 2 * size)
  const starts = region.int32(parts)
  await columnMoments(parts, sparse, offsets, indices, values, size, weights, sums, starts)
  const moments = new Float64Array(2 * size)
  addParts(sums, count, moments)
  let total = 0
  for (const weight of weights) total += weight
  const means = new Float64Array(size)
  const scales = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    const mean = moments[k]! / total
    const square = moments[size + k]! / total
    if (centred) means[k] = mean
    const variance = centred ? square - mean * mean : square
    scales[k] = variance > 1e-12 * square ? Math.sqrt(variance) : 1
  }
  return { means, scales, total }
}
