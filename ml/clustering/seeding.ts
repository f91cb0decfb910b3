/** The first centres of a clustering. */
import { type KernelTeam, Random } from '../../engine/extend.js'
import type { DenseRows, SparseRows } from '../data/rows.js'
import { centreDistanceKernels } from '../kernels/nearest-centres.js'
import { pointBlocks, pointBlocksLength, seedingKernels } from '../kernels/seeding-distances.js'
import type { ClusterRows } from './assignment.js'

/** Draws first centres: rows of the data, one after the other. */
export type Seeding = (seed: number) => Promise<Float64Array>

/** Takes rows at random, each once. */
export function randomSeeding({ rows }: ClusterRows, count: number): Seeding {
  return async seed => {
    const random = new Random(seed)
    const chosen = new Set<number>()
    while (chosen.size < count) chosen.add(random.int(rows.length))
    return pointsOf(rows, [...chosen])
  }
}

/**
 * k-means++: each further centre is a row drawn by its squared distance from those before it. Of a
 * few such draws the one that leaves the least sum of distances is taken.
 *
 * Cost: O(centres * log(centres) * entries), in parallel; two passes for each centre, the draws in one of them.
 * Source: Arthur and Vassilvitskii, "k-means++: the
 * advantages of careful seeding", 2007; the several draws as in scikit-learn.
 */
export async function plusPlusSeeding(
  team: KernelTeam,
  { rows, weights }: ClusterRows,
  count: number,
): Promise<Seeding> {
  const trials = 2 + Math.floor(Math.log(count))
  const parts = team.evenParts(rows.length)
  const closest = team.region.float64(rows.length)
  const clusters = { rows, weights }
  const { sumsOf, keep } =
    rows.kind === 'dense'
      ? await denseDistances(team, { rows, weights }, parts, closest, trials)
      : await sparseDistances(team, { rows, weights }, parts, closest)

  return async seed => {
    const random = new Random(seed)
    closest.fill(1)
    const chosen = [drawn(partWeights(clusters, parts), parts, closest, weights, random)]
    closest.fill(Number.POSITIVE_INFINITY)
    let current = await keep(chosen[0]!)
    while (chosen.length < count) {
      const tried = Array.from({ length: trials }, () =>
        drawn(current, parts, closest, weights, random),
      )
      const sums = await sumsOf(tried)
      let best = 0
      for (let trial = 1; trial < trials; trial++) if (sums[trial]! < sums[best]!) best = trial
      current = await keep(tried[best]!)
      chosen.push(tried[best]!)
    }
    return pointsOf(rows, chosen)
  }
}

/** What distances from new centres come to. */
interface Distances {
  /** For each of some rows: the sum of all distances, were it a centre, too. */
  sumsOf(tried: readonly number[]): Promise<Float64Array>
  /** Makes a row a centre. Gives by part the sum of the distances from the nearest one. */
  keep(row: number): Promise<Float64Array>
}

/** All trials in one pass. */
async function denseDistances(
  team: KernelTeam,
  { rows, weights }: ClusterRows & { readonly rows: DenseRows },
  parts: Int32Array,
  closest: Float64Array,
  trials: number,
): Promise<Distances> {
  const { region } = team
  const { size, values } = rows
  const { trialSums, keepClosest } = await team.load(seedingKernels)
  const padded = Math.ceil(trials / 4) * 4
  const blocks = region.float64(pointBlocksLength(trials, size))
  const sums = region.float64((parts.length - 1) * padded)
  const starts = region.int32(parts)
  const point = region.float64(size)
  const tail = [closest, weights ?? region.float64(0), weights === null ? 0 : 1] as const
  return {
    async sumsOf(tried) {
      pointBlocks(pointsOf(rows, tried), size, blocks)
      await trialSums(parts, values, size, blocks, padded, ...tail, sums, starts)
      const totals = new Float64Array(padded)
      for (let at = 0; at < sums.length; at++) totals[at % padded]! += sums[at]!
      return totals
    },
    keep(row) {
      point.set(pointsOf(rows, [row]))
      return keepClosest(parts, values, size, point, ...tail)
    },
  }
}

/** One trial after the other, by stored entries. */
async function sparseDistances(
  team: KernelTeam,
  { rows, weights }: ClusterRows & { readonly rows: SparseRows },
  parts: Int32Array,
  closest: Float64Array,
): Promise<Distances> {
  const { region } = team
  const { offsets, indices, values, length, size } = rows
  const { squaredDistancesSparse, lesserSum } = await team.load(centreDistanceKernels)
  const given = weights ?? region.float64(0)
  const weighted = weights === null ? 0 : 1
  const point = region.float64(size)
  const distances = region.float64(length)
  async function sums(row: number, keep: 0 | 1): Promise<Float64Array> {
    point.set(pointsOf(rows, [row]))
    const square = point.reduce((sum, value) => sum + value * value, 0)
    await squaredDistancesSparse(parts, offsets, indices, values, point, square, distances)
    return lesserSum(parts, closest, distances, given, weighted, keep)
  }
  return {
    async sumsOf(tried) {
      const totals = new Float64Array(tried.length)
      for (const [trial, row] of tried.entries()) totals[trial] = totalOf(await sums(row, 0))
      return totals
    },
    keep: row => sums(row, 1),
  }
}

/** By part the sum of the weights. */
function partWeights({ weights }: ClusterRows, parts: Int32Array): Float64Array {
  const sums = new Float64Array(parts.length - 1)
  for (let part = 0; part < sums.length; part++) {
    const [from, to] = [parts[part]!, parts[part + 1]!]
    if (weights === null) sums[part] = to - from
    else for (let row = from; row < to; row++) sums[part]! += weights[row]!
  }
  return sums
}

/** A row drawn by its weighted distance; where all are 0, by chance. */
function drawn(
  sums: Float64Array,
  parts: Int32Array,
  closest: Float64Array,
  weights: Float64Array | null,
  random: Random,
): number {
  const total = totalOf(sums)
  let rest = random.next() * total
  if (!(total > 0)) return random.int(closest.length)
  let part = 0
  while (part < sums.length - 1 && rest >= sums[part]!) rest -= sums[part++]!
  let found = parts[part]!
  for (let row = found; row < parts[part + 1]!; row++) {
    const share = weights === null ? closest[row]! : weights[row]! * closest[row]!
    if (share > 0) found = row
    rest -= share
    if (rest < 0) break
  }
  return found
}

function totalOf(sums: Float64Array): number {
  let total = 0
  for (let part = 0; part < sums.length; part++) total += sums[part]!
  return total
}

function pointsOf(rows: ClusterRows['rows'], chosen: readonly number[]): Float64Array {
  const { size, values } = rows
  const points = new Float64Array(chosen.length * size)
  for (const [k, row] of chosen.entries()) {
    if (rows.kind === 'dense') points.set(values.subarray(row * size, (row + 1) * size), k * size)
    else {
      for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) {
        points[k * size + rows.indices[at]!] = values[at]!
      }
    }
  }
  return points
}
