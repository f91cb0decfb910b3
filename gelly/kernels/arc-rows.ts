/** The simple graph behind a directed one, with the directions that its edges have. */
import type { Adjacency } from '../topology/adjacency.js'
import type { Topology } from '../topology/topology.js'

/** Simple rows that tell which arcs there are between a vertex and each neighbour. */
export interface ArcRows extends Adjacency {
  /** By place in `neighbours`: `FORWARD`, `BACKWARD`, or both bits. */
  readonly arcs: Uint8Array
}

/** There is an arc from the row's vertex to the neighbour. */
export const FORWARD = 1

/** There is an arc from the neighbour to the row's vertex. */
export const BACKWARD = 2

/** The same arcs as seen from the other end. */
export function turned(arcs: number): number {
  return ((arcs & 1) << 1) | (arcs >> 1)
}

/**
 * `topology.simple` with the arcs of each pair of neighbours. O(vertices + edges).
 *
 * `places` remembers where the neighbours of the vertex at hand stand in its row; every edge of the
 * vertex leads to one of them, so it need not be emptied in between.
 */
export function arcRows(topology: Topology): ArcRows {
  const { offsets, neighbours } = topology.simple
  const arcs = topology.region.uint8(neighbours.length)
  const places = new Int32Array(topology.vertexCount)
  for (let v = 0; v < topology.vertexCount; v++) {
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) places[neighbours[k]!] = k
    mark(topology.out, v, places, arcs, FORWARD)
    mark(topology.in, v, places, arcs, BACKWARD)
  }
  return { offsets, neighbours, arcs }
}

function mark(rows: Adjacency, v: number, places: Int32Array, arcs: Uint8Array, arc: number): void {
  const { offsets, neighbours } = rows
  for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
    const other = neighbours[k]!
    if (other !== v) arcs[places[other]!]! |= arc
  }
}
