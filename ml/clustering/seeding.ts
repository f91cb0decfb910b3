/** The first centres of a clustering. */
import { type KernelTeam, Random } from '../../engine/extend.js'
import { centreDistanceKernels } from '../kernels/nearest-centres.js'
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
 * Cost: O(centres * log(centres) * entries). Source: Arthur and Vassilvitskii, "k-means++: the
 * advantages of careful seeding", 2007; the several draws as in scikit-learn.
 */
export async function plusPlusSeeding(
  team: KernelTeam,
  { rows, weights }: ClusterRows,
  count: number,
): Promise<Seeding> {
  const { region } = team
  const { length, size } = rows
  const kernels = await team.load(centreDistanceKernels)
  const parts = team.evenParts(length)
  const given = weights ?? region.float64(0)
  const weighted = weights === null ? 0 : 1
  const trials = 2 + Math.floor(Math.log(count))
  const point = region.float64(size)
  const closest = region.float64(length)
  const distances = region.float64(length)

  async function distancesFrom(row: number): Promise<void> {
    point.set(pointsOf(rows, [row]))
    if (rows.kind === 'dense') {
      await kernels.squaredDistances(parts, rows.values, size, point, distances)
      return
    }
    const square = point.reduce((sum, value) => sum + value * value, 0)
    const { offsets, indices, values } = rows
    await kernels.squaredDistancesSparse(parts, offsets, indices, values, point, square, distances)
  }
  /** By part the sum of the distances from the nearest centre, the last point counted. */
  const sums = (keep: 0 | 1) => kernels.lesserSum(parts, closest, distances, given, weighted, keep)

  return async seed => {
    const random = new Random(seed)
    closest.fill(1)
    distances.fill(1)
    const chosen = [drawn(await sums(0), parts, closest, weights, random)]
    closest.fill(Number.POSITIVE_INFINITY)
    await distancesFrom(chosen[0]!)
    let current = await sums(1)
    while (chosen.length < count) {
      let best = -1
      let least = Number.POSITIVE_INFINITY
      for (let trial = 0; trial < trials; trial++) {
        const row = drawn(current, parts, closest, weights, random)
        await distancesFrom(row)
        const sum = totalOf(await sums(0))
        if (sum < least) [least, best] = [sum, row]
      }
      await distancesFrom(best)
      current = await sums(1)
      chosen.push(best)
    }
    return pointsOf(rows, chosen)
  }
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
