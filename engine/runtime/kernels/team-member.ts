/**
 * A worker's part in a kernel team: takes parts of calls off the board and does them.
 *
 * It looks at the board for some microseconds, then sleeps on it, and after a while without calls goes
 * back to its thread's messages, so that a team that has nothing to do keeps no thread from others.
 */
import { openRegion } from '../region/create-region.js'
import type { RegionArray, RegionHandle } from '../region/region.js'
import { type ArgumentKind, CallBoard } from './call-board.js'
import { type BareKernel, plainKernel, type SentKernel } from './kernel-source.js'
import type { ToMember } from './team-messages.js'

/** Looks at the board before it sleeps: some 20 microseconds, about what waking up takes. */
const LOOKS = 4000

/** Sleeps so long before it goes back to the thread's messages. */
const LINGER_MS = 20

/** See the module's documentation. */
export class TeamMember {
  readonly #worker: number
  readonly #board: CallBoard
  readonly #memory: RegionHandle
  readonly #fail: (call: number, error: unknown) => void
  readonly #kernels: { readonly run: BareKernel | undefined; readonly plain: boolean }[] = []
  readonly #arrays = new Map<number, RegionArray>()
  #seen = 0

  /** @param fail Tells the team what a kernel threw in which call. */
  constructor(
    { worker, workers, board, memory }: Extract<ToMember, { what: 'join' }>,
    fail: (call: number, error: unknown) => void,
  ) {
    this.#worker = worker
    this.#board = new CallBoard(workers, board)
    this.#memory = openRegion(memory).handle
    this.#fail = fail
  }

  /** Takes kernels that can be called from now on. */
  learn({ names, forms }: Extract<ToMember, { what: 'kernels' }>): void {
    const exports =
      forms instanceof WebAssembly.Module
        ? new WebAssembly.Instance(forms, { env: { memory: this.#memory as WebAssembly.Memory } })
            .exports
        : undefined
    names.forEach((name, k) => {
      const run =
        exports === undefined
          ? madeOf(() => plainKernel((forms as readonly SentKernel[])[k]!))
          : (exports[name] as BareKernel)
      this.#kernels.push({ run, plain: exports === undefined })
    })
  }

  /** Does parts of calls until there have been none for a while, or messages are to be read. */
  serve(): void {
    const board = this.#board
    while (!board.isClosed && board.known <= this.#kernels.length) {
      const generation = board.generation
      if (generation !== this.#seen) {
        this.#seen = generation
        this.#work()
        continue
      }
      let looks = LOOKS
      while (looks > 0 && board.generation === generation) looks--
      if (looks > 0 || board.waitForNews(generation, LINGER_MS)) continue
      if (board.leave(this.#worker, generation)) return
    }
  }

  #work(): void {
    const board = this.#board
    board.begin(this.#worker)
    try {
      this.#takeParts()
    } catch (error) {
      board.fail()
      this.#fail(board.call, error)
    } finally {
      board.end(this.#worker)
    }
  }

  #takeParts(): void {
    const board = this.#board
    let part = board.take()
    if (part < 0) return
    const kernel = this.#kernels[board.kernel]
    if (kernel?.run === undefined) {
      board.giveBack(this.#worker, part)
      return
    }
    const { run, plain } = kernel
    const args = board.arguments<KernelValue>((kind, value, length) =>
      plain && kind > 0 ? this.#array(kind, value, length) : value,
    )
    const range = args.length
    for (; part >= 0; part = board.take()) {
      args[range] = board.cut(part)
      args[range + 1] = board.cut(part + 1)
      board.setResult(part, run(...args) ?? 0)
    }
  }

  /** The region's array at an address; the same one each time. */
  #array(kind: ArgumentKind, address: number, length: number): RegionArray {
    const key = address * 8 + kind
    const known = this.#arrays.get(key)
    if (known?.length === length) return known
    const type = ARRAY_TYPES[kind - 1]! as ArrayType
    const array = new type(this.#buffer(address + length * type.BYTES_PER_ELEMENT), address, length)
    this.#arrays.set(key, array)
    return array
  }

  /** The memory's buffer, grown to at least `end` bytes, as some thread has grown it. */
  #buffer(end: number): ArrayBufferLike {
    const memory = this.#memory
    if (!('buffer' in memory)) return memory
    if (memory.buffer.byteLength < end) memory.grow(0)
    return memory.buffer
  }
}

type KernelValue = number | RegionArray

interface ArrayType {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, address: number, length: number): RegionArray
}

/** By kind of argument, from 1. */
const ARRAY_TYPES = [Float64Array, Float32Array, Int32Array, Uint8Array] as const

/** Where code must not be made of text, this thread leaves plain kernels to the calling one. */
function madeOf(make: () => BareKernel): BareKernel | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
