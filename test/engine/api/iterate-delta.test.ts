import test from 'ava'
import {
  ArgumentError,
  type DataSet,
  ExecutionEnvironment,
  from,
  generateSequence,
  PlanError,
  SchemaError,
} from '../../../engine/index.js'
import { equalRecords } from '../../support/table-equal.js'

interface Counter {
  readonly id: number
  readonly left: number
}

const counters: readonly Counter[] = [
  { id: 1, left: 2 },
  { id: 2, left: 0 },
  { id: 3, left: 4 },
]

/** What is left, less one. */
const less = (workset: DataSet<Counter>) =>
  workset.filter(({ left }) => left > 0).map(c => ({ id: c.id, left: c.left - 1 }))

test('a superstep replaces the records of its delta and leaves the others', async t => {
  const start = from(counters)
  const loop = start.iterateDelta(
    { workset: start, key: 'id', maxIterations: 2 },
    ({ workset }) => ({ delta: less(workset), workset: less(workset) }),
  )
  equalRecords(t, await loop.collect(), [
    { id: 1, left: 0 },
    { id: 2, left: 0 },
    { id: 3, left: 2 },
  ])
})

test('a loop ends when its workset is empty, and says so', async t => {
  const start = from(counters)
  const { data, iterations, stoppedBy, converged, history, name } = await start
    .iterateDelta({ workset: start, key: 'id', maxIterations: 99, name: 'count down' }, loop => ({
      delta: less(loop.workset),
      workset: less(loop.workset),
    }))
    .run()
  t.deepEqual(
    { name, iterations, stoppedBy, converged },
    {
      name: 'count down',
      iterations: 5,
      stoppedBy: 'emptyWorkset',
      converged: true,
    },
  )
  t.deepEqual(
    history.map(({ superstep, workset, changed }) => [superstep, workset, changed]),
    [
      [1, 3, 2],
      [2, 2, 2],
      [3, 2, 1],
      [4, 1, 1],
      [5, 1, 0],
    ],
  )
  t.true((await data.collect()).every(({ left }) => left === 0))
})

test('an empty workset means no superstep, and the initial records come out', async t => {
  const start = from(counters)
  const { data, iterations, stoppedBy, converged, history } = await start
    .iterateDelta(
      { workset: start.filter(() => false), key: 'id', maxIterations: 3 },
      ({ workset }) => ({ delta: less(workset), workset }),
    )
    .run()
  t.deepEqual(
    { iterations, stoppedBy, converged, history },
    {
      iterations: 0,
      stoppedBy: 'emptyWorkset',
      converged: true,
      history: [],
    },
  )
  equalRecords(t, await data.collect(), counters)
})

test('the maximum ends a loop that has more to do, which has then not converged', async t => {
  const start = from(counters)
  const { iterations, stoppedBy, converged } = await start
    .iterateDelta({ workset: start, key: 'id', maxIterations: 2 }, ({ workset }) => ({
      delta: workset,
      workset,
    }))
    .run()
  t.deepEqual([iterations, stoppedBy, converged], [2, 'maxIterations', false])
})

test('until ends a loop by its aggregates', async t => {
  const start = from(counters)
  const { iterations, stoppedBy, history } = await start
    .iterateDelta(
      { workset: start, key: 'id', until: ({ aggregate }) => aggregate('left') < 4 },
      ({ workset }) => {
        const next = less(workset).map((c, { add }) => {
          add('left', c.left)
          return c
        })
        return { delta: next, workset: next }
      },
    )
    .run()
  t.deepEqual([iterations, stoppedBy], [2, 'until'])
  t.deepEqual(
    history.map(({ left }) => left),
    [4, 2],
  )
})

test('untilEmpty ends a loop whose workset is not empty yet', async t => {
  const start = from(counters)
  const { iterations, stoppedBy, converged, data } = await start
    .iterateDelta({ workset: start, key: 'id' }, ({ workset }) => ({
      delta: less(workset),
      workset: less(workset),
      untilEmpty: less(workset).filter(({ left }) => left > 2),
    }))
    .run()
  t.deepEqual([iterations, stoppedBy, converged], [2, 'untilEmpty', true])
  equalRecords(t, await data.select('left').collect(), [{ left: 0 }, { left: 0 }, { left: 2 }])
})

