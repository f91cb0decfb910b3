/** Plans as one line, for comparing what rules make of them. */
import { labelOf } from '../../../engine/optimizer/label.js'
import { type Rule, ruleContext } from '../../../engine/optimizer/rule.js'
import { inputsOf } from '../../../engine/plan/inputs.js'
import type { PlanNode } from '../../../engine/plan/node.js'
import type { Source, SourceFacts } from '../../../engine/plan/source.js'

/** `sort by a < filter a > 1 < flights`; several inputs in brackets. */
export function outline(node: PlanNode): string {
  const inputs = inputsOf(node).map(outline)
  if (inputs.length === 0) return labelOf(node)
  return `${labelOf(node)} < ${inputs.length === 1 ? inputs[0] : `[${inputs.join(' | ')}]`}`
}

/** What a rule makes of a plan. */
export function after(
  rule: Rule,
  root: PlanNode,
  facts: ReadonlyMap<Source, SourceFacts> = new Map(),
): string {
  return outline(
    rule(
      [root],
      ruleContext(facts, () => {}),
    )[0]!,
  )
}
