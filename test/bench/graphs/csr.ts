/** Graphs as compressed sparse rows: the neighbours of all vertices in one array, one after the other. */

/** A graph without parallel edges; each edge is there in both directions. */
export interface Csr {
  /** Where the neighbours of each vertex begin; one longer than there are vertices. */
  readonly offsets: Int32Array<ArrayBuffer>
  /** The neighbours, ascending within each vertex: also the targets of the edges by source. */
  readonly neighbours: Int32Array<ArrayBuffer>
}

/**
 * A graph of these edges in both directions, without self-loops and duplicates.
 *
 * The first counting sort groups edges by their source. Since each edge is there both ways, walking
 * through the groups in order and putting each source into the group of its target gives the same
 * groups again, now ascending.
 *
 * Cost: O(vertices + edges) time; two arrays of twice the edges beside the result.
 */
export function symmetrised(vertices: number, from: Int32Array, to: Int32Array): Csr {
  const starts = new Int32Array(vertices + 1)
  for (let k = 0; k < from.length; k++) {
    if (from[k] === to[k]) continue
    starts[from[k]! + 1]!++
    starts[to[k]! + 1]!++
  }
  for (let v = 0; v < vertices; v++) starts[v + 1]! += starts[v]!
  const grouped = new Int32Array(starts[vertices]!)
  const next = starts.slice(0, vertices)
  for (let k = 0; k < from.length; k++) {
    const [u, v] = [from[k]!, to[k]!]
    if (u === v) continue
    grouped[next[u]!++] = v
    grouped[next[v]!++] = u
  }
  const sorted = new Int32Array(grouped.length)
  next.set(starts.subarray(0, vertices))
  for (let u = 0; u < vertices; u++) {
    for (let k = starts[u]!; k < starts[u + 1]!; k++) sorted[next[grouped[k]!]!++] = u
  }
  return withoutDuplicates(starts, sorted)
}

/** The rows of edges in any order, by a counting sort. */
export function rowsOf(vertices: number, source: Int32Array, target: Int32Array): Csr {
  const offsets = new Int32Array(vertices + 1)
  for (let k = 0; k < source.length; k++) offsets[source[k]! + 1]!++
  for (let v = 0; v < vertices; v++) offsets[v + 1]! += offsets[v]!
  const next = offsets.slice(0, vertices)
  const neighbours = new Int32Array(source.length)
  for (let k = 0; k < source.length; k++) neighbours[next[source[k]!]!++] = target[k]!
  return { offsets, neighbours }
}

/** The sources of the edges, in the order of `neighbours`. */
export function sourcesOf({ offsets, neighbours }: Csr): Int32Array<ArrayBuffer> {
  const sources = new Int32Array(neighbours.length)
  for (let v = 0; v + 1 < offsets.length; v++) sources.fill(v, offsets[v]!, offsets[v + 1]!)
  return sources
}

/** Each edge in one direction only, from the smaller to the larger vertex. */
export function edgesOnce(graph: Csr): {
  readonly sources: Int32Array
  readonly targets: Int32Array
} {
  const all = sourcesOf(graph)
  const kept = (_: number, k: number) => all[k]! < graph.neighbours[k]!
  return { sources: all.filter(kept), targets: graph.neighbours.filter(kept) }
}

/** How many neighbours each vertex has. */
export function degreesOf({ offsets }: Csr): Int32Array<ArrayBuffer> {
  const degrees = new Int32Array(offsets.length - 1)
  for (let v = 0; v < degrees.length; v++) degrees[v] = offsets[v + 1]! - offsets[v]!
  return degrees
}

/** The first vertex that has neighbours. */
export function firstVertex({ offsets }: Csr): number {
  return offsets.findIndex((_, v) => offsets[v + 1]! > offsets[v]!)
}

function withoutDuplicates(starts: Int32Array, sorted: Int32Array): Csr {
  const offsets = new Int32Array(starts.length)
  let length = 0
  for (let v = 0; v + 1 < starts.length; v++) {
    let last = -1
    for (let k = starts[v]!; k < starts[v + 1]!; k++) {
      const neighbour = sorted[k]!
      if (neighbour !== last) sorted[length++] = neighbour
      last = neighbour
    }
    offsets[v + 1] = length
  }
  return { offsets, neighbours: sorted.slice(0, length) as Int32Array<ArrayBuffer> }
}
