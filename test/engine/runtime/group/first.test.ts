import test from 'ava'
import type { Key, SortKey } from '../../../../engine/plan/key.js'
import { createFirst } from '../../../../engine/runtime/group/first.js'
import { createPick } from '../../../../engine/runtime/group/pick.js'
import type { OperatorContext } from '../../../../engine/runtime/operator.js'
import { compareValues } from '../../../../engine/runtime/sort/compare-values.js'
import { randomFrom } from '../../../support/random.js'
import { batchesOf, runOperator } from '../../../support/run-operator.js'
import { equalRecords } from '../../../support/table-equal.js'
import {
  checkBothWays,
  field,
  input,
  naiveGroups,
  order,
  type Row,
  randomRows,
} from './grouping.js'

const run =
  (count: number, keys: readonly Key[] = [], by: readonly SortKey[] = []) =>
  (context: OperatorContext) =>
    createFirst({ kind: 'first', input, count, keys, order: by }, context)
const pick =
  (direction: 'ascending' | 'descending', by: string[], keys: string[] = []) =>
  (context: OperatorContext) =>
    createPick(
      { kind: 'pick', input, direction, by: by.map(field), keys: keys.map(field) },
      context,
    )

function sorted(rows: readonly Row[], by: string, direction: 'ascending' | 'descending'): Row[] {
  return rows.toSorted((a, b) => compareValues(a[by], b[by], direction))
}

test('first of all passes on as many as wanted and then wants no more', async t => {
  const rows = Array.from({ length: 10 }, (_, k) => ({ k }))
  for (const count of [1, 3, 4, 10, 11]) {
    const { records } = await runOperator(run(count), [batchesOf(rows, 3)])
    equalRecords(t, records, rows.slice(0, count))
  }
  let wants: boolean | undefined
  await runOperator(
    context => {
      const operator = run(3)(context)
      return {
        ...operator,
        close() {
          wants = operator.wants?.(0)
        },
      }
    },
    [batchesOf(rows, 3)],
  )
  t.false(wants)
})

test('first of each group keeps the first in order of arrival, on disk too', async t => {
  const rows = randomRows(randomFrom(3), 6000, 900)
  for (const count of [1, 3]) {
    const groups = naiveGroups(rows, row => row.text)
    const wanted = new Set(groups.flatMap(group => group.slice(0, count)))
    const expected = rows.filter(row => wanted.has(row))
    await checkBothWays(t, run(count, [field('text')]), batchesOf(rows, 400), expected, {
      budget: 30_000,
    })
  }
})

test('first of each group in an order, ties in order of arrival, on disk too', async t => {
  const rows = randomRows(randomFrom(4), 3000, 300).map(({ nested: _, ...row }) => row)
  for (const direction of ['ascending', 'descending'] as const) {
    const expected = naiveGroups(rows, row => row.int).flatMap(group =>
      sorted(group, 'float', direction).slice(0, 2),
    )
    const by = [order('float', direction)]
    await checkBothWays(t, run(2, [field('int')], by), batchesOf(rows, 300), expected)
  }
})

test('first of all in an order needs memory for few records', async t => {
  const rows = Array.from({ length: 20_000 }, (_, k) => ({ k, v: (k * 7919) % 10_007 }))
  const { records, memory } = await runOperator(run(5, [], [order('v')]), [batchesOf(rows, 500)], {
    budget: 200_000,
  })
  equalRecords(t, records, sorted(rows, 'v', 'ascending').slice(0, 5))
  t.true(memory.peak <= 200_000)
})

test('minBy and maxBy give the first of the best, missing and NaN only when nothing else is there', async t => {
  const rows = randomRows(randomFrom(5), 2000, 30)
  for (const direction of ['ascending', 'descending'] as const) {
    for (const by of ['float', 'text', 'day', 'value']) {
      const expected = naiveGroups(rows, row => row.int).map(
        group => sorted(group, by, direction)[0],
      )
      equalRecords(
        t,
        (await runOperator(pick(direction, [by], ['int']), [batchesOf(rows, 90)])).records,
        expected,
      )
    }
    const best = [sorted(rows, 'value', direction)[0]]
    equalRecords(
      t,
      (await runOperator(pick(direction, ['value']), [batchesOf(rows, 90)])).records,
      best,
    )
  }
  const alone = await runOperator(pick('ascending', ['a']), [batchesOf([{ a: null }])])
  t.deepEqual(alone.records, [{ a: null }])
  t.deepEqual((await runOperator(pick('ascending', ['a']), [[]])).records, [])
})

test('minBy over many groups gives the same on disk', async t => {
  const rows = randomRows(randomFrom(6), 4000, 1200).map(({ nested: _, ...row }) => row)
  const expected = naiveGroups(rows, row => row.wide).map(
    group => sorted(group, 'real', 'ascending')[0]!,
  )
  await checkBothWays(t, pick('ascending', ['real'], ['wide']), batchesOf(rows, 400), expected, {
    budget: 100_000,
  })
})
