/** The operator of `aggregate`: one record per group, or one for all records without keys. */
import { ArgumentError } from '../../errors.js'
import type { PhysicalOperation } from '../../optimizer/physical.js'
import { type AggregateSpec, aggregateName } from '../../plan/aggregate.js'
import type { NodeOf } from '../../plan/node.js'
import type { RecordBatch } from '../../types/batch.js'
import type { Column } from '../../types/column.js'
import {
  checkNames,
  createFieldReader,
  createNamedKeys,
  createValueFunction,
} from '../keys/keys.js'
import type { Operator, OperatorContext } from '../operator.js'
import { AggregateGroups } from './aggregate-groups.js'
import { createGroupIntake } from './group-intake.js'
import { groupsOf } from './partial-groups.js'
import { SpillingGroups } from './spilling-groups.js'

/** With so many groups it is looked at whether partial aggregates make less of the records. */
const MANY_GROUPS = 262_144

/** An aggregate as the physical plan describes it. */
type Operation = Omit<Extract<PhysicalOperation, { readonly kind: 'aggregate' }>, 'kind'>

/**
 * Makes the operator of an aggregate node; `accumulator.ts` says what the aggregates mean.
 *
 * Gives groups in the order of their first record, as long as nothing is spilled. Without keys it
 * gives exactly one record, also for no input; with keys and no input it gives nothing.
 *
 * @throws {SchemaError} If two fields of the result would have one name.
 */
export function createAggregate(operation: Operation, context: OperatorContext): Operator {
  return aggregate(operation, context, false)
}

/** Like `createAggregate`, but gives the states of the groups, for `createFinalAggregate`. */
export function createPartialAggregate(operation: Operation, context: OperatorContext): Operator {
  return aggregate(operation, context, true)
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

function aggregate({ node, fed }: Operation, context: OperatorContext, partial: boolean): Operator {
  const namedKeys = createNamedKeys(node.keys, context)
  const names = node.aggregates.map(({ as }) => as)
  checkNames(context.operation, names)
  const inputs = node.aggregates.map(spec => inputOf(spec, context))
  const groups = new AggregateGroups(node.aggregates, node.keys.length === 0, context, partial)
  const spilling = new SpillingGroups(groups, context)
  let checked: string | undefined
  let rows = 0
  let atOnce = false
  const name = (keys: readonly string[]) => {
    const all = keys.join('\n')
    if (all === checked) return
    checkNames(context.operation, [...keys, ...names])
    groups.keyNames = keys
    checked = all
  }
  const intake = fed ? createGroupIntake(node, groups, spilling, name, context) : undefined
  return {
    ...(intake && { groups: intake }),
    *process(_input, batch) {
      for (let start = 0; start < batch.length; start += spilling.pieceRows) {
        const piece = batch.slice(start, Math.min(start + spilling.pieceRows, batch.length))
        const keys = namedKeys(piece)
        name(keys.names)
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
      rows = 0
      atOnce = false
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
