/** The operator of `aggregate`: one record per group, or one for all records without keys. */
import { ArgumentError } from '../../errors.js'
import type { PhysicalOperation } from '../../optimizer/physical.js'
import { type AggregateSpec, aggregateName } from '../../plan/aggregate.js'
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
import { SpillingGroups } from './spilling-groups.js'

type AggregateOperation = Extract<PhysicalOperation, { readonly kind: 'aggregate' }>

/**
 * Makes the operator of an aggregate node; `accumulator.ts` says what the aggregates mean.
 *
 * Gives groups in the order of their first record, as long as nothing is spilled. Without keys it
 * gives exactly one record, also for no input; with keys and no input it gives nothing.
 *
 * @throws {SchemaError} If two fields of the result would have one name.
 */
export function createAggregate(
  { node, fed = false }: AggregateOperation,
  context: OperatorContext,
): Operator {
  const namedKeys = createNamedKeys(node.keys, context)
  const names = node.aggregates.map(({ as }) => as)
  checkNames(context.operation, names)
  const inputs = node.aggregates.map(spec => inputOf(spec, context))
  const groups = new AggregateGroups(node.aggregates, node.keys.length === 0, context)
  const spilling = new SpillingGroups(groups, context)
  let checked: string | undefined
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
        groups.add(
          keys.columns,
          inputs.map(input => input?.(piece)),
          piece.length,
        )
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
