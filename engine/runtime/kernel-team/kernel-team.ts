/** Kernels over a region on several threads; see `docs/kernels.md`. */
import { ArgumentError } from '../../errors.js'
import { knownOptions, positiveInteger } from '../../types/arguments.js'
import { shown } from '../../types/column-writer.js'
import { aborted } from '../job/aborted.js'
import { pause, SLICE_MS } from '../job/pause.js'
import { MAXIMUM_ARGUMENTS, MAXIMUM_PARTS } from '../kernels/call-board.js'
import { instanceOf, kernelModule } from '../kernels/kernel-module.js'
import {
  type BareKernel,
  type KernelArgument,
  type KernelFunction,
  type KernelSource,
  plainKernel,
  sentKernel,
} from '../kernels/kernel-source.js'
import type { Region } from '../region/region.js'
import { whyNoWorkers } from '../workers/worker-handle.js'
import { evenParts, type Parts, rowParts } from './parts.js'
import { TeamWorkers } from './team-workers.js'

/** How a team is to run. */
export interface KernelTeamOptions {
  /** Threads that work, the calling one among them. Default 1. */
  readonly workers?: number
  /** `false` takes the plain form of kernels also where there is WebAssembly. Default `true`. */
  readonly webAssembly?: boolean
  /** The least work of a part, in entries and rows; calls with one part stay on the calling thread. Default 32,768. */
  readonly grain?: number
  /** Calls fail with `AbortError` once it is aborted. It is heard between the parts of a call. */
  readonly signal?: AbortSignal
}

/** A kernel that a team can run. `A` are its arguments but for the range. */
export interface TeamKernel<A extends readonly KernelArgument[]> {
  /**
   * Runs it for each part, on all threads. What the parts gave comes in the order of the parts, so
   * that sums are the same for any number of threads; 0 where a kernel gives nothing.
   *
   * @throws What the kernel throws, first.
   * @throws {WorkerError} If a worker dies.
   * @throws {AbortError} If the team's signal is aborted.
   */
  (parts: Parts, ...args: A): Promise<Float64Array>
  /** Runs it once, at once, on the calling thread. */
  here(from: number, to: number, ...args: A): number
}

/** The kernels of a source, as a team runs them. */
export type TeamKernels<F extends Readonly<Record<string, KernelFunction>>> = {
  readonly [N in keyof F]: TeamKernel<ArgumentsOf<F[N]>>
}

/** What stands before the range. */
type ArgumentsOf<F> = F extends (...args: [...infer A, number, number]) => unknown
  ? A extends readonly KernelArgument[]
    ? A
    : never
  : never

const GRAIN = 32_768

/** Runs kernels on the arrays of a region; made by `createKernelTeam`. */
export class KernelTeam {
  readonly region: Region
  /** Threads that work, the calling one among them. */
  readonly size: number
  /** The form of kernels that have both. */
  readonly form: 'webassembly' | 'plain'
  readonly #grain: number
  readonly #signal: AbortSignal | undefined
  readonly #workers: TeamWorkers | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #running = false
  #kernels = 0
  #sliceEnds = 0

  /** @internal Use `createKernelTeam`. */
  constructor(region: Region, size: number, options: KernelTeamOptions) {
    const { webAssembly = true, grain = GRAIN, signal } = options
    this.region = region
    this.size = size
    this.form = webAssembly && typeof WebAssembly !== 'undefined' ? 'webassembly' : 'plain'
    this.#grain = grain
    this.#signal = signal
    this.#workers = size > 1 ? new TeamWorkers(region, size - 1) : undefined
  }

