/**
 * Union of components by hooking roots, in AssemblyScript. The twin is `../components.ts`. Addresses
 * are in bytes; `parents` has for each vertex one that is not above it, itself for roots.
 */

/** Puts the ends of an edge into one component; several threads may. */
function link(parents: usize, u: u32, v: u32): void {
  let a = load<u32>(parents + ((u as usize) << 2))
  let b = load<u32>(parents + ((v as usize) << 2))
  while (a !== b) {
    const high = a > b ? a : b
    const low = a > b ? b : a
    const place = parents + ((high as usize) << 2)
    const above = load<u32>(place)
    if (above === low) break
    if (above === high && atomic.cmpxchg<u32>(place, high, low) === high) break
    a = load<u32>(parents + ((load<u32>(place) as usize) << 2))
    b = load<u32>(parents + ((low as usize) << 2))
  }
}

/** Links vertices with their neighbour of number `round`. */
export function linkRound(
  offsets: usize,
  neighbours: usize,
  parents: usize,
  round: i32,
  from: i32,
  to: i32,
): void {
  for (let v = from; v < to; v++) {
    const k = load<i32>(offsets + ((v as usize) << 2)) + round
    if (k >= load<i32>(offsets + ((v as usize) << 2), 4)) continue
    link(parents, v as u32, load<u32>(neighbours + ((k as usize) << 2)))
  }
}

/** Links vertices outside of component `skipped` with their neighbours from number `first` on. */
export function linkRest(
  offsets: usize,
  neighbours: usize,
  parents: usize,
  first: i32,
  skipped: i32,
  from: i32,
  to: i32,
): void {
  for (let v = from; v < to; v++) {
    if (load<i32>(parents + ((v as usize) << 2)) === skipped) continue
    const end = load<i32>(offsets + ((v as usize) << 2), 4)
    for (let k = load<i32>(offsets + ((v as usize) << 2)) + first; k < end; k++) {
      link(parents, v as u32, load<u32>(neighbours + ((k as usize) << 2)))
    }
  }
}

/** Links the ends of edges. */
export function linkEdges(
  sources: usize,
  targets: usize,
  parents: usize,
  from: i32,
  to: i32,
): void {
  for (let e = from; e < to; e++) {
    const u = load<u32>(sources + ((e as usize) << 2))
    link(parents, u, load<u32>(targets + ((e as usize) << 2)))
  }
}

/** Lets vertices point to their roots. */
export function compress(parents: usize, from: i32, to: i32): void {
  for (let v = from; v < to; v++) {
    const place = parents + ((v as usize) << 2)
    let parent = load<u32>(place)
    let above = load<u32>(parents + ((parent as usize) << 2))
    if (parent === above) continue
    while (parent !== above) {
      parent = above
      above = load<u32>(parents + ((parent as usize) << 2))
    }
    store<u32>(place, parent)
  }
}
