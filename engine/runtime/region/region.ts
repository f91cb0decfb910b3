/**
 * Regions: memory that columns, WebAssembly kernels and workers share.
 *
 * The first line of 64 bytes is the header; every thread that opened the region reads and writes it
 * with atomic operations. Arrays begin at multiples of a line: that suits each type of number, and
 * two workers that write into two arrays never write into one line of the cache.
 *
 *     word 0      lines handed out, the header included
 *     word 1      the most lines that were ever handed out: beyond them all bytes are zero
 *     words 2-5   a random name, by which a buffer is known to be of this region
 *     word 6      "wies", by which a buffer is known to be of a region at all
 */
import { ArgumentError, assert, MemoryError } from '../../errors.js'
import { nonNegativeInteger } from '../../types/arguments.js'
import { shown } from '../../types/column-writer.js'
import { MAXIMUM_PAGES, PAGE, PlainMemory, type RegionMemory } from './plain-memory.js'

/** The arrays that lie in regions. */
export type RegionArray = Float64Array | Float32Array | Int32Array | Uint8Array

/** What another thread needs to open a region; `postMessage` sends it without a copy. */
export type RegionHandle = WebAssembly.Memory | ArrayBufferLike

/** A place in a region, to which it can be emptied. */
export type RegionMark = number & { readonly mark: unique symbol }

const LINE = 64
const MAGIC = 0x77696573
const [TOP, HIGHEST, NAME, MAGIC_WORD] = [0, 1, 2, 6] as const
const NAME_WORDS = 4

/** Memory from which arrays are cut; made by `createRegion` or `openRegion`. */
export class Region {
  readonly #memory: RegionMemory
  readonly #header: Int32Array
  /** Arrays known to lie in this region: asking one for its buffer takes longer than looking it up. */
  readonly #own = new WeakSet<RegionArray>()

  /** @internal */
  constructor(memory: RegionMemory) {
    this.#memory = memory
    this.#header = new Int32Array(memory.buffer, 0, LINE / 4)
  }

