import test from 'ava'
import { FunctionError, SchemaError } from '../../../../engine/errors.js'
import type { Key, SortKey } from '../../../../engine/plan/key.js'
import { type CoGroupNode, planNode } from '../../../../engine/plan/node.js'
import { createCoGroup } from '../../../../engine/runtime/join/co-group.js'
import { randomFrom } from '../../../support/random.js'
import { batchesOf, type RunOptions, runOperator } from '../../../support/run-operator.js'

type Row = Record<string, unknown>
type Fn = (left: readonly Row[], right: readonly Row[]) => unknown

const input = planNode({ kind: 'source', source: undefined as never })
const field = (path: string): Key => ({ kind: 'field', path })
const ascending = (path: string): SortKey => ({ key: field(path), direction: 'ascending' })

function coGroup(fn: Fn, parts: Partial<CoGroupNode> = {}): CoGroupNode {
  return planNode({
    kind: 'coGroup',
    left: input,
    right: input,
    leftKeys: [field('k')],
    rightKeys: [field('k')],
    leftOrder: [],
    rightOrder: [],
    fn: { call: fn as never, handed: {}, operation: 'coGroup.with' },
    ...parts,
  })
}

function run(node: CoGroupNode, left: Row[], right: Row[], options?: RunOptions) {
  const inputs = [batchesOf(left, 30), batchesOf(right, 30)]
  return runOperator(context => createCoGroup(node, context), inputs, options)
}

const rows: Fn = (left, right) => ({
  key: (left[0] ?? right[0])!.k,
  left: left.map(row => row.row),
  right: right.map(row => row.row),
})

function oracle(left: Row[], right: Row[], order?: (a: Row, b: Row) => number): Row[] {
  const keys = [...new Set([...left, ...right].map(row => row.k))]
  const of = (side: Row[], key: unknown) => side.filter(row => Object.is(row.k, key))
  return keys.map(key => rows(of(left, key).sort(order), of(right, key)) as Row)
}

const text = (records: readonly unknown[]) =>
  records.map(record => JSON.stringify(record, (_, v) => (Number.isNaN(v) ? 'NaN' : v))).sort()

test('gives every key of either side once, by first appearance', async t => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = randomFrom(seed)
    const make = (row: number): Row => ({ k: random.pick([1, 2.5, Number.NaN, null, 7, 8]), row })
    const left = random.array(random.int(80), make)
    const right = random.array(random.int(80), make)
    const { records } = await run(coGroup(rows), left, right, { arrival: 'interleaved' })
    t.deepEqual(records, oracle(left, right), `seed ${seed}`)
  }
})

test('sorts in files when memory is refused, and finds the same groups', async t => {
  const random = randomFrom(2)
  const make = (row: number): Row => ({ k: random.pick([random.word(1, 2), null]), row })
  const left = random.array(400, make)
  const right = random.array(300, make)
  const result = await run(coGroup(rows), left, right, { budget: 10_000, arrival: 'backwards' })
  t.true(result.counters.get('spilledBytes')! > 0)
  t.deepEqual(text(result.records), text(oracle(left, right)))
})

test('records within a group are in the order asked for', async t => {
  const random = randomFrom(3)
  const make = (row: number): Row => ({ k: random.int(5), row, t: random.int(1000) * 1000 + row })
  const left = random.array(200, make)
  const right = random.array(50, make)
  const node = coGroup(rows, { leftOrder: [ascending('t')] })
  const expected = oracle(left, right, (a, b) => (a.t as number) - (b.t as number))
  t.deepEqual((await run(node, left, right)).records, expected)
  const spilled = await run(node, left, right, { budget: 9000 })
  t.true(spilled.counters.get('spilledBytes')! > 0)
  t.deepEqual(text(spilled.records), text(expected))
})

test('a function may give none, one or many records', async t => {
  const left = [{ k: 1 }, { k: 2 }, { k: 3 }]
  const fn: Fn = l => {
    const k = l[0]!.k as number
    if (k === 1) return undefined
    return k === 2 ? { k } : [{ k }, { k: 33 }].values()
  }
  t.deepEqual((await run(coGroup(fn), left, [])).records, [{ k: 2 }, { k: 3 }, { k: 33 }])
})

test('what a function throws names the group, also from a generator', async t => {
  const plain: Fn = () => {
    throw new Error('boom')
  }
  const lazy: Fn = function* () {
    yield { k: 1 }
    throw new Error('boom')
  }
  for (const fn of [plain, lazy]) {
    await t.throwsAsync(run(coGroup(fn), [{ k: 'abc' }], []), {
      instanceOf: FunctionError,
      message: /the group "abc": boom/,
    })
  }
})

test('refuses keys that can never be equal', async t => {
  await t.throwsAsync(run(coGroup(rows), [{ k: 'a' }], [{ k: 1 }]), { instanceOf: SchemaError })
  t.deepEqual((await run(coGroup(rows), [], [])).records, [])
})
