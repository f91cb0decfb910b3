/**
 * `first(n)` goes below functions that give exactly one record for one record, so that they run for
 * `n` records only, and so that it may meet a sort. Two in a row become one.
 */
import { withInputs } from '../../plan/inputs.js'
import type { NodeOf, PlanNode } from '../../plan/node.js'
import { planNode } from '../../plan/node.js'
import { functionsOf } from '../functions-of.js'
import { isRepeatable, type Rule, type RuleContext, rewritePlan, type Visit } from '../rule.js'

/** Moves `first(n)` below what gives one record for one. */
export const firstPushDown: Rule = (roots, context) =>
  rewritePlan(roots, context, (node, visit) =>
    node.kind === 'first' && node.keys.length === 0 ? push(node, visit, context) : node,
  )

function push(first: NodeOf<'first'>, visit: Visit, context: RuleContext): PlanNode {
  const { input } = first
  if (visit.shared(input)) return first
  if (input.kind === 'first' && input.keys.length === 0) {
    context.applied('two first(n) become one')
    const count = Math.min(first.count, input.count)
    return planNode({ ...first, input: input.input, count })
  }
  const oneForOne = input.kind === 'map' || input.kind === 'derive' || input.kind === 'project'
  if (!oneForOne || !isRepeatable(input, context) || asksUnknown(input, context)) return first
  context.applied(`first ${first.count} goes below ${input.kind}`)
  const below = push(planNode({ ...first, input: input.input }), visit, context)
  const pushed = withInputs(input, [below])
  context.keepNotes(input, pushed)
  return pushed
}

/** Whether a node asks for fields by name that only further records may have. */
function asksUnknown(node: NodeOf<'map' | 'derive' | 'project'>, context: RuleContext): boolean {
  if (context.fields(node.input).names !== undefined) return false
  return node.kind === 'project' || functionsOf(node).some(({ fn }) => fn.formula !== undefined)
}
