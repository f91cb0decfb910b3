/**
 * Steps of delta-stepping along edges with small whole weights, in AssemblyScript. The twin, and what is
 * in the arrays, is in `../delta-steps.ts`. Addresses are in bytes; what stands in `pool` are elements.
 */

const CURRENT: usize = 0
const LISTED: usize = 4
const SPARE: usize = 8
const TOP: usize = 12
const FREE: usize = 16
const FULL: usize = 20
const SHIFT: usize = 24
const LIMIT: usize = 28
const SLOTS: usize = 32
const SLOT_WORDS: usize = 64
const OWN_FREE: usize = 4

/** Lists so many chunks more that were filled meanwhile, before it leaves the bucket to the next call. */
const MOST_FUSED: i32 = 16

/** Follows the edges of the vertices in listed chunks; returns how many vertices. */
export function relax(
  offsets: usize,
  arcs: usize,
  labels: usize,
  state: usize,
  heads: usize,
  pool: usize,
  list: usize,
  spare: usize,
  alone: i32,
  from: i32,
  to: i32,
): i32 {
  let slot = state + SLOT_WORDS
  let own = heads
  while (atomic.cmpxchg<i32>(slot, 0, 1) !== 0) {
    slot += 64
    own += 4096
  }
  const bucket = own + (((load<u32>(state, CURRENT) & 1023) as usize) << 2)
  let visited = 0
  for (let i = from; i < to; i++) {
    const cursor = load<u32>(list + ((i as usize) << 2))
    if ((cursor as i32) < 0) continue
    let count = chunk(offsets, arcs, labels, state, slot, own, pool, spare, alone, cursor)
    if (count < 0) continue
    store<u32>(list + ((i as usize) << 2), cursor | 0x80000000)
    visited += count
    for (let fused = 0; fused < MOST_FUSED; fused++) {
      const more = load<u32>(bucket)
      if (more === 0) break
      const base = (more - 1) & ~63
      store<u32>(bucket, load<u32>(pool + ((base as usize) << 2)))
      count = chunk(offsets, arcs, labels, state, slot, own, pool, spare, alone, more)
      if (count < 0) {
        store<u32>(bucket, more)
        break
      }
      visited += count
      store<u32>(pool + ((base as usize) << 2), load<u32>(slot, OWN_FREE))
      store<u32>(slot, base, OWN_FREE)
    }
  }
  atomic.store<i32>(slot, 0)
  return visited
}

