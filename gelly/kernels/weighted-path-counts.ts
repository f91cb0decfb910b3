/**
 * Brandes' algorithm for edges with weights above 0: counts of shortest paths, and how many pass
 * through each vertex, from a finished search of `distances.ts`.
 *
 * An edge is on a shortest path when its weight is exactly the difference of the distances of its
 * ends. As all weights are above 0, the order in which vertices were visited leads every shortest
 * path forward, and backward.
 */
import type { DistanceSearch } from './distances.js'

/**
 * Counts the shortest paths to all vertices that the search visited.
 *
 * @param counts By vertex; written.
 * @returns Whether the counts are numbers, and no weight is so small that adding it to a distance
 * changes nothing; the order would not do otherwise.
 */
export function countWeightedPaths(
  search: DistanceSearch,
  source: number,
  counts: Float64Array,
): boolean {
  const { rows, weights, distances, order, visited } = search
  const { offsets, neighbours } = rows
  counts.fill(0)
  counts[source] = 1
  for (let at = 0; at < visited; at++) {
    const u = order[at]!
    const distance = distances[u]!
    const count = counts[u]!
    if (count === Number.POSITIVE_INFINITY) return false
    const last = offsets[u + 1]!
    for (let k = offsets[u]!; k < last; k++) {
      const v = neighbours[k]!
      const through = distance + weights[k]!
      if (through === distance) return false
      if (through === distances[v]! && through < Number.POSITIVE_INFINITY) counts[v]! += count
    }
  }
  return true
}

/**
 * Adds to `scores`, by vertex, the part of shortest paths from the source that pass through it, and
 * to `edgeScores`, by place in the rows, the part that goes along each edge.
 *
 * @param shares By vertex; written.
 */
export function addWeightedDependencies(
  search: DistanceSearch,
  counts: Float64Array,
  shares: Float64Array,
  scores: Float64Array,
  edgeScores: Float64Array | null,
): void {
  const { rows, weights, distances, order, visited } = search
  const { offsets, neighbours } = rows
  for (let at = visited - 1; at >= 0; at--) {
    const u = order[at]!
    const distance = distances[u]!
    const count = counts[u]!
    let sum = 0
    const last = offsets[u + 1]!
    for (let k = offsets[u]!; k < last; k++) {
      const v = neighbours[k]!
      const through = distance + weights[k]!
      if (through !== distances[v]! || through === Number.POSITIVE_INFINITY) continue
      sum += shares[v]!
      if (edgeScores !== null) edgeScores[k]! += count * shares[v]!
    }
    const dependency = count * sum
    if (at > 0) scores[u]! += dependency
    shares[u] = (1 + dependency) / count
  }
}
