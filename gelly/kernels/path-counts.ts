/**
 * How many shortest paths lead from one vertex to each other, and how many of all of them pass
 * through each vertex: the two halves of Brandes' algorithm, for edges without weights.
 *
 * A level of vertices at one distance meets the next along edges that either side can walk: forward,
 * vertices push counts along their out-edges, or all that are not reached yet pull along their
 * in-edges; backward likewise. The side with fewer edges does it. In graphs where most vertices are
 * in one level, that leaves a fifth of the work.
 *
 * Sources: Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
 * Sociology 25(2), 2001. Both directions: after Beamer, Asanović, Patterson, "Direction-optimizing
 * breadth-first search", SC 2012.
 */
import type { Adjacency } from '../topology/adjacency.js'

/** Work space for one source after the other. */
export interface PathCounts {
  /** By vertex: edges from the source; -1 where not reached. */
  readonly levels: Int32Array
  /** By vertex: shortest paths from the source, in the scale of its level. */
  readonly counts: Float64Array
  /** By vertex: (1 + dependency) / count, when `addDependencies` is done. */
  readonly shares: Float64Array
  /** The vertices that are reached, by level. */
  readonly order: Int32Array
  /** Where each level begins in `order`, and where the last one ends. */
  readonly starts: Int32Array
  /** By level: what its counts were multiplied by, beside the sum of those before. */
  readonly scales: Float64Array
  /** How many levels there are. */
  depth: number
}

// Numbers of paths grow beyond all bounds in grids. Only ratios between two levels matter, so that a
// level whose counts are large may be scaled down; counts that would vanish stay above 0.
const LARGE = 2 ** 500
const SMALL = 2 ** -1000

/** Work space for graphs of so many vertices; 32 bytes for each. */
export function pathCountsOf(vertexCount: number): PathCounts {
  return {
    levels: new Int32Array(vertexCount).fill(-1),
    counts: new Float64Array(vertexCount),
    shares: new Float64Array(vertexCount),
    order: new Int32Array(vertexCount),
    starts: new Int32Array(vertexCount + 1),
    scales: new Float64Array(vertexCount),
    depth: 0,
  }
}

/**
 * Counts shortest paths from a source.
 *
 * Cost: at most O(vertices + edges); what an earlier source left behind is cleared.
 */
export function countPaths(
  out: Adjacency,
  into: Adjacency,
  source: number,
  state: PathCounts,
): void {
  const { levels, counts, order, starts, scales } = state
  const vertexCount = levels.length
  levels.fill(-1)
  levels[source] = 0
  counts[source] = 1
  order[0] = source
  starts[0] = 0
  scales[0] = 1
  let level = 0
  let [from, to] = [0, 1]
  // In-edges of vertices that are not reached.
  let remaining = into.neighbours.length - degreeOf(into, source)
  while (from < to) {
    starts[level + 1] = to
    const pulls = remaining + (vertexCount >> 3) < degreesIn(out, order, from, to)
    const end = pulls
      ? pull(into, levels, counts, order, to, level)
      : push(out, levels, counts, order, from, to, level)
    level++
    if (end > to) scales[level] = scaleDown(counts, order, to, end)
    remaining -= degreesIn(into, order, to, end)
    from = to
    to = end
  }
  state.depth = level
}

/**
 * Adds to `scores`, by vertex, the part of shortest paths from the source that pass through it: for
 * each vertex t, how many of the paths to t do. The source itself gets nothing.
 */
export function addDependencies(
  out: Adjacency,
  into: Adjacency,
  state: PathCounts,
  scores: Float64Array,
): void {
  const { levels, counts, shares, order, starts, scales, depth } = state
  for (let level = depth - 1; level >= 0; level--) {
    const from = starts[level]!
    const to = starts[level + 1]!
    for (let at = from; at < to; at++) shares[order[at]!] = 0
    if (level + 1 < depth) {
      const end = starts[level + 2]!
      if (degreesIn(into, order, to, end) < degreesIn(out, order, from, to)) {
        pushBack(into, levels, shares, order, to, end, level)
      } else pullBack(out, levels, shares, order, from, to, level)
    }
    const scale = level + 1 < depth ? scales[level + 1]! : 1
    for (let at = from; at < to; at++) {
      const u = order[at]!
      const dependency = counts[u]! * scale * shares[u]!
      if (level > 0) scores[u]! += dependency
      shares[u] = (1 + dependency) / counts[u]!
    }
  }
}

/**
 * Adds to `scores`, by place in `out`, the part of shortest paths that go along each edge. After
 * `addDependencies`.
 */
export function addEdgeDependencies(out: Adjacency, state: PathCounts, scores: Float64Array): void {
  const { levels, counts, shares, order, starts, scales, depth } = state
  const { offsets, neighbours } = out
  for (let at = 0; at < starts[Math.max(0, depth - 1)]!; at++) {
    const u = order[at]!
    const next = levels[u]! + 1
    const count = counts[u]! * scales[next]!
    for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
      const v = neighbours[k]!
      if (levels[v] === next) scores[k]! += count * shares[v]!
    }
  }
}

function push(
  { offsets, neighbours }: Adjacency,
  levels: Int32Array,
  counts: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  level: number,
): number {
  let end = to
  for (let at = from; at < to; at++) {
    const u = order[at]!
    const count = counts[u]!
    const last = offsets[u + 1]!
    for (let k = offsets[u]!; k < last; k++) {
      const v = neighbours[k]!
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

function pull(
  { offsets, neighbours }: Adjacency,
  levels: Int32Array,
  counts: Float64Array,
  order: Int32Array,
  to: number,
  level: number,
): number {
  let end = to
  for (let v = 0; v < levels.length; v++) {
    if (levels[v] !== -1) continue
    let count = 0
    const last = offsets[v + 1]!
    for (let k = offsets[v]!; k < last; k++) {
      const u = neighbours[k]!
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
function pullBack(
  { offsets, neighbours }: Adjacency,
  levels: Int32Array,
  shares: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  level: number,
): void {
  for (let at = from; at < to; at++) {
    const u = order[at]!
    let sum = 0
    const last = offsets[u + 1]!
    for (let k = offsets[u]!; k < last; k++) {
      const v = neighbours[k]!
      if (levels[v] === level + 1) sum += shares[v]!
    }
    shares[u] = sum
  }
}

/** Vertices of the next level, in `from..to`, hand their shares back to those of `level`. */
function pushBack(
  { offsets, neighbours }: Adjacency,
  levels: Int32Array,
  shares: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  level: number,
): void {
  for (let at = from; at < to; at++) {
    const v = order[at]!
    const share = shares[v]!
    const last = offsets[v + 1]!
    for (let k = offsets[v]!; k < last; k++) {
      const u = neighbours[k]!
      if (levels[u] === level) shares[u]! += share
    }
  }
}

/** Scales the counts of a level down where they are large; returns the factor. */
function scaleDown(counts: Float64Array, order: Int32Array, from: number, to: number): number {
  let largest = 0
  for (let at = from; at < to; at++) {
    const count = counts[order[at]!]!
    if (count > largest) largest = count
  }
  if (largest < LARGE) return 1
  for (let at = from; at < to; at++) {
    const v = order[at]!
    counts[v] = Math.max(counts[v]! / LARGE, SMALL)
  }
  return 1 / LARGE
}

function degreesIn({ offsets }: Adjacency, order: Int32Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += offsets[order[at]! + 1]! - offsets[order[at]!]!
  return sum
}

function degreeOf({ offsets }: Adjacency, v: number): number {
  return offsets[v + 1]! - offsets[v]!
}
