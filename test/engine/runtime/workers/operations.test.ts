import test from 'ava'
import {
  count,
  countDistinct,
  counter,
  type DataSet,
  deviation,
  ExecutionEnvironment,
  firstValue,
  lastValue,
  list,
  max,
  mean,
  min,
  share,
  sum,
} from '../../../../engine/index.js'
import { randomFrom } from '../../../support/random.js'
import { assertRecords } from '../../../support/table-equal.js'

interface Event {
  id: number
  k: number
  x: number
  s: string
  v: number | null
}
interface Place {
  k: number
  name: string
}

/** Records of all kinds of columns; whole numbers, so that sums are exact. */
const random = randomFrom(11)
const events: Event[] = Array.from({ length: 2000 }, (_, id) => ({
  id,
  k: random.int(40),
  x: random.int(1000) - 500,
  s: random.pick(['', 'ada', 'grace', '日本', 'é']),
  v: random.int(10) === 0 ? null : random.int(7),
}))
const places: Place[] = Array.from({ length: 30 }, (_, k) => ({ k: k + 5, name: `place ${k % 9}` }))

interface Asked {
  collect(): Promise<unknown[]>
  explain(): Promise<string>
}
type Ask = (events: DataSet<Event>, places: DataSet<Place>) => Asked

/** Questions whose answer has an order. */
const ORDERED: Readonly<Record<string, Ask>> = {
  'map and filter': e => e.filter(r => r.x > 0).map(r => ({ ...r, y: r.x * 2 })),
  flatMap: e => e.flatMap(r => (r.k % 3 === 0 ? [r.id, r.x] : [])),
  'a formula': e => e.filter('x > 10 and k < 20').derive({ twice: 'x * 2' }),
  orderBy: e => e.orderBy('x'),
  'orderBy numbers alone, which are not sent': e => e.select('id', 'x').orderBy('x', 'descending'),
  'orderBy missing and broken numbers': e =>
    e.map(r => ({ id: r.id, x: r.v === 3 ? Number.NaN : r.v })).orderBy('x'),
  'orderBy two fields': e => e.orderBy('s', 'descending').thenBy('v'),
  'orderBy a function': e => e.orderBy(r => r.x % 10, 'descending'),
  'the largest': e => e.orderBy('x', 'descending').first(20),
  first: e => e.first(1333),
  zipWithIndex: e => e.zipWithIndex(),
  union: (e, p) => e.map(r => r.k).union(p.map(r => r.k)),
  'distinct records': e => e.map(r => r.k).distinct(),
  sample: e => e.sample({ fraction: 0.1, seed: 3 }),
  'all aggregates': e => e.aggregate({ n: count(), s: sum('x'), f: firstValue('s') }),
  reduce: e => e.map(r => r.x).reduce((a, b) => a + b),
  'a join with a small table': (e, p) =>
    e
      .join(p)
      .where('k')
      .equalTo('k')
      .with((a, b) => ({ id: a.id, name: b.name })),
  'a left join': (e, p) =>
    e
      .leftJoin(p)
      .where('k')
      .equalTo('k')
      .with((a, b) => ({ id: a.id, name: b?.name ?? null })),
  semiJoin: (e, p) => e.semiJoin(p).where('k').equalTo('k'),
  cross: (e, p) =>
    e
      .first(20)
      .cross(p)
      .with((a, b) => a.id * b.k),
  'a data set handed over': (e, p) =>
    e.map((r, { p }) => ({ id: r.id, n: p.length }), { with: { p } }),
  mapPartition: e => e.map(r => r.x).mapPartition(xs => [[...xs].length]),
  'partitions by hash': e =>
    e.partitionByHash('k').mapPartition(rs => [[...rs].map(r => r.id).join()]),
  'partitions by range': e =>
    e
      .partitionByRange('x')
      .sortPartition('x')
      .map(r => ({ x: r.x })),
  minBy: e => e.minBy('x'),
}

/** Questions about groups and pairs, which come in any order. */
const UNORDERED: Readonly<Record<string, Ask>> = {
  aggregates: e =>
    e.groupBy('k').aggregate({
      n: count(),
      s: sum('x'),
      m: mean('x'),
      d: deviation('x'),
      lo: min('x'),
      hi: max('s'),
      different: countDistinct('v'),
      positive: share(r => r.x > 0),
      first: firstValue('id'),
      last: lastValue('id'),
    }),
  'a sum alone, by whole numbers': e => e.groupBy('k').sum('x'),
  'sums that are missing for some': e => e.groupBy('k').aggregate({ s: sum('v'), n: count('v') }),
  'extremes of text by whole numbers': e => e.groupBy('k').aggregate({ a: max('s'), b: min('x') }),
  'keys below zero, and far apart': e =>
    e
      .map(r => ({ k: r.x * (r.k === 3 ? 4_000_000 : 1), x: r.x }))
      .groupBy('k')
      .sum('x'),
  'groups of groups': e =>
    e
      .groupBy('k', 's')
      .aggregate({ n: count() })
      .groupBy('k')
      .aggregate({ most: max('n') }),
  'groups by a function': e => e.groupBy(r => ({ a: r.k % 5, b: r.s })).count(),
  'groups of missing keys': e => e.groupBy('v').sum('x'),
  reduceGroup: e => e.groupBy('k').reduceGroup(rs => rs.map(r => r.id).join()),
  'sorted groups': e =>
    e
      .groupBy('s')
      .sortGroup('x')
      .reduceGroup(rs =>
        rs
          .map(r => r.id)
          .slice(0, 9)
          .join(),
      ),
  'reduce of groups': e =>
    e.groupBy('k').reduce((a, b) => ({ id: a.id, k: a.k, x: a.x + b.x, s: a.s, v: a.v })),
  'first of groups': e => e.groupBy('k').first(3),
  'maxBy of groups': e => e.groupBy('k').maxBy('x'),
  'distinct keys': e => e.distinct('k', 'v'),
  'a join by exchange': e =>
    e
      .join(e, { hint: 'sort-merge' })
      .where('id')
      .equalTo('x')
      .with((a, b) => [a.id, b.id]),
  'a full join': (e, p) =>
    e
      .fullJoin(p)
      .where('k')
      .equalTo('k')
      .with((a, b) => [a?.id ?? null, b?.name ?? null]),
  coGroup: (e, p) =>
    e
      .coGroup(p)
      .where('k')
      .equalTo('k')
      .with((a, b) => [a.length, b.length, a[0]?.id ?? null]),
}

