/**
 * How many shortest paths lead from one vertex to each other, and how many of all of them pass
 * through each vertex: the two halves of Brandes' algorithm, for edges without weights.
 *
 * A level of vertices at one distance meets the next along edges that either side can walk: forward,
 * vertices push counts along their out-edges, or all that are not reached yet pull along their
 * in-edges; backward likewise. The side with fewer edges does it. In graphs where most vertices are
 * in one level, that leaves a fifth of the work.
 *
 * The kernel is for a range of sources, and for several threads: each takes a free slot of the work
 * space. It uses nothing from outside, since workers get its text; that is why functions stand in it.
 *
 * Sources: Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
 * Sociology 25(2), 2001. Both directions: after Beamer, Asanović, Patterson, "Direction-optimizing
 * breadth-first search", SC 2012.
 */
import type { Scratch } from '../topology/scratch.js'

/** Work space of several threads; each array has a piece for each. */
export interface PathCounts {
  /** A zero for each thread. */
  readonly slots: Int32Array
  /** By vertex: edges from the source; -1 where not reached. */
  readonly levels: Int32Array
  /** By vertex: shortest paths from the source, in the scale of its level. */
  readonly counts: Float64Array
  /** By vertex: (1 + dependency) / count, at the end. */
  readonly shares: Float64Array
  /** The vertices that are reached, by level. */
  readonly order: Int32Array
  /** Where each level begins in `order`, and where the last one ends. */
  readonly starts: Int32Array
  /** By level: what its counts were multiplied by, beside the sum of those before. */
  readonly scales: Float64Array
}

/** Work space for graphs of so many vertices; 32 bytes for each, and for each thread. */
export function pathCountsOf(vertexCount: number, threads: number, scratch: Scratch): PathCounts {
  return {
    slots: scratch.int32(threads),
    levels: scratch.int32(threads * vertexCount),
    counts: scratch.float64(threads * vertexCount),
    shares: scratch.float64(threads * vertexCount),
    order: scratch.int32(threads * vertexCount),
    starts: scratch.int32(threads * (vertexCount + 1)),
    scales: scratch.float64(threads * (vertexCount + 1)),
  }
}

/**
 * Adds to `scores`, by vertex, the share of the shortest paths from each of some sources that pass
 * through it, and to `edgeScores`, by place in the out-rows, the share that go along each edge.
 *
 * There are as many arrays of scores, one behind the other, as fit; sources take turns with them, `turn`
 * of them at once. A range does not go beyond a turn, so that ranges of one round are for one array each.
 *
 * Cost: at most O(vertices + edges) for a source.
 */
