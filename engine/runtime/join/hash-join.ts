import type { RecordBatch } from '../../types/batch.js'
import { BatchBuffer } from '../batch-buffer.js'
import { concatKeyed, type KeyedBatch } from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import type { ExtractKeys } from './block-join.js'
import { GraceJoin } from './grace-join.js'
import type { JoinOutput } from './join-output.js'
import { JoinTable, tableBytes } from './join-table.js'
import { TableJoin } from './table-join.js'

/** A way to join; `join.ts` feeds it with the two sides, in any order of arrival. */
export interface JoinStrategy {
  add(side: 'probe' | 'build', batch: RecordBatch): Steps
  finish(side: 'probe' | 'build'): Steps
  close(): Promise<void>
}

/**
 * Hash join: the build side becomes a table, the probe side streams by it. What comes of the probe
 * side before the table is complete is kept back. A build side that gets no memory is left to a
 * `GraceJoin`.
 */
export class HashJoin implements JoinStrategy {
  readonly #keysOf: { readonly build: ExtractKeys; readonly probe: ExtractKeys }
  readonly #output: JoinOutput
  readonly #context: OperatorContext
  readonly #memory: Reservation
  readonly #waiting: BatchBuffer
  /** The build side until it is complete. */
  #pieces: KeyedBatch[] = []
  #table: TableJoin | undefined
  #grace: GraceJoin | undefined
  #buildFinished = false
  #probeFinished = false

  constructor(
    keysOf: { readonly build: ExtractKeys; readonly probe: ExtractKeys },
    output: JoinOutput,
    context: OperatorContext,
  ) {
    this.#keysOf = keysOf
    this.#output = output
    this.#context = context
    this.#memory = new Reservation(context)
    this.#waiting = new BatchBuffer(context)
  }

  *add(side: 'probe' | 'build', batch: RecordBatch): Steps {
    this.#output.know(side, batch)
    if (this.#grace !== undefined) yield* this.#grace.add(side, batch)
    else if (side === 'build') yield* this.#addBuild(batch)
    else if (this.#table === undefined) yield* this.#waiting.add(batch)
    else yield* this.#table.probe(this.#keysOf.probe(batch))
  }

  *finish(side: 'probe' | 'build'): Steps {
    if (side === 'probe') {
      this.#probeFinished = true
      if (this.#table !== undefined) yield* this.#table.finish()
      if (this.#grace !== undefined && this.#buildFinished) yield* this.#grace.finish()
      return
    }
    this.#buildFinished = true
    if (this.#grace === undefined) {
      // Without keys, an empty table has nothing for any record.
      const keyed =
        this.#pieces.length > 0
          ? concatKeyed(this.#pieces)
          : { keys: [], batch: this.#output.fieldsOf('build') }
      this.#pieces = []
      this.#table = new TableJoin(yield* JoinTable.build(keyed), this.#output)
    }
    yield* this.#drain()
    if (this.#probeFinished) yield* this.finish('probe')
  }

  async close(): Promise<void> {
    this.#pieces = []
    this.#memory.releaseAll()
    await this.#waiting.close()
    await this.#grace?.close()
  }

  *#addBuild(batch: RecordBatch): Steps {
    const piece = this.#keysOf.build(batch)
    this.#pieces.push(piece)
    const bytes = tableBytes(piece)
    if (this.#memory.tryGrow(bytes)) return
    // The probe side can wait in a file just as well.
    if (this.#waiting.bytes > 0) {
      yield* this.#waiting.spill()
      if (this.#memory.tryGrow(bytes)) return
    }
    const grace = new GraceJoin(this.#keysOf, this.#output, this.#context)
    this.#grace = grace
    const pieces = this.#pieces
    this.#pieces = []
    this.#memory.releaseAll()
    for (const { batch } of pieces) yield* grace.add('build', batch)
    yield* this.#drain()
  }

  /** Joins what has been kept back. */
  *#drain(): Steps {
    yield* this.#waiting.each(batch =>
      this.#grace === undefined
        ? this.#table!.probe(this.#keysOf.probe(batch))
        : this.#grace.add('probe', batch),
    )
    yield this.#waiting.close()
  }
}
