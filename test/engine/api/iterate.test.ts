import test from 'ava'
import {
  AbortError,
  ArgumentError,
  type DataSet,
  ExecutionEnvironment,
  FunctionError,
  from,
  fromColumns,
  generateSequence,
  type LoopProgress,
  PlanError,
  type Progress,
} from '../../../engine/index.js'

const double = (x: number) => x * 2

test('a body runs as often as asked, and its last result is the loop’s', async t => {
  const doubled = from([1, 10]).iterate({ maxIterations: 3 }, numbers => numbers.map(double))
  t.deepEqual(await doubled.collect(), [8, 80])
  t.is(await doubled.count(), 2)
  const { iterations, stoppedBy, converged, history, data } = await doubled.run()
  t.like({ iterations, stoppedBy, converged }, { iterations: 3, stoppedBy: 'maxIterations' })
  t.false(converged)
  t.deepEqual(
    history.map(({ superstep }) => superstep),
    [1, 2, 3],
  )
  t.true(history.every(({ ms }) => ms >= 0))
  t.deepEqual(await data.collect(), [8, 80])
})

test('empty data go through the loop, too', async t => {
  const none = from<number>([]).iterate({ maxIterations: 2 }, numbers => numbers.map(double))
  t.deepEqual(await none.collect(), [])
})

test('a body may be the records as they are', async t => {
  t.deepEqual(
    await from([1, 2])
      .iterate({ maxIterations: 5 }, same => same)
      .collect(),
    [1, 2],
  )
})

test('closeWith closes a loop that was opened without a body', async t => {
  const loop = from([1]).iterate({ maxIterations: 3 })
  t.deepEqual(await loop.closeWith(loop.current.map(double)).collect(), [8])
})

test('the loop ends after the superstep in which a data set of the body is empty', async t => {
  const loop = from([1, 5]).iterate({}, numbers => {
    const next = numbers.map(double)
    return { next, untilEmpty: next.filter(x => x < 20) }
  })
  const { iterations, stoppedBy, converged, data } = await loop.run()
  t.is(iterations, 5)
  t.is(stoppedBy, 'untilEmpty')
  t.true(converged)
  t.deepEqual(await data.collect(), [32, 160])
})

test('until sees the aggregates of the superstep that has just ended', async t => {
  const seen: number[] = []
  const loop = from([1, 2]).iterate(
    {
      until: ({ superstep, aggregate }) => {
        seen.push(superstep, aggregate('sum'), aggregate('most'), aggregate('n'))
        return aggregate('sum') >= 12
      },
      aggregators: { most: 'max', n: 'count' },
    },
    numbers =>
      numbers.map((x, { add }) => {
        add('sum', 2 * x)
        add('most', 2 * x)
        add('n')
        return 2 * x
      }),
  )
  const { history, stoppedBy } = await loop.run()
  t.is(stoppedBy, 'until')
  t.deepEqual(seen, [1, 6, 4, 2, 2, 12, 8, 2])
  t.like(history[1], { superstep: 2, sum: 12, most: 8, n: 2 })
})

test('functions see the superstep and the aggregates of the one before', async t => {
  const loop = from([0]).iterate({ maxIterations: 3 }, numbers =>
    numbers.map((_, { superstep, aggregate, add }) => {
      const before = aggregate('steps')
      add('steps', superstep)
      return superstep * 100 + (before ?? -1)
    }),
  )
  t.deepEqual(await loop.collect(), [302])
  const { history } = await loop.run()
  t.deepEqual(
    history.map(({ steps }) => steps),
    [1, 2, 3],
  )
})

test('an aggregator of one’s own starts, adds and merges', async t => {
  const texts = { start: '', add: (all: string, x: number) => `${all}${x},`, merge: plus }
  const loop = from([1, 2]).iterate({ maxIterations: 2, aggregators: { texts } }, numbers =>
    numbers.map((x, { add }) => {
      add('texts', x)
      return x + 1
    }),
  )
  const { history } = await loop.run()
  t.deepEqual(
    history.map(({ texts }) => texts),
    ['1,2,', '2,3,'],
  )
})

const plus = (a: string, b: string) => a + b

test('least and most of nothing, and sums of nothing', async t => {
  const loop = from<number>([]).iterate(
    { maxIterations: 1, aggregators: { least: 'min', most: 'max', sum: 'sum', n: 'count' } },
    numbers => numbers.map(double),
  )
  const { history } = await loop.run()
  t.like(history[0], { least: Infinity, most: -Infinity, sum: 0, n: 0 })
})

