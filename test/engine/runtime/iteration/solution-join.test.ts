/** Joins and co-groups with a solution set give what ordinary ones give on the same records. */
import test from 'ava'
import { PlanError, SchemaError } from '../../../../engine/errors.js'
import type { JoinType } from '../../../../engine/plan/node.js'
import { createSolutionCoGroup } from '../../../../engine/runtime/iteration/solution-co-group.js'
import { createSolutionJoin } from '../../../../engine/runtime/iteration/solution-join.js'
import { SolutionSet } from '../../../../engine/runtime/iteration/solution-set.js'
import { createCoGroup } from '../../../../engine/runtime/join/co-group.js'
import { createJoin } from '../../../../engine/runtime/join/join.js'
import type { JoinOperation } from '../../../../engine/runtime/join/join-output.js'
import { takeSteps } from '../../../../engine/runtime/steps.js'
import { type Random, randomFrom } from '../../../support/random.js'
import { batchesOf, runOperator, runSupersteps } from '../../../support/run-operator.js'
import { field, fn, input, order } from '../group/grouping.js'

type Row = Record<string, unknown>
type Side = 'left' | 'right'

/** The types of join that can be done with the solution set on each side. */
const POSSIBLE: Readonly<Record<Side, readonly JoinType[]>> = {
  left: ['inner', 'right'],
  right: ['inner', 'left', 'semi', 'anti'],
}

function joinOf(type: JoinType, build: Side, keys: readonly string[], conditional = false) {
  const paths = keys.map(field)
  const sides = { left: input, right: input, leftKeys: paths, rightKeys: paths }
  const condition = fn((l: { v: number }, r: { v: number }) => l.v < r.v)
  const node = { kind: 'join', ...sides, type, result: { kind: 'pair' }, hint: 'auto' }
  const tail = [{ kind: 'map', fn: fn((pair: unknown) => ({ pair })) }]
  return {
    kind: 'join',
    node: conditional ? { ...node, condition } : node,
    strategy: 'hash',
    build,
    tail,
  } as unknown as JoinOperation
}

/** Records with at most one per key. */
function solutionRows(random: Random): Row[] {
  const keys = random.shuffle([...new Array(40).keys()]).slice(0, 25)
  const rows: Row[] = keys.map(k => ({ k, l: `${k % 3}`, v: random.int(100) }))
  rows.push({ k: null, l: '0', v: 1 }, { k: Number.NaN, l: '1', v: 2 })
  return random.shuffle(rows)
}

function probeRows(random: Random, count: number): Row[] {
  return random.array(count, () => {
    const k = random.pick([null, Number.NaN, random.int(45), random.int(45), random.int(45)])
    return { k, l: `${random.int(3)}`, v: random.int(100) }
  })
}

async function solutionOf(rows: readonly Row[], keys: readonly string[]): Promise<SolutionSet> {
  const set = new SolutionSet()
  const pieces = batchesOf(rows, 10).map(batch => ({
    keys: keys.map(key => batch.find(key)!),
    batch,
  }))
  await takeSteps(set.build(pieces, 'error'))
  return set
}

const sidesOf = <T>(solution: Side, own: T, other: T) =>
  solution === 'left' ? [own, other] : [other, own]

for (const side of ['left', 'right'] as const) {
  for (const type of POSSIBLE[side]) {
    for (const conditional of [false, true]) {
      const condition = conditional ? ' with a condition' : ''
      test(`${type} join${condition} with a solution set on the ${side} is like any other`, async t => {
        for (let seed = 0; seed < 10; seed++) {
          const random = randomFrom(seed)
          const keys = seed % 2 === 0 ? ['k'] : ['l', 'k']
          const rows = solutionRows(random)
          const probe = batchesOf(probeRows(random, 150), 40)
          const operation = joinOf(type, side, keys, conditional)
          const set = await solutionOf(rows, keys)
          for (const codegen of [true, false]) {
            const found = await runOperator(
              context => createSolutionJoin(operation, set, context),
              sidesOf(side, [], probe),
              { codegen },
            )
            const expected = await runOperator(
              context => createJoin(operation, context),
              sidesOf(side, batchesOf(rows, 10), probe),
              { codegen },
            )
            t.deepEqual(found.records, expected.records)
          }
        }
      })
    }
  }
}

