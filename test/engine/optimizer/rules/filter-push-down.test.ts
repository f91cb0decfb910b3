import test from 'ava'
import { filterPushDown } from '../../../../engine/optimizer/rules/filter-push-down.js'
import type { JoinType, PlanNode } from '../../../../engine/plan/node.js'
import { planNode } from '../../../../engine/plan/node.js'
import * as make from '../../../support/plans.js'
import { after, outline } from '../outline.js'

const { filter, map, sort, distinct, project, join, lambda } = make
const a = make.knownSource('A', ['x', 'y', 'k'])
const b = make.knownSource('B', ['id', 'z'])
const facts = new Map([a, b].map(({ source, facts }) => [source, facts]))
const push = (root: PlanNode) => after(filterPushDown, root, facts)
const POSITIVE = 'r => r.x > 0'

test('goes below a sort, and a union on every side', t => {
  t.is(push(filter(sort(a.node, 'y'), POSITIVE)), `sort by y < filter ${POSITIVE} < A`)
  const union = planNode({ kind: 'union', inputs: [a.node, sort(a.node, 'x')] })
  t.is(
    push(filter(union, POSITIVE)),
    `union of 2 < [filter ${POSITIVE} < A | sort by x < filter ${POSITIVE} < A]`,
  )
})

test('follows a field to its old name', t => {
  t.is(
    push(filter(sort(project(a.node, 'k:x'), 'x'), POSITIVE)),
    'sort by x < project k as x < filter k > 0 < A',
  )
})

test('passes a map that copies what it reads, and recomputes only to pass more', t => {
  const mapped = map(a.node, 'r => ({ ...r, m: r.y * 2 })')
  t.is(push(filter(mapped, POSITIVE)), `map r => ({ ...r, m: r.y * 2 }) < filter ${POSITIVE} < A`)
  const computed = filter(mapped, 'r => r.m > 0')
  t.is(push(computed), outline(computed))
  const sorted = filter(map(sort(a.node, 'y'), 'r => ({ m: r.y * 2 })'), 'r => r.m > 0')
  t.regex(push(sorted), /^map .* < sort by y < .*filter/)
})

test('each part of a condition goes as deep as it can', t => {
  const joined = join(a.node, b.node, ['k', 'id'], {
    result: { kind: 'map', fn: lambda('(l, r) => ({ x: l.x, z: r.z })') },
  })
  const text = push(filter(joined, 'r => r.x > 1 && r.z < 2 && r.x !== r.z'))
  t.regex(text, /^filter x !== z < inner join .* < \[filter x > 1 < A \| filter z < 2 < B\]$/)
})

const SIDES: readonly (readonly [JoinType, string, boolean])[] = [
  ['inner', 'x', true],
  ['inner', 'z', true],
  ['left', 'x', true],
  ['left', 'z', false],
  ['right', 'x', false],
  ['right', 'z', true],
  ['full', 'x', false],
  ['full', 'z', false],
]
for (const [type, field, moves] of SIDES) {
  test(`${moves ? 'passes' : 'stays above'} a ${type} join with a condition on ${field}`, t => {
    const root = filter(
      join(a.node, b.node, ['k', 'id'], { type, result: { kind: 'merge' } }),
      `r => r.${field} > 0`,
    )
    t.is(push(root).startsWith('filter'), !moves)
  })
}

test('passes distinct and groups when it reads keys only, and cannot tell equal keys apart', t => {
  t.is(push(filter(distinct(a.node, 'x'), POSITIVE)), `distinct by x < filter ${POSITIVE} < A`)
  for (const stays of [
    filter(distinct(a.node, 'y'), POSITIVE),
    filter(distinct(a.node, 'x'), 'r => 1 / r.x > 0'),
    filter(make.first(a.node, 3), POSITIVE),
  ]) {
    t.is(push(stays), outline(stays))
  }
})

test('stays where it is when it may throw, has effects, or would pass a function that has', t => {
  let seen = 0
  const counting = make.fn((r: { x: number }) => {
    seen++
    return r
  })
  for (const stays of [
    filter(sort(a.node, 'y'), 'r => r.x.length > 0'),
    filter(planNode({ kind: 'map', input: a.node, fn: counting }), POSITIVE),
    filter(planNode({ kind: 'cache', input: a.node, store: { batches: undefined } }), POSITIVE),
  ]) {
    t.is(push(stays), outline(stays))
  }
  t.is(seen, 0)
})

test('a guard stays before the filter that needs it', t => {
  const guarded = filter(filter(sort(a.node, 'y'), 'r => r.x !== null'), 'r => r.x.length > 0')
  t.is(push(guarded), 'filter r => r.x.length > 0 < sort by y < filter r => r.x !== null < A')
})

test('does not pass what others read as well', t => {
  const shared = sort(a.node, 'y')
  const root = planNode({ kind: 'union', inputs: [shared, filter(shared, POSITIVE)] })
  t.is(push(root), outline(root))
})

test('a part of a join condition that reads one side filters that side, where that is the same', t => {
  const condition = lambda('(l, r) => l.x > 1 && r.z > 2 && l.y > r.z', 'join.filter')
  const text = (type: JoinType) => push(join(a.node, b.node, ['k', 'id'], { type, condition }))
  t.regex(text('inner'), /< \[filter x > 1 < A \| filter z > 2 < B\]$/)
  t.regex(text('left'), /< \[A \| filter z > 2 < B\]$/)
  t.regex(text('right'), /< \[filter x > 1 < A \| B\]$/)
  t.regex(text('full'), /< \[A \| B\]$/)
  t.regex(text('anti'), /< \[A \| filter z > 2 < B\]$/)
})