test('what does not depend on the loop is computed once', async t => {
  let calls = 0
  const rates = from([1, 2]).map(x => {
    calls++
    return x
  })
  const loop = from([1, 2]).iterate({ maxIterations: 4 }, numbers =>
    numbers
      .join(rates.map(x => x))
      .where(x => x)
      .equalTo(x => x)
      .with(a => a),
  )
  t.deepEqual(await loop.collect(), [1, 2])
  t.is(calls, 2)
})

test('a data set of the loop is handed over to functions anew in each superstep', async t => {
  const points = from([0, 1, 2, 10, 11, 12])
  const centers = from([
    { id: 0, x: 0 },
    { id: 1, x: 1 },
  ]).iterate({ maxIterations: 10 }, current =>
    points
      .map(
        (x, { current }) => {
          const distances = current.map(c => Math.abs(c.x - x))
          const nearest = distances.indexOf(Math.min(...distances))
          return { id: current[nearest]!.id, x }
        },
        { with: { current } },
      )
      .groupBy('id')
      .mean('x'),
  )
  t.deepEqual(await centers.collect(), [
    { id: 0, x: 1 },
    { id: 1, x: 11 },
  ])
})

test('what is handed over may come from the records that the function gets', async t => {
  const loop = from([1, 2, 3]).iterate({ maxIterations: 2 }, numbers =>
    numbers.map((x, { all }) => x + all.reduce((a, b) => a + b, 0), { with: { all: numbers } }),
  )
  t.deepEqual(await loop.collect(), [31, 32, 33])
})

test('loops run in loops, and what is constant for both is kept', async t => {
  const table = fromColumns({ from: [1, 2, 4, 8, 16, 32], to: [2, 4, 8, 16, 32, 64] })
  const nested = from([1]).iterate({ maxIterations: 2 }, outer =>
    outer.iterate({ maxIterations: 3 }, inner =>
      inner
        .join(table)
        .where(x => x)
        .equalTo('from')
        .with((_, row) => row.to),
    ),
  )
  t.deepEqual(await nested.collect(), [64])
})

test('a loop in a loop may use the records of the outer one', async t => {
  const nested = from([1, 2]).iterate({ maxIterations: 2 }, outer => {
    const inner = from([0]).iterate({ maxIterations: 3 }, sums =>
      sums.map((s, { outer }) => s + outer.reduce((a, b) => a + b, 0), { with: { outer } }),
    )
    return outer.cross(inner).with((a, b) => a + b)
  })
  // Sums: 3 x 3 = 9 gives 10, 11; then 3 x 21 = 63 gives 73, 74.
  t.deepEqual(await nested.collect(), [73, 74])
})

test('the inner superstep hides the outer one', async t => {
  const nested = from([0]).iterate({ maxIterations: 2 }, outer =>
    outer
      .map((x, { superstep }) => x + 1000 * superstep)
      .iterate({ maxIterations: 3 }, inner => inner.map((x, { superstep }) => x + superstep)),
  )
  t.deepEqual(await nested.collect(), [3012])
})

test('several loops of one plan, one after the other and beside each other', async t => {
  const first = from([1]).iterate({ maxIterations: 3, name: 'first' }, n => n.map(double))
  const second = first.iterate({ maxIterations: 2, name: 'second' }, n => n.map(x => x + 1))
  const both = second.union(first)
  t.deepEqual(await both.collect(), [10, 8])
  const text = await both.explain()
  t.regex(text, /first, at most 3 times/)
  t.regex(text, /second, at most 2 times/)
})

test('accumulators add up over all supersteps', async t => {
  const { counter } = await import('../../../engine/index.js')
  const calls = counter()
  const loop = from([1, 2]).iterate({ maxIterations: 3 }, numbers =>
    numbers.map(
      (x, { calls }) => {
        calls.add(1)
        return x
      },
      { with: { calls } },
    ),
  )
  const { accumulators } = await loop.run()
  t.is(accumulators.calls, 6)
  t.is(calls.value, 6)
})

test('groups, orders and partitions work in a body, with and without memory', async t => {
  for (const memory of ['1 GiB', '16 KiB']) {
    const env = new ExecutionEnvironment({ memory })
    const loop = env
      .generateSequence(1, 500)
      .map(id => ({ id, x: id % 7 }))
      .iterate({ maxIterations: 3 }, rows =>
        rows
          .groupBy('x')
          .sortGroup('id', 'descending')
          .reduceGroup(group => group.map((row, k) => ({ id: row.id, x: (row.x + k) % 5 })))
          .orderBy('id'),
      )
    const rows = await loop.collect()
    t.is(rows.length, 500)
    t.deepEqual(
      rows.map(row => row.id),
      Array.from({ length: 500 }, (_, k) => k + 1),
    )
  }
})

