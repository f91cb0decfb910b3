import test from 'ava'
import { ArgumentError, MemoryError, SchemaError } from '../../../../engine/errors.js'
import type { AggregateInput, AggregateOp } from '../../../../engine/plan/aggregate.js'
import type { Key } from '../../../../engine/plan/key.js'
import type { AggregateNode } from '../../../../engine/plan/node.js'
import { createAggregate } from '../../../../engine/runtime/group/aggregate.js'
import { canonicalKey } from '../../../../engine/runtime/keys/key-value.js'
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
  KEY_FIELDS,
  naiveGroups,
  type Row,
  randomRows,
} from './grouping.js'

type Spec = readonly [AggregateOp, (string | ((record: never) => unknown))?, string?]

function node(keys: readonly Key[], ...specs: Spec[]): AggregateNode {
  const inputOf = (of: Spec[1]): AggregateInput =>
    of === undefined
      ? { kind: 'none' }
      : typeof of === 'string'
        ? { kind: 'field', path: of }
        : { kind: 'function', fn: fn(of) }
  return {
    kind: 'aggregate',
    input,
    keys,
    aggregates: specs.map(([op, of, as]) => ({ op, as: as ?? op, input: inputOf(of) })),
  }
}

const run = (plan: AggregateNode) => (context: OperatorContext) =>
  createAggregate({ node: plan, fed: false }, context)
const results = async (plan: AggregateNode, ...records: unknown[][]) =>
  (
    await runOperator(run(plan), [records.flatMap(some => batchesOf(some))], {
      operation: 'groupBy',
    })
  ).records

/** What each aggregate should be, the slow and plain way. */
function naive(op: AggregateOp, values: readonly unknown[]): unknown {
  const present = values.filter(value => value !== null && value !== undefined)
  const numbers = present as number[]
  const sum = numbers.reduce((a, b) => a + b, 0)
  const squares = () => {
    const mean = sum / numbers.length
    return numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / (numbers.length - 1)
  }
  const extreme = (better: (a: never, b: never) => boolean) =>
    present.length === 0
      ? null
      : (present.find(value => Number.isNaN(value)) ??
        present.reduce((a, b) => (better(b as never, a as never) ? b : a)))
  switch (op) {
    case 'count':
      return present.length
    case 'sum':
      return sum
    case 'mean':
      return present.length > 0 ? sum / present.length : null
    case 'min':
      return extreme((a, b) => a < b)
    case 'max':
      return extreme((a, b) => a > b)
    case 'variance':
      return numbers.length > 1 ? squares() : null
    case 'deviation':
      return numbers.length > 1 ? Math.sqrt(squares()) : null
    case 'first':
      return present[0] ?? null
    case 'last':
      return present.at(-1) ?? null
    case 'share':
      return present.length > 0 ? present.filter(Boolean).length / present.length : null
    case 'countDistinct':
      return new Set(present.map(canonicalKey)).size
  }
}

const ALL: readonly Spec[] = [
  ['count', undefined, 'n'],
  ['count', 'value', 'present'],
  ['sum', 'value', 'sum'],
  ['sum', 'real', 'sumReal'],
  ['mean', 'real', 'mean'],
  ['min', 'value', 'least'],
  ['max', 'real', 'most'],
  ['max', 'float', 'mostFloat'],
  ['min', 'text', 'leastText'],
  ['max', 'day', 'latest'],
  ['min', 'flag', 'all'],
  ['variance', 'real', 'variance'],
  ['deviation', 'value', 'deviation'],
  ['share', 'flag', 'share'],
  ['share', (r: { index: number }) => r.index % 3 === 0, 'third'],
  ['first', 'text', 'first'],
  ['last', 'nested', 'last'],
  ['last', 'value', 'lastValue'],
  ['countDistinct', 'float', 'kinds'],
]

