/** What of a loop's body changes from one superstep to the next; the rest is computed once. */
import { Broadcast } from '../plan/handed.js'
import { inputsOf } from '../plan/inputs.js'
import type { NodeOf, PlanNode } from '../plan/node.js'
import { functionsOf } from './functions-of.js'
import type { RuleContext } from './rule.js'

/** A loop of either kind. */
export type LoopNode = NodeOf<'iterate' | 'iterateDelta'>

/** The plans behind handed-over data sets, as the optimizer left them. */
export type Handed = ReadonlyMap<Broadcast, PlanNode>

/** The results of a body, a criterion last. */
export function resultsOf(node: LoopNode): readonly PlanNode[] {
  const results = node.kind === 'iterate' ? [node.next] : [node.delta, node.next]
  return [...results, ...node.criteria]
}

/** The data sets that are handed over to the functions of `node`. */
export function handlesOf(node: PlanNode): readonly Broadcast[] {
  return functionsOf(node).flatMap(({ fn }) =>
    Object.values(fn.handed).filter(value => value instanceof Broadcast),
  )
}

/**
 * The nodes of the body of `loop` that depend on what the loop computes, or whose functions ask for
 * the superstep or for aggregates.
 */
export function changingNodes(
  loop: LoopNode,
  handed: Handed,
  facts: RuleContext['facts'],
): ReadonlySet<PlanNode> {
  const known = new Map<PlanNode, boolean>()
  const visit = (node: PlanNode): boolean => {
    const before = known.get(node)
    if (before !== undefined) return before
    const own = node.kind === 'loopInput' ? node.loop === loop.loop : readsLoop(node, facts)
    const inputs = [...inputsOf(node), ...handlesOf(node).map(handle => handed.get(handle)!)]
    // All inputs are visited, also when one is enough to tell.
    const changing = inputs.map(visit).includes(true) || own
    known.set(node, changing)
    return changing
  }
  for (const result of [...resultsOf(loop), ...loop.broadcasts]) visit(result)
  return new Set([...known].flatMap(([node, changing]) => (changing ? [node] : [])))
}

/** Members of the context that a loop gives. */
const OF_LOOPS: ReadonlySet<string> = new Set(['superstep', 'aggregate', 'add'])

function readsLoop(node: PlanNode, facts: RuleContext['facts']): boolean {
  return functionsOf(node).some(({ fn, records }) => {
    // Functions of groups are given as many groups as there are inputs.
    const given = records === 'groups' ? (node.kind === 'coGroup' ? 2 : 1) : records
    const { contextReads } = facts(fn, given)
    return contextReads === 'all' || contextReads.some(name => OF_LOOPS.has(name))
  })
}
