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
  const parts = partsOf(offsets, neighbours)
  let pivot = parts.largest[random.int(parts.largest.length)]!
  for (let p = 0; p < pivots; p++) {
    await pause()
    const distances = distancesFrom(pivot, offsets, neighbours)
    // The next pivot is the vertex that is farthest from all so far.
    let farthest = pivot
    for (const v of parts.largest) {
      if (distances[v]! < nearest[v]!) nearest[v] = distances[v]!
      if (nearest[v]! > nearest[farthest]!) farthest = v
    }
    pivot = farthest
    columns.push(centred(distances, parts.largest))
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
  // What does not hang together with the rest lies around it.
  for (const part of parts.others) {
    const angle = 2 * Math.PI * random.next()
    for (const v of part) {
      positions[2 * v] = 0.6 * Math.cos(angle)
      positions[2 * v + 1] = 0.6 * Math.sin(angle)
    }
  }
  return positions
}

/** Vertices that hang together: the most, and the others. */
function partsOf(offsets: Int32Array, neighbours: Int32Array) {
  const count = offsets.length - 1
  const seen = new Uint8Array(count)
  const parts: number[][] = []
  for (let first = 0; first < count; first++) {
    if (seen[first] === 1) continue
    seen[first] = 1
    const part = [first]
    for (let head = 0; head < part.length; head++) {
      const v = part[head]!
      for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
        const other = neighbours[k]!
        if (seen[other] === 1) continue
        seen[other] = 1
        part.push(other)
      }
    }
    parts.push(part)
  }
  const largest = parts.reduce((a, b) => (b.length > a.length ? b : a))
  return { largest, others: parts.filter(part => part !== largest) }
}

/** Edges from a vertex to each that can be reached; -1 for the others. */
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
  return distances
}

/** Products of places, from distances; 0 for what is in no way to the others. */
function centred(distances: Float64Array, part: readonly number[]): Float64Array {
  let sum = 0
  for (const v of part) sum += distances[v]! ** 2
  const mean = sum / part.length
  const column = new Float64Array(distances.length)
  for (const v of part) column[v] = (mean - distances[v]! * distances[v]!) / 2
  return column
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