  /**
   * Makes the kernels of a source ready to be called.
   *
   * @example
   * const region = createRegion()
   * const team = createKernelTeam(region)
   * const { scale } = await team.load({
   *   name: 'scaling',
   *   functions: {
   *     scale(values: Float64Array, factor: number, from: number, to: number): number {
   *       let sum = 0
   *       for (let k = from; k < to; k++) sum += values[k] *= factor
   *       return sum
   *     },
   *   },
   * })
   * const values = region.float64([1, 2, 3])
   * const sums = await scale(team.evenParts(3), values, 2)
   * sums[0] // 12
   */
  async load<F extends Readonly<Record<string, KernelFunction>>>(
    source: KernelSource<F>,
  ): Promise<TeamKernels<F>> {
    const { name, code, functions } = source
    const names = Object.keys(functions)
    const compiled = code !== undefined && this.form === 'webassembly'
    const module = compiled
      ? await kernelModule(name, async () => (await code()).code, this.region)
      : null
    const exports = module === null ? undefined : await instanceOf(module, this.region)
    const first = this.#kernels
    this.#kernels += names.length
    this.#workers?.learn(names, module ?? names.map(each => sentKernel(functions[each]!)))
    const kernels = names.map((each, k) => {
      const run = exports === undefined ? plainKernel(functions[each]!) : exports[each]
      if (run === undefined) {
        throw new ArgumentError(`KernelTeam.load: the module "${name}" does not export "${each}".`)
      }
      return [each, this.#callable(each, first + k, run as BareKernel, module === null)] as const
    })
    return Object.fromEntries(kernels) as unknown as TeamKernels<F>
  }

  /** Parts of the range from 0 to `length`, all of about the same length, at least the team's grain. */
  evenParts(length: number): Parts {
    return evenParts(length, this.#grain)
  }

  /** Parts of rows with about the same number of entries, at least the team's grain. */
  rowParts(offsets: Int32Array): Parts {
    return rowParts(offsets, this.#grain)
  }

  /**
   * Starts the workers, and waits until they are there. Not needed: otherwise the first call that has
   * several parts starts them, and goes on without them until they come.
   */
  async start(): Promise<void> {
    await this.#workers?.start()
  }

  /** Gives the workers back. Calls after it run on the calling thread. */
  close(): void {
    this.#workers?.close()
  }

  #callable(
    name: string,
    number: number,
    run: BareKernel,
    plain: boolean,
  ): TeamKernel<KernelArgument[]> {
    const bound = (args: readonly KernelArgument[]) => this.#bound(name, args, plain)
    const call = (parts: Parts, ...args: KernelArgument[]): Promise<Float64Array> =>
      this.#inTurn(() => this.#call(name, number, run, bound(args), parts, args))
    const here = (from: number, to: number, ...args: KernelArgument[]): number =>
      run(...bound(args), from, to) ?? 0
    return Object.assign(call, { here })
  }

  /** Arrays as the kernel takes them: as they are, or their addresses. Those of elsewhere are refused. */
  #bound(name: string, args: readonly KernelArgument[], plain: boolean): KernelArgument[] {
    if (args.length > MAXIMUM_ARGUMENTS) {
      throw new ArgumentError(
        `${name}: a kernel has at most ${MAXIMUM_ARGUMENTS} arguments; got ${args.length}.`,
      )
    }
    return args.map(argument => {
      if (typeof argument === 'number') return argument
      const address = this.region.addressOf(argument)
      return plain ? argument : address
    })
  }

  /** One call after the other. */
  async #inTurn<T>(call: () => Promise<T>): Promise<T> {
    while (this.#running) await this.#turn
    this.#running = true
    try {
      const running = call()
      this.#turn = running.catch(() => undefined)
      return await running
    } finally {
      this.#running = false
    }
  }

  async #call(
    name: string,
    number: number,
    run: BareKernel,
    bound: KernelArgument[],
    parts: Parts,
    args: readonly KernelArgument[],
  ): Promise<Float64Array> {
    const count = partCount(name, parts)
    if (this.#signal?.aborted) throw aborted(this.#signal)
    const range = bound.length
    const work = (part: number): number => {
      bound[range] = parts[part]!
      bound[range + 1] = parts[part + 1]!
      return run(...bound) ?? 0
    }
    const workers = this.#workers
    if (count > 1 && workers?.isOpen) {
      return workers.call(number, parts, args, work, () => this.#breathe())
    }
    const results = new Float64Array(count)
    for (let part = 0; part < count; part++) {
      results[part] = work(part)
      if (part % 4 === 3 && performance.now() >= this.#sliceEnds) await this.#breathe()
    }
    return results
  }

  /** Lets the thread's other tasks run where it has worked for a while; undefined where not. */
  #breathe(): Promise<void> | undefined {
    return performance.now() < this.#sliceEnds ? undefined : this.#pause()
  }

  async #pause(): Promise<void> {
    await pause()
    this.#sliceEnds = performance.now() + SLICE_MS
    if (this.#signal?.aborted) throw aborted(this.#signal)
  }
}

/**
 * A team of threads that run kernels over a region.
 *
 * Close it when you are done. Its workers are those of jobs: they start when the first call has
 * several parts, and never keep a process alive. One thread, and any number where there are no
 * workers or the region is not shared, runs the very same calls on the calling thread.
 *
 * @throws {ArgumentError} If an option is unknown or out of range.
 *
 * Cost: a call with several parts takes some 10 microseconds more than its work.
 * @example
 * const team = createKernelTeam(createRegion(), { workers: 2 })
 * team.size // 2
 * team.close()
 */
export function createKernelTeam(region: Region, options: KernelTeamOptions = {}): KernelTeam {
  const operation = 'createKernelTeam'
  knownOptions(options, ['workers', 'webAssembly', 'grain', 'signal'], operation)
  const { workers = 1, grain = GRAIN } = options
  positiveInteger(workers, operation, 'workers')
  positiveInteger(grain, operation, 'grain')
  const alone = !region.shared || whyNoWorkers() !== undefined
  return new KernelTeam(region, alone ? 1 : workers, options)
}

/** @throws {ArgumentError} If `parts` are not such. */
function partCount(name: string, parts: Parts): number {
  const count = parts.length - 1
  let ascends = parts instanceof Int32Array && count >= 0 && parts[0]! >= 0
  for (let k = 0; k < count; k++) ascends &&= parts[k]! <= parts[k + 1]!
  if (ascends && count <= MAXIMUM_PARTS) return count
  throw new ArgumentError(
    `${name}: parts must be an Int32Array that ascends from 0, for at most ${MAXIMUM_PARTS} parts; got ${shown(parts)}. Make them with evenParts or rowParts.`,
  )
}
