import type { EdgeRows } from '../topology/adjacency.js'
import type { Topology } from '../topology/topology.js'

/**
 * By edge: the first one, by number, with the same ends; -1 for loops. O(vertices + edges).
 *
 * @param directed Whether the ends have to be source and target alike.
 */
export function firstEdges(topology: Topology, directed: boolean): Int32Array {
  const { vertexCount, edgeCount } = topology
  const firsts = new Int32Array(edgeCount).fill(-1)
  // By neighbour of the vertex at hand: the first edge, valid where `seen` is the vertex.
  const known = new Int32Array(vertexCount)
  const seen = new Int32Array(vertexCount).fill(-1)
  const rows = directed ? [topology.outEdges] : [topology.outEdges, topology.inEdges]
  for (let v = 0; v < vertexCount; v++) {
    for (const each of rows) remember(each, v, directed, known, seen)
    for (const each of rows) assign(each, v, directed, known, firsts)
  }
  return firsts
}

function remember(
  { offsets, neighbours, edges }: EdgeRows,
  v: number,
  directed: boolean,
  known: Int32Array,
  seen: Int32Array,
): void {
  for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
    const other = neighbours[k]!
    if (other === v || (!directed && other > v)) continue
    if (seen[other] === v && known[other]! <= edges[k]!) continue
    seen[other] = v
    known[other] = edges[k]!
  }
}

function assign(
  { offsets, neighbours, edges }: EdgeRows,
  v: number,
  directed: boolean,
  known: Int32Array,
  firsts: Int32Array,
): void {
  for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
    const other = neighbours[k]!
    if (other === v || (!directed && other > v)) continue
    firsts[edges[k]!] = known[other]!
  }
}
