/**
 * Brandes' algorithm for edges with weights above 0: how many shortest paths there are, and how many
 * pass through each vertex, for a range of sources and for several threads, as in `path-counts.ts`.
 *
 * An edge is on a shortest path when its weight is exactly the difference of the distances of its
 * ends. As all weights are above 0, the order in which vertices were visited leads every shortest
 * path forward, and backward.
 *
 * The search is that of `distances.ts` with the queue of `bucket-queue.ts`, which say how they work. It
 * stands here once more because the kernel uses nothing from outside: workers get its text.
 *
 * Source: Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
 * Sociology 25(2), 2001.
 */
import type { Scratch } from '../topology/scratch.js'
import { BUCKETS } from './bucket-queue.js'

/** Work space of several threads; each array has a piece for each. */
export interface WeightedPathCounts {
  /** A zero for each thread. */
  readonly slots: Int32Array
  /** By vertex: from the source; infinite where not reached. */
  readonly distances: Float64Array
  /** By vertex: shortest paths from the source. */
  readonly counts: Float64Array
  /** By vertex: (1 + dependency) / count, at the end. */
  readonly shares: Float64Array
  /** The vertices that are reached, the nearest first. */
  readonly order: Int32Array
  /** The queue: `next`, `place` and `heap`, one behind the other, by vertex. */
  readonly queue: Int32Array
  /** The queue: the first vertex of each bucket, and bits for those in use. */
  readonly buckets: Int32Array
}

/** Work space for graphs of so many vertices; 40 bytes for each, and for each thread. */
export function weightedPathCountsOf(
  vertexCount: number,
  threads: number,
  scratch: Scratch,
): WeightedPathCounts {
  return {
    slots: scratch.int32(threads),
    distances: scratch.float64(threads * vertexCount),
    counts: scratch.float64(threads * vertexCount),
    shares: scratch.float64(threads * vertexCount),
    order: scratch.int32(threads * vertexCount),
    queue: scratch.int32(3 * threads * vertexCount),
    buckets: scratch.int32(threads * BUCKET_WORDS),
  }
}

/** Heads of all buckets, a bit for each, and a bit for each word of those. */
const BUCKET_WORDS = BUCKETS + BUCKETS / 32 + 1

/** What the kernel multiplies distances by to find their bucket. */
export function bucketScale(longest: number): number {
  const scale = (BUCKETS - 2) / longest
  return Number.isFinite(scale) ? scale : 0
}

/**
 * Adds to `scores`, by vertex, the share of the shortest paths from each of some sources that pass
 * through it, and to `edgeScores`, by place in the rows, the share that go along each edge. Sources take
 * turns with arrays of scores as in `path-counts.ts`.
 *
 * Returns 1, and adds nothing for the sources that are left, where counts are beyond all numbers, or a
 * weight is so small that adding it to a distance changes nothing: the order would not do. Else 0.
 *
 * @param weights By place in the rows.
 * @param scale See `bucketScale`.
 *
 * Cost: for a source, that of a search, and O(vertices + edges) twice.
 */
