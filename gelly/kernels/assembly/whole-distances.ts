/**
 * Shortest distances along edges with small whole weights, in AssemblyScript. The twin, and what is in
 * the arrays, is in `../whole-distances.ts`. Addresses are in bytes; places in `pool` are elements.
 */

const BUCKETS: u32 = 1024
const CURRENT: usize = 4096
const FREE: usize = 4100
const TOP: usize = 4104
const CAPACITY: usize = 4108
const LIVE: usize = 4112
const STATUS: usize = 4116

/** Visits vertices, nearest first, until there are `to` in `order`; returns how many there are. */
export function visit(
  offsets: usize,
  arcs: usize,
  distances: usize,
  places: usize,
  order: usize,
  queue: usize,
  pool: usize,
  limit: i32,
  target: i32,
  from: i32,
  to: i32,
): i32 {
  let current = load<i32>(queue, CURRENT)
  let free = load<u32>(queue, FREE)
  let top = load<u32>(queue, TOP)
  let live = load<i32>(queue, LIVE)
  const capacity = load<u32>(queue, CAPACITY)
  let status = 0
  let at = from
  while (at < to) {
    if (live === 0) {
      status = 1
      break
    }
    const bucket = queue + (((current as u32) & (BUCKETS - 1)) << 2)
    let cursor = load<u32>(bucket)
    if (cursor === 0) {
      current++
      continue
    }
    const u = load<u32>(pool + (--cursor << 2)) as usize
    let k = load<u32>(offsets + (u << 2))
    const end = load<u32>(offsets + (u << 2), 4)
    if (top + ((min(end - k, BUCKETS + ((end - k) >> 3)) + 1) << 4) > capacity) {
      status = 2
      break
    }
    live--
    if ((cursor & 15) === 1) {
      const chunk = cursor - 1
      cursor = load<u32>(pool + (chunk << 2))
      store<u32>(pool + (chunk << 2), free)
      free = chunk
    }
    store<u32>(bucket, cursor)
    if (load<i32>(distances + (u << 2)) !== current) continue
    if ((u as i32) === target) {
      status = 1
      break
    }
    store<u32>(order + ((at as usize) << 2), u as u32)
    at++
    for (; k < end; k++) {
      const v = load<u32>(arcs + (k << 3)) as usize
      const through = current + load<i32>(arcs + (k << 3), 4)
      const before = load<i32>(distances + (v << 2))
      if (through > before || through > limit) continue
      if (through === before) {
        if ((k as i32) < load<i32>(places + (v << 2)) && through > current) {
          store<u32>(places + (v << 2), k)
        }
        continue
      }
      store<i32>(distances + (v << 2), through)
      store<u32>(places + (v << 2), k)
      const other = queue + (((through as u32) & (BUCKETS - 1)) << 2)
      let next = load<u32>(other)
      if ((next & 15) === 0) {
        let chunk = free
        if (chunk !== 0) free = load<u32>(pool + (chunk << 2))
        else {
          chunk = top
          top += 16
        }
        store<u32>(pool + (chunk << 2), next)
        next = chunk + 1
      }
      store<u32>(pool + (next << 2), v as u32)
      store<u32>(other, next + 1)
      live++
    }
  }
  store<i32>(queue, current, CURRENT)
  store<u32>(queue, free, FREE)
  store<u32>(queue, top, TOP)
  store<i32>(queue, live, LIVE)
  store<i32>(queue, status, STATUS)
  return at
}

/** Writes neighbours with the weights that lead to them; edge e + m weighs as edge e. */
export function weigh(
  neighbours: usize,
  edges: usize,
  weights: usize,
  arcs: usize,
  edgeCount: u32,
  from: i32,
  to: i32,
): void {
  for (let k = from as usize; k < (to as usize); k++) {
    const edge = load<u32>(edges + (k << 2))
    const weight = weights + (((edge < edgeCount ? edge : edge - edgeCount) as usize) << 3)
    store<u32>(arcs + (k << 3), load<u32>(neighbours + (k << 2)))
    store<i32>(arcs + (k << 3), load<f64>(weight) as i32, 4)
  }
}
