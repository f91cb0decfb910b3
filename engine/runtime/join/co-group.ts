/**
 * `coGroup`: the records of two inputs that have the same key, together. Groups come in the order
 * in which their keys appear, first those of the left side; when memory is refused both sides are
 * sorted in files, and groups come in the order of their keys. Missing keys form a group like any.
 */
import type { Key, SortKey } from '../../plan/key.js'
import type { CoGroupNode } from '../../plan/node.js'
import type { RecordBatch } from '../../types/batch.js'
import { type Column, Int32Column } from '../../types/column.js'
import { shown } from '../../types/column-writer.js'
import { ResultEmitter } from '../emit-results.js'
import { createKeyIndex, type KeyIndex } from '../keys/key-index.js'
import { concatKeyed, type KeyedBatch } from '../keys/keyed-batch.js'
import { createKeyExtractor } from '../keys/keys.js'
import { manyCall } from '../many-call.js'
import type { Operator, OperatorContext, Steps } from '../operator.js'
import { recordArray } from '../record-array.js'
import { Reservation } from '../reservation.js'
import { compareKeys } from '../sort/compare-values.js'
import { ExternalSorter } from '../sort/external-sorter.js'
import { createSortKeyExtractor, directionsOf } from '../sort/sort-keys.js'
import { sortedRows } from '../sort/sort-rows.js'
import { type KeyValues, SortedInput } from '../sort/sorted-input.js'
import type { StepsTo } from '../steps.js'
import { JoinKeyTypes } from './join-key-types.js'
import { tableBytes } from './join-table.js'

/** Groups between two pauses. */
const PAUSE = 1024

/** One input; its keys are the columns of the key, then those of the order within groups. */
interface SideInput {
  readonly name: 'left' | 'right'
  readonly extract: (batch: RecordBatch) => KeyedBatch
  readonly order: readonly SortKey[]
  pieces: KeyedBatch[]
  sorter: ExternalSorter | undefined
}

/**
 * Calls a function once per key of either side, with the records of both sides.
 *
 * @throws {SchemaError} If keys differ in number or type, as in joins.
 */
export function createCoGroup(node: CoGroupNode, context: OperatorContext): Operator {
  return new CoGroup(node, context)
}

class CoGroup implements Operator {
  readonly #context: OperatorContext
  readonly #sides: readonly [SideInput, SideInput]
  readonly #types: JoinKeyTypes
  readonly #emitter: ResultEmitter
  readonly #memory: Reservation
  readonly #call: (left: unknown[], right: unknown[]) => unknown
  /** Columns that make the key, once there is a batch. */
  #components = 0
  #spilled = false
  #finished = 0
  /** The key of the group that the function is called for, for errors. */
  #key: () => KeyValues = () => []