function addWeightedPassages(
  offsets: Int32Array,
  neighbours: Int32Array,
  weights: Float64Array,
  scale: number,
  sources: Int32Array,
  turn: number,
  arrays: number,
  slots: Int32Array,
  allDistances: Float64Array,
  allCounts: Float64Array,
  allShares: Float64Array,
  allOrder: Int32Array,
  allQueues: Int32Array,
  allBuckets: Int32Array,
  allScores: Float64Array,
  allEdgeScores: Float64Array,
  from: number,
  to: number,
): number {
  const BUCKETS = 1024
  const WORDS = 32
  const IN_HEAP = -2
  const NOWHERE = -3

  let slot = 0
  while (Atomics.compareExchange(slots, slot, 0, 1) !== 0) slot = (slot + 1) % slots.length
  const n = offsets.length - 1
  const distances = allDistances.subarray(slot * n, (slot + 1) * n)
  const counts = allCounts.subarray(slot * n, (slot + 1) * n)
  const shares = allShares.subarray(slot * n, (slot + 1) * n)
  const order = allOrder.subarray(slot * n, (slot + 1) * n)
  const next = allQueues.subarray(3 * slot * n, (3 * slot + 1) * n)
  const place = allQueues.subarray((3 * slot + 1) * n, (3 * slot + 2) * n)
  const heap = allQueues.subarray((3 * slot + 2) * n, (3 * slot + 3) * n)
  const words = BUCKETS + WORDS + 1
  const heads = allBuckets.subarray(slot * words, slot * words + BUCKETS)
  // By 32 buckets, which of them are in use; then a word that says which of these words are not 0.
  const used = allBuckets.subarray(slot * words + BUCKETS, (slot + 1) * words)
  const array = Math.floor(from / turn) % arrays
  const scores = allScores.subarray(array * n, (array + 1) * n)
  const places = allEdgeScores.length / arrays
  const edgeScores = allEdgeScores.subarray(array * places, (array + 1) * places)
  next.fill(NOWHERE)
  heads.fill(-1)
  used.fill(0)
  let heapSize = 0
  let current = 0
  let failed = 0
  for (let at = from; at < to && failed === 0; at++) {
    const visited = search(sources[at]!)
    if (countPaths(sources[at]!, visited)) addDependencies(visited)
    else failed = 1
  }
  Atomics.store(slots, slot, 0)
  return failed

  /** Distances from a source, and the order; returns how many vertices are reached. */
  function search(source: number): number {
    distances.fill(Number.POSITIVE_INFINITY)
    distances[source] = 0
    current = 0
    update(source, Number.POSITIVE_INFINITY)
    let visited = 0
    // In pieces, since V8 replaces its first, slow code at a call.
    for (let before = -1; visited > before; ) {
      before = visited
      visited = proceed(visited, visited + 1024)
    }
    return visited
  }

  /** Visits vertices up to a number of them; returns how many there are now. */
  function proceed(visited: number, most: number): number {
    const [starts, others, lengths, known] = [offsets, neighbours, weights, distances]
    for (let at = visited; at < most; at++) {
      const u = pop()
      if (u < 0) return at
      order[at] = u
      const distance = known[u]!
      const end = starts[u + 1]!
      for (let k = starts[u]!; k < end; k++) {
        const v = others[k]!
        const through = distance + lengths[k]!
        const before = known[v]!
        if (through >= before) continue
        known[v] = through
        update(v, before)
      }
    }
    return most
  }

  function countPaths(source: number, visited: number): boolean {
    const [starts, others, lengths, known] = [offsets, neighbours, weights, distances]
    const [inOrder, paths] = [order, counts]
    paths.fill(0)
    paths[source] = 1
    for (let at = 0; at < visited; at++) {
      const u = inOrder[at]!
      const distance = known[u]!
      const count = paths[u]!
      if (count === Number.POSITIVE_INFINITY) return false
      const last = starts[u + 1]!
      for (let k = starts[u]!; k < last; k++) {
        const v = others[k]!
        const through = distance + lengths[k]!
        if (through === distance) return false
        if (through === known[v]! && through < Number.POSITIVE_INFINITY) paths[v]! += count
      }
    }
    return true
  }

  function addDependencies(visited: number): void {
    const [starts, others, lengths, known] = [offsets, neighbours, weights, distances]
    const [inOrder, paths, parts] = [order, counts, shares]
    const withEdges = places > 0
    for (let at = visited - 1; at >= 0; at--) {
      const u = inOrder[at]!
      const distance = known[u]!
      const count = paths[u]!
      let sum = 0
      const last = starts[u + 1]!
      for (let k = starts[u]!; k < last; k++) {
        const v = others[k]!
        const through = distance + lengths[k]!
        if (through !== known[v]! || through === Number.POSITIVE_INFINITY) continue
        sum += parts[v]!
        if (withEdges) edgeScores[k]! += count * parts[v]!
      }
      const dependency = count * sum
      if (at > 0) scores[u]! += dependency
      parts[u] = (1 + dependency) / count
    }
  }

  /** Puts a vertex where its distance belongs, after the distance went from `before` to what it is. */
  function update(v: number, before: number): void {
    const behind = next[v]!
    if (behind === IN_HEAP) {
      rise(v, place[v]!)
      return
    }
    if (behind !== NOWHERE) unlink(v, behind, before)
    const bucket = (distances[v]! * scale) & (BUCKETS - 1)
    if (bucket === current) {
      next[v] = IN_HEAP
      rise(v, heapSize++)
    } else link(v, bucket)
  }

  /** Takes the nearest vertex out; -1 when there is none. */
  function pop(): number {
    if (heapSize === 0 && !openNext()) return -1
    const first = heap[0]!
    const last = heap[--heapSize]!
    if (heapSize > 0) sink(last)
    next[first] = NOWHERE
    return first
  }

  function link(v: number, bucket: number): void {
    const first = heads[bucket]!
    heads[bucket] = v
    next[v] = first
    place[v] = -1
    if (first >= 0) {
      place[first] = v
      return
    }
    used[bucket >> 5]! |= 1 << (bucket & 31)
    used[WORDS]! |= 1 << (bucket >> 5)
  }

  function unlink(v: number, behind: number, distance: number): void {
    const before = place[v]!
    if (behind >= 0) place[behind] = before
    if (before >= 0) {
      next[before] = behind
      return
    }
    const bucket = (distance * scale) & (BUCKETS - 1)
    heads[bucket] = behind
    if (behind < 0) markEmpty(bucket)
  }

  function markEmpty(bucket: number): void {
    const word = bucket >> 5
    used[word]! &= ~(1 << (bucket & 31))
    if (used[word] === 0) used[WORDS]! &= ~(1 << word)
  }

  /** Moves the next bucket in use into the heap; `false` when there is none. */
  function openNext(): boolean {
    const all = used[WORDS]!
    if (all === 0) return false
    const word = current >> 5
    let bits = used[word]! & (-1 << (current & 31))
    let at = word
    if (bits === 0) {
      const behind = word === 31 ? 0 : all & (-2 << word)
      at = lowestBit(behind === 0 ? all : behind)
      bits = used[at]!
    }
    const bucket = (at << 5) + lowestBit(bits)
    current = bucket
    let v = heads[bucket]!
    heads[bucket] = -1
    markEmpty(bucket)
    while (v >= 0) {
      const behind = next[v]!
      next[v] = IN_HEAP
      rise(v, heapSize++)
      v = behind
    }
    return true
  }

  function rise(v: number, start: number): void {
    const distance = distances[v]!
    let at = start
    while (at > 0) {
      const parent = (at - 1) >> 1
      const other = heap[parent]!
      if (distances[other]! <= distance) break
      heap[at] = other
      place[other] = at
      at = parent
    }
    heap[at] = v
    place[v] = at
  }

  function sink(v: number): void {
    const distance = distances[v]!
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heapSize) break
      if (child + 1 < heapSize && distances[heap[child + 1]!]! < distances[heap[child]!]!) child++
      const other = heap[child]!
      if (distances[other]! >= distance) break
      heap[at] = other
      place[other] = at
      at = child
    }
    heap[at] = v
    place[v] = at
  }

  function lowestBit(bits: number): number {
    return 31 - Math.clz32(bits & -bits)
  }
}

/** The kernel, for a team. */
export const weightedPathCountKernels = {
  name: 'gelly/weighted-path-counts',
  functions: { addWeightedPassages },
}
