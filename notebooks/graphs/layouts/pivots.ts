import { createPauses, Random } from '../../../engine/extend.js'
import type { DrawnGraph } from '../drawn-graph.js'
import type { LayoutOptions, Positions } from './layout.js'

/** From how many vertices distances are taken. */
const PIVOTS = 24

/**
 * Places vertices by their distances from a few pivots: the two directions in which these vary most
 * (Brandes and Pich 2007, "Eigensolver methods for progressive multidimensional scaling"). Between -0.5 and
 * 0.5 or so; what hangs at the same places of the graph lies at one place.
 *
 * Cost: O(vertices + edges) for each of 24 pivots.
 */
export async function pivotLayout(
  { count, loaded }: DrawnGraph,
  { seed, signal }: Pick<LayoutOptions, 'seed' | 'signal'>,
): Promise<Positions> {
  const positions = new Float64Array(2 * count)
  if (count < 3) return positions.map((_, k) => (k % 2 === 0 ? k / 4 : 0))
  const pause = createPauses(signal)
  const random = new Random(seed)
  const { offsets, neighbours } = loaded.topology.simple
  const pivots = Math.min(PIVOTS, count)
  const columns: Float64Array[] = []
  const nearest = new Float64Array(count).fill(Infinity)
  let pivot = random.int(count)
  for (let p = 0; p < pivots; p++) {
    await pause()
    const distances = distancesFrom(pivot, offsets, neighbours)
    // The next pivot is the vertex that is farthest from all so far.
    let farthest = 0
    for (let v = 0; v < count; v++) {
      if (distances[v]! < nearest[v]!) nearest[v] = distances[v]!
      if (nearest[v]! > nearest[farthest]!) farthest = v
    }
    pivot = farthest
    columns.push(centred(distances))
  }
  await pause()
  for (const [axis, weights] of mainDirections(columns, random).entries()) {
    let largest = 0
    for (let v = 0; v < count; v++) {
      let sum = 0
      for (let p = 0; p < pivots; p++) sum += weights[p]! * columns[p]![v]!
      positions[2 * v + axis] = sum
      largest = Math.max(largest, Math.abs(sum))
    }
    for (let v = 0; v < count; v++) positions[2 * v + axis]! /= 2 * largest || 1
  }
  return positions
}

/** Edges from a vertex to each; unreachable ones are a little farther than the farthest. */
function distancesFrom(from: number, offsets: Int32Array, neighbours: Int32Array): Float64Array {
  const count = offsets.length - 1
  const distances = new Float64Array(count).fill(-1)
  const queue = new Int32Array(count)
  queue[0] = from
  distances[from] = 0
  let end = 1
  for (let head = 0; head < end; head++) {
    const v = queue[head]!
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      const other = neighbours[k]!
      if (distances[other]! >= 0) continue
      distances[other] = distances[v]! + 1
      queue[end++] = other
    }
  }
  const beyond = distances[queue[end - 1]!]! + 2
  for (let v = 0; v < count; v++) if (distances[v]! < 0) distances[v] = beyond
  return distances
}

function centred(distances: Float64Array): Float64Array {
  let sum = 0
  for (let v = 0; v < distances.length; v++) sum += distances[v]! ** 2
  const mean = sum / distances.length
  return distances.map(distance => (mean - distance * distance) / 2)
}

/** The two directions in which columns vary most, by power iteration on their products. */
function mainDirections(columns: readonly Float64Array[], random: Random): Float64Array[] {
  const products = columns.map(a =>
    columns.map(b => {
      let sum = 0
      for (let v = 0; v < a.length; v++) sum += a[v]! * b[v]!
      return sum
    }),
  )
  const found: Float64Array[] = []
  for (let axis = 0; axis < 2; axis++) {
    let direction = Float64Array.from(columns, () => random.next() - 0.5)
    for (let round = 0; round < 60; round++) {
      const next = Float64Array.from(products, row =>
        row.reduce((sum, value, p) => sum + value * direction[p]!, 0),
      )
      for (const other of found) {
        const share = next.reduce((sum, value, p) => sum + value * other[p]!, 0)
        for (let p = 0; p < next.length; p++) next[p]! -= share * other[p]!
      }
      const length = Math.hypot(...next)
      if (length === 0) break
      direction = next.map(value => value / length)
    }
    found.push(direction)
  }
  return found
}
