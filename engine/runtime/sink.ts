import type { Sink, SinkWriter } from '../plan/source.js'
import type { RecordBatch } from '../types/batch.js'
import type { Operator, Steps } from './operator.js'
import { wait } from './steps.js'

/** Hands every batch to a sink, which is opened at once even when no batch ever comes. */
export class SinkOperator implements Operator {
  /** Records written so far. */
  rows = 0
  readonly #sink: Sink
  #writer: SinkWriter | undefined

  constructor(sink: Sink) {
    this.#sink = sink
  }

  *process(_input: number, batch: RecordBatch): Steps {
    this.#writer ??= yield* wait(this.#sink.open())
    this.rows += batch.length
    const written = this.#writer.write(batch)
    if (written !== undefined) yield written
  }

  *finish(): Steps {
    this.#writer ??= yield* wait(this.#sink.open())
  }

  /** Makes the result visible. */
  async commit(): Promise<void> {
    const writer = this.#writer
    if (writer === undefined) return
    await writer.commit()
    this.#writer = undefined
  }

  /** Removes what was written, unless it is visible already. */
  async abort(): Promise<void> {
    await this.#writer?.abort()
    this.#writer = undefined
  }
}
