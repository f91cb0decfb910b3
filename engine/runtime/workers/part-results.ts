import type { Accumulator } from '../../plan/handed.js'
import type { RecordBatch } from '../../types/batch.js'
import { type BatchMessage, BatchReader } from '../exchange/batch-message.js'
import type { PartResult } from './messages.js'

/** What has come back from one worker, kept until its turn. */
export class PartResults {
  readonly accumulators: readonly Accumulator<unknown, unknown>[]
  /** Resolves when the worker has ended its part, well or not. */
  readonly over: Promise<void>
  result: PartResult | undefined
  isOver = false
  readonly #reader = new BatchReader()
  #batches: { readonly root: number; readonly batch: RecordBatch }[] = []
  #stopped = false
  #wake: (() => void) | undefined
  #resolve: () => void = () => {}

  constructor(accumulators: readonly Accumulator<unknown, unknown>[]) {
    this.accumulators = accumulators.map(given => given.fresh())
    this.over = new Promise(resolve => {
      this.#resolve = resolve
    })
  }

  add(root: number, message: BatchMessage): void {
    this.#batches.push({ root, batch: this.#reader.read(message) })
    this.#wake?.()
  }

  /** The worker is through. */
  end(result: PartResult | undefined): void {
    this.result = result
    this.isOver = true
    this.#resolve()
    this.#wake?.()
  }

  /** Nobody wants more. */
  stop(): void {
    this.#stopped = true
    this.#wake?.()
  }

  /** The batches as they come, until the worker is through. */
  async *batches(): AsyncGenerator<{ readonly root: number; readonly batch: RecordBatch }> {
    for (;;) {
      const batches = this.#batches
      this.#batches = []
      for (const batch of batches) {
        if (this.#stopped) return
        yield batch
      }
      if (this.#stopped || (this.isOver && this.#batches.length === 0)) return
      if (this.#batches.length > 0) continue
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}
