/** A sort below `first(n)` keeps the n records that are wanted, not all of them. */
import { withInputs } from '../../plan/inputs.js'
import { planNode } from '../../plan/node.js'
import { type Rule, rewritePlan } from '../rule.js'

/** Tells a sort below `first(n)` how many records are wanted. */
/** `first(n)` of a sorted whole: the sort learns its limit. */
export const topN: Rule = (roots, context) =>
  rewritePlan(roots, context, (node, { shared }) => {
    if (node.kind !== 'first' || node.keys.length > 0) return node
    const { input, count } = node
    if (input.kind !== 'sort' || input.scope !== 'global' || shared(input)) return node
    context.applied(`sort keeps ${count} records only`)
    const limit = Math.min(count, input.limit ?? count)
    const sort = planNode({ ...input, limit })
    context.keepNotes(input, sort)
    return withInputs(node, [sort])
  })
