import type { NodeOf } from '../../plan/node.js'
import type { Operator, OperatorContext } from '../operator.js'
import { createOrderedFirst } from './ordered-first.js'

/**
 * Makes the operator of `minBy` and `maxBy`: the first record in the order of `by`, of each group
 * or of all. Ties go to the record that came first; NaN and missing values lose against all others.
 */
export function createPick(node: NodeOf<'pick'>, context: OperatorContext): Operator {
  const order = node.by.map(key => ({ key, direction: node.direction }))
  return createOrderedFirst({ keys: node.keys, order, count: 1 }, context)
}
