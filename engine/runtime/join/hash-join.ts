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
  /** Whether the build side stays over `restart`. */
  readonly keepsBuild: boolean
  /** Begins again, after both sides have finished. */
  restart(): void
  close(): Promise<void>
}

/**
 * Hash join: the build side becomes a table, the probe side streams by it. What comes of the probe
 * side before the table is complete is kept back. A build side that gets no memory is left to a
 * `GraceJoin`.
 *
 * A build side that is kept over `restart` is indexed once, or, when it got no memory, once more
 * spread over files each time.
 */
export class HashJoin implements JoinStrategy {
  readonly #keysOf: { readonly build: ExtractKeys; readonly probe: ExtractKeys }
  readonly #output: JoinOutput
  readonly #context: OperatorContext
  readonly #memory: Reservation
  readonly #waiting: BatchBuffer
  readonly keepsBuild: boolean
  /** A build side that is kept and has no place in memory. */
  readonly #kept: BatchBuffer
  #keptIsSpread = true
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
    keepsBuild = false,
  ) {
    this.keepsBuild = keepsBuild
    this.#kept = new BatchBuffer(context)
    this.#keysOf = keysOf
    this.#output = output
    this.#context = context
    this.#memory = new Reservation(context)
    this.#waiting = new BatchBuffer(context)
  }

  *add(side: 'probe' | 'build', batch: RecordBatch): Steps {
    this.#output.know(side, batch)
    yield* this.#spreadKept()
    if (this.#grace !== undefined) {
      if (side === 'build' && this.keepsBuild) yield* this.#kept.add(batch)
      yield* this.#grace.add(side, batch)
    } else if (side === 'build') yield* this.#addBuild(batch)
    else if (this.#table === undefined) yield* this.#waiting.add(batch)
    else yield* this.#table.probe(this.#keysOf.probe(batch))
  }

  *finish(side: 'probe' | 'build'): Steps {
    if (side === 'probe') {
      this.#probeFinished = true
      yield* this.#spreadKept()
      if (this.#table !== undefined) yield* this.#table.finish()
      if (this.#grace !== undefined && this.#buildFinished) {
        yield* this.#grace.finish()
        yield this.#grace.close()
      }
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
      // Records of the build side that come out alone do so in their order.
      const clustered = this.keepsBuild && this.#output.mode.buildAlone === 'none'
      this.#table = new TableJoin(yield* JoinTable.build(keyed, clustered), this.#output)
    }
    // Its memory is better used for the join.
    if (this.#kept.bytes > 0) yield* this.#kept.spill()
    yield* this.#drain()
    if (this.#probeFinished) yield* this.finish('probe')
  }

  restart(): void {
    this.#probeFinished = false
    if (this.#grace !== undefined) {
      this.#grace = this.keepsBuild ? this.#createGrace() : undefined
      this.#keptIsSpread = !this.keepsBuild
    }
    if (this.keepsBuild) {
      this.#table?.restart()
      return
    }
    this.#buildFinished = false
    this.#table = undefined
    this.#memory.releaseAll()
  }

  async close(): Promise<void> {
    this.#pieces = []
    this.#memory.releaseAll()
    await this.#waiting.close()
    await this.#kept.close()
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
    const grace = this.#createGrace()
    this.#grace = grace
    const pieces = this.#pieces
    this.#pieces = []
    this.#memory.releaseAll()
    for (const { batch } of pieces) {
      if (this.keepsBuild) yield* this.#kept.add(batch)
      yield* grace.add('build', batch)
    }
    yield* this.#drain()
  }

  #createGrace(): GraceJoin {
    return new GraceJoin(this.#keysOf, this.#output, this.#context)
  }

  /** Gives the build side that was kept to the join over files that has begun again. */
  *#spreadKept(): Steps {
    if (this.#keptIsSpread) return
    this.#keptIsSpread = true
    const grace = this.#grace!
    yield* this.#kept.each(batch => grace.add('build', batch))
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
