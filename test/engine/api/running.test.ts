import test from 'ava'
import { AbortError, ArgumentError, FunctionError, PlanError } from '../../../engine/errors.js'
import {
  average,
  counter,
  ExecutionEnvironment,
  execute,
  frequencies,
  from,
  generateSequence,
  list,
  maximum,
  minimum,
  type Progress,
} from '../../../engine/index.js'
import type { Sink } from '../../../engine/plan/source.js'

test('hands over values, data sets as arrays, and accumulators', async t => {
  const centers = from([{ x: 0 }, { x: 10 }]).filter(c => c.x > 5)
  const near = generateSequence(1, 3).map((x, { centers, shift }) => x + centers[0]!.x + shift, {
    with: { centers, shift: 1 },
  })
  t.deepEqual(await near.collect(), [12, 13, 14])
})

test('accumulators are there after the job, by name and by themselves', async t => {
  const [odd, seen, least, most, mean, all] = [
    counter(),
    frequencies<number>(),
    minimum(),
    maximum(),
    average(),
    list<number>(),
  ]
  const sink = memorySink()
  const result = await generateSequence(1, 5)
    .map(
      (x, { odd, seen, least, most, mean, all }) => {
        if (x % 2 === 1) odd.add(1)
        seen.add(x % 2)
        least.add(x)
        most.add(x)
        mean.add(x)
        all.add(x)
        return x
      },
      { with: { odd, seen, least, most, mean, all } },
    )
    .to(sink)
    .run()
  t.is(odd.value, 3)
  t.deepEqual(result.accumulators, {
    odd: 3,
    seen: new Map([
      [1, 3],
      [0, 2],
    ]),
    least: 1,
    most: 5,
    mean: 3,
    all: [1, 2, 3, 4, 5],
  })
  t.deepEqual(result.rowsWritten, [5])
  t.deepEqual(sink.log, ['open', 'write 5', 'commit'])
})

test('a second job starts its accumulators anew', async t => {
  const seen = counter()
  const counted = from([1, 2, 3]).filter((_, { seen }) => seen.add(1) === undefined, {
    with: { seen },
  })
  await counted.count()
  await counted.count()
  t.is(seen.value, 3)
})

test('what cannot travel is refused when it is handed over', t => {
  const data = from([1])
  for (const value of [
    () => 1,
    Symbol('x'),
    { deep: [() => 1] },
    Promise.resolve(1),
    new WeakMap(),
  ]) {
    t.throws(() => data.map(x => x, { with: { value } }), {
      instanceOf: ArgumentError,
      message: /map: with\.value.*cannot be copied to a worker/,
    })
  }
  t.throws(() => data.map(x => x, { with: { partition: 1 } }), { message: /"partition"/ })
})

test('runs several sinks as one job, what they share once', async t => {
  let calls = 0
  const shared = from([1, 2, 3]).map(x => {
    calls++
    return x
  })
  const [a, b] = [memorySink(), memorySink()]
  await execute([shared.filter(x => x > 1).to(a), shared.to(b)])
  t.is(calls, 3)
  t.deepEqual([a.log.at(-1), b.log.at(-1)], ['commit', 'commit'])
  await t.throwsAsync(execute([]), { instanceOf: ArgumentError })
  const elsewhere = new ExecutionEnvironment().from([1]).to(memorySink())
  await t.throwsAsync(execute([shared.to(a), elsewhere]), { instanceOf: PlanError })
})

test('a job that fails leaves no result behind', async t => {
  const [good, bad] = [memorySink(), memorySink()]
  const numbers = from([1, 2, 3])
  const failing = numbers.map(x => {
    if (x === 3) throw new RangeError('three')
    return x
  })
  const error = await t.throwsAsync(execute([numbers.to(good), failing.to(bad)]), {
    instanceOf: FunctionError,
  })
  t.regex(error.message, /map: the function threw at record 3: three/)
  t.true(error.cause instanceof RangeError)
  t.false(good.log.includes('commit'))
  t.is(good.log.at(-1), 'abort')
})

test('stops at an abort, and is told so when it was aborted before', async t => {
  const stop = new AbortController()
  const endless = generateSequence(1, 1e12).filter(x => x < 0)
  setTimeout(() => stop.abort(new Error('enough')), 30)
  const error = await t.throwsAsync(endless.count({ signal: stop.signal }), {
    instanceOf: AbortError,
  })
  t.regex(error.message, /enough/)
  await t.throwsAsync(endless.count({ signal: stop.signal }), { instanceOf: AbortError })
})

test('reports progress while it runs and once at the end', async t => {
  const reports: Progress[] = []
  await generateSequence(1, 3e6)
    .filter(x => Math.sqrt(x) % 7 === 0)
    .count({ onProgress: progress => reports.push(progress) })
  t.true(reports.length >= 2)
  t.is(reports.filter(progress => progress.done).length, 1)
  t.is(reports.at(-1)!.rows, 3e6)
  const failing = from([1]).map((): number => {
    throw new Error('no')
  })
  reports.length = 0
  await t.throwsAsync(failing.count({ onProgress: progress => reports.push(progress) }))
  t.true(reports.at(-1)!.done)
})

