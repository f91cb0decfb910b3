import test from 'ava'
import { projectionPushDown } from '../../../../engine/optimizer/rules/projection-push-down.js'
import type { PlanNode } from '../../../../engine/plan/node.js'
import { planNode } from '../../../../engine/plan/node.js'
import * as make from '../../../support/plans.js'
import { after, outline } from '../outline.js'

const { map, sort, distinct, project, lambda } = make
const a = make.knownSource('A', ['x', 'y', 'k'])
const facts = new Map([[a.source, a.facts]])
const push = (root: PlanNode) => after(projectionPushDown, root, facts)

test('tells a source what is needed, in the order of the source', t => {
  t.is(push(project(a.node, 'k', 'x')), 'project k, x < A (x, k)')
  const root = make.filter(a.node, 'r => r.x > 0')
  t.is(push(root), outline(root))
})

test('a source of records that are only counted reads one field', t => {
  const aggregates = [{ as: 'n', op: 'count', input: { kind: 'none' } }] as const
  t.is(
    push(planNode({ kind: 'aggregate', input: a.node, keys: [], aggregates })),
    'aggregate: count as n < A (x)',
  )
})

test('drops columns and results of pure functions that nobody reads', t => {
  const columns = [
    { as: 'p', fn: lambda('r => r.x * 2') },
    { as: 'q', fn: lambda('r => r.y * 2') },
  ]
  const derived = planNode({ kind: 'derive', input: a.node, columns })
  t.is(push(project(derived, 'p')), 'project p < derive p = r => r.x * 2 < A (x)')
  const mapped = map(a.node, 'r => ({ p: r.x, q: r.y + 1 })')
  t.is(push(project(mapped, 'p')), 'project p < project x as p < A (x)')
})

test('what is sorted is narrowed first', t => {
  t.is(
    push(project(sort(make.filter(a.node, 'r => r.k > 0'), 'y'), 'x')),
    'project x < sort by y < project x, y < filter r => r.k > 0 < A',
  )
})

test('records that are used whole stay whole', t => {
  for (const root of [
    project(distinct(a.node), 'x'),
    project(map(a.node, 'r => ({ x: JSON.stringify(r) })'), 'x'),
    project(planNode({ kind: 'cache', input: a.node, store: { batches: undefined } }), 'x'),
  ]) {
    t.regex(push(root), / < A$/)
  }
})

test('an unknown field leaves the source alone, so that the error can list the known ones', t => {
  t.is(push(project(a.node, 'xx')), 'project xx < A')
})
