import { RecordBatch } from '../../types/batch.js'
import type { KeyedBatch, KeyedReader } from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import type { SpillFile } from '../spill/spill.js'
import { type StepsTo, wait } from '../steps.js'

/** Sorted records in a file: batches of keys and of records in turn. */
export class SortedRun {
  readonly #file: SpillFile

  private constructor(file: SpillFile) {
    this.#file = file
  }

  /** A new, empty run. */
  static *create(context: OperatorContext): StepsTo<SortedRun> {
    return new SortedRun(yield* wait(context.spill.create()))
  }

  /** Bytes in the file. */
  get bytes(): number {
    return this.#file.bytes
  }

  /** Appends records that are not before those written. */
  *write({ keys, batch }: KeyedBatch): Steps {
    const names = keys.map((_, k) => `key ${k}`)
    yield this.#file.write(new RecordBatch('object', names, keys, batch.length))
    yield this.#file.write(batch)
  }

  /** Reads from the beginning. */
  reader(): KeyedReader {
    const batches = this.#file.read()
    return {
      *next() {
        const keys = yield* wait(batches.next())
        if (keys.done) return undefined
        const batch = yield* wait(batches.next())
        return { keys: keys.value.columns, batch: batch.value as RecordBatch }
      },
    }
  }

  /** Deletes the file. */
  delete(): Promise<void> {
    return this.#file.delete()
  }
}