test('sees what updates have changed, replaced and widened in the next superstep', async t => {
  const set = await solutionOf([{ k: 1, v: 1 }], ['k'])
  const operation = joinOf('left', 'right', ['k'])
  const update = (rows: Row[]) => {
    const [batch] = batchesOf(rows)
    set.update({ keys: [batch!.find('k')!], batch: batch! })
  }
  const probe = batchesOf([{ k: 1 }, { k: 2 }])
  let superstep = 0
  const supersteps = [0, 1, 2].map(() => [probe, []])
  const all = await runSupersteps(context => {
    const join = createSolutionJoin(operation, set, context)
    return {
      ...join,
      restart() {
        update([[{ k: 2, v: 2 }], [{ k: 1, v: 0.5, more: 'x' }]][superstep++]!)
        join.restart!()
      },
    }
  }, supersteps)
  const solutions = all.map(({ records }) =>
    records.map(record => (record as { pair: [Row, Row | null] }).pair[1]),
  )
  t.deepEqual(solutions, [
    [{ k: 1, v: 1 }, null],
    [
      { k: 1, v: 1 },
      { k: 2, v: 2 },
    ],
    [
      { k: 1, v: 0.5, more: 'x' },
      { k: 2, v: 2, more: null },
    ],
  ])
})

test('an empty solution set matches nothing', async t => {
  const operation = joinOf('left', 'right', ['k'])
  const set = new SolutionSet()
  const create = (context: never) => createSolutionJoin(operation, set, context)
  const { records } = await runOperator(create as never, [batchesOf([{ k: 1 }]), []])
  t.deepEqual(records, [{ pair: [{ k: 1 }, null] }])
})

test('refuses to keep records of the solution set', async t => {
  for (const [type, side] of [
    ['full', 'left'],
    ['left', 'left'],
    ['right', 'right'],
    ['semi', 'left'],
  ] as const) {
    await t.throwsAsync(
      runOperator(
        context => createSolutionJoin(joinOf(type, side, ['k']), new SolutionSet(), context),
        [[], []],
      ),
      { instanceOf: PlanError },
    )
  }
})

test('refuses keys that can never be equal', async t => {
  const set = await solutionOf([{ k: 1, v: 1 }], ['k'])
  const probe = batchesOf([{ k: 'one', v: 1 }])
  const node = { ...coGroupOf([]), fn: fn(() => undefined) }
  const error = { instanceOf: SchemaError, message: /can never equal/ }
  await t.throwsAsync(
    runOperator(c => createSolutionJoin(joinOf('inner', 'left', ['k']), set, c), [[], probe]),
    error,
  )
  await t.throwsAsync(
    runOperator(c => createSolutionCoGroup(node as never, 'right', set, c), [probe, []]),
    error,
  )
})

function coGroupOf(within: readonly unknown[]) {
  const keys = [field('k')]
  return {
    kind: 'coGroup',
    left: input,
    right: input,
    leftKeys: keys,
    rightKeys: keys,
    leftOrder: within,
    rightOrder: within,
    fn: fn((left: Row[], right: Row[]) => ({ left, right })),
  }
}

test('a co-group calls the function for the keys of the other side only', async t => {
  for (const side of ['left', 'right'] as const) {
    for (const within of [[], [order('v')]]) {
      const random = randomFrom(5)
      const rows = solutionRows(random)
      const probe = batchesOf(probeRows(random, 150), 40)
      const node = coGroupOf(within) as never
      const set = await solutionOf(rows, ['k'])
      const inputs = sidesOf(side, [], probe)
      const found = await runOperator(c => createSolutionCoGroup(node, side, set, c), inputs)
      const all = await runOperator(
        context => createCoGroup(node, context),
        sidesOf(side, batchesOf(rows, 10), probe),
      )
      const other = side === 'left' ? 'right' : 'left'
      const own = (records: readonly unknown[]) =>
        (records as Record<Side, Row[]>[]).filter(group => group[other].length > 0)
      const texts = (records: readonly unknown[]) => records.map(r => JSON.stringify(r)).sort()
      t.deepEqual(texts(found.records), texts(own(all.records)))
      t.is(own(found.records).length, found.records.length)
      // With files the groups come in another order.
      const small = await runOperator(c => createSolutionCoGroup(node, side, set, c), inputs, {
        budget: 12_000,
      })
      t.true((small.counters.get('spilledBytes') ?? 0) > 0)
      t.deepEqual(texts(small.records), texts(found.records))
      const again = await runSupersteps(
        c => createSolutionCoGroup(node, side, set, c),
        [inputs, sidesOf(side, [], []), inputs],
      )
      t.deepEqual(
        again.map(({ records }) => records.length),
        [found.records.length, 0, found.records.length],
      )
    }
  }
})