test('keeps a cached result for later jobs', async t => {
  let calls = 0
  const cached = from([1, 2, 3])
    .map(x => {
      calls++
      return x * 2
    })
    .cache()
  t.deepEqual(await cached.first(1).collect(), [2])
  t.deepEqual(await cached.collect(), [2, 4, 6])
  t.is(await cached.count(), 3)
  t.is(calls, 3)
})

test('iterates over records, and stops the job when the reader stops', async t => {
  const seen: number[] = []
  for await (const x of generateSequence(1, 1e12)) {
    seen.push(x)
    if (seen.length === 40_000) break
  }
  t.is(seen.at(-1), 40_000)
  const all: number[] = []
  for await (const x of generateSequence(1, 70_000)) all.push(x)
  t.is(all.length, 70_000)
  await t.throwsAsync(async () => {
    const failing = from([1]).map((): number => {
      throw new Error('no')
    })
    for await (const _ of failing);
  })
})

test('gives columns: typed arrays for numbers, arrays for the rest', async t => {
  const columns = await from([
    { x: 1.5, s: 'a', m: 1 },
    { x: 2, s: 'b', m: null },
  ]).toColumns()
  t.deepEqual(columns.x, Float64Array.of(1.5, 2))
  t.deepEqual(columns.s, ['a', 'b'])
  t.deepEqual(columns.m, [1, null])
})

test('prints an aligned table with limited rows', async t => {
  const words = from([
    { word: 'the', count: 1143, share: 0.5 },
    { word: '漢字', count: 2, share: null },
    { word: 'x'.repeat(60), count: 3, share: 1.25 },
  ])
  t.is(
    await words.toTable({ rows: 2 }),
    [
      'word  count  share',
      '────  ─────  ─────',
      'the   1,143   0.50',
      '漢字      2',
      '... 1 more',
    ].join('\n'),
  )
  t.is(await from([]).toTable(), '(no records)')
  await t.throwsAsync(words.toTable({ row: 1 } as never), {
    message: /option "row" is not known; there are rows/,
  })
})

test('prints days as days, and times where a column has them', async t => {
  const days = [new Date(0), new Date(86_400_000)].map(day => ({ day, time: day }))
  days[1]!.time = new Date(86_400_500)
  const lines = (await from(days).toTable()).split('\n')
  t.deepEqual(lines.slice(2), [
    '1970-01-01  1970-01-01T00:00:00Z',
    '1970-01-02  1970-01-02T00:00:00.500Z',
  ])
  t.true((await generateSequence(1, 100_000).toTable({ rows: 1 })).endsWith('... 99,999 more'))
})

test('a cached data set explains how it was computed', async t => {
  const busy = generateSequence(1, 1000)
    .map(x => ({ k: x % 3 }))
    .groupBy('k')
    .count()
    .cache()
  t.regex(await busy.explain(), /groupBy k/)
  await busy.first(1).collect()
  t.regex(await busy.explain(), /groupBy k.*ran in/s)
  await busy.collect()
  t.regex(await busy.explain(), /groupBy k.*ran in/s)
})

test('summarizes every field', async t => {
  const { rows, fields } = await from([
    { n: 1, s: 'a', b: true, d: new Date(5) },
    { n: 3, s: '', b: false, d: new Date(1) },
    { n: Number.NaN, s: 'a', b: true, d: null },
    { n: null, s: 'ccc', b: true, d: null },
  ]).summarize()
  t.is(rows, 4)
  t.like(fields.n, {
    count: 3,
    missing: 1,
    distinct: 3,
    nan: 1,
    min: 1,
    max: 3,
    mean: 2,
    median: 2,
  })
  t.like(fields.s, { distinct: 3, empty: 1, min: '', max: 'ccc', length: { min: 0, max: 3 } })
  t.like(fields.b, { true: 3, distinct: 2 })
  t.like(fields.d, { missing: 2, min: new Date(1), max: new Date(5) })
})

test('options of an environment are checked', t => {
  t.throws(() => new ExecutionEnvironment({ memroy: 1 } as never), {
    message: /"memroy" is not known; there are memory/,
  })
  t.throws(() => new ExecutionEnvironment({ memory: 'much' }), { message: /64 MiB/ })
  t.throws(() => new ExecutionEnvironment({ parallelism: 0 }), { instanceOf: ArgumentError })
  t.is(new ExecutionEnvironment({ memory: '64 MiB' }).memory, 64 * 1024 ** 2)
})

test('job parameters are in the context of every function', async t => {
  const env = new ExecutionEnvironment({ parameters: { limit: 2 } })
  const kept = env.from([1, 2, 3]).filter((x, { parameters }) => x > (parameters.limit as number))
  t.deepEqual(await kept.collect(), [3])
})

function memorySink(): Sink & { log: string[] } {
  const log: string[] = []
  return {
    log,
    label: 'memory',
    async open() {
      log.push('open')
      return {
        write: batch => void log.push(`write ${batch.length}`),
        commit: async () => void log.push('commit'),
        abort: async () => void log.push('abort'),
      }
    },
  }
}
