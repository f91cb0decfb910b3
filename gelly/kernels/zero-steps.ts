/**
 * Last edges of shortest paths that do not lengthen them: chosen by the distances alone, so that they are
 * the same however those were found.
 *
 * Such an edge may lead in a circle, where every vertex is as far as the next. So they are followed from
 * the vertices that are reached by a longer last edge, or are a source, breadth first.
 */
import type { Topology } from '../topology/topology.js'
import { weightRange } from './weight-range.js'

const OPEN = -2

/**
 * Settles the places of vertices whose last edge does not lengthen their path; leaves all others.
 *
 * @param weights By edge of the topology, or of the graph that it was made of.
 * @param places By vertex: the least place in the out-edges of those that lengthen the path to a shortest
 *   one; if there is none, any that does not, also with the highest bit set; -1 for none at all.
 *
 * Cost: O(vertices + edges), one look at each unless there are such vertices.
 */
export function settleZeroSteps(
  { sources, outEdges: { offsets, neighbours, edges } }: Topology,
  weights: Float64Array,
  distances: Float64Array,
  places: Int32Array,
): void {
  const n = places.length
  const edgeCount = weights.length
  if (allLengthen(weights, distances)) return
  let open = 0
  for (let v = 0; v < n; v++) {
    const place = places[v]!
    if (place === -1) continue
    const before = sources[edges[place & (2 ** 31 - 1)]!]!
    if (distances[before] !== distances[v]) continue
    places[v] = OPEN
    open++
  }
  if (open === 0) return
  const queue = new Int32Array(open)
  let end = 0
  for (let u = 0; u < n; u++) if (places[u] !== OPEN) follow(u)
  for (let at = 0; at < end; at++) follow(queue[at]!)

  function follow(u: number): void {
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
      const v = neighbours[k]!
      if (places[v] !== OPEN || distances[u] !== distances[v]) continue
      const edge = edges[k]!
      const weight = weights[edge < edgeCount ? edge : edge - edgeCount]!
      if (distances[u]! + weight !== distances[v]) continue
      places[v] = k
      queue[end++] = v
    }
  }
}

/** Whether the shortest edge makes even the longest path longer: then every edge does so with every path. */
function allLengthen(weights: Float64Array, distances: Float64Array): boolean {
  const { shortest } = weightRange(weights)
  let longest = 0
  for (let v = 0; v < distances.length; v++) {
    const distance = distances[v]!
    if (distance > longest && distance < Number.POSITIVE_INFINITY) longest = distance
  }
  return longest + shortest > longest
}
