/**
 * Steps of a breadth-first search, each for a range: plain twins of `assembly/bfs.ts`. They use nothing
 * from outside, since workers get their text.
 *
 * `levels` has -1 for vertices that are not reached yet, `parents` for those that have none yet. A
 * frontier is a window of `queue`, whose end stands in `end`, or bits, 32 vertices in a word.
 */

/** Visits the neighbours of queued vertices; returns how many edges leave those that are new. */
function topDown(
  offsets: Int32Array,
  neighbours: Int32Array,
  levels: Int32Array,
  queue: Int32Array,
  end: Int32Array,
  level: number,
  from: number,
  to: number,
): number {
  let leaving = 0
  for (let i = from; i < to; i++) {
    const u = queue[i]!
    const last = offsets[u + 1]!
    for (let k = offsets[u]!; k < last; k++) {
      const v = neighbours[k]!
      if (levels[v] !== -1) continue
      if (Atomics.compareExchange(levels, v, -1, level) !== -1) continue
      queue[Atomics.add(end, 0, 1)] = v
      leaving += offsets[v + 1]! - offsets[v]!
    }
  }
  return leaving
}

/**
 * Looks for an in-neighbour in the frontier for each vertex that is not reached, and writes the new
 * frontier; returns how many are in it. `from` is a multiple of 32, and so is `to`, unless it is the end.
 */
function bottomUp(
  offsets: Int32Array,
  neighbours: Int32Array,
  levels: Int32Array,
  parents: Int32Array,
  frontier: Int32Array,
  next: Int32Array,
  level: number,
  from: number,
  to: number,
): number {
  let found = 0
  let bits = 0
  for (let v = from; v < to; v++) {
    if (levels[v] === -1) {
      const last = offsets[v + 1]!
      for (let k = offsets[v]!; k < last; k++) {
        const u = neighbours[k]!
        if (((frontier[u >> 5]! >> (u & 31)) & 1) === 0) continue
        levels[v] = level
        parents[v] = u
        bits |= 1 << (v & 31)
        found++
        break
      }
    }
    if ((v & 31) === 31 || v + 1 === to) {
      next[v >> 5] = bits
      bits = 0
    }
  }
  return found
}

/** Sets the bits of queued vertices. For one thread. */
function toBits(queue: Int32Array, frontier: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) frontier[queue[i]! >> 5]! |= 1 << (queue[i]! & 31)
}

/** Queues the vertices of a level. */
function toQueue(
  levels: Int32Array,
  queue: Int32Array,
  end: Int32Array,
  level: number,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) if (levels[v] === level) queue[Atomics.add(end, 0, 1)] = v
}

/** The first in-neighbour of the level before, for vertices that have no parent yet. */
function findParents(
  offsets: Int32Array,
  neighbours: Int32Array,
  levels: Int32Array,
  parents: Int32Array,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) {
    const before = levels[v]! - 1
    if (before < 0 || parents[v] !== -1) continue
    let k = offsets[v]!
    while (levels[neighbours[k]!] !== before) k++
    parents[v] = neighbours[k]!
  }
}

/** The kernels, for a team. */
export const bfsKernels = {
  name: 'gelly/bfs',
  code: () => import('./modules/bfs.js'),
  functions: { topDown, bottomUp, toBits, toQueue, findParents },
}