test('progress tells the superstep', async t => {
  const controller = new AbortController()
  const seen: LoopProgress[] = []
  const onProgress = ({ loop }: Progress) => {
    if (loop === undefined) return
    seen.push(loop)
    controller.abort()
  }
  const loop = generateSequence(1, 100).iterate({ maxIterations: Infinity, name: 'slow' }, rows =>
    rows.orderBy(x => -x),
  )
  await t.throwsAsync(loop.run({ onProgress, signal: controller.signal }), {
    instanceOf: AbortError,
  })
  t.like(seen[0], { name: 'slow', maxIterations: Infinity })
  t.true(seen[0]!.superstep >= 1)
})

test('a loop stops when it is aborted', async t => {
  const controller = new AbortController()
  const endless = from([1]).iterate({ maxIterations: Infinity }, x => x.map(v => v))
  setTimeout(() => controller.abort(new Error('enough')), 50)
  await t.throwsAsync(endless.run({ signal: controller.signal }), { message: /enough/ })
})

test('bodies and options that cannot be are refused', async t => {
  const one = from([1])
  const argument = (what: () => unknown, message: RegExp) =>
    t.throws(what, { instanceOf: ArgumentError, message })
  argument(() => one.iterate({}, x => x), /nothing would end the loop.*maxIterations/)
  argument(() => one.iterate({ maxIterations: 0 }, x => x), /maxIterations must be a positive/)
  argument(() => one.iterate({ maxIteration: 3 } as never, x => x), /"maxIteration".*maxIterations/)
  argument(() => one.iterate({ until: 'x' as never }, x => x), /until must be a function/)
  argument(
    () => one.iterate({ maxIterations: 1, aggregators: { a: 'avg' as never } }, x => x),
    /aggregator "a" must be/,
  )
  argument(
    () => one.iterate({ maxIterations: 1, aggregators: { ms: 'sum' } }, x => x),
    /cannot be called "ms"/,
  )
  argument(() => one.iterate({ maxIterations: 1 }, (() => 7) as never), /return a data set; got 7/)
  argument(() => one.iterate({ maxIterations: 1 }, 7 as never), /must be a function/)
  const plan = (what: () => unknown, message: RegExp) =>
    t.throws(what, { instanceOf: PlanError, message })
  plan(() => one.iterate({ maxIterations: 1 }, () => from([2])), /does not use its current/)
  plan(
    () =>
      one.iterate({ maxIterations: 1 }, ((x: DataSet<string>) => x.writeText('x.txt')) as never),
    /got a sink\. Write the result/,
  )
  plan(() => one.iterate({ maxIterations: 1 }, x => x.map(double).cache()), /cannot be cached/)
  const elsewhere = new ExecutionEnvironment().from([1])
  plan(() => one.iterate({ maxIterations: 1 }, x => x.union(elsewhere)), /different environments/)
})

test('records of a loop are known only within it', async t => {
  const loop = from([1]).iterate({ maxIterations: 2 })
  await t.throwsAsync(loop.current.collect(), {
    instanceOf: PlanError,
    message: /known only while it runs/,
  })
})

test('functions that fail are told with the loop', async t => {
  const until = from([1]).iterate(
    {
      maxIterations: 3,
      until: () => {
        throw new Error('no')
      },
    },
    x => x.map(double),
  )
  await t.throwsAsync(until.run(), {
    instanceOf: FunctionError,
    message: 'iterate: until threw after superstep 1: no',
  })
  const odd = from([1]).iterate({ maxIterations: 3, until: () => 1 as never }, x => x.map(double))
  await t.throwsAsync(odd.run(), { message: /until must return true or false; got 1/ })
  const unknown = from([1]).iterate({ until: s => s.aggregate('chnge') < 1 }, x =>
    x.map((v, { add }) => {
      add('change', 1)
      return v
    }),
  )
  await t.throwsAsync(unknown.run(), { message: /aggregate "chnge".*there is change/ })
  const text = from([1]).iterate({ maxIterations: 1 }, x =>
    x.map((v, { add }) => {
      add('change', 'x')
      return v
    }),
  )
  await t.throwsAsync(text.run(), {
    instanceOf: FunctionError,
    message: /must be a number; got "x"/,
  })
  const outside = from([1]).map((v, { add }) => {
    add('change', 1)
    return v
  })
  await t.throwsAsync(outside.collect(), { message: /body of a loop only/ })
})
