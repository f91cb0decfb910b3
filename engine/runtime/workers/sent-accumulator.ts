import { WorkerError } from '../../errors.js'
import type { Accumulator } from '../../plan/handed.js'

/** Values that are sent together. */
const SENT_AT_ONCE = 4096

/** Stands for an accumulator on another thread: what is added here is added there. */
export class SentAccumulator implements Accumulator<unknown, unknown> {
  readonly #send: (values: readonly unknown[]) => void
  #values: unknown[] = []

  constructor(send: (values: readonly unknown[]) => void) {
    this.#send = send
  }

  get value(): never {
    throw new WorkerError(
      'accumulator: its value is known after the job; a function on a worker cannot read it. Read it after the job, or run with parallelism 1.',
    )
  }

  add(value: unknown): void {
    if (this.#values.push(value) === SENT_AT_ONCE) this.flush()
  }

  /** Sends what has been added since. */
  flush(): void {
    if (this.#values.length === 0) return
    this.#send(this.#values)
    this.#values = []
  }

  fresh(): this {
    return this
  }

  merge(): void {}

  reset(): void {}
}
