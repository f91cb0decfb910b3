/**
 * Hash join of sides that do not fit into memory (grace hash join; Kitsuregawa, Tanaka, Moto-oka
 * 1983): both sides are spread over files by the hash of their keys, and the files joined pair by
 * pair. A pair that is still too large is spread again by another hash.
 */
import type { RecordBatch } from '../../types/batch.js'
import { BatchBuffer } from '../batch-buffer.js'
import { hashPartitions } from '../keys/hash.js'
import type { OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import { splitBatch } from '../split-batch.js'
import type { StepsTo } from '../steps.js'
import { blockJoin, type ExtractKeys } from './block-join.js'
import type { JoinOutput } from './join-output.js'
import { missingKeys } from './join-table.js'
import { rowsOf } from './table-join.js'

/** Files per side. */
const PARTITIONS = 16
/** How often sides are spread; 16^5 pairs of files, then blocks. */
const MAX_DEPTH = 5

type Side = 'probe' | 'build'

interface Pair {
  readonly build: BatchBuffer
  readonly probe: BatchBuffer
  /** Bytes of the build side. */
  bytes: number
}

/** A join whose build side was too large for memory. Output comes file by file. */
export class GraceJoin {
  readonly #keysOf: Readonly<Record<Side, ExtractKeys>>
  readonly #output: JoinOutput
  readonly #context: OperatorContext
  readonly #memory: Reservation
  readonly #open = new Set<BatchBuffer>()
  readonly #pairs: readonly Pair[]
  /** Records of the build side with a missing key, which match nothing. */
  readonly #unmatched: BatchBuffer

  constructor(
    keysOf: Readonly<Record<Side, ExtractKeys>>,
    output: JoinOutput,
    context: OperatorContext,
  ) {
    this.#keysOf = keysOf
    this.#output = output
    this.#context = context
    this.#memory = new Reservation(context)
    this.#pairs = this.#newPairs()
    this.#unmatched = this.#buffer()
  }

  /** Adds a batch to one side. */
  *add(side: Side, batch: RecordBatch): Steps {
    this.#output.know(side, batch)
    const missing = yield* this.#spread(side, batch, this.#pairs, 1)
    if (missing === undefined) return
    if (side === 'build') {
      if (this.#output.mode.buildAlone === 'unmatched')
        yield* this.#unmatched.add(batch.take(missing))
    } else if (this.#output.mode.probeAlone === 'unmatched') {
      yield* this.#output.alone('probe', batch, missing)
    }
  }

  /** Joins what was added. */
  *finish(): Steps {
    for (const buffer of this.#open) if (buffer.bytes > 0) yield* buffer.spill()
    for (const pair of this.#pairs) yield* this.#join(pair, 1)
    yield* this.#unmatched.each(batch =>
      this.#output.alone('build', batch, rowsOf(new Uint8Array(batch.length), 'unmatched')),
    )
  }

  /** Gives memory and files back. */
  async close(): Promise<void> {
    this.#memory.releaseAll()
    for (const buffer of this.#open) await buffer.close()
    this.#open.clear()
  }

  *#join(pair: Pair, depth: number): Steps {
    const { build, probe } = pair
    const { mode } = this.#output
    const idle =
      (build.rows === 0 && mode.probeAlone !== 'unmatched') ||
      (probe.rows === 0 && mode.buildAlone !== 'unmatched')
    if (!idle && !this.#output.closed) {
      const fits = 3 * pair.bytes + build.rows * 32 < this.#context.memory.budget
      if (fits || depth === MAX_DEPTH) yield* this.#blocks(pair)
      else yield* this.#split(pair, depth)
    }
    yield* this.#drop(pair)
  }

  *#split(pair: Pair, depth: number): Steps {
    const children = this.#newPairs()
    yield* pair.build.each(batch => this.#spread('build', batch, children, depth + 1))
    // All in one file: records of one key, which no hash separates.
    const whole = children.some(child => child.build.rows === pair.build.rows)
    if (whole) {
      for (const child of children) yield* this.#drop(child)
      yield* this.#blocks(pair)
      return
    }
    yield* pair.probe.each(batch => this.#spread('probe', batch, children, depth + 1))
    for (const { build, probe } of children) {
      if (build.bytes > 0) yield* build.spill()
      if (probe.bytes > 0) yield* probe.spill()
    }
    for (const child of children) yield* this.#join(child, depth + 1)
  }

  #blocks({ build, probe }: Pair): Steps {
    return blockJoin(build, probe, this.#keysOf, this.#output, this.#context, this.#memory)
  }

  /** Puts the records of a batch into the pairs of files. Returns the rows with missing keys. */
  *#spread(
    side: Side,
    batch: RecordBatch,
    pairs: readonly Pair[],
    seed: number,
  ): StepsTo<Int32Array | undefined> {
    const { keys } = this.#keysOf[side](batch)
    const { length } = batch
    const assigned = hashPartitions(keys, length, PARTITIONS, seed)
    const missing = missingKeys(keys, length)
    if (missing !== null)
      for (let row = 0; row < length; row++) if (missing[row]) assigned[row] = -1
    const parts = splitBatch(batch, assigned, PARTITIONS)
    for (let k = 0; k < PARTITIONS; k++) {
      const part = parts[k]
      if (part === undefined) continue
      if (side === 'build') pairs[k]!.bytes += part.byteLength
      yield* pairs[k]![side].add(part)
    }
    return missing === null ? undefined : rowsOf(missing, 'matched')
  }

  #newPairs(): readonly Pair[] {
    return Array.from({ length: PARTITIONS }, () => ({
      build: this.#buffer(),
      probe: this.#buffer(),
      bytes: 0,
    }))
  }

  #buffer(): BatchBuffer {
    const buffer = new BatchBuffer(this.#context)
    this.#open.add(buffer)
    return buffer
  }

  *#drop({ build, probe }: Pair): Steps {
    for (const buffer of [build, probe]) {
      yield buffer.close()
      this.#open.delete(buffer)
    }
  }
}
