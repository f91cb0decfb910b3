/** From what the user asked for to what will run. */
import type { PlanNode } from '../plan/node.js'
import type { Source, SourceFacts } from '../plan/source.js'
import { readFilledCaches } from './cached-source.js'
import { type LowerContext, lower } from './lower.js'
import { enabled, type OptimizerOptions } from './options.js'
import type { AppliedRule, PhysicalPlan } from './physical.js'

/**
 * Plans one job: rewrites the logical plan by the rules that are switched on, estimates sizes,
 * chooses strategies, and puts record-wise functions into loops.
 *
 * @param roots What the job is for: sinks, or the nodes whose records are collected.
 * @param facts What the sources know about themselves; a source that is missing is not known.
 * Cost: a few visits of each plan node; does not touch data.
 */
export function plan(
  roots: readonly PlanNode[],
  options: OptimizerOptions,
  facts: ReadonlyMap<Source, SourceFacts>,
): PhysicalPlan {
  const rulesApplied: AppliedRule[] = []
  const { roots: current, facts: cached } = readFilledCaches(roots)
  const known = new Map([...facts, ...cached])
  const context: LowerContext = {
    chaining: enabled(options, 'chaining'),
    rows: node => (node.kind === 'source' ? known.get(node.source)?.rows : undefined),
    reasons: () => [],
    chooseJoin: node => {
      const build = { inner: 'right', left: 'right', right: 'left', full: 'right' } as const
      if (node.hint === 'sort-merge') {
        return { strategy: 'sort-merge', build: 'right', reason: 'sort-merge, as asked' }
      }
      if (node.hint !== 'auto') {
        const side = node.hint === 'build-left' ? 'left' : 'right'
        return { strategy: 'hash', build: side, reason: `builds on the ${side}, as asked` }
      }
      const side = node.type === 'semi' || node.type === 'anti' ? 'right' : build[node.type]
      return { strategy: 'hash', build: side, reason: `builds on the ${side}` }
    },
    applied: rule => rulesApplied.push(rule),
  }
  const { roots: physicalRoots, nodes } = lower(current, context)
  return Object.freeze({ roots: physicalRoots, nodes, rulesApplied })
}
