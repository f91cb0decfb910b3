/**
 * Aggregates that are added up in the loop that makes their records: the same answers, in the same
 * order and to the last bit, as when records come in batches.
 */
import test from 'ava'
import fc from 'fast-check'
import {
  count,
  type DataSet,
  type EnvironmentOptions,
  ExecutionEnvironment,
  FunctionError,
  max,
  mean,
  min,
  sum,
} from '../../../../engine/index.js'

interface Row {
  readonly k: number
  readonly v: number
}

/** Records of one batch: mostly what loops take, and all that they leave to the ordinary way. */
const keys = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
  fc.constantFrom(-3, -0, 5000, 70_000, 2 ** 31, 0.5, Number.NaN, null, 'text'),
)
const values = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -9, max: 9 }) },
  { weight: 3, arbitrary: fc.double() },
  fc.constantFrom(-0, 1e300, Number.NaN, Number.POSITIVE_INFINITY, null),
)
const usual = fc.record({ k: fc.integer({ min: 0, max: 40 }), v: fc.integer({ min: -9, max: 9 }) })
const odd = fc.record({ k: keys, v: values, w: fc.integer() }, { requiredKeys: ['k', 'v'] })
const batches = fc.array(
  fc.oneof(fc.array(usual, { minLength: 1, maxLength: 30 }), fc.array(odd, { minLength: 1 })),
  { minLength: 1, maxLength: 6 },
) as fc.Arbitrary<Row[][]>

/** All that loops can add up. */
const summed = (data: DataSet<Row>) =>
  data.groupBy('k').aggregate({
    s: sum('v'),
    n: count(),
    there: count('v'),
    m: mean('v'),
    low: min('v'),
    high: max('v'),
  })

type Collected = Pick<DataSet<unknown>, 'collect' | 'explain'>
type Program = (env: ExecutionEnvironment, batches: readonly (readonly Row[])[]) => Collected

const inBatches = (env: ExecutionEnvironment, all: readonly (readonly Row[])[]): DataSet<Row> =>
  all.map(rows => env.from(rows)).reduce((a, b) => a.union(b))

const PROGRAMS: Readonly<Record<string, Program>> = {
  'a map': (env, all) => summed(inBatches(env, all).map(r => ({ k: r.k, v: r.v }))),
  'computed keys and values': (env, all) =>
    summed(inBatches(env, all).map(r => ({ k: r.k % 7, v: r.v / 4 }))),
  'a filter, a single aggregate': (env, all) =>
    inBatches(env, all)
      .filter(r => r.v !== 3)
      .groupBy('k')
      .sum('v'),
  'a join with lists': (env, all) =>
    inBatches(env, all)
      .join(
        env.from(Array.from({ length: 60 }, (_, x) => ({ k: x % 20, to: (x * 7) % 50, f: x / 8 }))),
      )
      .where('k')
      .equalTo('k')
      .with((l, r) => ({ k: r.to, v: l.v * r.f }))
      .groupBy('k')
      .aggregate({ low: min('v'), s: sum('v'), n: count() }),
  'a join without repeated keys': (env, all) =>
    inBatches(env, all)
      .join(env.from(Array.from({ length: 30 }, (_, x) => ({ k: x, to: x >> 1 }))))
      .where('k')
      .equalTo('k')
      .with((l, r) => ({ k: r.to, v: l.v }))
      .groupBy('k')
      .aggregate({ n: count(), m: mean('v'), high: max('v') }),
  'an outer join': (env, all) =>
    inBatches(env, all)
      .leftJoin(env.from(Array.from({ length: 30 }, (_, x) => ({ k: x % 9, to: x }))))
      .where('k')
      .equalTo('k')
      .with((l, r) => ({ k: r === null ? -1 : r.to, v: l.v }))
      .groupBy('k')
      .sum('v'),
  'a loop': (env, all) =>
    inBatches(env, all).iterate({ maxIterations: 3 }, current =>
      current
        .join(env.from(Array.from({ length: 90 }, (_, x) => ({ from: x % 30, to: (x * 7) % 41 }))))
        .where('k')
        .equalTo('from')
        .with((l, r) => ({ k: r.to, v: l.v / 2 }))
        .groupBy('k')
        .sum('v'),
    ),
}

const environment = (options: EnvironmentOptions): ExecutionEnvironment =>
  new ExecutionEnvironment({ progress: false, ...options })
const plain = environment({ optimizer: { 'fused-aggregate': false } })
const fused = environment({})

