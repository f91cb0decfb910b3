/** Sums of products of dense features, a slab of rows at a time, so that little is copied far. */
import type { KernelTeam } from '../../engine/extend.js'
import type { Numbers } from '../data/numbers.js'
import type { RowBlocks } from '../data/row-blocks.js'
import { addParts } from '../kernels/add-parts.js'
import { GRAM_BLOCK, gramKernels } from '../kernels/gram.js'

/** Dense rows, where they lie. */
export interface DenseProblem {
  readonly rows: RowBlocks
  /** By record; `null` where there is nothing to predict. */
  readonly labels: Numbers | null
  /** By record; `null` where each counts the same. */
  readonly weights: Numbers | null
}

/** Weighted sums over records, about a centre. */
export interface DenseSums {
  /** The sums of the columns, the label's behind the features'. */
  readonly totals: Float64Array
  /** The sums of products of two columns, row by row; `stride` of them in a row. On the diagonal and above it. */
  readonly square: Float64Array
  readonly stride: number
}

/** Parts of a slab: each has sums of its own, which are added up in the end. */
const PARTS = 8

/** Entries of a part at least. A slab of 2 MiB stays in the cache from the copy to the kernel. */
const GRAIN = 32_768

/**
 * The sums of centred columns and of their products, in one pass. Rows are copied into a slab of the
 * region, and used while they are in the cache.
 *
 * How rows fall into slabs and parts depends on the data alone, so sums do not depend on the number of
 * threads.
 *
 * @param centre What is taken off each column, the label's behind the features'.
 */
export async function denseSums(
  team: KernelTeam,
  { rows, labels, weights }: DenseProblem,
  centre: Float64Array,
): Promise<DenseSums> {
  const { region } = team
  const { length, size } = rows
  const { denseGram } = await team.load(gramKernels)
  const stride = (centre.length + 3) & -4
  // Whole blocks, so that the kernel has none that is nearly empty.
  const grain = Math.ceil(GRAIN / size / GRAM_BLOCK) * GRAM_BLOCK
  const most = Math.min(PARTS * grain, length)
  const parts = Math.ceil(most / grain)
  const mark = region.mark()
  const slab = {
    values: region.float64(most * size),
    labels: region.float64(labels === null ? 0 : most),
    weights: region.float64(weights === null ? 0 : most),
    starts: region.int32(Array.from({ length: parts + 1 }, (_, k) => Math.min(k * grain, most))),
  }
  const shifts = region.float64(stride)
  shifts.set(centre)
  const scratch = region.float64(parts * (weights === null ? 1 : 2) * GRAM_BLOCK * stride)
  const width = stride * (stride + 1)
  const sums = region.float64(parts * width)
  for (let from = 0; from < length; from += most) {
    const to = Math.min(from + most, length)
    rows.read(from, to, slab.values)
    if (labels !== null) slab.labels.set(labels.subarray(from, to))
    if (weights !== null) slab.weights.set(weights.subarray(from, to))
    const here = Int32Array.from({ length: Math.ceil((to - from) / grain) + 1 }, (_, k) =>
      Math.min(k * grain, to - from),
    )
    await denseGram(
      ...([here, slab.values, size] as const),
      ...([slab.labels, labels === null ? 0 : 1, slab.weights, weights === null ? 0 : 1] as const),
      ...([shifts, stride, scratch, sums, slab.starts] as const),
    )
  }
  const sum = new Float64Array(width)
  addParts(sums, parts, sum)
  region.free(mark)
  return { totals: sum.slice(stride * stride), square: sum, stride }
}
