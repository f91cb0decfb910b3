/** The operator of `aggregate`: one record per group, or one for all records without keys. */
import { ArgumentError } from '../../errors.js'
import { type AggregateSpec, aggregateName } from '../../plan/aggregate.js'
import type { NodeOf } from '../../plan/node.js'
import { BATCH_SIZE, RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import { createKeyIndex, type KeyIndex } from '../keys/key-index.js'
import type { KeyedBatch } from '../keys/keyed-batch.js'
import {
  checkNames,
  createFieldReader,
  createNamedKeys,
  createValueFunction,
} from '../keys/keys.js'
import type { Operator, OperatorContext, Steps } from '../operator.js'
import type { Accumulator } from './accumulator.js'
import { createAccumulator } from './create-accumulator.js'
import { groupsOf, partialBatch } from './partial-groups.js'
import { type Groups, SpillingGroups } from './spilling-groups.js'

/**
 * Makes the operator of an aggregate node; `accumulator.ts` says what the aggregates mean.
 *
 * Gives groups in the order of their first record, as long as nothing is spilled. Without keys it
 * gives exactly one record, also for no input; with keys and no input it gives nothing.
 *
 * @throws {SchemaError} If two fields of the result would have one name.
 */
export function createAggregate(node: NodeOf<'aggregate'>, context: OperatorContext): Operator {
  return aggregate(node, context, false)
}

/** Like `createAggregate`, but gives the states of the groups, for `createFinalAggregate`. */
export function createPartialAggregate(
  node: NodeOf<'aggregate'>,
  context: OperatorContext,
): Operator {
  return aggregate(node, context, true)
}

/** Puts the states that several partial aggregates gave together, and gives their results. */
export function createFinalAggregate(
  node: NodeOf<'aggregate'>,
  context: OperatorContext,
): Operator {
  const groups = new AggregateGroups(node.aggregates, node.keys.length === 0, context)
  const spilling = new SpillingGroups(groups, context)
  return {
    *process(_input, batch) {
      const { keyNames, widths, keyed } = groupsOf(batch)
      groups.keyNames = keyNames
      groups.widths = widths
      yield* spilling.take(keyed)
    },
    finish: () => spilling.finish(),
    close: () => spilling.close(),
  }
}

function aggregate(
  node: NodeOf<'aggregate'>,
  context: OperatorContext,
  partial: boolean,
): Operator {
  const namedKeys = createNamedKeys(node.keys, context)
  const names = node.aggregates.map(({ as }) => as)
  checkNames(context.operation, names)
  const inputs = node.aggregates.map(spec => inputOf(spec, context))
  const groups = new AggregateGroups(node.aggregates, node.keys.length === 0, context, partial)
  const spilling = new SpillingGroups(groups, context)
  let checked: string | undefined
  let rows = 0
  let atOnce = false
  return {
    *process(_input, batch) {
      for (let start = 0; start < batch.length; start += spilling.pieceRows) {
        const piece = batch.slice(start, Math.min(start + spilling.pieceRows, batch.length))
        const keys = namedKeys(piece)
        const name = keys.names.join('\n')
        if (name !== checked) {
          checkNames(context.operation, [...keys.names, ...names])
          groups.keyNames = keys.names
          checked = name
        }
        const values = inputs.map(input => input?.(piece))
        if (atOnce) {
          yield* groups.pushEach(keys.columns, values, piece.length)
          continue
        }
        groups.add(keys.columns, values, piece.length)
        rows += piece.length
        // Groups of few records each are better sent on at once than looked up in a large table.
        if (partial && groups.size >= MANY_GROUPS && rows < 2 * groups.size) {
          atOnce = true
          yield* groups.results()
        }
        yield* spilling.settle()
      }
    },
    finish: () => spilling.finish(),
    restart() {
      groups.restart()
      checked = undefined
    },
    close: () => spilling.close(),
  }
}

type Input = (batch: RecordBatch) => Column

function inputOf({ as, op, input }: AggregateSpec, context: OperatorContext): Input | undefined {
  switch (input.kind) {
    case 'field':
      return createFieldReader(input.path, aggregateName(op), context)
    case 'function':
      return createValueFunction(input.fn, context)
    case 'none':
      if (op === 'count') return undefined
      throw new ArgumentError(
        `${context.operation}: ${op} as "${as}" needs a field or a function. Use ${op}('field').`,
      )
  }
}

/** With so many groups it is looked at whether partial aggregates make less of the records. */
const MANY_GROUPS = 262_144

/** The accumulators of all groups. */
class AggregateGroups implements Groups {
  keyNames: readonly string[] = []
  /** Number of columns of each accumulator's state. */
  widths: readonly number[] = []
  readonly #accumulators: readonly Accumulator[]
  readonly #names: readonly string[]
  readonly #single: boolean
  readonly #partial: boolean
  readonly #context: OperatorContext
  #keys: KeyIndex | undefined
  #anyInput = false

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
    this.#accumulators = specs.map(({ as, op, input }) => {
      const of = input.kind === 'field' ? `field "${input.path}"` : `the input of "${as}"`
      return createAccumulator(op, `${aggregateName(op)}: ${of}`)
    })
  }

  get size(): number {
    return this.#keys?.size ?? 0
  }

  get byteLength(): number {
    let bytes = this.#keys?.byteLength ?? 0
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

  drain(): KeyedBatch[] {
    const { size } = this
    const keys = this.#keys?.keys() ?? []
    if (size === 0) return []
    const ofEach = this.#accumulators.map(accumulator => accumulator.state(size))
    const states = ofEach.flat()
    this.widths = ofEach.map(state => state.length)
    this.clear()
    const names = states.map((_, k) => String(k))
    return [{ keys, batch: new RecordBatch('tuple', names, states, size) }]
  }

  *restore({ keys, batch }: KeyedBatch): Steps {
    const ids = this.#ids(keys, batch.length)
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
    const columns = [
      ...(this.#keys?.keys() ?? []),
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
    for (const keyed of this.drain()) {
      const all = partialBatch({ keyNames: this.keyNames, widths: this.widths, keyed })
      for (let start = 0; start < all.length; start += BATCH_SIZE) {
        yield* this.#context.output.push(all.slice(start, Math.min(start + BATCH_SIZE, all.length)))
      }
    }
  }

  #ids(keys: readonly Column[], length: number): Int32Array {
    this.#keys ??= createKeyIndex(keys.length)
    this.#anyInput = true
    const ids = this.#keys.insert(keys, length)
    for (const accumulator of this.#accumulators) accumulator.resize(this.#keys.size)
    return ids
  }

  /** Begins again as if new. */
  restart(): void {
    this.clear()
    this.keyNames = []
    this.#anyInput = false
  }

  clear(): void {
    this.#keys = undefined
    for (const accumulator of this.#accumulators) accumulator.reset()
  }
}