  /** What another thread gives to `openRegion`. */
  get handle(): RegionHandle {
    return this.#memory instanceof PlainMemory
      ? this.#memory.buffer
      : (this.#memory as WebAssembly.Memory)
  }

  /** Whether other threads can open the region. */
  get shared(): boolean {
    return !(this.#header.buffer instanceof ArrayBuffer)
  }

  /** Bytes that the region has now. */
  get byteLength(): number {
    return this.#memory.buffer.byteLength
  }

  /** Bytes that were handed out, with 64 for the region itself. */
  get usedBytes(): number {
    return Atomics.load(this.#header, TOP) * LINE
  }

  /**
   * An array of 64-bit numbers: zeros of the given length, or a copy of the given values.
   *
   * @throws {ArgumentError} If the length is not an integer of at least 0.
   * @throws {MemoryError} If the region may not grow so far.
   */
  float64(lengthOrValues: number | ArrayLike<number>): Float64Array {
    return this.#array(Float64Array, lengthOrValues, 'float64')
  }

  /**
   * An array of 64-bit numbers that hold anything: for who writes all of them at once, and saves the
   * time of zeroes where the bytes were in use before; as `float64` otherwise.
   *
   * @throws {ArgumentError} If the length is not an integer of at least 0.
   * @throws {MemoryError} If the region may not grow so far.
   */
  float64ToFill(length: number): Float64Array {
    nonNegativeInteger(length, 'Region.float64ToFill', 'the length')
    const address = this.#cut(length * 8, 'Region.float64ToFill', false)
    const array = new Float64Array(this.#memory.buffer, address, length)
    this.#own.add(array)
    return array
  }

  /**
   * An array of 32-bit numbers with a fraction; as `float64` otherwise.
   *
   * @throws {ArgumentError} If the length is not an integer of at least 0.
   * @throws {MemoryError} If the region may not grow so far.
   */
  float32(lengthOrValues: number | ArrayLike<number>): Float32Array {
    return this.#array(Float32Array, lengthOrValues, 'float32')
  }

  /**
   * An array of 32-bit integers; as `float64` otherwise.
   *
   * @throws {ArgumentError} If the length is not an integer of at least 0.
   * @throws {MemoryError} If the region may not grow so far.
   */
  int32(lengthOrValues: number | ArrayLike<number>): Int32Array {
    return this.#array(Int32Array, lengthOrValues, 'int32')
  }

  /**
   * An array of bytes, also for flags and masks of validity; as `float64` otherwise.
   *
   * @throws {ArgumentError} If the length is not an integer of at least 0.
   * @throws {MemoryError} If the region may not grow so far.
   */
  uint8(lengthOrValues: number | ArrayLike<number>): Uint8Array {
    return this.#array(Uint8Array, lengthOrValues, 'uint8')
  }

  /** The place where the next array begins; `free` empties the region down to it. */
  mark(): RegionMark {
    return Atomics.load(this.#header, TOP) as RegionMark
  }

  /**
   * Frees all arrays that were cut since `mark`, in whichever thread; all of them by default.
   *
   * They still can be read and written, but the region hands out their bytes again: whoever frees
   * knows that nobody uses them. The region keeps its size.
   *
   * @throws {ArgumentError} If the region is already emptied below the mark.
   */
  free(mark: RegionMark = 1 as RegionMark): void {
    const top = Atomics.load(this.#header, TOP)
    if (!(mark >= 1 && mark <= top)) {
      throw new ArgumentError(
        `Region.free: the mark ${shown(mark)} lies behind the last array. Free in the opposite order of the marks.`,
      )
    }
    Atomics.store(this.#header, TOP, mark)
  }

  /**
   * Where `array` begins, in bytes from the beginning of the region: what kernels are called with.
   *
   * @throws {ArgumentError} If the array does not lie in this region.
   */
  addressOf(array: RegionArray): number {
    if (!this.#own.has(array)) this.#mustOwn(array)
    return array.byteOffset
  }

  /**
   * Whether `array` lies in this region.
   *
   * The buffer of a shared memory is another object in each thread, and each time that it grows: one
   * is known by the name in it.
   */
  owns(array: RegionArray): boolean {
    if (this.#own.has(array)) return true
    const { buffer } = array
    const own = this.shared
      ? !(buffer instanceof ArrayBuffer) && nameIn(buffer) === this.#name()
      : buffer === this.#header.buffer
    if (own) this.#own.add(array)
    return own
  }

  #array<A extends RegionArray>(
    type: { new (buffer: ArrayBufferLike, offset: number, length: number): A } & {
      readonly BYTES_PER_ELEMENT: number
    },
    lengthOrValues: number | ArrayLike<number>,
    name: string,
  ): A {
    const copied = typeof lengthOrValues === 'object' && lengthOrValues !== null
    const length = copied ? lengthOrValues.length : lengthOrValues
    nonNegativeInteger(length, `Region.${name}`, 'the length')
    const address = this.#cut(length * type.BYTES_PER_ELEMENT, `Region.${name}`, !copied)
    const array = new type(this.#memory.buffer, address, length)
    this.#own.add(array)
    if (copied) array.set(lengthOrValues)
    return array
  }

  /** Takes lines off the free end, zeroed if asked for, and returns the address of the first. */
  #cut(bytes: number, operation: string, zeroed: boolean): number {
    const header = this.#header
    const lines = Math.ceil(bytes / LINE)
    for (;;) {
      const top = Atomics.load(header, TOP)
      const end = top + lines
      this.#ensure(end * LINE, bytes, operation)
      if (Atomics.compareExchange(header, TOP, top, end) !== top) continue
      this.#reach(top, end, zeroed)
      return top * LINE
    }
  }

  /** Grows the memory to at least `end` bytes. Several threads may; then it is larger than need be. */
  #ensure(end: number, bytes: number, operation: string): void {
    if (end <= this.#memory.buffer.byteLength) return
    try {
      if (!this.shared)
        throw new RangeError('a memory that is not shared loses its arrays by growth')
      // The last line of 4 GiB is never handed out, so that the end of an array has an address.
      if (end >= MAXIMUM_PAGES * PAGE) throw new RangeError('beyond 4 GiB')
      // Growth by nothing also looks at what other threads have added.
      const missing = Math.ceil(end / PAGE) - this.#memory.grow(0)
      if (missing > 0) this.#memory.grow(missing)
    } catch (cause) {
      if (end <= this.#memory.buffer.byteLength) return
      const { byteLength, usedBytes, shared } = this
      throw new MemoryError(
        `${operation}: ${bytes} bytes do not fit; the region has ${byteLength} bytes, ${usedBytes} of them in use, and cannot grow so far. Give createRegion more ${shared ? 'maximumBytes' : 'initialBytes'}, or free arrays that are not needed.`,
        { cause },
      )
    }
  }

  /** Writes down how far lines were ever handed out; zeroes those that had been before, if asked for. */
  #reach(top: number, end: number, zeroed: boolean): void {
    const header = this.#header
    const highest = Atomics.load(header, HIGHEST)
    if (zeroed && top < highest) {
      const dirty = Math.min(end, highest) - top
      new Uint8Array(this.#memory.buffer, top * LINE, dirty * LINE).fill(0)
    }
    for (let seen = highest; seen < end; ) {
      const found = Atomics.compareExchange(header, HIGHEST, seen, end)
      if (found === seen) break
      seen = found
    }
  }

  #mustOwn(array: RegionArray): void {
    if (!ArrayBuffer.isView(array)) {
      throw new ArgumentError(`Region.addressOf: ${shown(array)} is not a typed array.`)
    }
    if (this.owns(array)) return
    throw new ArgumentError(
      `Region.addressOf: the ${array.constructor.name} of length ${array.length} does not lie in the region. Copy it into one that does, such as region.float64(values).`,
    )
  }

  #name(): string {
    const name = nameIn(this.#header.buffer)
    assert(name !== undefined, () => 'the header of a region is overwritten')
    return name
  }
}

/** The random name in the header; `undefined` when the buffer is of no region. */
function nameIn(buffer: ArrayBufferLike): string | undefined {
  if (buffer.byteLength < LINE) return undefined
  const header = new Int32Array(buffer, 0, LINE / 4)
  return header[MAGIC_WORD] === MAGIC ? header.subarray(NAME, NAME + NAME_WORDS).join() : undefined
}

/** Makes `buffer` the beginning of a region: nothing handed out, and a new name. */
export function writeHeader(buffer: ArrayBufferLike): void {
  const header = new Int32Array(buffer, 0, LINE / 4)
  header[TOP] = 1
  header[HIGHEST] = 1
  for (let k = 0; k < NAME_WORDS; k++) header[NAME + k] = Math.random() * 2 ** 32
  header[MAGIC_WORD] = MAGIC
}

/** Whether `buffer` begins as a region does. */
export function isRegion(buffer: ArrayBufferLike): boolean {
  return buffer.byteLength >= PAGE && nameIn(buffer) !== undefined
}
