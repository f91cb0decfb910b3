import type { CacheStore } from '../plan/node.js'
import type { RecordBatch } from '../types/batch.js'
import type { Operator, Output, Steps } from './operator.js'

/** Passes batches on and keeps them for later jobs; wants them all, whatever others want. */
export class CacheOperator implements Operator {
  readonly #store: CacheStore
  readonly #output: Output
  readonly #batches: RecordBatch[] = []

  constructor(store: CacheStore, output: Output) {
    this.#store = store
    this.#output = output
  }

  wants(): boolean {
    return true
  }

  *process(_input: number, batch: RecordBatch): Steps {
    this.#batches.push(batch)
    if (!this.#output.closed) yield* this.#output.push(batch)
  }

  *finish(): Steps {}

  /** Called when the whole job has succeeded. */
  keep(): void {
    this.#store.batches = this.#batches
  }
}