  constructor(node: CoGroupNode, context: OperatorContext) {
    this.#context = context
    this.#types = new JoinKeyTypes(context.operation, node.leftKeys, node.rightKeys)
    this.#emitter = new ResultEmitter(context.output)
    this.#memory = new Reservation(context)
    this.#call = manyCall(node.fn, context, () => `the group ${this.#key().map(shown).join(', ')}`)
    const side = (name: 'left' | 'right', keys: readonly Key[], order: readonly SortKey[]) => {
      const keysOf = createKeyExtractor(keys, context)
      const orderOf = createSortKeyExtractor(order, context)
      const extract = (batch: RecordBatch): KeyedBatch => {
        const found = keysOf(batch)
        this.#types.note(name, found, batch.length)
        this.#components = found.length
        return { keys: [...found, ...orderOf(batch)], batch }
      }
      return { name, extract, order, pieces: [], sorter: undefined }
    }
    this.#sides = [
      side('left', node.leftKeys, node.leftOrder),
      side('right', node.rightKeys, node.rightOrder),
    ]
  }

  *process(input: number, batch: RecordBatch): Steps {
    if (batch.length === 0) return
    const side = this.#sides[input]!
    const piece = side.extract(batch.inPartition(0))
    if (!this.#spilled && this.#memory.tryGrow(tableBytes(piece))) {
      side.pieces.push(piece)
      return
    }
    if (!this.#spilled) yield* this.#spill()
    yield* this.#sort(side, piece)
  }

  *finish(): Steps {
    if (++this.#finished < 2) return
    this.#types.check()
    if (this.#spilled) yield* this.#mergeGroups()
    else yield* this.#indexedGroups()
    yield* this.#emitter.flush()
    yield this.close()
  }

  restart(): void {
    this.#finished = 0
    this.#spilled = false
    this.#emitter.restart()
  }

  async close(): Promise<void> {
    this.#memory.releaseAll()
    for (const side of this.#sides) {
      side.pieces = []
      await side.sorter?.close()
      side.sorter = undefined
    }
  }

  *#indexedGroups(): Steps {
    const index = createKeyIndex(this.#components)
    const [left, right] = this.#sides
    const leftGroups = yield* this.#groups(left, index)
    const rightGroups = yield* this.#groups(right, index)
    let keys: readonly Column[] | undefined
    for (let id = 0; id < index.size && !this.#context.output.closed; id++) {
      this.#key = () => {
        keys ??= index.keys()
        return keys.map(key => key.get(id))
      }
      yield* this.#emitter.emit(this.#call(leftGroups(id), rightGroups(id)))
      if (id % PAUSE === 0) yield
    }
  }

  /** Adds the keys of a side to the index; gives the records of each id. */
  *#groups(side: SideInput, index: KeyIndex): StepsTo<(id: number) => unknown[]> {
    if (side.pieces.length === 0) return () => []
    const { keys, batch } = concatKeyed(side.pieces)
    side.pieces = []
    const { length } = batch
    const ids = index.insert(keys.slice(0, this.#components), length).slice(0, length)
    yield
    const rows = yield* sortedRows(
      [new Int32Column(ids), ...keys.slice(this.#components)],
      ['ascending', ...directionsOf(side.order)],
      length,
    )
    const starts = new Int32Array(index.size + 1)
    for (let row = 0; row < length; row++) starts[ids[row]! + 1]!++
    for (let id = 0; id < index.size; id++) starts[id + 1]! += starts[id]!
    // The other side may add ids, which have no records here.
    return id =>
      id + 1 < starts.length ? recordArray(batch, rows, starts[id]!, starts[id + 1]!) : []
  }

  *#spill(): Steps {
    this.#spilled = true
    const kept = this.#sides.map(side => side.pieces)
    for (const side of this.#sides) side.pieces = []
    this.#memory.releaseAll()
    for (const [k, side] of this.#sides.entries()) {
      for (const piece of kept[k]!) yield* this.#sort(side, piece)
    }
  }

  *#sort(side: SideInput, { keys, batch }: KeyedBatch): Steps {
    const components = keys.length - side.order.length
    side.sorter ??= new ExternalSorter(
      [
        ...Array.from({ length: components }, () => 'ascending' as const),
        ...directionsOf(side.order),
      ],
      this.#context,
    )
    yield* side.sorter.add(keys, batch)
  }

  *#mergeGroups(): Steps {
    const inputs: SortedInput[] = []
    for (const { sorter } of this.#sides) {
      inputs.push(new SortedInput(sorter && (yield* sorter.sorted()), this.#components))
    }
    const [left, right] = inputs as [SortedInput, SortedInput]
    while (!this.#context.output.closed) {
      const leftKey = yield* left.nextKey()
      const rightKey = yield* right.nextKey()
      if (leftKey === undefined && rightKey === undefined) return
      const leftFirst =
        rightKey === undefined || (leftKey !== undefined && compareKeys(leftKey, rightKey) <= 0)
      const key = (leftFirst ? leftKey : rightKey)!
      this.#key = () => key
      const records = [yield* this.#group(left, key), yield* this.#group(right, key)] as const
      yield* this.#emitter.emit(this.#call(...records))
      this.#memory.releaseAll()
    }
  }

  /** The records of one key, which must fit into memory. */
  *#group(input: SortedInput, key: KeyValues): StepsTo<unknown[]> {
    const records: unknown[] = []
    for (;;) {
      const part = yield* input.upTo(key)
      if (part === undefined) return records
      this.#memory.demand(part.batch.byteLength)
      for (const record of recordArray(part.batch)) records.push(record)
    }
  }
}
