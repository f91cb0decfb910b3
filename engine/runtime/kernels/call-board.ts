/**
 * The board of a kernel team: memory in which the calling thread announces calls, and from which all
 * threads take parts of them.
 *
 * A call is open while `NEXT` is the number of its next part; between calls `NEXT` is at least
 * `SHUT`. The protocol, in which all words are read and written atomically:
 *
 * - A worker says that it is `BUSY`, then takes parts until there are none, then says that it is not.
 *   It reads what the call is only after it got a part.
 * - The calling thread shuts the call, then waits until no worker is busy, then writes down the next
 *   call, then opens it. So nobody reads what is being written: who is still on his way has either
 *   said so before, and is waited for, or finds the call shut.
 *
 * Workers that are late, or do not come, cost nothing: others take their parts.
 */

import { pause } from '../job/pause.js'

/** The most parts of a call. */
export const MAXIMUM_PARTS = 1024

/** The most arguments of a call. */
export const MAXIMUM_ARGUMENTS = 32

/** How an argument of a call is written down: as a number, or as a place in the region. */
export type ArgumentKind = 0 | 1 | 2 | 3 | 4

const SHUT = 2 ** 30

// Words of 32 bits. Those that are written often have a line of the cache of their own.
const [NEXT, GENERATION, CLOSED, KNOWN, FAILED] = [0, 16, 17, 18, 19]
const [CALL, PARTS, KERNEL, ARGUMENTS] = [20, 32, 33, 34]
const [KINDS, LENGTHS, WORKERS] = [35, 35 + MAXIMUM_ARGUMENTS, 35 + 2 * MAXIMUM_ARGUMENTS + 29]
/** Of each worker: whether it is busy, whether it waits for a message, and the part it gave back. */
const [BUSY, AWAY, RETURNED, WORKER_WORDS] = [0, 1, 2, 16]

/** See the module's documentation. */
export class CallBoard {
  readonly buffer: SharedArrayBuffer
  readonly workers: number
  readonly #words: Int32Array
  readonly #cuts: Int32Array
  readonly #results: Float64Array
  readonly #values: Float64Array

  constructor(workers: number, buffer: SharedArrayBuffer = newBuffer(workers)) {
    this.workers = workers
    this.buffer = buffer
    const words = WORKERS + workers * WORKER_WORDS
    const numbers = evenUp(words + MAXIMUM_PARTS + 1)
    this.#words = new Int32Array(buffer, 0, words)
    this.#cuts = new Int32Array(buffer, words * 4, MAXIMUM_PARTS + 1)
    this.#results = new Float64Array(buffer, numbers * 4, MAXIMUM_PARTS)
    this.#values = new Float64Array(buffer, numbers * 4 + MAXIMUM_PARTS * 8, MAXIMUM_ARGUMENTS)
  }

  // The calling thread.

  /** Opens a call whose first arguments are written down. */
  open(kernel: number, cuts: ArrayLike<number>, args: number): void {
    const words = this.#words
    words[CALL]!++
    words[PARTS] = cuts.length - 1
    words[KERNEL] = kernel
    words[ARGUMENTS] = args
    words[FAILED] = 0
    this.#cuts.set(cuts)
    for (let w = 0; w < this.workers; w++) words[WORKERS + w * WORKER_WORDS + RETURNED] = -1
    Atomics.store(words, NEXT, 0)
    this.#ring()
  }

  /** Writes down an argument of the next call. */
  setArgument(k: number, kind: ArgumentKind, value: number, length: number): void {
    const words = this.#words
    words[KINDS + k] = kind
    words[LENGTHS + k] = length
    this.#values[k] = value
  }

