import test from 'ava'
import { explain, explainPlan } from '../../../engine/optimizer/explain.js'
import type { OperatorMetrics, RunMetrics } from '../../../engine/optimizer/metrics.js'
import type { OptimizerOptions } from '../../../engine/optimizer/options.js'
import { plan } from '../../../engine/optimizer/plan.js'
import type { PlanNode } from '../../../engine/plan/node.js'
import { planNode } from '../../../engine/plan/node.js'
import * as make from '../../support/plans.js'

const flights = make.knownSource('flights', ['delay', 'distance', 'origin'], 3_000_000)
const airports = make.knownSource('airports', ['iata', 'city'], 3_376)
const facts = new Map([flights, airports].map(({ source, facts }) => [source, facts]))
const planned = (root: PlanNode, options: OptimizerOptions = {}) => plan([root], options, facts)

const busiest = make.sort(
  make.join(
    planNode({
      kind: 'aggregate',
      input: make.filter(flights.node, 'f => f.delay < 600'),
      keys: make.keys('origin'),
      aggregates: [{ as: 'flights', op: 'count', input: { kind: 'none' } }],
    }),
    airports.node,
    ['origin', 'iata'],
    { result: { kind: 'map', fn: make.lambda('(o, a) => ({ ...o, city: a.city })', 'join.with') } },
  ),
  '-flights',
)

test('a plan is a tree with reasons, figures and rules', t => {
  t.snapshot(explain(planned(busiest)))
})

test('after a run the actual figures stand beside the estimates', t => {
  const physical = planned(busiest)
  const operators = new Map<number, OperatorMetrics>(
    physical.nodes.map(({ id }) => [
      id,
      {
        rowsIn: 0,
        rowsOut: 1000 * (id + 1),
        batches: 1,
        milliseconds: 0.5 * 10 ** id,
        spilledBytes: id === 2 ? 3 << 20 : 0,
        code: id === 1 ? ['for (;;) {\n  step()\n}'] : [],
      },
    ]),
  )
  const metrics: RunMetrics = { operators, milliseconds: 1234, peakMemory: 5 << 20, skipped: 2 }
  t.snapshot(explain(physical, { metrics, code: true }))
  const { nodes, run } = explainPlan(physical, { metrics })
  t.is(nodes[0]!.actual!.rowsOut, 1000)
  t.false(nodes.some(node => node.code !== undefined))
  t.deepEqual(run, { milliseconds: 1234, peakMemory: 5 << 20, skipped: 2 })
})

test('what several read is shown once, and functions that are not understood say why', t => {
  const limit = Math.random()
  const shared = planNode({
    kind: 'map',
    input: flights.node,
    fn: make.fn((f: { delay: number }) => ({ late: f.delay > limit })),
  })
  const root = planNode({ kind: 'union', inputs: [shared, make.distinct(shared)] })
  t.snapshot(explain(planned(root)))
})

test('plain data survive being written as text', t => {
  const physical = planned(busiest)
  t.deepEqual(JSON.parse(explain(physical, { format: 'json' })), explainPlan(physical))
})

test('without rules every function is an operator of its own', t => {
  const root = make.filter(make.filter(flights.node, 'f => f.delay > 1'), 'f => f.distance > 1')
  t.is(planned(root, false).nodes.length, 3)
  t.deepEqual(planned(root, false).rulesApplied, [])
  t.is(planned(root).nodes.length, 2)
})

test('joins build on the smaller side, unless told otherwise, and merge what is sorted', t => {
  const join = (left: PlanNode, right: PlanNode, options?: Parameters<typeof make.join>[3]) => {
    const keys = left === airports.node ? ['iata', 'origin'] : ['origin', 'iata']
    const { operation } = planned(make.join(left, right, keys as [string, string], options))
      .roots[0]!
    return operation.kind === 'join' ? `${operation.strategy} ${operation.build}` : operation.kind
  }
  t.is(join(flights.node, airports.node), 'hash right')
  t.is(join(airports.node, flights.node), 'hash left')
  t.is(join(flights.node, airports.node, { hint: 'build-left' }), 'hash left')
  t.is(join(flights.node, airports.node, { hint: 'sort-merge' }), 'sort-merge right')
  const sorted = [make.sort(flights.node, 'origin'), make.sort(airports.node, 'iata')] as const
  t.is(join(...sorted), 'sort-merge right')
})
