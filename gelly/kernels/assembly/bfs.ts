/**
 * Steps of a breadth-first search, in AssemblyScript. The twin is `../bfs.ts`. Addresses are in bytes;
 * frontiers in bits have 32 vertices in a word.
 */

/** Makes all vertices of a range such that are not reached. */
export function prepare(levels: usize, parents: usize, from: i32, to: i32): void {
  const start = (from as usize) << 2
  const bytes = ((to - from) as usize) << 2
  memory.fill(levels + start, 255, bytes)
  memory.fill(parents + start, 255, bytes)
}

/** Visits the neighbours of queued vertices; returns how many edges leave those that are new. */
export function topDown(
  offsets: usize,
  neighbours: usize,
  levels: usize,
  parents: usize,
  queue: usize,
  end: usize,
  level: i32,
  alone: i32,
  from: i32,
  to: i32,
): f64 {
  let leaving: i64 = 0
  for (let i = from; i < to; i++) {
    const u = load<u32>(queue + ((i as usize) << 2))
    const row = offsets + ((u as usize) << 2)
    const last = neighbours + ((load<u32>(row, 4) as usize) << 2)
    for (let at = neighbours + ((load<u32>(row) as usize) << 2); at < last; at += 4) {
      const place = (load<u32>(at) as usize) << 2
      const before = load<i32>(levels + place)
      if (before !== -1 && before !== level) continue
      // As an unsigned number, -1 is greater than all.
      let parent = load<u32>(parents + place)
      if (alone !== 0) {
        if (parent <= u) continue
        store<u32>(parents + place, u)
        if (parent !== 0xffffffff) continue
        store<i32>(levels + place, level)
        const behind = load<u32>(end)
        store<u32>(queue + ((behind as usize) << 2), load<u32>(at))
        store<u32>(end, behind + 1)
        leaving += (load<u32>(offsets + place, 4) - load<u32>(offsets + place)) as i64
        continue
      }
      while (parent > u) {
        const found = atomic.cmpxchg<u32>(parents + place, parent, u)
        if (found === 0xffffffff) {
          store<i32>(levels + place, level)
          store<u32>(queue + ((atomic.add<u32>(end, 1) as usize) << 2), load<u32>(at))
          leaving += (load<u32>(offsets + place, 4) - load<u32>(offsets + place)) as i64
        }
        if (found === parent) break
        parent = found
      }
    }
  }
  return leaving as f64
}

/** Writes bits for vertices that are not reached, and could be. */
export function toFind(offsets: usize, levels: usize, missing: usize, from: i32, to: i32): void {
  let bits: u32 = 0
  for (let v = from; v < to; v++) {
    const place = (v as usize) << 2
    const alone = load<i32>(offsets + place) === load<i32>(offsets + place, 4)
    bits |= ((((load<i32>(levels + place) === -1) as u32) & (!alone as u32)) as u32) << (v & 31)
    if ((v & 31) === 31 || v + 1 === to) {
      store<u32>(missing + (((v >> 5) as usize) << 2), bits)
      bits = 0
    }
  }
}

/** Looks for an in-neighbour in the frontier for each missing vertex; returns how many have one. */
export function bottomUp(
  offsets: usize,
  neighbours: usize,
  levels: usize,
  parents: usize,
  missing: usize,
  frontier: usize,
  next: usize,
  level: i32,
  from: i32,
  to: i32,
): i32 {
  let found = 0
  for (let first = from; first < to; first += 32) {
    const word = ((first >> 5) as usize) << 2
    const all = load<u32>(missing + word)
    let bits: u32 = 0
    for (let rest = all; rest !== 0; rest &= rest - 1) {
      const place = ((first as usize) + (ctz(rest) as usize)) << 2
      const last = neighbours + ((load<u32>(offsets + place, 4) as usize) << 2)
      for (let at = neighbours + ((load<u32>(offsets + place) as usize) << 2); at < last; at += 4) {
        const u = load<u32>(at)
        if (((load<u32>(frontier + (((u >> 5) as usize) << 2)) >> (u & 31)) & 1) === 0) continue
        store<i32>(levels + place, level)
        store<u32>(parents + place, u)
        bits |= rest & -rest
        break
      }
    }
    store<u32>(next + word, bits)
    store<u32>(missing + word, all ^ bits)
    found += popcnt(bits) as i32
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

/** Queues the vertices of a frontier. */
export function toQueue(frontier: usize, queue: usize, end: usize, from: i32, to: i32): void {
  for (let first = from; first < to; first += 32) {
    const bits = load<u32>(frontier + (((first >> 5) as usize) << 2))
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const v = (first as u32) + ctz(rest)
      store<u32>(queue + ((atomic.add<u32>(end, 1) as usize) << 2), v)
    }
  }
}
