import type { Csr } from '../graphs/csr.js'

/** Components, and how they were found. */
export interface Components {
  /** The least vertex that is connected with each vertex. */
  readonly components: Int32Array
  readonly supersteps: number
  /** Edges looked at in all supersteps. */
  readonly looked: number
}

/**
 * Connected components by the least label, as a delta iteration finds them: in each superstep, those
 * whose label has changed tell their neighbours, all at once.
 */
export function componentsByHand({ offsets, neighbours }: Csr): Components {
  const n = offsets.length - 1
  const components = Int32Array.from({ length: n }, (_, v) => v)
  const told = components.slice()
  let [workset, next] = [components.slice(), new Int32Array(n)]
  let [length, supersteps, looked] = [n, 0, 0]
  while (length > 0) {
    let changed = 0
    for (let k = 0; k < length; k++) {
      const v = workset[k]!
      const label = components[v]!
      const end = offsets[v + 1]!
      looked += end - offsets[v]!
      for (let e = offsets[v]!; e < end; e++) {
        const neighbour = neighbours[e]!
        if (label >= told[neighbour]!) continue
        if (told[neighbour] === components[neighbour]) next[changed++] = neighbour
        told[neighbour] = label
      }
    }
    for (let k = 0; k < changed; k++) components[next[k]!] = told[next[k]!]!
    ;[workset, next] = [next, workset]
    length = changed
    supersteps++
  }
  return { components, supersteps, looked }
}
