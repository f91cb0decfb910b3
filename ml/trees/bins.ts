/** How values become bins: a few hundred of them stand for all values of a feature. */
import { type KernelTeam, Random } from '../../engine/extend.js'
import type { DenseRows } from '../data/rows.js'
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
  rows: DenseRows,
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
  const thresholds: Float64Array[] = []
  const edges = region.float64(256 * size).fill(Number.POSITIVE_INFINITY)
  const column = new Float64Array(sample.length)
  for (let feature = 0; feature < size; feature++) {
    let present = 0
    for (let k = 0; k < sample.length; k++) {
      const value = values[sample[k]! * size + feature]!
      if (!Number.isNaN(value)) column[present++] = value
    }
    thresholds.push(thresholdsOf(column.subarray(0, present).sort(), most))
    edges.set(thresholds[feature]!, 256 * feature)
  }
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

/**
 * What separates the bins of sorted values: the middles between distinct ones, or quantiles where these
 * are too many. A quantile between two values is their middle.
 */
export function thresholdsOf(sorted: Float64Array, most: number): Float64Array {
  const { length } = sorted
  const middles: number[] = []
  for (let k = 1; k < length && middles.length < most; k++) {
    if (sorted[k] !== sorted[k - 1]) middles.push(middle(sorted[k - 1]!, sorted[k]!))
  }
  if (middles.length < most) return Float64Array.from(middles)
  const quantiles = new Set<number>()
  for (let k = 1; k < most; k++) {
    const at = Math.floor((length * k) / most)
    const whole = (length * k) % most === 0
    quantiles.add(whole ? middle(sorted[at - 1]!, sorted[at]!) : sorted[at]!)
  }
  return Float64Array.from(quantiles)
}

const middle = (low: number, high: number) => low + (high - low) / 2
