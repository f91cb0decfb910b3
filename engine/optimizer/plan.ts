/** From what the user asked for to what will run. */
import { inputsOf } from '../plan/inputs.js'
import type { PlanNode } from '../plan/node.js'
import type { Source, SourceFacts } from '../plan/source.js'
import { readFilledCaches } from './cached-source.js'
import { checkPlan } from './check-fields.js'
import { estimator } from './estimate.js'
import { checkLoops, handedPlans, handlesBelow } from './handed-plans.js'
import { chooseJoin } from './join-strategy.js'
import { lower } from './lower.js'
import { optimize } from './optimize.js'
import { enabled, type OptimizerOptions, type RuleName } from './options.js'
import type { AppliedRule, PhysicalPlan } from './physical.js'
import { ruleContext } from './rule.js'

/**
 * Plans one job: rewrites the logical plan by the rules that are switched on, estimates sizes,
 * chooses strategies, and puts record-wise functions into loops.
 *
 * @param roots What the job is for: sinks, or the nodes whose records are collected.
 * @param facts What the sources know about themselves; a source that is missing is not known.
 * @throws {SchemaError} If the plan asks for a field that is known not to be there.
 * Cost: a few visits of each plan node; does not touch data.
 */
export function plan(
  roots: readonly PlanNode[],
  options: OptimizerOptions,
  facts: ReadonlyMap<Source, SourceFacts>,
): PhysicalPlan {
  const rulesApplied: AppliedRule[] = []
  const handles = handlesBelow(roots)
  const current = readFilledCaches([...roots, ...handles.map(({ node }) => node)])
  const apply = (rule: RuleName) => (what: string) => void rulesApplied.push({ rule, what })
  const base = ruleContext(new Map([...facts, ...current.facts]), () => {})
  checkLoops(roots)
  checkPlan(current.roots, base)
  const rewritten = optimize(current.roots, options, base, apply)
  const handed = handedPlans(
    rewritten,
    handles.map((handle, k) => [handle, rewritten[roots.length + k]!]),
  )
  const estimate = estimator(base, inputsOf)
  const choose = enabled(options, 'join-strategy')
  const physical = lower(rewritten.slice(0, roots.length), {
    chaining: enabled(options, 'chaining'),
    rows: estimate,
    facts: base.facts,
    handed,
    reasons: base.notes,
    chooseJoin: node => chooseJoin(node, estimate, base, choose),
    applied: apply('chaining'),
    feeding: enabled(options, 'fused-aggregate'),
    fed: apply('fused-aggregate'),
  })
  return Object.freeze({ ...physical, rulesApplied })
}