test('records with new keys are put in, behind those that are there', async t => {
  const start = from([{ id: 1 }])
  const loop = start.iterateDelta({ workset: start, key: 'id', maxIterations: 4 }, loop => {
    const next = loop.workset.map(({ id }) => ({ id: id * 2 }))
    return { delta: next, workset: next }
  })
  t.deepEqual(await loop.collect(), [{ id: 1 }, { id: 2 }, { id: 4 }, { id: 8 }, { id: 16 }])
})

test('of several records with one key the last one of a delta stays', async t => {
  const start = from([{ id: 1, v: 0 }])
  const loop = start.iterateDelta({ workset: start, key: 'id', maxIterations: 1 }, loop => ({
    delta: loop.workset.flatMap(({ id }) => [
      { id, v: 1 },
      { id: 7, v: 2 },
      { id, v: 3 },
    ]),
    workset: loop.workset,
  }))
  equalRecords(t, await loop.collect(), [
    { id: 1, v: 3 },
    { id: 7, v: 2 },
  ])
  t.is((await loop.run()).history[0]!.changed, 2)
})

test('updates are seen from the next superstep on, never in the same one', async t => {
  const start = from([{ id: 0, v: 1 }])
  const steps = from([1])
  const seen: [number, number][] = []
  const loop = start.iterateDelta({ workset: steps, key: 'id', maxIterations: 3 }, loop => {
    // Each superstep writes twice; the second look-up still finds what the superstep began with.
    const delta = loop.workset
      .flatMap(() => [{ id: 0 }, { id: 0 }])
      .join(loop.solution)
      .where('id')
      .equalTo('id')
      .with((_, { id, v }, { superstep }) => {
        seen.push([superstep, v])
        return { id, v: v * 10 }
      })
    return { delta, workset: loop.workset }
  })
  t.deepEqual(await loop.collect(), [{ id: 0, v: 1000 }])
  t.deepEqual(seen, [
    [1, 1],
    [1, 1],
    [2, 10],
    [2, 10],
    [3, 100],
    [3, 100],
  ])
})

test('initial records with one key are refused with the key, unless a choice is made', async t => {
  const twice = from([
    { id: 'a', v: 1 },
    { id: 'b', v: 2 },
    { id: 'a', v: 3 },
  ])
  const loop = (onDuplicate?: 'error' | 'first' | 'last') =>
    twice.iterateDelta(
      { workset: twice, key: 'id', maxIterations: 1, ...(onDuplicate && { onDuplicate }) },
      ({ workset }) => ({ delta: workset.filter(() => false), workset }),
    )
  for (const choice of [undefined, 'error'] as const) {
    await t.throwsAsync(loop(choice).collect(), {
      instanceOf: ArgumentError,
      message: /iterateDelta: the initial solution set has the key "a" twice.*onDuplicate/,
    })
  }
  equalRecords(t, await loop('first').collect(), [
    { id: 'a', v: 1 },
    { id: 'b', v: 2 },
  ])
  equalRecords(t, await loop('last').collect(), [
    { id: 'a', v: 3 },
    { id: 'b', v: 2 },
  ])
})

test('a key that records do not have is refused, wherever it is missed', async t => {
  const start = from([{ id: 1, v: 1 }])
  const initial = start.iterateDelta(
    { workset: start, key: 'di' as 'id', maxIterations: 1 },
    ({ workset }) => ({ delta: workset, workset }),
  )
  await t.throwsAsync(initial.collect(), {
    instanceOf: SchemaError,
    message: /iterateDelta: .*"di".*id/s,
  })
  const delta = start.iterateDelta(
    { workset: start, key: 'id', maxIterations: 1 },
    ({ workset }) => ({
      delta: workset.map(({ v }) => ({ v })) as unknown as typeof start,
      workset,
    }),
  )
  await t.throwsAsync(delta.collect(), { instanceOf: SchemaError, message: /iterateDelta: .*"id"/ })
})

