import test from 'ava'
import { SchemaError } from '../../../../engine/errors.js'
import type { SortKey } from '../../../../engine/plan/key.js'
import { planNode, type SortNode } from '../../../../engine/plan/node.js'
import { compareValues } from '../../../../engine/runtime/sort/compare-values.js'
import { createSort } from '../../../../engine/runtime/sort/sort.js'
import { createSpillDirectory } from '../../../../engine/runtime/spill/spill-files.js'
import { type Random, randomFrom } from '../../../support/random.js'
import { batchesOf, type RunOptions, runOperator } from '../../../support/run-operator.js'

type Row = Record<string, unknown>

const input = planNode({ kind: 'source', source: undefined as never })

function sortNode(order: readonly string[], scope: SortNode['scope'] = 'global'): SortNode {
  const keys = order.map((text): SortKey => {
    const descending = text.startsWith('-')
    return {
      key: { kind: 'field', path: descending ? text.slice(1) : text },
      direction: descending ? 'descending' : 'ascending',
    }
  })
  return planNode({ kind: 'sort', input, order: keys, scope })
}

async function sorted(
  rows: readonly unknown[],
  order: readonly string[],
  options?: RunOptions & { size?: number },
) {
  const inputs = [batchesOf(rows, options?.size ?? 100)]
  return runOperator(context => createSort(sortNode(order), context), inputs, options)
}

/** The same by `Array.prototype.sort`, which is stable. */
function oracle(rows: readonly Row[], order: readonly string[]): Row[] {
  return [...rows].sort((a, b) => {
    for (const { key, direction } of sortNode(order).order) {
      const path = (key as { path: string }).path
      const found = compareValues(a[path], b[path], direction)
      if (found !== 0) return found
    }
    return 0
  })
}

/** Makers of values, each for one layout of columns, missing values included. */
const makers: Record<string, (random: Random) => unknown> = {
  int: random => random.int(200) - 100,
  wide: random => random.pick([-(2 ** 31), 2 ** 31 - 1, 0, random.int(2 ** 31)]),
  wideOrMissing: random => random.pick([-(2 ** 31), 2 ** 31 - 1, null, random.int(2 ** 31)]),
  float: random =>
    random.pick([
      Number.NaN,
      -0,
      0,
      1e-310,
      -1e300,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      random.between(-1, 1),
    ]),
  floatOrMissing: random =>
    random.chance(0.3) ? null : random.pick([Number.NaN, -1.5, random.next()]),
  boolean: random => random.pick([true, false, null]),
  word: random => random.pick(['b', 'a', '', 'ä', '😀', '\uffff', 'aa', null]),
  text: random => `${random.int(1e9)}x`,
  date: random => random.pick([new Date(random.int(5)), new Date(-5), new Date(Number.NaN), null]),
  mixed: random =>
    random.pick([1, 2n, 'z', true, null, [2, 1], [10], { a: 1 }, 0.5, new Date(3), Number.NaN]),
  nothing: () => null,
}

function rowsOf(random: Random, length: number): Row[] {
  return random.array(length, row => ({
    row,
    ...Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make(random)])),
  }))
}

for (const name of Object.keys(makers)) {
  test(`sorts by ${name} in both directions like a stable comparison sort`, async t => {
    const rows = rowsOf(randomFrom(1), 700)
    for (const order of [[name], [`-${name}`]]) {
      const { records } = await sorted(rows, order)
      t.deepEqual(
        records.map(record => (record as Row).row),
        oracle(rows, order).map(({ row }) => row),
      )
    }
  })
}

test('sorts by several random keys of random types, in memory and with runs in files', async t => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomFrom(seed)
    const rows = rowsOf(random, 50 + random.int(600))
    const names = random.shuffle(Object.keys(makers)).slice(0, 1 + random.int(3))
    const order = names.map(name => (random.chance(0.5) ? `-${name}` : name))
    const expected = oracle(rows, order).map(({ row }) => row)
    for (const budget of [2 ** 30, 60_000]) {
      const size = 1 + random.int(90)
      const { records, counters } = await sorted(rows, order, { budget, size })
      t.deepEqual(
        records.map(record => (record as Row).row),
        expected,
        `${seed} ${order}`,
      )
      if (budget < 1e6 && rows.length > 200) t.true(counters.get('spilledBytes')! > 0)
    }
  }
})

test('keeps the records as they are', async t => {
  const rows = rowsOf(randomFrom(5), 300)
  const { records } = await sorted(rows, ['int'])
  t.deepEqual(records, oracle(rows, ['int']))
})

