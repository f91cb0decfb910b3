/**
 * Union of components by hooking roots, in AssemblyScript. The twin is `../components.ts`. Addresses
 * are in bytes; `parents` has for each vertex one that is not above it, itself for roots.
 */

/** Puts the ends of an edge into one component; several threads may, unless one is alone. */
function link(parents: usize, u: u32, v: u32, alone: i32): void {
  let a = load<u32>(parents + ((u as usize) << 2))
  let b = load<u32>(parents + ((v as usize) << 2))
  while (a !== b) {
    const high = a > b ? a : b
    const low = a > b ? b : a
    const place = parents + ((high as usize) << 2)
    const above = load<u32>(place)
    if (above === low) break
    if (above === high) {
      if (alone !== 0) {
        store<u32>(place, low)
        break
      }
      if (atomic.cmpxchg<u32>(place, high, low) === high) break
    }
    a = load<u32>(parents + ((load<u32>(place) as usize) << 2))
    b = load<u32>(parents + ((low as usize) << 2))
  }
}

/** Hooks vertices below their first neighbours, and writes down the second ones. */
export function hookFirst(
  offsets: usize,
  neighbours: usize,
  parents: usize,
  seconds: usize,
  from: i32,
  to: i32,
): void {
  for (let v = from; v < to; v++) {
    const place = (v as usize) << 2
    const begin = load<i32>(offsets + place)
    const count = load<i32>(offsets + place, 4) - begin
    // Without branches: they would be mispredicted for many vertices. There is a first edge.
    const leads = count > 0
    const again = count > 1
    const first = load<i32>(neighbours + ((select<i32>(begin, 0, leads) as usize) << 2))
    const second = load<i32>(neighbours + ((select<i32>(begin + 1, 0, again) as usize) << 2))
    const lower = first < v
    store<i32>(parents + place, select<i32>(first, v, leads && lower))
    store<i32>(seconds + place, select<i32>(second, v, again))
  }
}

/** Links vertices with their second neighbours. */
export function linkSeconds(seconds: usize, parents: usize, alone: i32, from: i32, to: i32): void {
  for (let v = from; v < to; v++) {
    link(parents, v as u32, load<u32>(seconds + ((v as usize) << 2)), alone)
  }
}

/** Links vertices outside of component `skipped` with their neighbours in both directions. */
export function linkRest(
  outOffsets: usize,
  outNeighbours: usize,
  inOffsets: usize,
  inNeighbours: usize,
  parents: usize,
  skipped: i32,
  alone: i32,
  from: i32,
  to: i32,
): void {
  for (let v = from; v < to; v++) {
    const place = (v as usize) << 2
    const begin = load<i32>(outOffsets + place)
    const end = load<i32>(outOffsets + place, 4)
    const first = load<i32>(inOffsets + place)
    const last = load<i32>(inOffsets + place, 4)
    const inside = (load<i32>(parents + place) === skipped) as i32
    // Nearly all, in one branch: that is predicted.
    if ((inside | ((((end - begin) | (last - first)) === 0) as i32)) !== 0) continue
    for (let k = begin; k < end; k++) {
      link(parents, v as u32, load<u32>(outNeighbours + ((k as usize) << 2)), alone)
    }
    for (let k = first; k < last; k++) {
      link(parents, v as u32, load<u32>(inNeighbours + ((k as usize) << 2)), alone)
    }
  }
}

/** Links the ends of edges. */
export function linkEdges(
  sources: usize,
  targets: usize,
  parents: usize,
  alone: i32,
  from: i32,
  to: i32,
): void {
  for (let e = from; e < to; e++) {
    const u = load<u32>(sources + ((e as usize) << 2))
    link(parents, u, load<u32>(targets + ((e as usize) << 2)), alone)
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

/**
 * Counts the members of each component by its root, those of `frequent` in the eight places behind
 * all others, in turn; returns how many roots there are.
 */
export function tally(
  parents: usize,
  sizes: usize,
  frequent: i32,
  behind: i32,
  from: i32,
  to: i32,
): i32 {
  let roots = 0
  for (let v = from; v < to; v++) {
    const root = load<i32>(parents + ((v as usize) << 2))
    roots += (root === v) as i32
    const place = sizes + ((select<i32>(behind + (v & 7), root, root === frequent) as usize) << 2)
    store<i32>(place, load<i32>(place) + 1)
  }
  return roots
}

/** The largest of values that are not below 0. */
export function largest(values: usize, from: i32, to: i32): i32 {
  let most = 0
  for (let v = from; v < to; v++) {
    const value = load<i32>(values + ((v as usize) << 2))
    most = select<i32>(value, most, value > most)
  }
  return most
}
