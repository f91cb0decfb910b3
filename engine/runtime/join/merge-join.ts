/**
 * Sort-merge join: both sides are sorted by their keys, with runs in files when there is no memory,
 * and then read side by side. What is in memory is a window of the build side, some keys with all
 * of their records; the probe side's records of these keys are found in it like in any join table.
 */
import type { RecordBatch } from '../../types/batch.js'
import { BatchBuffer } from '../batch-buffer.js'
import type { KeyedBatch } from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import { Reservation } from '../reservation.js'
import { ExternalSorter } from '../sort/external-sorter.js'
import { keyAt, SortedInput } from '../sort/sorted-input.js'
import type { StepsTo } from '../steps.js'
import { blockJoin, type ExtractKeys } from './block-join.js'
import type { JoinStrategy } from './hash-join.js'
import type { JoinOutput } from './join-output.js'
import { JoinTable, missingKeys } from './join-table.js'
import { rowsOf, TableJoin } from './table-join.js'

type Side = 'probe' | 'build'

/**
 * See the module's documentation. Output comes in the order of the keys; records without a partner
 * because a key component is missing come last.
 */
export class MergeJoin implements JoinStrategy {
  readonly keepsBuild = false
  readonly #keysOf: Readonly<Record<Side, ExtractKeys>>
  readonly #output: JoinOutput
  readonly #context: OperatorContext
  readonly #memory: Reservation
  #sorters: Partial<Record<Side, ExternalSorter>> = {}
  readonly #unmatched: Readonly<Record<Side, BatchBuffer>>
  readonly #group: Readonly<Record<Side, BatchBuffer>>
  #finished = 0

  constructor(
    keysOf: Readonly<Record<Side, ExtractKeys>>,
    output: JoinOutput,
    context: OperatorContext,
  ) {
    this.#keysOf = keysOf
    this.#output = output
    this.#context = context
    this.#memory = new Reservation(context)
    this.#unmatched = { probe: new BatchBuffer(context), build: new BatchBuffer(context) }
    this.#group = { probe: new BatchBuffer(context), build: new BatchBuffer(context) }
  }

  *add(side: Side, batch: RecordBatch): Steps {
    this.#output.know(side, batch)
    const { keys } = this.#keysOf[side](batch)
    const missing = missingKeys(keys, batch.length)
    this.#sorters[side] ??= new ExternalSorter(
      keys.map(() => 'ascending'),
      this.#context,
    )
    const sorter = this.#sorters[side]
    if (missing === null) {
      yield* sorter.add(keys, batch)
      return
    }
    const { mode } = this.#output
    const alone = side === 'probe' ? mode.probeAlone : mode.buildAlone
    if (alone === 'unmatched')
      yield* this.#unmatched[side].add(batch.take(rowsOf(missing, 'matched')))
    const present = rowsOf(missing, 'unmatched')
    yield* sorter.add(
      keys.map(key => key.take(present)),
      batch.take(present),
    )
  }

  *finish(_side: Side): Steps {
    if (++this.#finished < 2) return
    const probe = yield* this.#input('probe')
    const build = yield* this.#input('build')
    while (!this.#output.closed) {
      const window = yield* build.window()
      if (window === undefined) break
      if (window.complete) yield* this.#joinWindow(window.keyed, probe)
      else yield* this.#joinGroup(window.keyed, build, probe)
    }
    yield* this.#alone('probe', probe)
    for (const side of ['probe', 'build'] as const) {
      yield* this.#unmatched[side].each(batch => this.#output.alone(side, batch, allRows(batch)))
    }
    yield this.close()
  }

  restart(): void {
    this.#finished = 0
    this.#sorters = {}
  }

  async close(): Promise<void> {
    this.#memory.releaseAll()
    for (const side of ['probe', 'build'] as const) {
      await this.#sorters[side]?.close()
      await this.#unmatched[side].close()
      await this.#group[side].close()
    }
  }

  *#input(side: Side): StepsTo<SortedInput> {
    const sorter = this.#sorters[side]
    return new SortedInput(sorter && (yield* sorter.sorted()))
  }

  /** Joins the probe side's records up to the last key of the window. */
  *#joinWindow(window: KeyedBatch, probe: SortedInput): Steps {
    const join = new TableJoin(yield* JoinTable.build(window), this.#output)
    const last = keyAt(window, window.batch.length - 1)
    for (;;) {
      const part = yield* probe.upTo(last)
      if (part === undefined) break
      yield* join.probe(part)
    }
    yield* join.finish()
  }

  /** Joins the records of one key that goes on beyond `first`; either side may be large. */
  *#joinGroup(first: KeyedBatch, build: SortedInput, probe: SortedInput): Steps {
    const key = keyAt(first, 0)
    const group = this.#group
    yield* group.build.add(first.batch)
    for (;;) {
      const part = yield* build.upTo(key)
      if (part === undefined) break
      yield* group.build.add(part.batch)
    }
    for (;;) {
      const part = yield* probe.upTo(key)
      if (part === undefined) break
      yield* group.probe.add(part.batch)
    }
    // Make room for the blocks.
    for (const buffer of [group.build, group.probe]) if (buffer.spilled) yield* buffer.spill()
    yield* blockJoin(
      group.build,
      group.probe,
      this.#keysOf,
      this.#output,
      this.#context,
      this.#memory,
    )
    for (const buffer of [group.build, group.probe]) yield buffer.close()
  }

  /** The rest of the probe side, for which there is nothing on the build side. */
  *#alone(side: Side, input: SortedInput): Steps {
    if (this.#output.mode.probeAlone !== 'unmatched') return
    while (!this.#output.closed) {
      const rest = yield* input.rest()
      if (rest === undefined) return
      yield* this.#output.alone(side, rest.batch, allRows(rest.batch))
    }
  }
}

function allRows(batch: RecordBatch): Int32Array {
  return rowsOf(new Uint8Array(batch.length), 'unmatched')
}
