/**
 * Shortest distances from one or several vertices along edges with weights of at least 0: Dijkstra's
 * algorithm with a queue of buckets.
 *
 * Delta-stepping does the same with coarser buckets, whose vertices it may visit several times. On
 * one thread exact order costs less: each vertex is visited once, each edge followed once.
 *
 * Of several edges that could be the last of a shortest path, the first in the rows is taken; edges that
 * do not lengthen it, which could lead in a circle, only where there is no other.
 */
import type { EdgeRows } from '../topology/adjacency.js'
import { BucketQueue } from './bucket-queue.js'

/** What a search works on. */
export interface DistanceSearch {
  /** Rows in the direction to go. */
  readonly rows: EdgeRows
  /** By place in the rows: the weight of the edge, at least 0. */
  readonly weights: Float64Array
  /** By vertex: infinite where not reached. */
  readonly distances: Float64Array
  /** By vertex: the place in the rows of the last edge of a shortest path; -1 for none. */
  readonly places: Int32Array
  /** Vertices farther away than this are not reached. */
  readonly maxDistance: number
  /** The vertices reached so far whose distance is final, the nearest first. */
  readonly order: Int32Array
  /** How many there are in `order`. */
  visited: number
  readonly queue: BucketQueue
}

/** Weights by place in rows, of a range of places, from weights by edge; numbers from m on are edge - m. */
export function weightsByPlace(
  { edges }: EdgeRows,
  weights: Float64Array,
  byPlace: Float64Array = new Float64Array(edges.length),
  from = 0,
  to = edges.length,
): Float64Array {
  const edgeCount = weights.length
  for (let k = from; k < to; k++) {
    const edge = edges[k]!
    byPlace[k] = weights[edge < edgeCount ? edge : edge - edgeCount]!
  }
  return byPlace
}

/**
 * A search that begins at `sources`, all at distance 0.
 *
 * @param longest What `longestOf(weights)` gives, where there are several searches.
 *
 * Cost: O(vertices), and O(edges) without `longest`.
 */
export function startSearch(
  rows: EdgeRows,
  weights: Float64Array,
  sources: ArrayLike<number>,
  maxDistance = Number.POSITIVE_INFINITY,
  longest = longestOf(weights),
): DistanceSearch {
  const vertexCount = rows.offsets.length - 1
  const distances = new Float64Array(vertexCount).fill(Number.POSITIVE_INFINITY)
  const queue = new BucketQueue(distances, longest)
  for (let k = 0; k < sources.length; k++) {
    const source = sources[k]!
    if (distances[source] === 0) continue
    distances[source] = 0
    queue.update(source, Number.POSITIVE_INFINITY)
  }
  const places = new Int32Array(vertexCount).fill(-1)
  const order = new Int32Array(vertexCount)
  return { rows, weights, distances, places, maxDistance, order, visited: 0, queue }
}

/**
 * Visits up to `count` vertices more, the nearest first.
 *
 * @param target The search ends when this vertex is next: its distance is final then.
 * @returns `false` when the search is over.
 */
export function continueSearch(search: DistanceSearch, count: number, target = -1): boolean {
  const { rows, weights, distances, places, maxDistance, order, queue } = search
  const { offsets, neighbours } = rows
  const last = search.visited + count
  for (let at = search.visited; at < last; at++) {
    const u = queue.pop()
    if (u < 0 || u === target) {
      search.visited = at
      return false
    }
    order[at] = u
    const distance = distances[u]!
    const end = offsets[u + 1]!
    for (let k = offsets[u]!; k < end; k++) {
      const v = neighbours[k]!
      const through = distance + weights[k]!
      const before = distances[v]!
      if (through > before || through > maxDistance) continue
      if (through === before) {
        if (k < places[v]! && through > distance) places[v] = k
        continue
      }
      distances[v] = through
      places[v] = k
      queue.update(v, before)
    }
  }
  search.visited = last
  return true
}

/** The largest finite weight; 0 without any. O(edges). */
export function longestOf(weights: Float64Array): number {
  let most = 0
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k]!
    if (weight > most && weight < Number.POSITIVE_INFINITY) most = weight
  }
  return most
}
