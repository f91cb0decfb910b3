import type { RecordBatch } from '../types/batch.js'
import { concatBatches } from '../types/concat.js'
import type { OperatorContext, Steps } from './operator.js'
import { Reservation } from './reservation.js'
import type { SpillFile } from './spill/spill.js'
import { type StepsTo, wait } from './steps.js'

/** Small batches are joined to about this many records before they are written. */
const WRITE_ROWS = 4096

/** Reads batches one at a time; `undefined` at the end. */
export interface BatchReader {
  next(): StepsTo<RecordBatch | undefined>
  /** Ends reading early. */
  close(): Steps
}

/**
 * Batches that are kept for later, in order: in memory while there is some, else in a file.
 *
 * What is read comes as it was added, except that small batches may have been joined.
 */
export class BatchBuffer {
  /** Records added. */
  rows = 0
  readonly #context: OperatorContext
  readonly #memory: Reservation
  #kept: RecordBatch[] = []
  #keptRows = 0
  #file: SpillFile | undefined

  constructor(context: OperatorContext) {
    this.#context = context
    this.#memory = new Reservation(context)
  }

  /** Whether a part is in a file. */
  get spilled(): boolean {
    return this.#file !== undefined
  }

  /** Bytes held in memory. */
  get bytes(): number {
    return this.#memory.bytes
  }

  /** Keeps a batch; what there is goes to a file once memory is refused. */
  *add(batch: RecordBatch): Steps {
    if (batch.length === 0) return
    this.rows += batch.length
    const granted = this.#memory.tryGrow(batch.byteLength)
    this.#kept.push(batch)
    this.#keptRows += batch.length
    if (!granted || (this.spilled && this.#keptRows >= WRITE_ROWS)) yield* this.spill()
  }

  /** Moves what is in memory to the file. */
  *spill(): Steps {
    this.#file ??= yield* wait(this.#context.spill.create())
    const file = this.#file
    const before = file.bytes
    for (const batch of joined(this.#kept)) yield file.write(batch)
    this.#context.count('spilledBytes', file.bytes - before)
    this.#kept = []
    this.#keptRows = 0
    this.#memory.releaseAll()
  }

  /** The batches in memory, all of them unless `spilled`. */
  get kept(): readonly RecordBatch[] {
    return this.#kept
  }

  /** Reads from the beginning; as often as needed. */
  reader(): BatchReader {
    const file = this.#file?.read()
    const kept = this.#kept
    let position = 0
    let fileDone = file === undefined
    return {
      *next() {
        if (!fileDone) {
          const result = yield* wait(file!.next())
          if (!result.done) return result.value
          fileDone = true
        }
        return kept[position++]
      },
      *close() {
        if (!fileDone && file?.return !== undefined) yield file.return()
        fileDone = true
      },
    }
  }

  /** Takes every batch in turn. */
  *each(take: (batch: RecordBatch) => StepsTo<unknown>): Steps {
    const reader = this.reader()
    for (;;) {
      const batch = yield* reader.next()
      if (batch === undefined) return
      yield* take(batch)
    }
  }

  /** All batches, in memory. */
  *all(): StepsTo<readonly RecordBatch[]> {
    if (!this.spilled) return [...this.#kept]
    const batches: RecordBatch[] = []
    yield* this.each(function* (batch) {
      batches.push(batch)
    })
    return batches
  }

  /** Forgets everything and gives memory and file back. */
  async close(): Promise<void> {
    this.#kept = []
    this.#keptRows = 0
    this.rows = 0
    this.#memory.releaseAll()
    const file = this.#file
    this.#file = undefined
    await file?.delete()
  }
}

/** Small neighbours of one partition as one batch. */
function* joined(batches: readonly RecordBatch[]): Iterable<RecordBatch> {
  let group: RecordBatch[] = []
  let rows = 0
  for (const batch of batches) {
    const fits =
      rows + batch.length <= WRITE_ROWS &&
      batch.partition === (group[0] ?? batch).partition &&
      batch.shape === (group[0] ?? batch).shape
    if (!fits && group.length > 0) {
      yield concatBatches(group)
      group = []
      rows = 0
    }
    group.push(batch)
    rows += batch.length
  }
  if (group.length > 0) yield concatBatches(group)
}
