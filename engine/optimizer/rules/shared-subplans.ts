/**
 * Equal parts of a plan become one, which runs once: the same operations with the very same
 * functions over the same sources.
 *
 * Functions that have effects, or that may give something else for the same record, are left alone.
 */
import { inputsOf } from '../../plan/inputs.js'
import type { PlanKind, PlanNode } from '../../plan/node.js'
import { isRepeatable, type Rule, rewritePlan } from '../rule.js'
import { Sameness } from '../same.js'

/** Kinds of which two are two, even when they look the same. */
const DISTINCT: ReadonlySet<PlanKind> = new Set<PlanKind>(['sink', 'cache'])

/** Runs what occurs twice in a job once. */
export const sharedSubplans: Rule = (roots, context) => {
  const sameness = new Sameness()
  const known = new Map<string, PlanNode>()
  return rewritePlan(roots, context, node => {
    if (DISTINCT.has(node.kind) || !isRepeatable(node, context)) return node
    const inputs = inputsOf(node).map(input => sameness.identity(input))
    const text = `${inputs.join()} ${sameness.of(withoutInputs(node))}`
    const twin = known.get(text)
    if (twin === undefined) {
      known.set(text, node)
      return node
    }
    if (twin !== node) context.applied(`${node.kind} runs once for several readers`)
    return twin
  })
}

/** What a node says beside its inputs and its name. */
function withoutInputs(node: PlanNode): object {
  const inputs = new Set<unknown>(inputsOf(node))
  const isInput = (value: unknown) =>
    inputs.has(value) ||
    (Array.isArray(value) && value.length > 0 && value.every(v => inputs.has(v)))
  return Object.fromEntries(
    Object.entries(node).filter(([name, value]) => name !== 'name' && !isInput(value)),
  )
}
