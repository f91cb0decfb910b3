/**
 * A priority queue of vertices for distances that never shrink: buckets by distance, and a heap for
 * the bucket that is being emptied.
 *
 * A bucket is 1/`scale` wide; there are so many that the longest edge spans less than all of them,
 * so that they can be used in a circle. A set of bits says which are in use, so that empty ones cost
 * nothing. Within a bucket, a heap gives exact order: with weights that are spread evenly it holds a
 * few vertices, and with any weights the queue is at worst as slow as a heap alone.
 *
 * Each vertex is there at most once, so that memory is 12 bytes per vertex. Where it is:
 *
 *     in a bucket    next[v] >= -1: who comes behind it; place[v]: who is before it
 *     in the heap    next[v] = IN_HEAP; place[v]: its index there
 *     nowhere        next[v] = NOWHERE
 *
 * Source: Denardo, Fox, "Shortest-route methods: 1. Reaching, pruning, and buckets", Operations
 * Research 27(1), 1979.
 */

/** As many as one word of bits has words of bits: two look-ups find the next bucket in use. */
export const BUCKETS = 1024

const IN_HEAP = -2
const NOWHERE = -3

/** See the module's documentation. */
export class BucketQueue {
  readonly #distances: Float64Array
  readonly #scale: number
  readonly #next: Int32Array
  readonly #place: Int32Array
  readonly #heap: Int32Array
  readonly #heads = new Int32Array(BUCKETS).fill(-1)
  /** By 32 buckets, which of them are in use; then a word that says which of these words are not 0. */
  readonly #used = new Int32Array(BUCKETS / 32 + 1)
  #heapSize = 0
  #current = 0

  /**
   * @param distances By vertex; read here, written by the caller.
   * @param longest The longest edge. Longer ones give the same answer, only slower.
   */
  constructor(distances: Float64Array, longest: number) {
    const scale = (BUCKETS - 2) / longest
    this.#distances = distances
    this.#scale = Number.isFinite(scale) ? scale : 0
    this.#next = new Int32Array(distances.length).fill(NOWHERE)
    this.#place = new Int32Array(distances.length)
    this.#heap = new Int32Array(distances.length)
  }

  /** Puts a vertex where its distance belongs, after the distance went from `before` to what it is. */
  update(v: number, before: number): void {
    const next = this.#next[v]!
    if (next === IN_HEAP) {
      this.#rise(v, this.#place[v]!)
      return
    }
    if (next !== NOWHERE) this.#unlink(v, next, before)
    const bucket = this.#bucketOf(this.#distances[v]!)
    if (bucket === this.#current) {
      this.#next[v] = IN_HEAP
      this.#rise(v, this.#heapSize++)
    } else this.#link(v, bucket)
  }

  /** Takes the vertex with the smallest distance out; -1 when there is none. */
  pop(): number {
    if (this.#heapSize === 0 && !this.#openNext()) return -1
    const heap = this.#heap
    const first = heap[0]!
    const last = heap[--this.#heapSize]!
    if (this.#heapSize > 0) this.#sink(last)
    this.#next[first] = NOWHERE
    return first
  }

  #bucketOf(distance: number): number {
    return (distance * this.#scale) & (BUCKETS - 1)
  }

  #link(v: number, bucket: number): void {
    const first = this.#heads[bucket]!
    this.#heads[bucket] = v
    this.#next[v] = first
    this.#place[v] = -1
    if (first >= 0) {
      this.#place[first] = v
      return
    }
    this.#used[bucket >> 5]! |= 1 << (bucket & 31)
    this.#used[BUCKETS / 32]! |= 1 << (bucket >> 5)
  }

  #unlink(v: number, next: number, distance: number): void {
    const before = this.#place[v]!
    if (next >= 0) this.#place[next] = before
    if (before >= 0) {
      this.#next[before] = next
      return
    }
    const bucket = this.#bucketOf(distance)
    this.#heads[bucket] = next
    if (next < 0) this.#markEmpty(bucket)
  }

  #markEmpty(bucket: number): void {
    const word = bucket >> 5
    this.#used[word]! &= ~(1 << (bucket & 31))
    if (this.#used[word] === 0) this.#used[BUCKETS / 32]! &= ~(1 << word)
  }

  /** Moves the next bucket in use into the heap; `false` when there is none. */
  #openNext(): boolean {
    const words = this.#used[BUCKETS / 32]!
    if (words === 0) return false
    const word = this.#current >> 5
    // From here to the end of the word, then the words behind, then round the circle.
    let bits = this.#used[word]! & (-1 << (this.#current & 31))
    let at = word
    if (bits === 0) {
      const behind = word === 31 ? 0 : words & (-2 << word)
      at = lowestBit(behind === 0 ? words : behind)
      bits = this.#used[at]!
    }
    const bucket = (at << 5) + lowestBit(bits)
    this.#current = bucket
    let v = this.#heads[bucket]!
    this.#heads[bucket] = -1
    this.#markEmpty(bucket)
    while (v >= 0) {
      const next = this.#next[v]!
      this.#next[v] = IN_HEAP
      this.#rise(v, this.#heapSize++)
      v = next
    }
    return true
  }

  #rise(v: number, from: number): void {
    const distances = this.#distances
    const heap = this.#heap
    const place = this.#place
    const distance = distances[v]!
    let at = from
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

  #sink(v: number): void {
    const distances = this.#distances
    const heap = this.#heap
    const place = this.#place
    const size = this.#heapSize
    const distance = distances[v]!
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && distances[heap[child + 1]!]! < distances[heap[child]!]!) child++
      const other = heap[child]!
      if (distances[other]! >= distance) break
      heap[at] = other
      place[other] = at
      at = child
    }
    heap[at] = v
    place[v] = at
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