  /** Nobody gets a part any more. */
  shut(): void {
    Atomics.store(this.#words, NEXT, SHUT)
  }

  /** Whether a worker may be at a part. */
  isBusy(worker: number): boolean {
    return Atomics.load(this.#words, WORKERS + worker * WORKER_WORDS + BUSY) === 1
  }

  /** Resolves when a worker is not busy any more, or earlier. */
  async untilIdle(worker: number, timeoutMs: number): Promise<void> {
    // Younger than the declarations that we compile with, and than some browsers.
    const { waitAsync } = Atomics as unknown as { readonly waitAsync?: WaitAsync }
    if (waitAsync === undefined) await pause()
    else await waitAsync(this.#words, WORKERS + worker * WORKER_WORDS + BUSY, 1, timeoutMs).value
  }

  /** Whether a worker waits for a message; says that one is coming. */
  callsFor(worker: number): boolean {
    const place = WORKERS + worker * WORKER_WORDS + AWAY
    return Atomics.compareExchange(this.#words, place, 1, 0) === 1
  }

  /** The part of the last call that a worker could not do; -1 when there is none. */
  returned(worker: number): number {
    return this.#words[WORKERS + worker * WORKER_WORDS + RETURNED]!
  }

  /** Whether a worker's kernel threw; what it threw comes as a message. */
  get hasFailed(): boolean {
    return Atomics.load(this.#words, FAILED) === 1
  }

  /** What the parts gave, in their order. */
  results(): Float64Array {
    return this.#results.slice(0, this.#words[PARTS])
  }

  /** So many kernels can be called from now on. */
  know(kernels: number): void {
    Atomics.store(this.#words, KNOWN, kernels)
    this.#ring()
  }

  /** There will be no more calls. */
  close(): void {
    Atomics.store(this.#words, CLOSED, 1)
    this.#ring()
  }

  // All threads.

  /** The next part of the open call; -1 when there is none. */
  take(): number {
    const part = Atomics.add(this.#words, NEXT, 1)
    return part < SHUT && part < this.#words[PARTS]! ? part : -1
  }

  /** Where a part begins; the next one begins at its end. */
  cut(part: number): number {
    return this.#cuts[part]!
  }

  /** Writes down what a part gave. */
  setResult(part: number, result: number): void {
    this.#results[part] = result
  }

  // Workers.

  /** Says that a worker is going to take parts. */
  begin(worker: number): void {
    Atomics.store(this.#words, WORKERS + worker * WORKER_WORDS + BUSY, 1)
  }

  /** Says that a worker takes no more parts. */
  end(worker: number): void {
    const place = WORKERS + worker * WORKER_WORDS + BUSY
    Atomics.store(this.#words, place, 0)
    Atomics.notify(this.#words, place)
  }

  /** Ends the call, since a kernel threw. */
  fail(): void {
    Atomics.store(this.#words, FAILED, 1)
    this.shut()
  }

  /** Leaves a part to the calling thread. */
  giveBack(worker: number, part: number): void {
    this.#words[WORKERS + worker * WORKER_WORDS + RETURNED] = part
  }

  /** The number of the call. */
  get call(): number {
    return this.#words[CALL]!
  }

  /** Which kernel the call is of. */
  get kernel(): number {
    return this.#words[KERNEL]!
  }

  /** The arguments of the call, each as `read` makes it of what was written down. */
  arguments<A>(read: (kind: ArgumentKind, value: number, length: number) => A): A[] {
    const words = this.#words
    return Array.from({ length: words[ARGUMENTS]! }, (_, k) =>
      read(words[KINDS + k] as ArgumentKind, this.#values[k]!, words[LENGTHS + k]!),
    )
  }

  /** Counts what was announced. */
  get generation(): number {
    return Atomics.load(this.#words, GENERATION)
  }

  get isClosed(): boolean {
    return Atomics.load(this.#words, CLOSED) === 1
  }

  /** How many kernels can be called. */
  get known(): number {
    return Atomics.load(this.#words, KNOWN)
  }

  /** Waits for the next announcement; false when there was none for so long. */
  waitForNews(generation: number, timeoutMs: number): boolean {
    return Atomics.wait(this.#words, GENERATION, generation, timeoutMs) !== 'timed-out'
  }

  /**
   * Says that a worker waits for a message, unless something was announced since `generation`.
   *
   * @returns Whether it has to; false when it can go on at once.
   */
  leave(worker: number, generation: number): boolean {
    const place = WORKERS + worker * WORKER_WORDS + AWAY
    Atomics.store(this.#words, place, 1)
    if (this.generation === generation) return true
    return Atomics.compareExchange(this.#words, place, 1, 0) === 0
  }

  #ring(): void {
    Atomics.add(this.#words, GENERATION, 1)
    Atomics.notify(this.#words, GENERATION)
  }
}

type WaitAsync = (
  array: Int32Array,
  index: number,
  value: number,
  timeoutMs: number,
) => { readonly value: string | Promise<string> }

function newBuffer(workers: number): SharedArrayBuffer {
  const words = evenUp(WORKERS + workers * WORKER_WORDS + MAXIMUM_PARTS + 1)
  const buffer = new SharedArrayBuffer(words * 4 + (MAXIMUM_PARTS + MAXIMUM_ARGUMENTS) * 8)
  new Int32Array(buffer)[NEXT] = SHUT
  return buffer
}

function evenUp(words: number): number {
  return words + (words % 2)
}
