import { type ArcRows, BACKWARD, FORWARD } from './arc-rows.js'

/** By vertex: numbers of distinct neighbours, without the vertex itself. */
export interface NeighbourDegrees {
  /** In either direction; who is linked both ways counts once. */
  readonly degrees: Int32Array
  /** To whom there is an arc. */
  readonly outDegrees: Int32Array
  /** From whom there is an arc. */
  readonly inDegrees: Int32Array
}

/** Degrees of the simple graph: loops and parallel edges do not count. O(vertices + edges). */
export function neighbourDegrees({ offsets, arcs }: ArcRows): NeighbourDegrees {
  const vertexCount = offsets.length - 1
  const degrees = new Int32Array(vertexCount)
  const outDegrees = new Int32Array(vertexCount)
  const inDegrees = new Int32Array(vertexCount)
  for (let v = 0; v < vertexCount; v++) {
    degrees[v] = offsets[v + 1]! - offsets[v]!
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      if ((arcs[k]! & FORWARD) !== 0) outDegrees[v]!++
      if ((arcs[k]! & BACKWARD) !== 0) inDegrees[v]!++
    }
  }
  return { degrees, outDegrees, inDegrees }
}
