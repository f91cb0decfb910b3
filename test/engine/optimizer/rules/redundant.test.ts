import test from 'ava'
import type { Rule } from '../../../../engine/optimizer/rule.js'
import { ruleContext } from '../../../../engine/optimizer/rule.js'
import { constantFolding } from '../../../../engine/optimizer/rules/constant-folding.js'
import { firstPushDown } from '../../../../engine/optimizer/rules/first-push-down.js'
import { redundantDistinct } from '../../../../engine/optimizer/rules/redundant-distinct.js'
import { redundantPartition } from '../../../../engine/optimizer/rules/redundant-partition.js'
import { redundantSort } from '../../../../engine/optimizer/rules/redundant-sort.js'
import { sharedSubplans } from '../../../../engine/optimizer/rules/shared-subplans.js'
import { topN } from '../../../../engine/optimizer/rules/top-n.js'
import type { AggregateOp } from '../../../../engine/plan/aggregate.js'
import { inputsOf } from '../../../../engine/plan/inputs.js'
import type { PlanNode } from '../../../../engine/plan/node.js'
import { planNode } from '../../../../engine/plan/node.js'
import * as make from '../../../support/plans.js'
import { after, outline } from '../outline.js'

const { distinct, filter, first, map, project, sort } = make
const a = make.knownSource('A', ['x', 'y', 'k'])
const facts = new Map([[a.source, a.facts]])

/** Claims: a plan, and what the rule makes of it; the same plan where it must not do anything. */
function claims(name: string, rule: Rule, cases: readonly (readonly [PlanNode, string?])[]): void {
  test(name, t => {
    for (const [root, expected] of cases) t.is(after(rule, root, facts), expected ?? outline(root))
  })
}

const aggregate = (input: PlanNode, op: AggregateOp, ...by: string[]) =>
  planNode({
    kind: 'aggregate',
    input,
    keys: make.keys(...by),
    aggregates: [{ as: 'v', op, input: { kind: 'field', path: 'x' } }],
  })

claims('a sort goes where the order is there already', redundantSort, [
  [
    sort(filter(sort(a.node, 'x', 'y'), 'r => r.k > 0'), 'x'),
    'filter r => r.k > 0 < sort by x, y < A',
  ],
  [sort(project(sort(a.node, 'x'), 'x:z'), 'z'), 'project x as z < sort by x < A'],
  [sort(map(sort(a.node, 'x'), 'r => ({ ...r, x: r.y })'), 'x')],
  [sort(sort(a.node, 'x', 'y'), 'y')],
  [sort(distinct(sort(a.node, '-x'), 'k'), 'x')],
])

claims('a sort goes when the next one leaves nothing of it', redundantSort, [
  [sort(sort(a.node, 'x'), '-x', 'y'), 'sort by x descending, y < A'],
  [sort(sort(a.node, 'x'), 'y')],
])

claims('a sort goes below aggregates that do not depend on order', redundantSort, [
  [aggregate(sort(a.node, 'x'), 'max'), 'aggregate: max(x) as v < A'],
  [aggregate(sort(a.node, 'x'), 'sum')],
  [aggregate(sort(a.node, 'x'), 'last')],
  [aggregate(sort(a.node, 'x'), 'max', 'k')],
])

claims('distinct goes where records are distinct already', redundantDistinct, [
  [distinct(aggregate(a.node, 'sum', 'k')), 'groupBy k: sum(x) as v < A'],
  [
    distinct(filter(distinct(a.node, 'x'), 'r => r.y > 0'), 'x', 'y'),
    'filter r => r.y > 0 < distinct by x < A',
  ],
  [distinct(distinct(a.node), 'x')],
  [distinct(distinct(a.node, 'x'), 'y')],
  [distinct(project(distinct(a.node, 'x'), 'y'))],
])

const spread = (input: PlanNode, ...by: string[]) =>
  planNode({
    kind: 'partition',
    input,
    by: { kind: 'hash', keys: make.keys(...by) },
    partitions: 4,
  })

claims('records that lie as wanted are not spread again', redundantPartition, [
  [
    spread(filter(spread(a.node, 'k'), 'r => r.x > 0'), 'k'),
    'filter r => r.x > 0 < partition by hash of k into 4 < A',
  ],
  [spread(spread(a.node, 'k'), 'x')],
  [spread(sort(spread(a.node, 'k'), 'x'), 'k')],
])

claims('first(n) passes functions that give one record for one', firstPushDown, [
  [
    first(map(project(a.node, 'x'), 'r => ({ y: r.x })'), 3),
    'map r => ({ y: r.x }) < project x < first 3 < A',
  ],
  [first(first(a.node, 5), 3), 'first 3 < A'],
  [first(filter(a.node, 'r => r.x > 0'), 3)],
  [first(map(a.node, 'r => ({ y: r.x })'), 3, 'y')],
])

claims('a sort below first(n) keeps n records', topN, [
  [first(sort(a.node, '-x'), 3), 'first 3 < sort by x descending, first 3 only < A'],
  [first(sort(a.node, 'x'), 3, 'k')],
])

claims('conditions without fields are decided', constantFolding, [
  [filter(a.node, 'r => true'), 'A'],
  [filter(a.node, 'r => false'), 'first 0 < A'],
  [filter(a.node, 'r => r.x > 1 && true'), 'filter x > 1 < A'],
  [filter(a.node, 'r => r.x > 1')],
])

test('equal parts with the very same functions become one', t => {
  const fn = make.lambda('r => r.x > 0', 'filter')
  const part = () => planNode({ kind: 'filter', input: planNode({ ...a.node }), fn })
  const root = planNode({ kind: 'union', inputs: [part(), part()] })
  const [rewritten] = sharedSubplans(
    [root],
    ruleContext(facts, () => {}),
  )
  const [one, two] = inputsOf(rewritten!)
  t.is(one, two)
})

test('parts whose functions have effects stay two', t => {
  let seen = 0
  const fn = make.fn(() => seen++, 'map')
  const part = () => planNode({ kind: 'map', input: a.node, fn })
  const root = planNode({ kind: 'union', inputs: [part(), part()] })
  const [one, two] = inputsOf(
    sharedSubplans(
      [root],
      ruleContext(facts, () => {}),
    )[0]!,
  )
  t.not(one, two)
  t.is(seen, 0)
})