/** Follows the edges of the vertices in a chunk; returns how many, -1 when the pool could be too small. */
function chunk(
  offsets: usize,
  arcs: usize,
  labels: usize,
  state: usize,
  slot: usize,
  own: usize,
  pool: usize,
  spare: usize,
  alone: i32,
  cursor: u32,
): i32 {
  const first = (((cursor - 1) & ~63) as usize) + 1
  const end = cursor as usize
  let degrees: u64 = 0
  for (let at = first; at < end; at++) {
    const row = offsets + ((load<u32>(pool + (at << 2)) as usize) << 2)
    degrees += (load<u32>(row, 4) - load<u32>(row)) as u64
  }
  const need = min<u64>(degrees, 1025 + degrees / 63) as i32
  if (atomic.sub<i32>(state, need, FREE) < need) {
    atomic.add<i32>(state, need, FREE)
    atomic.store<i32>(state, 1, FULL)
    return -1
  }
  const shift = load<u32>(state, SHIFT)
  const current = load<u32>(state, CURRENT)
  const limit = load<u32>(state, LIMIT)
  let used = 0
  let visited = 0
  for (let at = first; at < end; at++) {
    const u = load<u32>(pool + (at << 2)) as usize
    const distance = load<u32>(labels + (u << 3), 4)
    if (distance >> shift < current) continue
    visited++
    let k = load<u32>(offsets + (u << 2))
    const last = load<u32>(offsets + (u << 2), 4)
    for (; k < last; k++) {
      const arc = arcs + ((k as usize) << 3)
      const v = load<u32>(arc) as usize
      const weight = load<u32>(arc, 4)
      const through = distance + weight
      const label = labels + (v << 3)
      if (through > load<u32>(label, 4) || through > limit) continue
      const place = k | ((weight === 0 ? 1 : 0) << 31)
      const found = ((through as u64) << 32) | (place as u64)
      let before = load<u64>(label)
      if (alone !== 0) {
        if (found >= before) continue
        store<u64>(label, found)
      } else {
        for (;;) {
          if (found >= before) break
          const there = atomic.cmpxchg<u64>(label, before, found)
          if (there === before) break
          before = there
        }
      }
      // The same distance by another edge: who is there already follows its edges.
      if (((before >> 32) as u32) <= through) continue
      const other = own + (((through >> shift) & 1023) << 2)
      let next = load<u32>(other)
      if ((next & 63) === 0) {
        let fresh = load<u32>(slot, OWN_FREE)
        if (fresh !== 0) {
          store<u32>(slot, load<u32>(pool + ((fresh as usize) << 2)), OWN_FREE)
        } else {
          used++
          const spares = atomic.sub<i32>(state, 1, SPARE)
          if (spares > 0) fresh = load<u32>(spare + (((spares - 1) as usize) << 2))
          else {
            atomic.add<i32>(state, 1, SPARE)
            fresh = atomic.add<u32>(state, 64, TOP)
          }
        }
        store<u32>(pool + ((fresh as usize) << 2), next)
        next = fresh + 1
      }
      store<u32>(pool + ((next as usize) << 2), v as u32)
      store<u32>(other, next + 1)
    }
  }
  atomic.add<i32>(state, need - used, FREE)
  return visited
}

/** Lists the chunks of the next bucket in use; returns how many there are. For one thread. */
export function gather(
  state: usize,
  heads: usize,
  pool: usize,
  list: usize,
  spare: usize,
  _from: i32,
  _to: i32,
): i32 {
  const done = load<i32>(state, LISTED)
  let spares = load<i32>(state, SPARE)
  for (let i = 0; i < done; i++) {
    const cursor = load<u32>(list + ((i as usize) << 2)) & 0x7fffffff
    store<u32>(spare + ((spares as usize) << 2), (cursor - 1) & ~63)
    spares++
  }
  store<i32>(state, spares, SPARE)
  store<i32>(state, load<i32>(state, FREE) + done, FREE)
  const slots = load<u32>(state, SLOTS) as usize
  const current = load<u32>(state, CURRENT)
  let listed = 0
  for (let step: u32 = 0; step < 1024 && listed === 0; step++) {
    const bucket = heads + ((((current + step) & 1023) as usize) << 2)
    for (let slot: usize = 0; slot < slots; slot++) {
      const head = bucket + (slot << 12)
      let cursor = load<u32>(head)
      if (cursor === 0) continue
      store<u32>(head, 0)
      store<u32>(state, current + step, CURRENT)
      for (; cursor !== 0; cursor = load<u32>(pool + ((((cursor - 1) & ~63) as usize) << 2))) {
        store<u32>(list + ((listed as usize) << 2), cursor)
        listed++
      }
    }
  }
  store<i32>(state, listed, LISTED)
  return listed
}

/** Takes the labels of a range of vertices apart; returns how many are reached. */
export function unpack(labels: usize, distances: usize, places: usize, from: i32, to: i32): i32 {
  let reached = 0
  for (let v = from as usize; v < (to as usize); v++) {
    const distance = load<i32>(labels + (v << 3), 4)
    const there = distance !== i32.MAX_VALUE
    store<f64>(distances + (v << 3), there ? (distance as f64) : Infinity)
    store<u32>(places + (v << 2), there ? load<u32>(labels + (v << 3)) : 0xffffffff)
    reached += there as i32
  }
  return reached
}