function naiveAggregate(rows: readonly Row[], keys: readonly string[], specs = ALL): Row[] {
  return naiveGroups(rows, row => keys.map(key => row[key])).map(group => {
    const result: Record<string, unknown> = {}
    for (const key of keys) result[key] = group[0]![key]
    for (const [op, of, as] of specs) {
      const values = group.map(row =>
        of === undefined ? 1 : typeof of === 'string' ? row[of] : of(row as never),
      )
      result[as ?? op] = naive(op, values)
    }
    return result
  })
}

for (const keys of [...KEY_FIELDS.map(key => [key]), ['int', 'text'], ['day', 'flag', 'wide']]) {
  test(`all aggregates by ${keys.join(' and ')} are those of a naive grouping, on disk too`, async t => {
    const rows = randomRows(randomFrom(keys.length + 7), 1500, keys[0] === 'flag' ? 400 : 120)
    const plan = node(keys.map(field), ...ALL)
    const expected = naiveAggregate(rows, keys)
    const options = {
      budget: keys[0] === 'flag' || keys[0] === 'nested' ? 12_000 : 40_000,
      tolerance: 1e-9,
    }
    if (keys[0] === 'flag' || keys[0] === 'nested') {
      const { records } = await runOperator(run(plan), [batchesOf(rows, 170)])
      equalRecords(t, records, expected, { tolerance: 1e-9 })
    } else await checkBothWays(t, run(plan), batchesOf(rows, 170), expected, options)
  })
}

test('many groups are split again when their parts are still too large', async t => {
  const rows = Array.from({ length: 16_000 }, (_, k) => ({
    k: `key ${(k * 7919) % 12_007}`,
    v: k % 10,
  }))
  const plan = node([field('k')], ['sum', 'v'], ['count'])
  const expected = naiveAggregate(rows, ['k'], [['sum', 'v'], ['count']])
  const tight = await checkBothWays(t, run(plan), batchesOf(rows, 2048), expected, {
    budget: 30_000,
  })
  t.true(tight.memory.peak <= 2 * 30_000, `${tight.memory.peak}`)
})

test('without keys there is exactly one record, also for no input', async t => {
  const plan = node(
    [],
    ['count'],
    ['sum', 'a'],
    ['mean', 'a'],
    ['min', 'a'],
    ['variance', 'a'],
    ['first', 'a'],
    ['countDistinct', 'a'],
    ['share', 'a'],
  )
  t.deepEqual(await results(plan, []), [
    {
      count: 0,
      sum: 0,
      mean: null,
      min: null,
      variance: null,
      first: null,
      countDistinct: 0,
      share: null,
    },
  ])
  t.deepEqual(await results(node([], ['sum', 'a'], ['max', 'a']), [{ a: 1 }], [{ a: 2.5 }]), [
    { sum: 3.5, max: 2.5 },
  ])
})

test('all aggregates without keys are those of one naive group', async t => {
  const specs: readonly Spec[] = [
    ...ALL,
    ['count', 'text', 'texts'],
    ['count', 'nested', 'objects'],
    ['count', 'flag', 'flags'],
    ['sum', 'empty', 'nothing'],
    ['sum', 'mixed', 'narrow, then wide'],
    ['mean', 'mixed', 'mean of both'],
  ]
  const rows = randomRows(randomFrom(5), 1500).map(({ index, ...row }) => {
    const mixed = Number(index) < 700 ? Number(index) : Number(index) / 4
    return { index, ...row, empty: null, mixed }
  })
  const { records } = await runOperator(run(node([], ...specs)), [batchesOf(rows, 170)])
  equalRecords(t, records, naiveAggregate(rows, [], specs), { tolerance: 1e-9 })
})

test('with keys and no input there is nothing', async t => {
  t.deepEqual(await results(node([field('a')], ['count']), []), [])
})

test('missing values do not count, nor does a column of nothing else', async t => {
  const plan = node([field('k')], ['sum', 'a'], ['mean', 'a'], ['count', 'a'], ['max', 'a'])
  const records = [
    { k: 1, a: null },
    { k: 2, a: null },
  ]
  t.deepEqual(
    await results(plan, records, [
      { k: 2, a: 5 },
      { k: null, a: 1 },
    ]),
    [
      { k: 1, sum: 0, mean: null, count: 0, max: null },
      { k: 2, sum: 5, mean: 5, count: 1, max: 5 },
      { k: null, sum: 1, mean: 1, count: 1, max: 1 },
    ],
  )
})

