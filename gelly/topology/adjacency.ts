/** Compressed sparse rows: the neighbours of all vertices in one array, vertex by vertex. */

/**
 * The neighbours of each vertex, all of them by position. Those of `v` are `neighbours` from
 * `offsets[v]` to `offsets[v + 1]`.
 */
export interface Adjacency {
  /** Where each vertex's neighbours begin; one element more than there are vertices. */
  readonly offsets: Int32Array
  /** The neighbours, in the order of the edges unless said otherwise. */
  readonly neighbours: Int32Array
}

/** Rows that also tell which edge leads to each neighbour. */
export interface EdgeRows extends Adjacency {
  /** By place in `neighbours`: the number of the edge, from 0. */
  readonly edges: Int32Array
}

/** How many neighbours each vertex has. O(vertices). */
export function degreesOf({ offsets }: Adjacency, degrees: Int32Array): Int32Array {
  for (let v = 0; v < degrees.length; v++) degrees[v] = offsets[v + 1]! - offsets[v]!
  return degrees
}

/** The same from the ends of edges that have no rows yet; `degrees` are zeros. O(edges). */
export function countEnds(ends: Int32Array, degrees: Int32Array): Int32Array {
  for (let k = 0; k < ends.length; k++) degrees[ends[k]!]!++
  return degrees
}
