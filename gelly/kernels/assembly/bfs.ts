/**
 * Steps of a breadth-first search, in AssemblyScript. The twin is `../bfs.ts`. Addresses are in bytes;
 * frontiers in bits have 32 vertices in a word.
 */

/** Visits the neighbours of queued vertices; returns how many edges leave those that are new. */
export function topDown(
  offsets: usize,
  neighbours: usize,
  levels: usize,
  queue: usize,
  end: usize,
  level: i32,
  from: i32,
  to: i32,
): f64 {
  let leaving: i64 = 0
  for (let i = from; i < to; i++) {
    const u = load<u32>(queue + ((i as usize) << 2)) as usize
    const last = neighbours + ((load<u32>(offsets + (u << 2), 4) as usize) << 2)
    for (
      let at = neighbours + ((load<u32>(offsets + (u << 2)) as usize) << 2);
      at < last;
      at += 4
    ) {
      const v = load<u32>(at) as usize
      const place = levels + (v << 2)
      if (load<i32>(place) !== -1) continue
      if (atomic.cmpxchg<i32>(place, -1, level) !== -1) continue
      store<u32>(queue + ((atomic.add<u32>(end, 1) as usize) << 2), v as u32)
      leaving += (load<u32>(offsets + (v << 2), 4) - load<u32>(offsets + (v << 2))) as i64
    }
  }
  return leaving as f64
}

/** Looks for an in-neighbour in the frontier for each new vertex; returns how many have one. */
export function bottomUp(
  offsets: usize,
  neighbours: usize,
  levels: usize,
  parents: usize,
  frontier: usize,
  next: usize,
  level: i32,
  from: i32,
  to: i32,
): i32 {
  let found = 0
  let bits: u32 = 0
  for (let v = from; v < to; v++) {
    const place = (v as usize) << 2
    if (load<i32>(levels + place) === -1) {
      const last = neighbours + ((load<u32>(offsets + place, 4) as usize) << 2)
      for (let at = neighbours + ((load<u32>(offsets + place) as usize) << 2); at < last; at += 4) {
        const u = load<u32>(at)
        if (((load<u32>(frontier + (((u >> 5) as usize) << 2)) >> (u & 31)) & 1) === 0) continue
        store<i32>(levels + place, level)
        store<u32>(parents + place, u)
        bits |= (1 as u32) << (v & 31)
        found++
        break
      }
    }
    if ((v & 31) === 31 || v + 1 === to) {
      store<u32>(next + (((v >> 5) as usize) << 2), bits)
      bits = 0
    }
  }
  return found
}

/** Sets the bits of queued vertices. */
export function toBits(queue: usize, frontier: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const v = load<u32>(queue + ((i as usize) << 2))
    const place = frontier + (((v >> 5) as usize) << 2)
    store<u32>(place, load<u32>(place) | ((1 as u32) << (v & 31)))
  }
}

/** Queues the vertices of a level. */
export function toQueue(
  levels: usize,
  queue: usize,
  end: usize,
  level: i32,
  from: i32,
  to: i32,
): void {
  for (let v = from; v < to; v++) {
    if (load<i32>(levels + ((v as usize) << 2)) !== level) continue
    store<i32>(queue + ((atomic.add<u32>(end, 1) as usize) << 2), v)
  }
}

/** The first in-neighbour of the level before, for vertices that have no parent yet. */
export function findParents(
  offsets: usize,
  neighbours: usize,
  levels: usize,
  parents: usize,
  from: i32,
  to: i32,
): void {
  for (let v = from; v < to; v++) {
    const place = (v as usize) << 2
    const before = load<i32>(levels + place) - 1
    if (before < 0 || load<i32>(parents + place) !== -1) continue
    let at = neighbours + ((load<u32>(offsets + place) as usize) << 2)
    while (load<i32>(levels + ((load<u32>(at) as usize) << 2)) !== before) at += 4
    store<u32>(parents + place, load<u32>(at))
  }
}
