/**
 * The simple undirected graph with each edge once, from the end of lower degree to the one of higher
 * degree: the order in which triangles are found fast.
 *
 * Vertices are renamed to their *rank*, 0 for the lowest degree; equal degrees keep the order of
 * positions. A row then has at most sqrt(2 * edges) ranks: each of them belongs to a vertex that has at
 * least as many neighbours as the row's own.
 */
import type { Region } from '../../engine/extend.js'
import type { Adjacency } from '../topology/adjacency.js'
import { type ArcRows, turned } from './arc-rows.js'

/** Rows by rank; `neighbours` are the higher ranks, ascending. */
export interface DegreeOrderedRows extends Adjacency {
  /** By rank: the position of the vertex. */
  readonly order: Int32Array
}

/** Rows by rank that also tell which arcs there are between a vertex and each neighbour. */
export interface DegreeOrderedArcRows extends DegreeOrderedRows, ArcRows {}

/**
 * Puts the edges of a simple graph into rows by rank.
 *
 * Walking through the ranks and putting each into the rows of its lower neighbours makes rows that
 * ascend without sorting. Cost: O(vertices + edges).
 *
 * @param simple Symmetric rows without loops or duplicates.
 * @param region Where the rows are put.
 * @source Schank, Wagner: Finding, Counting and Listing All Triangles in Large Graphs, 2005.
 */
export function degreeOrderedRows(simple: ArcRows, region: Region): DegreeOrderedArcRows
export function degreeOrderedRows(simple: Adjacency, region: Region): DegreeOrderedRows
export function degreeOrderedRows(
  { offsets: from, neighbours: others, arcs: given }: Adjacency & Partial<ArcRows>,
  region: Region,
): DegreeOrderedRows & Partial<ArcRows> {
  const vertexCount = from.length - 1
  const order = ascendingByDegree(from, region.int32(vertexCount))
  const ranks = new Int32Array(vertexCount)
  for (let rank = 0; rank < vertexCount; rank++) ranks[order[rank]!] = rank
  const offsets = region.int32(vertexCount + 1)
  for (let rank = 0; rank < vertexCount; rank++) {
    const v = order[rank]!
    let higher = 0
    for (let k = from[v]!; k < from[v + 1]!; k++) if (ranks[others[k]!]! > rank) higher++
    offsets[rank + 1] = offsets[rank]! + higher
  }
  const next = offsets.slice(0, vertexCount)
  const neighbours = region.int32(offsets[vertexCount]!)
  const arcs = given && region.uint8(neighbours.length)
  for (let rank = 0; rank < vertexCount; rank++) {
    const v = order[rank]!
    for (let k = from[v]!; k < from[v + 1]!; k++) {
      const other = ranks[others[k]!]!
      if (other > rank) continue
      const place = next[other]!++
      neighbours[place] = rank
      if (arcs !== undefined) arcs[place] = turned(given![k]!)
    }
  }
  return arcs === undefined ? { order, offsets, neighbours } : { order, offsets, neighbours, arcs }
}

/** Positions by degree, by a counting sort. */
function ascendingByDegree(offsets: Int32Array, order: Int32Array): Int32Array {
  const starts = new Int32Array(order.length + 1)
  for (let v = 0; v < order.length; v++) starts[offsets[v + 1]! - offsets[v]! + 1]!++
  for (let degree = 0; degree < order.length; degree++) starts[degree + 1]! += starts[degree]!
  for (let v = 0; v < order.length; v++) order[starts[offsets[v + 1]! - offsets[v]!]!++] = v
  return order
}