function addPassages(
  outOffsets: Int32Array,
  outNeighbours: Int32Array,
  inOffsets: Int32Array,
  inNeighbours: Int32Array,
  sources: Int32Array,
  turn: number,
  arrays: number,
  slots: Int32Array,
  allLevels: Int32Array,
  allCounts: Float64Array,
  allShares: Float64Array,
  allOrder: Int32Array,
  allStarts: Int32Array,
  allScales: Float64Array,
  allScores: Float64Array,
  allEdgeScores: Float64Array,
  from: number,
  to: number,
): void {
  // Numbers of paths grow beyond all bounds in grids. Only ratios between two levels matter, so that a
  // level whose counts are large may be scaled down; counts that would vanish stay above 0.
  const LARGE = 2 ** 500
  const SMALL = 2 ** -1000

  let slot = 0
  while (Atomics.compareExchange(slots, slot, 0, 1) !== 0) slot = (slot + 1) % slots.length
  const n = outOffsets.length - 1
  const levels = allLevels.subarray(slot * n, (slot + 1) * n)
  const counts = allCounts.subarray(slot * n, (slot + 1) * n)
  const shares = allShares.subarray(slot * n, (slot + 1) * n)
  const order = allOrder.subarray(slot * n, (slot + 1) * n)
  const starts = allStarts.subarray(slot * (n + 1), (slot + 1) * (n + 1))
  const scales = allScales.subarray(slot * (n + 1), (slot + 1) * (n + 1))
  const array = Math.floor(from / turn) % arrays
  const scores = allScores.subarray(array * n, (array + 1) * n)
  const places = allEdgeScores.length / arrays
  const edgeScores = allEdgeScores.subarray(array * places, (array + 1) * places)
  for (let at = from; at < to; at++) {
    const depth = countPaths(sources[at]!)
    addDependencies(depth)
    if (places > 0) addEdgeDependencies(depth)
  }
  Atomics.store(slots, slot, 0)

  /** Counts shortest paths from a source; returns how many levels there are. */
  function countPaths(source: number): number {
    levels.fill(-1)
    levels[source] = 0
    counts[source] = 1
    order[0] = source
    starts[0] = 0
    scales[0] = 1
    let level = 0
    let first = 0
    let last = 1
    // In-edges of vertices that are not reached.
    let remaining = inNeighbours.length - (inOffsets[source + 1]! - inOffsets[source]!)
    while (first < last) {
      starts[level + 1] = last
      const pulls = remaining + (n >> 3) < degreesIn(outOffsets, first, last)
      const end = pulls ? pull(last, level) : push(first, last, level)
      level++
      if (end > last) scales[level] = scaleDown(last, end)
      remaining -= degreesIn(inOffsets, last, end)
      first = last
      last = end
    }
    return level
  }

  /** Adds the share of shortest paths that pass through each vertex. */
  function addDependencies(depth: number): void {
    for (let level = depth - 1; level >= 0; level--) {
      const first = starts[level]!
      const last = starts[level + 1]!
      for (let at = first; at < last; at++) shares[order[at]!] = 0
      if (level + 1 < depth) {
        const end = starts[level + 2]!
        if (degreesIn(inOffsets, last, end) < degreesIn(outOffsets, first, last)) {
          pushBack(last, end, level)
        } else pullBack(first, last, level)
      }
      const scale = level + 1 < depth ? scales[level + 1]! : 1
      for (let at = first; at < last; at++) {
        const u = order[at]!
        const dependency = counts[u]! * scale * shares[u]!
        if (level > 0) scores[u]! += dependency
        shares[u] = (1 + dependency) / counts[u]!
      }
    }
  }

  /** Adds the share of shortest paths that go along each edge. */
  function addEdgeDependencies(depth: number): void {
    const end = starts[depth - 1]!
    for (let at = 0; at < end; at++) {
      const u = order[at]!
      const next = levels[u]! + 1
      const count = counts[u]! * scales[next]!
      const last = outOffsets[u + 1]!
      for (let k = outOffsets[u]!; k < last; k++) {
        const v = outNeighbours[k]!
        if (levels[v] === next) edgeScores[k]! += count * shares[v]!
      }
    }
  }

  /** Vertices of `level` count for their out-neighbours. */
  function push(first: number, last: number, level: number): number {
    let end = last
    for (let at = first; at < last; at++) {
      const u = order[at]!
      const count = counts[u]!
      const rowEnd = outOffsets[u + 1]!
      for (let k = outOffsets[u]!; k < rowEnd; k++) {
        const v = outNeighbours[k]!
        const other = levels[v]!
        if (other === -1) {
          levels[v] = level + 1
          counts[v] = count
          order[end++] = v
        } else if (other === level + 1) counts[v]! += count
      }
    }
    return end
  }

  /** Vertices that are not reached count over their in-neighbours of `level`. */
  function pull(last: number, level: number): number {
    let end = last
    for (let v = 0; v < n; v++) {
      if (levels[v] !== -1) continue
      let count = 0
      const rowEnd = inOffsets[v + 1]!
      for (let k = inOffsets[v]!; k < rowEnd; k++) {
        const u = inNeighbours[k]!
        if (levels[u] === level) count += counts[u]!
      }
      if (count === 0) continue
      levels[v] = level + 1
      counts[v] = count
      order[end++] = v
    }
    return end
  }

  /** Vertices of `level` gather the shares of the next level. */
  function pullBack(first: number, last: number, level: number): void {
    for (let at = first; at < last; at++) {
      const u = order[at]!
      let sum = 0
      const rowEnd = outOffsets[u + 1]!
      for (let k = outOffsets[u]!; k < rowEnd; k++) {
        const v = outNeighbours[k]!
        if (levels[v] === level + 1) sum += shares[v]!
      }
      shares[u] = sum
    }
  }

  /** Vertices of the next level hand their shares back to those of `level`. */
  function pushBack(first: number, last: number, level: number): void {
    for (let at = first; at < last; at++) {
      const v = order[at]!
      const share = shares[v]!
      const rowEnd = inOffsets[v + 1]!
      for (let k = inOffsets[v]!; k < rowEnd; k++) {
        const u = inNeighbours[k]!
        if (levels[u] === level) shares[u]! += share
      }
    }
  }

  /** Scales the counts of a level down where they are large; returns the factor. */
  function scaleDown(first: number, last: number): number {
    let largest = 0
    for (let at = first; at < last; at++) {
      const count = counts[order[at]!]!
      if (count > largest) largest = count
    }
    if (largest < LARGE) return 1
    for (let at = first; at < last; at++) {
      const v = order[at]!
      counts[v] = Math.max(counts[v]! / LARGE, SMALL)
    }
    return 1 / LARGE
  }

  function degreesIn(offsets: Int32Array, first: number, last: number): number {
    let sum = 0
    for (let at = first; at < last; at++) sum += offsets[order[at]! + 1]! - offsets[order[at]!]!
    return sum
  }
}

/** The kernel, for a team. */
export const pathCountKernels = {
  name: 'gelly/path-counts',
  functions: { addPassages },
}
