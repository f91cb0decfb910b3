import { recordReader } from '../functions/record-reader.js'
import type { Broadcast } from '../plan/handed.js'
import type { RecordBatch } from '../types/batch.js'
import { BatchBuffer } from './batch-buffer.js'
import type { Operator, OperatorContext, Steps } from './operator.js'

/**
 * Passes the records of input 0 on once the data sets of its other inputs are complete, which then
 * are handed over to functions as arrays. What comes before is kept back.
 */
export function createHandOver(handles: readonly Broadcast[], context: OperatorContext): Operator {
  return new HandOver(handles, context)
}

class HandOver implements Operator {
  readonly #handles: readonly Broadcast[]
  readonly #context: OperatorContext
  readonly #waiting: BatchBuffer
  #records: unknown[][]
  #open = new Set<number>()

  constructor(handles: readonly Broadcast[], context: OperatorContext) {
    this.#handles = handles
    this.#context = context
    this.#waiting = new BatchBuffer(context)
    this.#records = handles.map(() => [])
    this.#open = new Set(handles.keys())
  }

  wants(input: number): boolean {
    return input > 0 || !this.#context.output.closed
  }

  keeps(input: number): boolean {
    return input > 0 && this.#context.constant?.[input] === true
  }

  *process(input: number, batch: RecordBatch): Steps {
    if (input > 0) {
      const records = this.#records[input - 1]!
      const read = recordReader(batch, this.#context.codegen)
      for (let row = 0; row < batch.length; row++) records.push(read(row))
    } else if (this.#open.size > 0) yield* this.#waiting.add(batch)
    else yield* this.#context.output.push(batch)
  }

  *finish(input: number): Steps {
    if (input === 0) return
    const records = Object.freeze(this.#records[input - 1]!)
    this.#context.handOver(this.#handles[input - 1]!, records)
    this.#open.delete(input - 1)
    if (this.#open.size > 0) return
    yield* this.#waiting.each(batch => this.#context.output.push(batch))
    yield this.#waiting.close()
  }

  restart(): void {
    const kept = this.#handles.map((_, k) => this.keeps(k + 1))
    this.#records = this.#records.map((records, k) => (kept[k] ? records : []))
    this.#open = new Set([...kept.keys()].filter(k => !kept[k]))
  }

  close(): Promise<void> {
    return this.#waiting.close()
  }
}
