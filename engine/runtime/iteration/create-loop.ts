import type { PhysicalOperation } from '../../optimizer/physical.js'
import type { Operator, OperatorContext } from '../operator.js'
import { BulkState } from './bulk.js'
import { DeltaState } from './delta.js'
import { LoopOperator } from './loop-operator.js'
import { SolutionSet } from './solution-set.js'

type Operation<K> = Extract<PhysicalOperation, { readonly kind: K }>

/** The operator of a bulk iteration. */
export function createIterate(operation: Operation<'iterate'>, context: OperatorContext): Operator {
  const { node, body } = operation
  return new LoopOperator(node, body, context, () => new BulkState(operation, context))
}

/** The operator of a delta iteration. */
export function createIterateDelta(
  operation: Operation<'iterateDelta'>,
  context: OperatorContext,
): Operator {
  const { node, body } = operation
  // The body keeps its look-ups in the set when the loop begins again within another one.
  const solution = new SolutionSet()
  return new LoopOperator(node, body, context, () => new DeltaState(operation, solution, context))
}
