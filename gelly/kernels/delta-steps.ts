/**
 * Steps of delta-stepping along edges with small whole weights, for several threads: plain twins of
 * `assembly/delta-steps.ts`. They use nothing from outside, since workers get their text.
 *
 * Vertices wait in buckets by distance, each 2^shift wide. Threads take vertices of the nearest bucket,
 * follow their edges, and put whom they bring nearer into buckets of their own; between calls, one
 * thread lists what all have in the next bucket. A vertex that came nearer since it was put there is
 * skipped, or done again.
 *
 * A *label* is a distance above the place of the edge that it came by, as one number of 64 bits: the
 * least one wins, whoever comes first. So distances and places are those of a shortest path, and of the
 * first edge that could be its last: the same for any number of threads. Edges of weight 0 come behind
 * all others, with the highest bit set, since they could lead in a circle.
 *
 *     labels[2v]         the place; all bits for none
 *     labels[2v + 1]     the distance
 *     heads[1024s + b]   where the next vertex of slot s and bucket b goes in `pool`; 0 where it is empty
 *     pool               chunks of 64; each begins with the place behind the chunk below it, 0 for none
 *     list               places behind the chunks to work on; with the highest bit set when that is done
 *     spare              chunks to be used again
 *     state              see `STATE`; from 16 on 16 words for each slot: whether a thread has it, and the
 *                        first of the chunks that it may use again
 */

/** Where in `state` is what; `limit` is the greatest distance, `free` counts chunks. */
export const STATE = {
  ...{ current: 0, listed: 1, spare: 2, top: 3, free: 4, full: 5, shift: 6, limit: 7, slots: 8 },
  slotWords: 16,
} as const

/**
 * Follows the edges of the vertices in listed chunks; returns how many vertices. Who works alone says so
 * with a 1, and saves the locks.
 */
function relax(
  offsets: Int32Array,
  arcs: Int32Array,
  labels: Int32Array,
  state: Int32Array,
  heads: Int32Array,
  pool: Int32Array,
  list: Int32Array,
  spare: Int32Array,
  alone: number,
  from: number,
  to: number,
): number {
  const whole = new BigInt64Array(labels.buffer, labels.byteOffset, labels.length >> 1)
  let slot = 0
  while (Atomics.compareExchange(state, 16 + 16 * slot, 0, 1) !== 0) slot++
  const ownFree = 17 + 16 * slot
  const own = 1024 * slot
  const [current, shift, limit] = [state[0]!, state[6]!, state[7]!]
  const bucket = own + (current & 1023)

  /** Puts a label where it is less; returns the distance that was there before. */
  function lessen(v: number, through: number, place: number): number {
    for (;;) {
      const low = labels[2 * v]!
      const high = labels[2 * v + 1]!
      if (through > high || (through === high && place >>> 0 >= low >>> 0)) return high
      if (alone === 1) {
        labels[2 * v] = place
        labels[2 * v + 1] = through
        return high
      }
      const before = (BigInt(high) << 32n) | BigInt(low >>> 0)
      const found = (BigInt(through) << 32n) | BigInt(place >>> 0)
      if (Atomics.compareExchange(whole, v, before, found) === before) return high
    }
  }

  /** Follows the edges of a chunk's vertices; returns how many, -1 when the pool could be too small. */
  function chunk(cursor: number): number {
    const first = ((cursor - 1) & ~63) + 1
    let degrees = 0
    for (let at = first; at < cursor; at++) {
      const u = pool[at]!
      degrees += offsets[u + 1]! - offsets[u]!
    }
    const need = Math.min(degrees, 1025 + Math.floor(degrees / 63))
    if (Atomics.sub(state, 4, need) < need) {
      Atomics.add(state, 4, need)
      Atomics.store(state, 5, 1)
      return -1
    }
    let used = 0
    let visited = 0
    for (let at = first; at < cursor; at++) {
      const u = pool[at]!
      const distance = labels[2 * u + 1]!
      if (distance >> shift < current) continue
      visited++
      for (let k = offsets[u]!; k < offsets[u + 1]!; k++) {
        const v = arcs[2 * k]!
        const weight = arcs[2 * k + 1]!
        const through = distance + weight
        if (through > limit) continue
        const before = lessen(v, through, weight === 0 ? k | -(2 ** 31) : k)
        // The same distance by another edge: who is there already follows its edges.
        if (before <= through) continue
        const other = own + ((through >> shift) & 1023)
        let next = heads[other]!
        if ((next & 63) === 0) {
          let fresh = state[ownFree]!
          if (fresh !== 0) state[ownFree] = pool[fresh]!
          else {
            used++
            const spares = Atomics.sub(state, 2, 1)
            if (spares > 0) fresh = spare[spares - 1]!
            else {
              Atomics.add(state, 2, 1)
              fresh = Atomics.add(state, 3, 64)
            }
          }
          pool[fresh] = next
          next = fresh + 1
        }
        pool[next] = v
        heads[other] = next + 1
      }
    }
    Atomics.add(state, 4, need - used)
    return visited
  }

  let visited = 0
  for (let i = from; i < to; i++) {
    const cursor = list[i]!
    if (cursor < 0) continue
    let count = chunk(cursor)
    if (count < 0) continue
    list[i] = cursor | -(2 ** 31)
    visited += count
    // What was put into the same bucket meanwhile, unless that is much.
    for (let fused = 0; fused < 16; fused++) {
      const more = heads[bucket]!
      if (more === 0) break
      const base = (more - 1) & ~63
      heads[bucket] = pool[base]!
      count = chunk(more)
      if (count < 0) {
        heads[bucket] = more
        break
      }
      visited += count
      pool[base] = state[ownFree]!
      state[ownFree] = base
    }
  }
  Atomics.store(state, 16 + 16 * slot, 0)
  return visited
}

/** Lists the chunks of the next bucket in use; returns how many there are. For one thread. */
function gather(
  state: Int32Array,
  heads: Int32Array,
  pool: Int32Array,
  list: Int32Array,
  spare: Int32Array,
  _from: number,
  _to: number,
): number {
  const done = state[1]!
  for (let i = 0; i < done; i++) {
    spare[state[2]!++] = ((list[i]! & (2 ** 31 - 1)) - 1) & ~63
  }
  state[4]! += done
  const current = state[0]!
  let listed = 0
  for (let step = 0; step < 1024 && listed === 0; step++) {
    for (let slot = 0; slot < state[8]!; slot++) {
      const head = 1024 * slot + ((current + step) & 1023)
      let cursor = heads[head]!
      if (cursor === 0) continue
      heads[head] = 0
      state[0] = current + step
      for (; cursor !== 0; cursor = pool[(cursor - 1) & ~63]!) list[listed++] = cursor
    }
  }
  state[1] = listed
  return listed
}

/** Takes the labels of a range of vertices apart; returns how many are reached. */
function unpack(
  labels: Int32Array,
  distances: Float64Array,
  places: Int32Array,
  from: number,
  to: number,
): number {
  let reached = 0
  for (let v = from; v < to; v++) {
    const distance = labels[2 * v + 1]!
    const there = distance !== 2 ** 31 - 1
    distances[v] = there ? distance : Number.POSITIVE_INFINITY
    places[v] = there ? labels[2 * v]! : -1
    reached += +there
  }
  return reached
}

/** The kernels, for a team. */
export const deltaStepKernels = {
  name: 'gelly/delta-steps',
  code: () => import('./modules/delta-steps.js'),
  functions: { relax, gather, unpack },
}