test('bodies and options that cannot be are refused', t => {
  const start = from(counters)
  const options = { workset: start, key: 'id', maxIterations: 1 } as const
  const refused = (
    given: object,
    body: unknown,
    instanceOf: typeof ArgumentError | typeof PlanError,
    message: RegExp,
  ) =>
    t.throws(() => start.iterateDelta({ ...options, ...given }, body as never), {
      instanceOf: instanceOf as never,
      message,
    })
  const body = ({ workset }: { workset: DataSet<Counter> }) => ({ delta: workset, workset })
  const any =
    ({ delta, workset }: { delta: unknown; workset: unknown }) =>
    () => ({
      delta,
      workset,
    })
  refused(
    { onDuplicate: 'any' },
    body,
    ArgumentError,
    /onDuplicate must be "error" or "first" or "last"/,
  )
  refused({ key: [] }, body, ArgumentError, /name at least one field/)
  refused({ key: 7.5 }, body, ArgumentError, /a key is a field name/)
  refused({ workset: counters }, body, ArgumentError, /must be a DataSet/)
  refused({ maxIterations: undefined }, body, ArgumentError, /nothing would end the loop/)
  refused({ until: 3 }, body, ArgumentError, /until must be a function/)
  refused({ worksett: start }, body, ArgumentError, /"worksett"/)
  refused({}, 'body', ArgumentError, /the body must be a function/)
  refused({}, () => start, ArgumentError, /must return \{ delta, workset \}/)
  refused({}, any({ delta: start, workset: 3 }), ArgumentError, /workset must return a data set/)
  refused({}, any({ delta: start, workset: start }), PlanError, /does not use its workset/)
  refused(
    {},
    ({ solution }: { solution: DataSet<Counter> }) => ({ delta: solution, workset: solution }),
    PlanError,
    /does not use its workset/,
  )
  refused(
    {},
    ({ workset }: { workset: DataSet<Counter> }) => ({ delta: workset.writeCsv('x.csv'), workset }),
    PlanError,
    /delta must be a data set; got a sink/,
  )
  refused(
    {},
    ({ workset }: { workset: DataSet<Counter> }) => ({ delta: workset.cache(), workset }),
    PlanError,
    /cannot be cached/,
  )
  const elsewhere = new ExecutionEnvironment().from(counters)
  refused({ workset: elsewhere }, body, PlanError, /different environments/)
})

test('a loop that is opened without a body is closed by closeWith', async t => {
  const start = from(counters)
  const loop = start.iterateDelta({ workset: start, key: 'id', maxIterations: 9 })
  const next = less(loop.workset)
  const closed = loop.closeWith(next, next)
  t.deepEqual(await closed.select('left').collect(), [{ left: 0 }, { left: 0 }, { left: 0 }])
  const open = start.iterateDelta({ workset: start, key: 'id', maxIterations: 9 })
  await t.throwsAsync(open.solution.collect(), { instanceOf: PlanError, message: /only while it/ })
})

test('the workset may hold other records than the solution set', async t => {
  const totals = from([{ name: 'a', total: 0 }])
  const bills = from([
    ['a', 3],
    ['b', 4],
    ['a', 5],
  ] as [string, number][])
  const loop = totals.iterateDelta(
    { workset: bills, key: 'name', maxIterations: 3 },
    ({ solution, workset }) => ({
      delta: workset
        .groupBy('0')
        .sum('1')
        .leftJoin(solution)
        .where('0')
        .equalTo('name')
        .with((bill, known) => ({ name: bill[0], total: bill[1] + (known?.total ?? 0) })),
      workset: workset.filter(([, amount]) => amount > 3),
    }),
  )
  equalRecords(t, await loop.collect(), [
    { name: 'a', total: 18 },
    { name: 'b', total: 12 },
  ])
})

test('what does not depend on the loop is computed once', async t => {
  let calls = 0
  const edges = generateSequence(1, 9).map(source => {
    calls++
    return { source, target: source + 1 }
  })
  const start = from([{ id: 1 }])
  const loop = start.iterateDelta({ workset: start, key: 'id', maxIterations: 99 }, loop => {
    const next = loop.workset
      .join(edges)
      .where('id')
      .equalTo('source')
      .with((_, { target }) => ({ id: target }))
    return { delta: next, workset: next }
  })
  t.is(await loop.count(), 10)
  t.is(calls, 9)
})

test('a plain value is its own key', async t => {
  const start = from([1])
  const loop = start.iterateDelta(
    { workset: start, key: n => n, maxIterations: 3 },
    ({ workset }) => {
      const next = workset.flatMap(n => [n + 1, n * 2])
      return { delta: next, workset: next }
    },
  )
  t.deepEqual(await loop.collect(), [1, 2, 3, 4, 6, 5, 8])
})
