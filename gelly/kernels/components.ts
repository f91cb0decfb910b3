/**
 * Union of components by hooking roots: plain twins of `assembly/components.ts`. `parents` has for
 * each vertex one that is not above it, itself for roots. Several threads may work on it: a root is
 * hooked below a lower one by compare-and-swap, and what a thread reads late is only a longer way up.
 *
 * They use nothing from outside, since workers get their text; that is why the same lines stand in three
 * of them.
 */

/** Links vertices with their neighbour of number `round`. */
function linkRound(
  offsets: Int32Array,
  neighbours: Int32Array,
  parents: Int32Array,
  round: number,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) {
    const k = offsets[v]! + round
    if (k >= offsets[v + 1]!) continue
    let a = parents[v]!
    let b = parents[neighbours[k]!]!
    while (a !== b) {
      const high = Math.max(a, b)
      const low = Math.min(a, b)
      const above = parents[high]!
      if (above === low) break
      if (above === high && Atomics.compareExchange(parents, high, high, low) === high) break
      a = parents[parents[high]!]!
      b = parents[low]!
    }
  }
}

/** Links vertices outside of component `skipped` with their neighbours from number `first` on. */
function linkRest(
  offsets: Int32Array,
  neighbours: Int32Array,
  parents: Int32Array,
  first: number,
  skipped: number,
  from: number,
  to: number,
): void {
  for (let v = from; v < to; v++) {
    if (parents[v] === skipped) continue
    const end = offsets[v + 1]!
    for (let k = offsets[v]! + first; k < end; k++) {
      let a = parents[v]!
      let b = parents[neighbours[k]!]!
      while (a !== b) {
        const high = Math.max(a, b)
        const low = Math.min(a, b)
        const above = parents[high]!
        if (above === low) break
        if (above === high && Atomics.compareExchange(parents, high, high, low) === high) break
        a = parents[parents[high]!]!
        b = parents[low]!
      }
    }
  }
}

/** Links the ends of edges. */
function linkEdges(
  sources: Int32Array,
  targets: Int32Array,
  parents: Int32Array,
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
      if (above === high && Atomics.compareExchange(parents, high, high, low) === high) break
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

/** The kernels, for a team. */
export const componentKernels = {
  name: 'gelly/components',
  code: () => import('./modules/components.js'),
  functions: { linkRound, linkRest, linkEdges, compress },
}
