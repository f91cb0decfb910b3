import test from 'ava'
import { ArgumentError, FunctionError, MemoryError } from '../../../../engine/errors.js'
import type { Key, SortKey } from '../../../../engine/plan/key.js'
import { createReduce } from '../../../../engine/runtime/group/reduce.js'
import { createReduceGroup } from '../../../../engine/runtime/group/reduce-group.js'
import type { OperatorContext } from '../../../../engine/runtime/operator.js'
import { randomFrom } from '../../../support/random.js'
import { batchesOf, runOperator } from '../../../support/run-operator.js'
import { equalRecords } from '../../../support/table-equal.js'
import {
  by,
  checkBothWays,
  field,
  fn,
  input,
  naiveGroups,
  order,
  type Row,
  randomRows,
} from './grouping.js'

type Call = (...parameters: never[]) => unknown
const reduce =
  (call: Call, ...keys: Key[]) =>
  (context: OperatorContext) =>
    createReduce({ kind: 'reduce', input, keys, fn: fn(call, 'reduce') }, context)
const reduceGroup =
  (call: Call, keys: readonly Key[] = [], by: readonly SortKey[] = [], partial = false) =>
  (context: OperatorContext) =>
    createReduceGroup(
      { kind: 'reduceGroup', input, keys, order: by, partial, fn: fn(call, 'reduceGroup') },
      context,
    )

interface Word {
  readonly word: string
  readonly n: number
  readonly at: string
}
const words = (seed: number, length: number, kinds: number): Word[] => {
  const random = randomFrom(seed)
  return random.array(length, k => ({
    word: `w${random.int(kinds)}`,
    n: random.int(9),
    at: `${k};`,
  }))
}
const add = (a: Word, b: Word): Word => ({ word: a.word, n: a.n + b.n, at: a.at + b.at })

test('reduce combines records in order, on disk too', async t => {
  const rows = words(1, 4000, 700)
  const expected = naiveGroups(rows, row => row.word).map(group => group.reduce(add))
  await checkBothWays(t, reduce(add, field('word')), batchesOf(rows, 300), expected)
  const all = await runOperator(reduce(add), [batchesOf(rows, 300)])
  equalRecords(t, all.records, [rows.reduce(add)])
})

test('reduce works on plain values and on tuples', async t => {
  const sum = await runOperator(
    reduce((a: number, b: number) => a + b),
    [batchesOf([1, 2, 3.5])],
  )
  t.deepEqual(sum.records, [6.5])
  const pairs = batchesOf(
    [
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ],
    1,
  )
  const added = reduce(
    (a: [string, number], b: [string, number]) => [a[0], a[1] + b[1]],
    field('0'),
  )
  t.deepEqual((await runOperator(added, [pairs])).records, [
    ['a', 4],
    ['b', 2],
  ])
})

test('reduce of one record is that record, of none nothing', async t => {
  const never = () => t.fail()
  t.deepEqual((await runOperator(reduce(never), [batchesOf([7])])).records, [7])
  t.deepEqual((await runOperator(reduce(never), [[]])).records, [])
})

test('a reduce function that fails, returns nothing or a promise is named', async t => {
  const cause = new Error('boom')
  const failing = [
    () => {
      throw cause
    },
    () => undefined,
    () => Promise.resolve(1),
  ]
  for (const call of failing) {
    const error = await t.throwsAsync(runOperator(reduce(call), [batchesOf([1, 2])]), {
      instanceOf: FunctionError,
    })
    t.regex(error!.message, /^reduce: /)
  }
  await t.throwsAsync(
    runOperator(
      reduce(async () => 1),
      [[]],
    ),
    { instanceOf: ArgumentError },
  )
})

const summary = (rows: readonly Row[]) => ({
  key: rows[0]!.int,
  indexes: rows.map(row => row.index).join(),
  texts: rows.map(row => row.text).join(),
})

