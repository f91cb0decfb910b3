/**
 * Steps of a breadth-first search, each for a range: plain twins of `assembly/bfs.ts`. They use nothing
 * from outside, since workers get their text.
 *
 * `levels` and `parents` have -1 for vertices that are not reached. A frontier is a window of `queue`,
 * whose end stands in `end`, or bits, 32 vertices in a word. Ranges of vertices begin at a multiple of
 * 32, and end at one or at the last vertex.
 */

/** Makes all vertices of a range such that are not reached. */
function prepare(levels: Int32Array, parents: Int32Array, from: number, to: number): void {
  levels.fill(-1, from, to)
  parents.fill(-1, from, to)
}

/**
 * Visits the neighbours of queued vertices; returns how many edges leave those that are new. The least
 * of those who could be a parent is it, whoever comes first. Who works alone says so with a 1, and saves
 * the locks.
 */
function topDown(
  offsets: Int32Array,
  neighbours: Int32Array,
  levels: Int32Array,
  parents: Int32Array,
  queue: Int32Array,
  end: Int32Array,
  level: number,
  alone: number,
  from: number,
  to: number,
): number {
  let leaving = 0
  for (let i = from; i < to; i++) {
    const u = queue[i]!
    const last = offsets[u + 1]!
    for (let k = offsets[u]!; k < last; k++) {
      const v = neighbours[k]!
      const before = levels[v]!
      if (before !== -1 && before !== level) continue
      let parent = parents[v]!
      while (parent === -1 || parent > u) {
        const found = alone === 1 ? parent : Atomics.compareExchange(parents, v, parent, u)
        if (alone === 1) parents[v] = u
        if (found === -1) {
          levels[v] = level
          queue[alone === 1 ? end[0]!++ : Atomics.add(end, 0, 1)] = v
          leaving += offsets[v + 1]! - offsets[v]!
        }
        if (found === parent) break
        parent = found
      }
    }
  }
  return leaving
}

/** Writes bits for vertices that are not reached, and could be. */
function toFind(
  offsets: Int32Array,
  levels: Int32Array,
  missing: Int32Array,
  from: number,
  to: number,
): void {
  let bits = 0
  for (let v = from; v < to; v++) {
    bits |= +(levels[v] === -1 && offsets[v] !== offsets[v + 1]) << (v & 31)
    if ((v & 31) === 31 || v + 1 === to) {
      missing[v >> 5] = bits
      bits = 0
    }
  }
}

/**
 * Looks for an in-neighbour in the frontier for each missing vertex: the first is its parent. Writes the
 * new frontier, and who is missing still; returns how many are found.
 */
function bottomUp(
  offsets: Int32Array,
  neighbours: Int32Array,
  levels: Int32Array,
  parents: Int32Array,
  missing: Int32Array,
  frontier: Int32Array,
  next: Int32Array,
  level: number,
  from: number,
  to: number,
): number {
  let found = 0
  for (let first = from; first < to; first += 32) {
    const all = missing[first >> 5]!
    let bits = 0
    for (let rest = all; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest
      const v = first + 31 - Math.clz32(bit)
      const last = offsets[v + 1]!
      for (let k = offsets[v]!; k < last; k++) {
        const u = neighbours[k]!
        if (((frontier[u >> 5]! >> (u & 31)) & 1) === 0) continue
        levels[v] = level
        parents[v] = u
        bits |= bit
        found++
        break
      }
    }
    next[first >> 5] = bits
    missing[first >> 5] = all ^ bits
  }
  return found
}

/** Sets the bits of queued vertices. For one thread. */
function toBits(queue: Int32Array, frontier: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) frontier[queue[i]! >> 5]! |= 1 << (queue[i]! & 31)
}

/** Queues the vertices of a frontier. */
function toQueue(
  frontier: Int32Array,
  queue: Int32Array,
  end: Int32Array,
  from: number,
  to: number,
): void {
  for (let first = from; first < to; first += 32) {
    for (let rest = frontier[first >> 5]!; rest !== 0; rest &= rest - 1) {
      queue[Atomics.add(end, 0, 1)] = first + 31 - Math.clz32(rest & -rest)
    }
  }
}

/** The kernels, for a team. */
export const bfsKernels = {
  name: 'gelly/bfs',
  code: () => import('./modules/bfs.js'),
  functions: { prepare, topDown, toFind, bottomUp, toBits, toQueue },
}
