/**
 * Union of components by hooking roots: plain twins of `assembly/components.ts`. `parents` has for
 * each vertex one that is not above it, itself for roots. Several threads may work on it: a root is
 * hooked below a lower one by compare-and-swap, and what a thread reads late is only a longer way up.
 * Who works alone says so with a 1, and saves the swaps.
 *
 * They use nothing from outside, since workers get their text; that is why the same lines stand in three
 * of them.
 */

/**
 * Hooks each vertex below its first neighbour, if that is lower, and writes down the second one; itself
 * where there is none. There are edges.
 */
function hookFirst(
  offsets: Int32Array,
  neighbours: Int32Array,
  parents: Int32Array,
  seconds: Int32Array,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) {
    const begin = offsets[v]!
    const count = offsets[v + 1]! - begin
    parents[v] = count > 0 ? Math.min(v, neighbours[begin]!) : v
    seconds[v] = count > 1 ? neighbours[begin + 1]! : v
  }
}

/** Links vertices with their second neighbours. */
function linkSeconds(
  seconds: Int32Array,
  parents: Int32Array,
  alone: number,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) {
    let a = parents[v]!
    let b = parents[seconds[v]!]!
    while (a !== b) {
      const high = Math.max(a, b)
      const low = Math.min(a, b)
      const above = parents[high]!
      if (above === low) break
      if (above === high) {
        if (alone === 1) {
          parents[high] = low
          break
        }
        if (Atomics.compareExchange(parents, high, high, low) === high) break
      }
      a = parents[parents[high]!]!
      b = parents[low]!
    }
  }
}

/** Links vertices outside of component `skipped` with their neighbours in both directions. */
function linkRest(
  outOffsets: Int32Array,
  outNeighbours: Int32Array,
  inOffsets: Int32Array,
  inNeighbours: Int32Array,
  parents: Int32Array,
  skipped: number,
  alone: number,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) {
    if (parents[v] === skipped) continue
    for (let direction = 0; direction < 2; direction++) {
      const offsets = direction === 0 ? outOffsets : inOffsets
      const neighbours = direction === 0 ? outNeighbours : inNeighbours
      const end = offsets[v + 1]!
      for (let k = offsets[v]!; k < end; k++) {
        let a = parents[v]!
        let b = parents[neighbours[k]!]!
        while (a !== b) {
          const high = Math.max(a, b)
          const low = Math.min(a, b)
          const above = parents[high]!
          if (above === low) break
          if (above === high) {
            if (alone === 1) {
              parents[high] = low
              break
            }
            if (Atomics.compareExchange(parents, high, high, low) === high) break
          }
          a = parents[parents[high]!]!
          b = parents[low]!
        }
      }
    }
  }
}

/** Links the ends of edges. */
function linkEdges(
  sources: Int32Array,
  targets: Int32Array,
  parents: Int32Array,
  alone: number,
  from: number,
  to: number,
): void {
  for (let e = from; e < to; e++) {
    let a = parents[sources[e]!]!
    let b = parents[targets[e]!]!
    while (a !== b) {
      const high = Math.max(a, b)
      const low = Math.min(a, b)
      const above = parents[high]!
      if (above === low) break
      if (above === high) {
        if (alone === 1) {
          parents[high] = low
          break
        }
        if (Atomics.compareExchange(parents, high, high, low) === high) break
      }
      a = parents[parents[high]!]!
      b = parents[low]!
    }
  }
}

/** Lets vertices point to their roots. */
function compress(parents: Int32Array, from: number, to: number): void {
  for (let v = from; v < to; v++) {
    let parent = parents[v]!
    let above = parents[parent]!
    if (parent === above) continue
    while (parent !== above) {
      parent = above
      above = parents[parent]!
    }
    parents[v] = parent
  }
}

/**
 * Counts the members of each component by its root. Those of `frequent` are counted in the eight places
 * from `behind` on, in turn: adding to one place each time would wait for the time before. For one thread.
 *
 * @returns How many roots there are.
 */
function tally(
  parents: Int32Array,
  sizes: Int32Array,
  frequent: number,
  behind: number,
  from: number,
  to: number,
): number {
  let roots = 0
  for (let v = from; v < to; v++) {
    const root = parents[v]!
    if (root === v) roots++
    sizes[root === frequent ? behind + (v & 7) : root]!++
  }
  return roots
}

/** The largest of values that are not below 0. */
function largest(values: Int32Array, from: number, to: number): number {
  let most = 0
  for (let v = from; v < to; v++) if (values[v]! > most) most = values[v]!
  return most
}

/** The kernels, for a team. */
export const componentKernels = {
  name: 'gelly/components',
  code: () => import('./modules/components.js'),
  functions: { hookFirst, linkSeconds, linkRest, linkEdges, compress, tally, largest },
}
