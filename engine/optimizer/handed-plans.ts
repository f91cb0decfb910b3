/** The data sets that are handed over to functions: part of the plan like all others. */
import { PlanError } from '../errors.js'
import type { Broadcast } from '../plan/handed.js'
import { inputsOf, nodesOf } from '../plan/inputs.js'
import type { Loop } from '../plan/loop.js'
import type { PlanNode } from '../plan/node.js'
import { type Handed, handlesOf } from './changing.js'

/**
 * What is handed over to functions at or above `roots`, and to functions above that. What the bodies
 * of loops hand over is listed by the loops themselves and is left out.
 */
export function handlesBelow(roots: readonly PlanNode[]): readonly Broadcast[] {
  const found = new Set<Broadcast>()
  const visited = new Set<PlanNode>()
  const visit = (start: readonly PlanNode[]): void => {
    for (const node of nodesOf(start)) {
      if (visited.has(node)) continue
      visited.add(node)
      for (const handle of handlesOf(node)) {
        if (found.has(handle)) continue
        found.add(handle)
        visit([handle.node])
      }
    }
  }
  visit(roots)
  const inLoops = new Set(
    nodesOf([...roots, ...[...found].map(({ node }) => node)]).flatMap(node =>
      'handles' in node ? node.handles : [],
    ),
  )
  return [...found].filter(handle => !inLoops.has(handle))
}

/** The rewritten plans of all data sets that are handed over. */
export function handedPlans(
  roots: readonly PlanNode[],
  known: readonly (readonly [Broadcast, PlanNode])[],
): Handed {
  const plans = new Map(known)
  for (const node of nodesOf(roots)) {
    if (!('handles' in node)) continue
    for (const [k, handle] of node.handles.entries()) plans.set(handle, node.broadcasts[k]!)
  }
  return plans
}

/**
 * @throws {PlanError} If a job asks for something of a loop's body outside of the loop.
 */
export function checkLoops(roots: readonly PlanNode[]): void {
  for (const root of roots) {
    const [loop] = freeLoops(root)
    if (loop === undefined) continue
    throw new PlanError(
      `${loop.name}: the records of a loop are known only while it runs. Return the data set from the body, and run the result of the loop.`,
    )
  }
}

/** The loops whose records `node` reads from without being part of what these loops compute. */
export function freeLoops(node: PlanNode): ReadonlySet<Loop> {
  const known = new Map<PlanNode, ReadonlySet<Loop>>()
  const visit = (node: PlanNode): ReadonlySet<Loop> => {
    let free = known.get(node)
    if (free === undefined) {
      const inputs = [...inputsOf(node), ...handlesOf(node).map(handle => handle.node)]
      const all = new Set(inputs.flatMap(input => [...visit(input)]))
      if (node.kind === 'loopInput') all.add(node.loop)
      if (node.kind === 'iterate' || node.kind === 'iterateDelta') all.delete(node.loop)
      free = all
      known.set(node, free)
    }
    return free
  }
  return visit(node)
}
