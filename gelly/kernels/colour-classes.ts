import type { Adjacency } from '../topology/adjacency.js'

/** Vertices by colour: no two neighbours have the same one. */
export interface ColourClasses {
  /** All vertices, colour by colour, ascending within each. */
  readonly order: Int32Array
  /** Where each colour begins in `order`; one element more than there are colours. */
  readonly starts: Int32Array
}

/**
 * Colours vertices greedily: each, by position, gets the first colour that no neighbour has.
 *
 * @param rows Without self-loops, and each edge both ways.
 *
 * Cost: O(vertices + edges) time; at most one colour more than the largest degree.
 */
export function colourClasses({ offsets, neighbours }: Adjacency): ColourClasses {
  const n = offsets.length - 1
  const colours = new Int32Array(n).fill(-1)
  /** By colour: the last vertex that had a neighbour of this colour. */
  const takenFor = new Int32Array(n).fill(-1)
  let count = 0
  for (let v = 0; v < n; v++) {
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      const colour = colours[neighbours[k]!]!
      if (colour >= 0) takenFor[colour] = v
    }
    let colour = 0
    while (takenFor[colour] === v) colour++
    colours[v] = colour
    if (colour >= count) count = colour + 1
  }
  const starts = new Int32Array(count + 1)
  for (let v = 0; v < n; v++) starts[colours[v]! + 1]!++
  for (let c = 0; c < count; c++) starts[c + 1]! += starts[c]!
  const next = starts.slice(0, count)
  const order = new Int32Array(n)
  for (let v = 0; v < n; v++) order[next[colours[v]!]!++] = v
  return { order, starts }
}
