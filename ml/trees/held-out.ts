/** Which records trees are made of, and which only say when to stop. */
import { Random, type Region } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { Targets } from './losses.js'

/** How records are held out. */
export interface HoldingOut {
  readonly earlyStopping: boolean | 'auto'
  readonly heldOut: number
  readonly seed: number
}

/** Above so many records it stops early unless it is told not to. */
const MANY = 10_000

/**
 * Puts the records that trees are made of first, the ones held out behind them, both in their own order.
 * Of each class the same share is held out.
 *
 * @param classes By record; `null` for numbers.
 * @returns By place the record, and how many trees are made of.
 */
export function heldOutPlaces(
  length: number,
  { earlyStopping, heldOut, seed }: HoldingOut,
  classes: ArrayLike<number> | null,
  operation: string,
): { readonly places: Int32Array; readonly learned: number } {
  const stops = earlyStopping === 'auto' ? length > MANY : earlyStopping
  if (!stops) return { places: Int32Array.from({ length }, (_, row) => row), learned: length }
  const counts: number[] = []
  for (let row = 0; row < length; row++) {
    const group = classes === null ? 0 : classes[row]!
    counts[group] = (counts[group] ?? 0) + 1
  }
  const left = counts.map(count => Math.round(heldOut * count))
  const random = new Random(seed)
  const learned: number[] = []
  const others: number[] = []
  for (let row = 0; row < length; row++) {
    const group = classes === null ? 0 : classes[row]!
    if (random.next() * counts[group]! < left[group]!) {
      left[group]!--
      others.push(row)
    } else learned.push(row)
    counts[group]!--
  }
  if (learned.length === 0 || others.length === 0) {
    throw new ArgumentError(
      `${operation}: of ${length} records a share of ${heldOut} would hold out ${others.length}, which leaves ${learned.length} to learn from. Give more records, another share as heldOut, or earlyStopping: false.`,
    )
  }
  return { places: Int32Array.from([...learned, ...others]), learned: learned.length }
}

/** Labels and weights in the order of the places, in the region. */
export function inPlaces(
  region: Region,
  { labels, weights }: Targets,
  places: Int32Array,
): Targets {
  const placed =
    labels instanceof Int32Array
      ? region.int32(places.map(row => labels[row]!))
      : region.float64(Float64Array.from(places, row => labels[row]!))
  return {
    labels: placed,
    weights: weights && region.float64(Float64Array.from(places, row => weights[row]!)),
  }
}
