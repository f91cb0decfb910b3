/**
 * Sorts that make no difference go: the order is there already, another sort above undoes it, or
 * all records end in one aggregate that does not depend on their order.
 *
 * Sums, means and variances of numbers do depend on it, in their last digits; first and last do.
 */
import type { AggregateOp } from '../../plan/aggregate.js'
import { withInputs } from '../../plan/inputs.js'
import type { NodeOf, PlanNode } from '../../plan/node.js'
import { orderText } from '../label.js'
import { isPrefix, propertiesOf } from '../properties.js'
import { isRepeatable, type Rule, type RuleContext, rewritePlan } from '../rule.js'
import { sameKey } from '../same.js'

/** Drops a sort whose order is there already, or that nobody sees. */
export const redundantSort: Rule = (roots, context) =>
  rewritePlan(roots, context, node => {
    if (node.kind === 'aggregate') return withoutSortBelow(node, context)
    if (node.kind !== 'sort') return node
    if (isSorted(node, context)) {
      context.applied(`sort by ${orderText(node.order)}: the order is there already`)
      return node.input
    }
    const { input } = node
    if (input.kind !== 'sort' || !undoes(node, input) || !isRepeatable(input, context)) return node
    context.applied(`sort by ${orderText(input.order)}: sorted anew at once`)
    const sorted = withInputs(node, [input.input])
    context.keepNotes(node, sorted)
    return sorted
  })

function isSorted(sort: NodeOf<'sort'>, context: RuleContext): boolean {
  const { order, scope } = propertiesOf(sort.input, context)
  return (
    sort.limit === undefined &&
    isRepeatable(sort, context) &&
    (scope === 'global' || sort.scope === 'partition') &&
    isPrefix(sort.order, order)
  )
}

/** Whether a sort right above another leaves nothing of its order: ties are ties for both. */
function undoes(above: NodeOf<'sort'>, below: NodeOf<'sort'>): boolean {
  return (
    below.limit === undefined &&
    above.scope === below.scope &&
    below.order.every(({ key }) => above.order.some(other => sameKey(other.key, key)))
  )
}

const ORDERLESS: { readonly [O in AggregateOp]: boolean } = {
  sum: false,
  min: true,
  max: true,
  mean: false,
  count: true,
  countDistinct: true,
  variance: false,
  deviation: false,
  share: true,
  first: false,
  last: false,
}

function withoutSortBelow(node: NodeOf<'aggregate'>, context: RuleContext): PlanNode {
  const { input } = node
  const orderless = node.keys.length === 0 && node.aggregates.every(({ op }) => ORDERLESS[op])
  if (!orderless || input.kind !== 'sort' || input.limit !== undefined) return node
  if (!isRepeatable(input, context) || !isRepeatable(node, context)) return node
  context.applied(`sort by ${orderText(input.order)}: the aggregates do not depend on order`)
  const aggregate = withInputs(node, [input.input])
  context.keepNotes(node, aggregate)
  return aggregate
}