test('reduceGroup gets the records of each group in order of arrival, on disk too', async t => {
  const rows = randomRows(randomFrom(2), 3000, 200)
  const expected = naiveGroups(rows, row => row.int).map(summary)
  await checkBothWays(t, reduceGroup(summary, [field('int')]), batchesOf(rows, 250), expected, {
    budget: 100_000,
  })
})

test('reduceGroup with a key function and an order, on disk too', async t => {
  const rows = randomRows(randomFrom(3), 3000, 200).map((row): Row => ({ ...row, nested: 1 }))
  const key = by((r: { text: string | null }) => r.text?.slice(0, 2) ?? null)
  const expected = naiveGroups(rows, row => (row.text as string | null)?.slice(0, 2) ?? null).map(
    group => {
      const rank = (row: Row) => (row.value as number | null) ?? -1
      return summary(group.toSorted((a, b) => rank(b) - rank(a)))
    },
  )
  const sorted = reduceGroup(summary, [key], [order('value', 'descending')])
  await checkBothWays(t, sorted, batchesOf(rows, 250), expected, { budget: 250_000 })
})

test('what a reduceGroup function returns: many, one or no records', async t => {
  const rows = [{ k: 1 }, { k: 2 }, { k: 1 }]
  const cases: [Call, unknown[]][] = [
    [(group: unknown[]) => group, [{ k: 1 }, { k: 1 }, { k: 2 }]],
    [(group: unknown[]) => group.length, [2, 1]],
    [(group: { k: number }[]) => (group[0]!.k === 1 ? undefined : 'two'), ['two']],
    [
      function* (group: { k: number }[]) {
        for (const { k } of group) yield k
      },
      [1, 1, 2],
    ],
  ]
  for (const [call, expected] of cases) {
    t.deepEqual(
      (await runOperator(reduceGroup(call, [field('k')]), [batchesOf(rows, 2)])).records,
      expected,
    )
  }
})

test('without keys the function is called once, also for no records', async t => {
  const count = reduceGroup((group: unknown[]) => group.length)
  t.deepEqual((await runOperator(count, [[]])).records, [0])
  t.deepEqual((await runOperator(count, [batchesOf([1, 2, 3], 2)])).records, [3])
  const keyed = reduceGroup((group: unknown[]) => group.length, [field('k')])
  t.deepEqual((await runOperator(keyed, [[]])).records, [])
})

test('a group that is larger than the memory is refused with what it needs', async t => {
  const rows = Array.from({ length: 5000 }, (_, k) => ({ k: 'same', v: k / 3 }))
  const run = runOperator(
    reduceGroup((g: unknown[]) => g.length, [field('k')]),
    [batchesOf(rows, 100)],
    {
      budget: 50_000,
      operation: 'reduceGroup',
    },
  )
  await t.throwsAsync(run, { instanceOf: MemoryError, message: /reduceGroup: .* \d+ bytes.*50000/ })
})

test('combineGroup gives partial groups instead of spilling', async t => {
  const rows = words(4, 5000, 40)
  const sum = (group: Word[]) => ({
    word: group[0]!.word,
    n: group.reduce((n, row) => n + row.n, 0),
  })
  const partial = reduceGroup(sum, [field('word')], [], true)
  const { records, counters } = await runOperator(partial, [batchesOf(rows, 200)], {
    budget: 60_000,
  })
  t.is(counters.get('spilledBytes'), undefined)
  t.true(records.length > 40)
  const totals = (some: readonly { word: string; n: number }[]) =>
    naiveGroups(some, row => row.word).map(group => sum(group as Word[]))
  equalRecords(t, totals(records as Word[]), totals(rows))
})

test('a group function that throws says for which group', async t => {
  const bad = (group: { k: number }[]) => {
    if (group[0]!.k === 2) throw new TypeError('bad')
  }
  const run = runOperator(reduceGroup(bad, [field('k')]), [batchesOf([{ k: 1 }, { k: 2 }])])
  await t.throwsAsync(run, { instanceOf: FunctionError, message: /group 2: bad/ })
})