test('merges more runs than are merged at once, on a disk, within the budget', async t => {
  const random = randomFrom(9)
  const rows = random.array(6000, row => ({ key: random.int(500), word: random.word(), row }))
  const spill = createSpillDirectory()
  const budget = 8000
  const { records, counters, memory } = await sorted(rows, ['-key', 'word'], {
    budget,
    size: 64,
    spill,
  })
  await spill.close()
  t.deepEqual(records, oracle(rows, ['-key', 'word']))
  t.true(counters.get('spilledBytes')! > 2 * 6000 * 8, 'several passes')
  t.true(memory.peak <= budget, `${memory.peak}`)
})

test('batches of different widths and dictionaries have one order', async t => {
  const batches = [
    ...batchesOf([{ k: 1 }, { k: 3 }]),
    ...batchesOf([{ k: 2.5 }, { k: null }]),
    ...batchesOf([{ k: null }, { k: null }]),
    ...batchesOf([{ other: 1 }]),
    ...batchesOf([{ k: 'b' }, { k: 'a' }]),
    ...batchesOf([{ k: 'c' }, { k: 'a' }]),
  ].filter(batch => batch.find('k'))
  for (const budget of [2 ** 20, 4000]) {
    const { records } = await runOperator(
      context => createSort(sortNode(['k']), context),
      [batches],
      { budget },
    )
    t.deepEqual(
      records.map(record => (record as Row).k),
      [1, 2.5, 3, 'a', 'a', 'b', 'c', null, null, null],
    )
  }
})

test('radix digits are sorted right for many records', async t => {
  const random = randomFrom(3)
  const values = random.array(200_000, k =>
    k % 3 === 0 ? random.int(1000) / 8 : random.between(-1e9, 1e9),
  )
  const { records } = await sorted(values, ['value'], { size: 32_768 })
  t.deepEqual(records, [...Float64Array.from(values).sort()])
})

test('sorts within each partition, partitions in order', async t => {
  const batches = [
    ...batchesOf([{ k: 3 }, { k: 1 }], 10, 2),
    ...batchesOf([{ k: 9 }, { k: 5 }], 10, 0),
    ...batchesOf([{ k: 2 }], 10, 2),
  ]
  const result = await runOperator(
    context => createSort(sortNode(['k'], 'partition'), context),
    [batches],
  )
  t.deepEqual(
    result.batches.map(batch => [batch.partition, batch.length]),
    [
      [0, 2],
      [2, 3],
    ],
  )
  t.deepEqual(
    result.records,
    [5, 9, 1, 2, 3].map(k => ({ k })),
  )
})

test('an empty input stays empty, one record stays one', async t => {
  t.deepEqual((await sorted([], ['k'])).records, [])
  t.deepEqual((await sorted([{ k: 1 }], ['k'])).records, [{ k: 1 }])
})

test('refuses fields that are not there and vectors, which have no order', async t => {
  await t.throwsAsync(sorted([{ k: 1 }], ['x']), { instanceOf: SchemaError, message: /it has k/ })
  await t.throwsAsync(sorted([{ k: new Float64Array(2) }], ['k']), { instanceOf: SchemaError })
})

test('with a limit the first records come as without', async t => {
  const random = randomFrom(11)
  const value = () => random.pick([random.int(50), random.int(50) / 4, Number.NaN, null, -0])
  const rows = Array.from({ length: 150_000 }, (_, id) => ({ a: value(), b: random.int(3), id }))
  for (const order of [['a'], ['-a'], ['a', '-b'], ['-a', 'b', 'id']]) {
    for (const limit of [1, 7, 2000]) {
      const inputs = [batchesOf(rows, 10_000)]
      const top = { ...sortNode(order), limit }
      const { records, memory } = await runOperator(context => createSort(top, context), inputs)
      t.deepEqual(records.slice(0, limit), oracle(rows, order).slice(0, limit))
      t.true(memory.peak < 4e6)
    }
  }
  const few = await runOperator(
    context => createSort({ ...sortNode(['-a']), limit: 5 }, context),
    [batchesOf([{ a: 'x' }, { a: 'y' }], 1)],
  )
  t.deepEqual(few.records, [{ a: 'y' }, { a: 'x' }])
})

test('never has more than a few hundred files open', async t => {
  const rows = Array.from({ length: 20_000 }, (_, id) => ({ a: (id * 7919) % 20_011, id }))
  let [open, most] = [0, 0]
  const files = createSpillDirectory()
  const spill = {
    ...files,
    async create() {
      const file = await files.create()
      most = Math.max(most, ++open)
      const remove = file.delete.bind(file)
      return Object.assign(file, {
        delete: () => {
          open--
          return remove()
        },
      })
    },
    close: () => files.close(),
  }
  const { records, counters } = await sorted(rows, ['a'], { budget: 4096, spill, size: 500 })
  t.deepEqual(records, oracle(rows, ['a']))
  t.true(counters.get('spilledBytes')! > 0)
  t.true(most > 100 && most < 400, `${most} files`)
})
