import type { OpenGroups, TargetAggregate } from '../../functions/group-target.js'
import { type AggregateSpec, aggregateName } from '../../plan/aggregate.js'
import { BATCH_SIZE, RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { createKeyIndex, type KeyIndex } from '../keys/key-index.js'
import type { KeyedBatch } from '../keys/keyed-batch.js'
import type { OperatorContext, Steps } from '../operator.js'
import type { Accumulator } from './accumulator.js'
import { createAccumulator } from './create-accumulator.js'
import { DenseGroups, numberColumn } from './dense-groups.js'
import { partialBatch } from './partial-groups.js'
import type { Groups } from './spilling-groups.js'

/** Bytes of the budget for each key that room is made for in advance. */
const SHARE = 256

/** The accumulators of all groups. */
export class AggregateGroups implements Groups {
  keyNames: readonly string[] = []
  /** Number of columns of each accumulator's state. */
  widths: readonly number[] = []
  readonly #accumulators: readonly Accumulator[]
  readonly #names: readonly string[]
  readonly #single: boolean
  readonly #partial: boolean
  readonly #context: OperatorContext
  #keys: KeyIndex | undefined
  /** The groups while their keys are the positions of their states; instead of an index. */
  #dense: DenseGroups | undefined
  /** Room for so many keys may be made before the memory for it is granted. */
  readonly #most: number
  /** So many records are to come at least, as far as is known. */
  readonly #expected: number
  /** The range of keys that sufficed the time before. */
  #range = 0
  #anyInput = false
  #drained = false

  /** @param partial Whether the results are the states. */
  constructor(
    specs: readonly AggregateSpec[],
    single: boolean,
    context: OperatorContext,
    partial = false,
  ) {
    this.#partial = partial
    this.#names = specs.map(({ as }) => as)
    this.#single = single
    this.#context = context
    this.#most = Math.floor(context.memory.budget / SHARE)
    this.#expected = context.expectedRows ?? 0
    this.#accumulators = specs.map(({ as, op, input }) => {
      const of = input.kind === 'field' ? `field "${input.path}"` : `the input of "${as}"`
      return createAccumulator(op, `${aggregateName(op)}: ${of}`)
    })
  }

  get size(): number {
    return this.#dense?.size ?? this.#keys?.size ?? 0
  }

  get byteLength(): number {
    let bytes = (this.#keys?.byteLength ?? 0) + (this.#dense?.byteLength ?? 0)
    for (const accumulator of this.#accumulators) bytes += accumulator.byteLength
    return bytes
  }

  add(keys: readonly Column[], inputs: readonly (Column | undefined)[], length: number): void {
    const ids = this.#ids(keys, length)
    this.#accumulators.forEach((accumulator, k) => {
      if (this.#single && accumulator.addToFirst !== undefined) {
        accumulator.addToFirst(inputs[k], length)
      } else accumulator.add(inputs[k], ids, length)
    })
  }

  /**
   * What loops work on; nothing once some groups are on disk.
   *
   * @param expected Number of records to come, about.
   */
  open(expected: number): OpenGroups | undefined {
    if (this.#drained) return undefined
    const aggregates: TargetAggregate[] = []
    for (const accumulator of this.#accumulators) {
      const open = accumulator.open?.()
      if (open === undefined) return undefined
      aggregates.push(open)
    }
    if (this.#keys === undefined) {
      if (this.#dense === undefined) {
        this.#dense = new DenseGroups(this.#accumulators, this.#most)
        this.#dense.cover(this.#range - 1, Math.max(expected, this.#expected))
        return this.open(expected)
      }
      return this.#dense.open(aggregates)
    }
    const direct = this.#keys.direct?.()
    if (direct === undefined) return undefined
    const { keys, table, base } = direct
    let room = keys.length
    for (const { state } of aggregates)
      for (const { length } of state) room = Math.min(room, length)
    return { kind: 'indexed', keys, size: this.size, room, aggregates, table, base }
  }

  /** Takes over the groups that a loop has made. */
  close(size: number): void {
    if (size === this.size) return
    if (this.#dense !== undefined) {
      this.#dense.size = size
      return
    }
    this.#keys!.grow!(size)
    for (const accumulator of this.#accumulators) accumulator.resize(size)
  }

  /** Adds one record of numbers whose key has no place yet, and makes room for more like it. */
  addOne(key: number, inputs: readonly (Column | undefined)[], expected: number): void {
    if (this.#dense?.cover(key, Math.max(expected, this.#expected))) this.#dense.add(key, inputs)
    else {
      this.#becomeIndexed()
      this.#keys?.cover?.(key, Math.min(expected, this.#most))
      this.add([numberColumn(key)], inputs, 1)
    }
  }

  drain(): KeyedBatch[] {
    this.#becomeIndexed()
    const { size } = this
    this.#drained = true
    const keys = this.#keys?.keys() ?? []
    if (size === 0) return []
    return [this.#moveOut(keys, size)]
  }

  *restore({ keys, batch }: KeyedBatch): Steps {
    const ids = this.#positions(keys, batch.columns) ?? this.#ids(keys, batch.length)
    let next = 0
    this.#accumulators.forEach((accumulator, k) => {
      const end = next + this.widths[k]!
      accumulator.merge(batch.columns.slice(next, end), ids, batch.length)
      next = end
    })
  }

  *results(): Steps {
    if (this.#partial) return yield* this.#states()
    if (this.#single && !this.#anyInput) {
      for (const accumulator of this.#accumulators) accumulator.resize(1)
    }
    const size = this.#single ? 1 : this.size
    if (this.#dense?.size === 0) this.#becomeIndexed()
    const keys = this.#dense === undefined ? this.#keys?.keys() : [this.#dense.take()]
    const columns = [
      ...(keys ?? []),
      ...this.#accumulators.map(accumulator => accumulator.result(size)),
    ]
    this.clear()
    const all = new RecordBatch('object', [...this.keyNames, ...this.#names], columns, size)
    for (let start = 0; start < size; start += BATCH_SIZE) {
      if (this.#context.output.closed) return
      yield* this.#context.output.push(all.slice(start, Math.min(start + BATCH_SIZE, size)))
    }
  }

  /** Pushes each row on as the state of a group of its own. */
  *pushEach(
    keys: readonly Column[],
    inputs: readonly (Column | undefined)[],
    length: number,
  ): Steps {
    const ids = Int32Array.from({ length }, (_, row) => row)
    const ofEach = this.#accumulators.map((accumulator, k) => {
      accumulator.reset()
      accumulator.resize(length)
      accumulator.add(inputs[k], ids, length)
      return accumulator.state(length)
    })
    const states = ofEach.flat()
    const names = states.map((_, k) => String(k))
    const keyed = { keys, batch: new RecordBatch('tuple', names, states, length) }
    const widths = ofEach.map(state => state.length)
    yield* this.#context.output.push(partialBatch({ keyNames: this.keyNames, widths, keyed }))
    for (const accumulator of this.#accumulators) accumulator.reset()
  }

  *#states(): Steps {
    const { size } = this
    // Keys that are positions of states need no index on their way out.
    const all =
      this.#dense === undefined || size === 0
        ? this.drain()
        : [this.#moveOut([this.#dense.takeInOrder()], size)]
    this.#drained = true
    for (const keyed of all) {
      const groups = partialBatch({ keyNames: this.keyNames, widths: this.widths, keyed })
      for (let start = 0; start < size; start += BATCH_SIZE) {
        yield* this.#context.output.push(groups.slice(start, Math.min(start + BATCH_SIZE, size)))
      }
    }
  }

  /** The states of all groups; forgets them. */
  #moveOut(keys: readonly Column[], size: number): KeyedBatch {
    const ofEach = this.#accumulators.map(accumulator => accumulator.state(size))
    const states = ofEach.flat()
    this.widths = ofEach.map(state => state.length)
    this.clear()
    const names = states.map((_, k) => String(k))
    return { keys, batch: new RecordBatch('tuple', names, states, size) }
  }

  /** The keys themselves where they are the positions of states, which is made so if it can be. */
  #positions(keys: readonly Column[], states: readonly Column[]): Int32Array | undefined {
    const [key] = keys
    // Only states of numbers can be taken from their positions again.
    if (!states.every(({ layout }) => layout === 'int32' || layout === 'float64')) return undefined
    if (this.#keys !== undefined || this.#drained || keys.length !== 1) return undefined
    if (key?.layout !== 'int32' || key.valid !== null) return undefined
    if (!this.#accumulators.every(accumulator => accumulator.open?.() !== undefined)) {
      return undefined
    }
    this.#dense ??= new DenseGroups(this.#accumulators, this.#most)
    if (!this.#dense.begin(key.values, Math.max(key.length, this.#expected))) return undefined
    this.#anyInput = true
    return key.values
  }

  #ids(keys: readonly Column[], length: number): Int32Array {
    this.#becomeIndexed()
    this.#keys ??= createKeyIndex(keys.length)
    this.#anyInput = true
    const ids = this.#keys.insert(keys, length)
    for (const accumulator of this.#accumulators) accumulator.resize(this.#keys.size)
    return ids
  }

  #becomeIndexed(): void {
    const dense = this.#dense
    this.#dense = undefined
    const keys = dense?.take()
    if (keys === undefined || keys.length === 0) return
    this.#keys = createKeyIndex(1)
    this.#keys.insert([keys], keys.length)
  }

  /** Begins again as if new. */
  restart(): void {
    this.clear()
    this.keyNames = []
    this.#anyInput = false
    this.#drained = false
  }

  clear(): void {
    this.#keys = undefined
    if (this.#dense !== undefined && this.#dense.size > 0) this.#range = this.#dense.range
    this.#dense = undefined
    for (const accumulator of this.#accumulators) accumulator.reset()
  }
}
