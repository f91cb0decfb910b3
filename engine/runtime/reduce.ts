/** The operator of `reduce`: two records become one, until one is left of each group. */
import { ArgumentError, FunctionError } from '../errors.js'
import { checkCallable, functionFailed, refuseThenable } from '../functions/user-call.js'
import type { UserFunction } from '../functions/user-function.js'
import type { NodeOf } from '../plan/node.js'
import { BATCH_SIZE } from '../types/batch.js'
import type { Column } from '../types/column.js'
import { RecordWriter } from '../types/record-writer.js'
import { createKeyIndex, type KeyIndex } from './key-index.js'
import { type KeyedBatch, sliceKeyed } from './keyed-batch.js'
import { createKeyExtractor } from './keys.js'
import type { Operator, OperatorContext, Steps } from './operator.js'
import { type Groups, SpillingGroups } from './spilling-groups.js'

/** Estimated bytes of a record that is kept as an object, and of each of its fields. */
const RECORD_BYTES = 64
const FIELD_BYTES = 16

/**
 * Makes the operator of a reduce node. The function must be associative: with spilling, and later
 * with several workers, partial results are reduced with one another. Its first argument always
 * stands for records that came before those of its second. A single record is the result of its
 * group without any call; no records give no result.
 */
export function createReduce(node: NodeOf<'reduce'>, context: OperatorContext): Operator {
  const keysOf = createKeyExtractor(node.keys, context)
  const groups = new ReducedGroups(node.fn, context)
  const spilling = new SpillingGroups(groups, context)
  return {
    *process(_input, batch) {
      const keyed = { keys: keysOf(batch), batch }
      for (let start = 0; start < batch.length; start += spilling.pieceRows) {
        const end = Math.min(start + spilling.pieceRows, batch.length)
        yield* groups.restore(sliceKeyed(keyed, start, end))
        yield* spilling.settle()
      }
    },
    finish: () => spilling.finish(),
    close: () => spilling.close(),
  }
}

/** One record per group. */
class ReducedGroups implements Groups {
  readonly #reduce: (a: unknown, b: unknown) => unknown
  readonly #context: OperatorContext
  #index: KeyIndex | undefined
  #records: unknown[] = []
  #recordBytes = 0

  constructor(fn: UserFunction, context: OperatorContext) {
    this.#reduce = reducer(fn, context)
    this.#context = context
  }

  get size(): number {
    return this.#records.length
  }

  get byteLength(): number {
    return (this.#index?.byteLength ?? 0) + this.#records.length * this.#recordBytes
  }

  *restore({ keys, batch }: KeyedBatch): Steps {
    this.#index ??= createKeyIndex(keys.length)
    const ids = this.#index.insert(keys, batch.length)
    this.#measure(batch.columns, batch.length)
    const records = this.#records
    for (let row = 0; row < batch.length; row++) {
      const id = ids[row]!
      const record = batch.record(row)
      // Ids come in order, so a new one is the next.
      if (id === records.length) records.push(record)
      else records[id] = this.#reduce(records[id], record)
    }
  }

  drain(): KeyedBatch[] {
    if (this.#index === undefined) return []
    const keys = this.#index.keys()
    const writer = new RecordWriter(this.#records.length)
    for (const record of this.#records) writer.write(record)
    this.clear()
    return [{ keys, batch: writer.finish() }]
  }

  *results(): Steps {
    const records = this.#records
    this.clear()
    for (let start = 0; start < records.length; start += BATCH_SIZE) {
      if (this.#context.output.closed) return
      const writer = new RecordWriter(Math.min(BATCH_SIZE, records.length - start))
      for (let k = start; k < Math.min(start + BATCH_SIZE, records.length); k++) {
        writer.write(records[k])
      }
      yield* this.#context.output.push(writer.finish())
    }
  }

  clear(): void {
    this.#index = undefined
    this.#records = []
  }

  /** Records are as large as those that came in, by estimate. */
  #measure(columns: readonly Column[], length: number): void {
    if (length === 0) return
    let bytes = RECORD_BYTES
    for (const column of columns) bytes += FIELD_BYTES + column.byteLength / length
    this.#recordBytes = Math.ceil(Math.max(this.#recordBytes, bytes))
  }
}

function reducer(fn: UserFunction, context: OperatorContext): (a: unknown, b: unknown) => unknown {
  checkCallable(fn, false)
  const call = fn.call as ((a: unknown, b: unknown, context: unknown) => unknown) | undefined
  if (call === undefined) {
    throw new ArgumentError(
      `${context.operation}: reduce needs a function of two records, such as (a, b) => ({ ...a, n: a.n + b.n }).`,
    )
  }
  const handed = context.handed(fn.handed)
  return (a, b) => {
    let result: unknown
    try {
      result = refuseThenable(call(a, b, handed))
    } catch (cause) {
      throw functionFailed(fn, [a, b], cause)
    }
    if (result !== undefined) return result
    throw new FunctionError(
      `${fn.operation}: the function returned nothing. Return the record that the two become.`,
    )
  }
}