for (const [name, program] of Object.entries(PROGRAMS)) {
  test(`${name}: the rule changes no answer, no bit and no order`, async t => {
    await fc.assert(
      fc.asyncProperty(batches, async all => {
        const expected = await program(plain, all).collect()
        t.deepEqual(await program(fused, all).collect(), expected)
      }),
      { numRuns: 60 },
    )
  })

  test(`${name}: with hardly any memory, and without generated code, the groups are the same`, async t => {
    const whole = fc.array(fc.array(usual, { minLength: 1, maxLength: 200 }), {
      minLength: 1,
      maxLength: 3,
    })
    const sorted = (records: readonly unknown[]) => records.map(r => JSON.stringify(r)).sort()
    await fc.assert(
      fc.asyncProperty(whole, async all => {
        const expected = await program(plain, all).collect()
        const little = await program(environment({ memory: 2048 }), all).collect()
        t.deepEqual(sorted(little), sorted(expected))
        const interpreted = await program(environment({ codegen: false }), all).collect()
        t.deepEqual(interpreted, expected)
        const partitions = await program(environment({ parallelism: 3 }), all).collect()
        t.deepEqual(sorted(partitions), sorted(expected))
      }),
      { numRuns: 15 },
    )
  })
}

test('records do not come in batches where loops add them up', async t => {
  const rows = Array.from({ length: 5000 }, (_, x) => ({ k: x % 1000, v: x / 2 }))
  for (const name of Object.keys(PROGRAMS).filter(name => name !== 'a loop')) {
    const result = PROGRAMS[name]!(fused, [rows])
    await result.collect()
    const { nodes } = await result.explain({ format: 'json' })
    const feed = nodes.find(({ kind }) => kind === 'chain' || kind === 'join')!
    t.is(feed.actual!.batches, 0, name)
    t.true(feed.actual!.rowsOut > 0, name)
  }
})

test('a function that throws is told with its records, and is called once for each', async t => {
  const seen: number[] = []
  const rows = Array.from({ length: 300 }, (_, x) => ({ k: x % 10, v: x === 250 ? 0.5 : x }))
  const failing = (at: number) =>
    fused
      .from(rows)
      .map(r => {
        seen.push(r.v)
        if (r.v === at) throw new Error('no')
        return { k: r.k, v: r.v }
      })
      .groupBy('k')
      .sum('v')
  await failing(-1).collect()
  t.deepEqual(
    seen,
    rows.map(({ v }) => v),
  )
  const error = await t.throwsAsync(failing(0.5).collect(), { instanceOf: FunctionError })
  t.is(error.message, 'map: the function threw at record {"k":0,"v":0.5}: no')

  const links = Array.from({ length: 40 }, (_, x) => ({ from: x % 4, to: x }))
  const joined = fused
    .from(rows)
    .join(fused.from(links))
    .where('k')
    .equalTo('from')
    .with((l, r) => {
      if (l.v === 101 && r.to === 13) throw new Error('no')
      return { k: r.to, v: l.v }
    })
    .groupBy('k')
    .sum('v')
  const second = await t.throwsAsync(joined.collect(), { instanceOf: FunctionError })
  t.is(
    second.message,
    'join.with: the function threw at record [{"k":1,"v":101},{"from":1,"to":13}]: no',
  )
})

test('a key with many matches is added up in pieces', async t => {
  const left = fused.from(Array.from({ length: 20 }, () => ({ k: 1 })))
  const right = fused.from(Array.from({ length: 30_000 }, (_, x) => ({ k: 1, to: x % 3, v: x })))
  const sums = left
    .join(right)
    .where('k')
    .equalTo('k')
    .with((_, r) => ({ to: r.to, v: r.v }))
  t.deepEqual(await sums.groupBy('to').sum('v').collect(), [
    { to: 0, v: 20 * 149_985_000 },
    { to: 1, v: 20 * 149_995_000 },
    { to: 2, v: 20 * 150_005_000 },
  ])
})

test('a field that no record has is an error, one that comes late is none', async t => {
  const rows = (field: string) => fused.from([{ k: 1, [field]: 2 } as Record<string, number>])
  const total = (data: DataSet<Record<string, number>>) =>
    data
      .map(r => ({ ...r }))
      .groupBy('k')
      .sum('v')
      .collect()
  await t.throwsAsync(total(rows('w').union(rows('x'))), { message: /field "v"/ })
  t.deepEqual(await total(rows('w').union(rows('v'))), [{ k: 1, v: 2 }])
})
