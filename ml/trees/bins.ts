/** How values become bins: a few hundred of them stand for all values of a feature. */
import { type KernelTeam, Random } from '../../engine/extend.js'
import type { DenseRows } from '../data/rows.js'
import { binThresholdKernels } from '../kernels/bin-thresholds.js'
import { histogramKernels } from '../kernels/histograms.js'

/** The bin of missing values. */
export const MISSING = 255

/** Features in bins. */
export interface BinnedRows {
  /** How many records there are. */
  readonly length: number
  /** How many features. */
  readonly size: number
  /** Column by column. */
  readonly binned: Uint8Array
  /** By feature: what separates its bins, ascending. A value up to threshold k is in bin k or below. */
  readonly thresholds: readonly Float64Array[]
  /** By feature: whether a value is missing. */
  readonly hasMissing: readonly boolean[]
}

/** What is put into bins. */
export interface WeightedRows {
  readonly rows: DenseRows
  /** By row; `null` where each counts the same. */
  readonly weights: Float64Array | null
}

/** Quantiles are those of so many records. */
const SAMPLE = 200_000

/**
 * Puts values into bins of about equally many records, or into one for each distinct value where there
 * are few.
 *
 * @param places Which row each place of the bins is of.
 * @param learned How many of the first places thresholds are made of.
 * @param most Bins of a feature, from 2 to 255.
 * Cost: O(records * features), and sorting 200,000 records by each feature.
 */
export async function binRows(
  team: KernelTeam,
  { rows, weights }: WeightedRows,
  places: Int32Array,
  learned: number,
  most: number,
  seed: number,
): Promise<BinnedRows> {
  const { region } = team
  const { size, values } = rows
  const length = places.length
  const { findBins } = await team.load(histogramKernels)
  const sample = sampled(places, learned, seed)
  const edges = region.float64(256 * size).fill(Number.POSITIVE_INFINITY)
  const counts = region.int32(size)
  const each = Int32Array.from({ length: Math.min(size, 256) + 1 }, (_, k) =>
    Math.round((k * size) / Math.min(size, 256)),
  )
  const { findThresholds } = await team.load(binThresholdKernels)
  const given = weights ?? region.float64(0)
  const weighted = weights === null ? 0 : 1
  const drawn = region.int32(sample)
  await findThresholds(each, values, size, drawn, given, weighted, most, edges, counts)
  const thresholds = Array.from(counts, (count, feature) =>
    edges.slice(256 * feature, 256 * feature + count),
  )
  const binned = region.uint8(length * size)
  const own = region.int32(places)
  await findBins(team.evenParts(length), values, size, own, edges, binned, length)
  const hasMissing = Array.from({ length: size }, (_, feature) =>
    binned.subarray(feature * length, feature * length + learned).includes(MISSING),
  )
  return { length, size, binned, thresholds, hasMissing }
}

/** Rows that quantiles are made of: all of the first places, or some at random. */
function sampled(places: Int32Array, learned: number, seed: number): Int32Array {
  if (learned <= SAMPLE) return places.subarray(0, learned)
  const random = new Random(seed)
  const sample = new Int32Array(SAMPLE)
  for (let at = 0, k = 0; k < SAMPLE; at++) {
    if (random.next() * (learned - at) < SAMPLE - k) sample[k++] = places[at]!
  }
  return sample
}
