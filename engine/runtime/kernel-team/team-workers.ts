/** The workers of a kernel team: taken when they are needed, replaced when one of them has died. */
import type { KernelArgument } from '../kernels/kernel-source.js'
import type { KernelForms } from '../kernels/team-messages.js'
import type { Region } from '../region/region.js'
import { giveBack, takeWorkers } from '../workers/pool.js'
import { Crew } from './crew.js'

/** See the module's documentation. */
export class TeamWorkers {
  readonly #region: Region
  readonly #count: number
  readonly #lessons: { readonly names: readonly string[]; readonly forms: KernelForms }[] = []
  #crew: Crew | undefined
  #enlisting: Promise<void> | undefined
  #closed = false

  constructor(region: Region, count: number) {
    this.#region = region
    this.#count = count
  }

  get isOpen(): boolean {
    return !this.#closed
  }

  /** Tells workers of kernels; they get the numbers that follow. */
  learn(names: readonly string[], forms: KernelForms): void {
    this.#lessons.push({ names, forms })
    this.#crew?.learn(names, forms)
  }

  /** Takes workers of the pool, unless they are here. */
  async enlist(): Promise<void> {
    if (this.#crew?.isDead === false || this.#closed) return
    const lost = this.#crew
    lost?.dismiss()
    this.#crew = undefined
    // Policies of a page may forbid workers; they then die at birth.
    if (lost?.hasJoined === false) this.#closed = true
    if (this.#closed) return
    this.#enlisting ??= this.#takeCrew().finally(() => {
      this.#enlisting = undefined
    })
    await this.#enlisting
  }

  /** Takes workers and waits until they are there. */
  async start(): Promise<void> {
    await this.enlist()
    await this.#crew?.arrived()
  }

  /**
   * Runs a call to its end.
   *
   * @param work Does a part on this thread.
   * @param breathe Called between parts; what it gives is waited for.
   */
  async call(
    kernel: number,
    parts: Int32Array,
    args: readonly KernelArgument[],
    work: (part: number) => number,
    breathe: () => Promise<void> | undefined,
  ): Promise<Float64Array> {
    if (this.#crew === undefined || this.#crew.isDead) {
      // Who cannot start workers goes on without them.
      this.enlist().catch(() => this.close())
    }
    const crew = this.#crew
    if (crew !== undefined) return crew.call(kernel, parts, args, work, breathe)
    const results = new Float64Array(parts.length - 1)
    for (let part = 0; part < results.length; part++) {
      results[part] = work(part)
      const rest = breathe()
      if (rest !== undefined) await rest
    }
    return results
  }

  close(): void {
    this.#closed = true
    this.#crew?.dismiss()
    this.#crew = undefined
  }

  async #takeCrew(): Promise<void> {
    const workers = await takeWorkers(this.#count)
    if (this.#closed) {
      giveBack(workers)
      return
    }
    const crew = new Crew(workers, this.#region)
    for (const { names, forms } of this.#lessons) crew.learn(names, forms)
    this.#crew = crew
  }
}