test('NaN makes sum, mean, min and max NaN', async t => {
  const plan = node([], ['sum', 'a'], ['mean', 'a'], ['min', 'a'], ['max', 'a'])
  const NaNs = [{ sum: Number.NaN, mean: Number.NaN, min: Number.NaN, max: Number.NaN }]
  for (const values of [
    [Number.NaN, 1],
    [1, Number.NaN, 0.5],
  ]) {
    t.deepEqual(
      await results(
        plan,
        values.map(a => ({ a })),
      ),
      NaNs,
    )
  }
})

test('batches of other widths and kinds go on with the same groups', async t => {
  const plan = node([field('k')], ['min', 'a'], ['max', 'a'], ['first', 'a'])
  t.deepEqual(
    await results(
      plan,
      [{ k: 1, a: 5 }],
      [
        { k: 1.5, a: 0.5 },
        { k: 1, a: 7.5 },
      ],
      [{ k: 'x', a: 1 }],
    ),
    [
      { k: 1, min: 5, max: 7.5, first: 5 },
      { k: 1.5, min: 0.5, max: 0.5, first: 0.5 },
      { k: 'x', min: 1, max: 1, first: 1 },
    ],
  )
  t.deepEqual(
    await results(node([], ['min', 'a'], ['max', 'a']), [{ a: 5 }], [{ a: 'z' }], [{ a: 'b' }]),
    [{ min: 5, max: 'z' }],
  )
})

test('the variance of large numbers with small differences is exact', async t => {
  const rows = [4, 7, 13, 16].map(a => ({ a: a + 1e9 }))
  t.deepEqual(await results(node([], ['variance', 'a']), rows), [{ variance: 30 }])
})

test('keys and values may be functions', async t => {
  const plan = node(
    [by((r: { a: number }) => ({ odd: r.a % 2 === 1 }))],
    ['sum', (r: { a: number }) => r.a * 10],
  )
  t.deepEqual(await results(plan, [{ a: 1 }, { a: 2 }, { a: 3 }]), [
    { odd: true, sum: 40 },
    { odd: false, sum: 20 },
  ])
})

test('values that cannot be added are named', async t => {
  const plan = node([field('k')], ['sum', 'a'])
  const error = await t.throwsAsync(results(plan, [{ k: 1, a: 'abc' }]), {
    instanceOf: SchemaError,
  })
  t.regex(error!.message, /^sum: field "a" must hold numbers; got "abc"/)
  await t.throwsAsync(results(node([], ['mean', 'a']), [{ a: true }]), { instanceOf: SchemaError })
  await t.throwsAsync(results(node([], ['share', 'a']), [{ a: 1 }]), { instanceOf: SchemaError })
  await t.throwsAsync(results(node([], ['sum', 'b']), [{ a: 1 }]), { message: /"b".*it has a/ })
})

test('two fields of one name in the result are refused', async t => {
  const error = await t.throwsAsync(results(node([field('k')], ['sum', 'k', 'k']), [{ k: 1 }]), {
    instanceOf: SchemaError,
  })
  t.regex(error!.message, /two fields called "k"/)
  await t.throwsAsync(results(node([], ['sum', 'k', 'x'], ['min', 'k', 'x']), []), {
    instanceOf: SchemaError,
  })
  await t.throwsAsync(results(node([], ['sum']), []), { instanceOf: ArgumentError })
})

test('a budget that is too small to work at all says how much is needed', async t => {
  const rows = randomRows(randomFrom(1), 500)
  const error = await t.throwsAsync(
    runOperator(run(node([field('int')], ...ALL)), [batchesOf(rows)], {
      budget: 500,
      operation: 'groupBy',
    }),
    { instanceOf: MemoryError },
  )
  t.regex(error!.message, /groupBy: .*500.* \d+ bytes/)
})
