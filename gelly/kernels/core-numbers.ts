import type { Adjacency } from '../topology/adjacency.js'
import { NO_STEP, STEP, type Step } from './steps.js'

/**
 * The core number of each vertex: the largest k such that the vertex is in a part of the graph where
 * everyone has at least k neighbours.
 *
 * Vertices lie sorted by their remaining degree. The first one is taken away; each neighbour of
 * higher degree loses one, and changes places with the first of those that have as many as it had.
 * Cost: O(vertices + edges).
 *
 * Source: Batagelj, Zaversnik: An O(m) Algorithm for Cores Decomposition of Networks, 2003.
 *
 * @param rows Symmetric, without loops or duplicates.
 * @param cores By vertex; filled, and returned.
 * @param step Told how many vertices are taken away.
 */
export async function coreNumbers(
  { offsets, neighbours }: Adjacency,
  cores: Int32Array,
  step: Step = NO_STEP,
): Promise<Int32Array> {
  const vertexCount = offsets.length - 1
  // Where the vertices of each degree begin in `sorted`.
  const starts = new Int32Array(vertexCount + 1)
  for (let v = 0; v < vertexCount; v++) {
    cores[v] = offsets[v + 1]! - offsets[v]!
    starts[cores[v]! + 1]!++
  }
  for (let degree = 0; degree < vertexCount; degree++) starts[degree + 1]! += starts[degree]!
  const sorted = new Int32Array(vertexCount)
  const places = new Int32Array(vertexCount)
  const next = starts.slice()
  for (let v = 0; v < vertexCount; v++) {
    places[v] = next[cores[v]!]!++
    sorted[places[v]!] = v
  }
  for (let from = 0; from < vertexCount; from += STEP) {
    await step(from)
    const to = Math.min(from + STEP, vertexCount)
    takeAway({ offsets, neighbours }, { cores, starts, sorted, places }, from, to)
  }
  return cores
}

/** Where vertices are; see `coreNumbers`. */
interface Sorted {
  readonly cores: Int32Array
  readonly starts: Int32Array
  readonly sorted: Int32Array
  readonly places: Int32Array
}

function takeAway(
  { offsets, neighbours }: Adjacency,
  { cores, starts, sorted, places }: Sorted,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) {
    const v = sorted[k]!
    const core = cores[v]!
    // Those taken away do not count among the ones of their degree any more.
    starts[core] = k + 1
    for (let at = offsets[v]!; at < offsets[v + 1]!; at++) {
      const other = neighbours[at]!
      const degree = cores[other]!
      if (degree <= core) continue
      const place = places[other]!
      const first = Math.max(starts[degree]!, k + 1)
      const moved = sorted[first]!
      sorted[place] = moved
      places[moved] = place
      sorted[first] = other
      places[other] = first
      starts[degree] = first + 1
      cores[other] = degree - 1
    }
  }
}