for (const workers of [2, 3, 8]) {
  test(`every operation gives in ${workers} workers what it gives in one thread`, async t => {
    for (const [ordered, questions] of [
      [true, ORDERED],
      [false, UNORDERED],
    ] as const) {
      for (const [name, ask] of Object.entries(questions)) {
        const [expected] = await answers(ask, 1)
        // Partitions are as many as workers.
        if (name.startsWith('partitions') && workers !== 3) continue
        if (workers === 8 && random.int(4) > 0) continue
        const [actual, again, text] = await answers(ask, workers)
        t.regex(text!, new RegExp(`runs in ${workers} worker threads`), name)
        t.deepEqual(again, actual, `${name}, a second time`)
        try {
          const wanted = name.startsWith('partitions') ? (await answers(ask, 3, 1e9))[0] : expected
          assertRecords(actual, wanted!, { ordered, tolerance: 1e-9 })
        } catch (error) {
          t.fail(`${name}: ${(error as Error).message}`)
        }
      }
    }
  })
}

async function answers(
  ask: Ask,
  parallelism: number,
  parallelFrom = 0,
): Promise<readonly [unknown[], unknown[], string]> {
  const env = new ExecutionEnvironment({ parallelism, parallelFrom, progress: false })
  const asked = ask(env.from(events), env.from(places))
  return [await asked.collect(), await asked.collect(), await asked.explain()]
}

test('accumulators, caches and sinks work with workers', async t => {
  const env = new ExecutionEnvironment({ parallelism: 2, parallelFrom: 0, progress: false })
  const negative = counter()
  const ids = list<number>()
  const kept = env
    .from(events)
    .filter(
      (r, { negative, ids }) => {
        if (r.x < 0) negative.add(1)
        if (r.id % 100 === 0) ids.add(r.id)
        return r.x >= 0
      },
      { with: { negative, ids } },
    )
    .cache()
  const records: unknown[] = []
  await kept
    .map(r => r.id)
    .to({
      label: 'records',
      open: async () => ({
        write: batch => {
          for (let row = 0; row < batch.length; row++) records.push(batch.record(row))
        },
        commit: async () => {},
        abort: async () => {},
      }),
    })
  const expected = events.filter(r => r.x >= 0)
  t.deepEqual(
    records,
    expected.map(r => r.id),
  )
  t.is(negative.value, events.length - expected.length)
  t.deepEqual(
    ids.value,
    events.map(r => r.id).filter(id => id % 100 === 0),
  )
  t.is(await kept.count(), expected.length)
  t.is(negative.value, events.length - expected.length, 'the cache is read, not computed again')
})

test('sequences are made in the workers, columns are shared', async t => {
  const env = new ExecutionEnvironment({ parallelism: 3, progress: false })
  const numbers = env.generateSequence(1, 1_000_000)
  t.is(
    (
      await numbers
        .map(x => x * 2)
        .reduce((a, b) => a + b)
        .collect()
    )[0],
    1_000_001_000_000,
  )
  const x = Float64Array.from({ length: 600_000 }, (_, k) => (k * 7919) % 600_011)
  const columns = env.fromColumns({ x })
  const sorted = await columns.orderBy('x').toColumns()
  t.deepEqual(sorted.x, x.slice().sort())
})

test('groups of few records each go on at once, and come out whole', async t => {
  const env = new ExecutionEnvironment({ parallelism: 3, progress: false })
  const groups = await env
    .generateSequence(0, 899_999)
    .map(n => ({ key: n % 450_000, n }))
    .groupBy('key')
    .aggregate({ first: firstValue('n'), last: lastValue('n'), sum: sum('n') })
    .orderBy('key')
    .toColumns()
  const { key, first, last } = groups
  t.is(key.length, 450_000)
  t.true(key.every((k, row) => k === row && first[row] === k && last[row] === k + 450_000))
  t.true(groups.sum.every((all, row) => all === 2 * row + 450_000))
})
