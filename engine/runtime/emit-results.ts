/** What functions that give any number of records return: `mapPartition`, `reduceGroup`, `coGroup`. */
import { BATCH_SIZE } from '../types/batch.js'
import { RecordWriter } from '../types/record-writer.js'
import type { Output, Steps } from './operator.js'

/** Collects what functions return and pushes it on in batches. */
export class ResultEmitter {
  readonly #output: Output
  readonly #writer = new RecordWriter(1024)
  #partition = 0

  constructor(output: Output) {
    this.#output = output
  }

  /**
   * Writes the records that a function returned: those of an iterable (an array, a generator; a
   * string is not one of them), none for `undefined`, and anything else as one record.
   */
  *emit(result: unknown, partition = 0): Steps {
    if (partition !== this.#partition) yield* this.flush()
    this.#partition = partition
    if (result === undefined) return
    if (!isIterable(result)) yield* this.#write(result)
    else for (const record of result) yield* this.#write(record)
  }

  /** Pushes on what has been collected. Called once more at the end. */
  *flush(): Steps {
    if (this.#writer.length > 0) yield* this.#output.push(this.#writer.finish(this.#partition))
  }

  /** Drops what has been collected and nobody wanted any more. */
  restart(): void {
    if (this.#writer.length > 0) this.#writer.finish()
  }

  *#write(record: unknown): Steps {
    this.#writer.write(record)
    if (this.#writer.length >= BATCH_SIZE) yield* this.flush()
  }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
