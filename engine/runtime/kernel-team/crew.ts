/**
 * Workers that share a board, seen from the calling thread: it announces calls, and takes parts of
 * each like everybody else. When a worker dies, the board is of no use any more.
 */
import { WorkerError } from '../../errors.js'
import { shown } from '../../types/column-writer.js'
import { type ArgumentKind, CallBoard } from '../kernels/call-board.js'
import type { KernelArgument } from '../kernels/kernel-source.js'
import type { KernelForms, ToMember } from '../kernels/team-messages.js'
import type { Region } from '../region/region.js'
import { errorOf } from '../workers/error-message.js'
import { giveBack } from '../workers/pool.js'
import type { WorkerHandle } from '../workers/worker-handle.js'

/** Looks for the end of others' last parts before it sleeps: some 100 microseconds. */
const LOOKS = 20_000

/** Sleeps so long before it looks again. */
const WAIT_MS = 50

let crews = 0

/** See the module's documentation. */
export class Crew {
  readonly #id = ++crews
  readonly #workers: readonly WorkerHandle[]
  readonly #board: CallBoard
  #joined = 0
  #known = 0
  #failure: { readonly error: unknown } | undefined
  /** Called when a worker has joined, thrown or died. */
  #heard: () => void = () => {}

  /** @param workers Of the pool; they are given back by `dismiss`. */
  constructor(workers: readonly WorkerHandle[], region: Region) {
    this.#workers = workers
    this.#board = new CallBoard(workers.length)
    const { buffer: board } = this.#board
    for (const [k, worker] of workers.entries()) {
      // The process waits for its calls, not for who could help with them.
      worker.hold(false)
      worker.listener = {
        message: message => {
          if (!('team' in message) || message.team !== this.#id) return
          if (message.kind === 'joined') this.#joined++
          else if (message.call === this.#board.call) {
            this.#failure ??= { error: errorOf(message.error) }
          }
          this.#heard()
        },
        dead: cause => {
          const why = cause instanceof Error ? cause.message : shown(cause)
          const message = `A worker of a kernel team has died: ${why}`
          // Who was not at a part is not missed.
          if (this.#board.isBusy(k))
            this.#failure ??= { error: new WorkerError(message, { cause }) }
          this.#heard()
        },
      }
      const { length } = workers
      this.#post(k, { what: 'join', worker: k, workers: length, board, memory: region.handle })
    }
  }

  get isDead(): boolean {
    return this.#workers.some(({ isDead }) => isDead)
  }

  /** Whether workers can start here at all, as far as is known. */
  get hasJoined(): boolean {
    return this.#joined > 0
  }

  /** Waits until all are there, or one never will. */
  async arrived(): Promise<void> {
    await this.#until(() => this.#joined === this.#workers.length || this.isDead)
  }

  /** Tells workers of kernels; they get the numbers that follow. */
  learn(names: readonly string[], forms: KernelForms): void {
    for (const k of this.#workers.keys()) this.#post(k, { what: 'kernels', names, forms })
    this.#known += names.length
    this.#board.know(this.#known)
  }

  /** Runs a call to its end; see `TeamWorkers`. */
  async call(
    kernel: number,
    parts: Int32Array,
    args: readonly KernelArgument[],
    work: (part: number) => number,
    breathe: () => Promise<void> | undefined,
  ): Promise<Float64Array> {
    const board = this.#board
    this.#failure = undefined
    for (let k = 0; k < args.length; k++) this.#write(k, args[k]!)
    board.open(kernel, parts, args.length)
    for (let k = 0; k < this.#workers.length; k++) {
      if (board.callsFor(k)) this.#post(k, { what: 'wake' })
    }
    try {
      for (let part = board.take(); part >= 0; part = board.take()) {
        board.setResult(part, work(part))
        const rest = breathe()
        if (rest !== undefined) await rest
      }
    } finally {
      board.shut()
      for (let k = 0; k < this.#workers.length; k++) {
        if (this.#isStillBusy(k)) await this.#untilIdle(k)
      }
    }
    // What was thrown is on its way.
    if (board.hasFailed) await this.#until(() => false)
    this.#check()
    for (let k = 0; k < this.#workers.length; k++) {
      const part = board.returned(k)
      if (part >= 0) board.setResult(part, work(part))
    }
    return board.results()
  }

  /** Gives the workers back to the pool. */
  dismiss(): void {
    this.#board.close()
    for (const [k, { isDead }] of this.#workers.entries()) {
      if (!isDead) this.#post(k, { what: 'leave' })
    }
    giveBack(this.#workers)
  }

  #write(k: number, argument: KernelArgument): void {
    if (typeof argument === 'number') this.#board.setArgument(k, 0, argument, 0)
    else this.#board.setArgument(k, kindOf(argument), argument.byteOffset, argument.length)
  }

  #isStillBusy(worker: number): boolean {
    for (let look = 0; look < LOOKS; look++) if (!this.#board.isBusy(worker)) return false
    return true
  }

  /** Waits for a worker's last part, or its death. */
  async #untilIdle(worker: number): Promise<void> {
    const handle = this.#workers[worker]!
    const died = new Promise<void>(resolve => {
      this.#heard = resolve
    })
    handle.hold(true)
    while (this.#board.isBusy(worker) && !handle.isDead) {
      await Promise.race([this.#board.untilIdle(worker, WAIT_MS), died])
    }
    if (!handle.isDead) handle.hold(false)
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }

  /** Waits until workers have said something, and keeps the process so long. */
  async #until(said: () => boolean): Promise<void> {
    this.#hold(true)
    while (!said() && this.#failure === undefined) {
      await new Promise<void>(resolve => {
        this.#heard = resolve
      })
    }
    this.#hold(false)
  }

  #hold(busy: boolean): void {
    for (const worker of this.#workers) if (!worker.isDead) worker.hold(busy)
  }

  #post(worker: number, message: DistributiveOmit<ToMember, 'kind' | 'team'>): void {
    this.#workers[worker]!.post({ kind: 'team', team: this.#id, ...message })
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

function kindOf(array: Exclude<KernelArgument, number>): ArgumentKind {
  if (array instanceof Float64Array) return 1
  if (array instanceof Float32Array) return 2
  return array instanceof Int32Array ? 3 : 4
}
