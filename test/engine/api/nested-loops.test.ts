/** Delta iterations among other loops, and how little a superstep costs. */
import test from 'ava'
import {
  type DataSet,
  ExecutionEnvironment,
  execute,
  from,
  generateSequence,
} from '../../../engine/index.js'
import { assertRecords, equalRecords } from '../../support/table-equal.js'
import { connectedComponents } from '../algorithms/connected-components.js'
import { dataSetsOf, GRAPHS } from '../algorithms/graph-zoo.js'
import { inEverySetting } from '../algorithms/settings.js'

const options = { key: 'id', maxIterations: 50 } as const

/** Counts every record down to 0. */
function countedDown(start: DataSet<{ id: number; left: number }>) {
  return start.iterateDelta({ ...options, workset: start, name: 'count down' }, ({ workset }) => {
    const less = workset
      .filter(({ left }) => left > 0)
      .map(({ id, left }) => ({ id, left: left - 1 }))
    return { delta: less, workset: less }
  })
}

test('a delta iteration runs in each superstep of a bulk iteration', async t => {
  await inEverySetting(async env => {
    const start = env.from([
      { id: 1, left: 3 },
      { id: 2, left: 0 },
    ])
    const loop = start.iterate({ maxIterations: 3 }, current =>
      countedDown(current).map(({ id, left }, { superstep }) => ({
        id,
        left: left + id * superstep,
      })),
    )
    assertRecords(
      await loop.collect(),
      [
        { id: 1, left: 3 },
        { id: 2, left: 6 },
      ],
      { ordered: false },
    )
  })
  t.pass()
})

test('look-ups in a solution set find that of the outer superstep, whatever the body keeps', async t => {
  const prices = [
    { id: 1, price: 1 },
    { id: 2, price: 2 },
  ]
  await inEverySetting(async env => {
    const known = env.from(prices)
    for (const kind of ['join', 'coGroup'] as const) {
      const loop = known.iterate({ maxIterations: 4 }, current =>
        current.iterateDelta({ key: 'id', maxIterations: 1, workset: current }, inner => {
          // The constant side makes the body keep its operators from one outer superstep to the next.
          const asked = inner.workset.semiJoin(known).where('id').equalTo('id')
          const delta =
            kind === 'join'
              ? asked
                  .join(inner.solution)
                  .where('id')
                  .equalTo('id')
                  .with((_, { id, price }) => ({ id, price: price * 10 }))
              : asked
                  .coGroup(inner.solution)
                  .where('id')
                  .equalTo('id')
                  .with((_, found) => found.map(({ id, price }) => ({ id, price: price * 10 })))
          return { delta, workset: inner.workset }
        }),
      )
      const expected = prices.map(({ id, price }) => ({ id, price: price * 10_000 }))
      assertRecords(await loop.collect(), expected, { ordered: false })
    }
  })
  t.pass()
})

test('a bulk iteration runs in each superstep of a delta iteration', async t => {
  await inEverySetting(async env => {
    const start = env.from([
      { id: 1, left: 3 },
      { id: 2, left: 9 },
    ])
    const loop = start.iterateDelta({ ...options, workset: start }, ({ solution, workset }) => {
      const less = workset
        .filter(({ left }) => left > 0)
        .iterate({ maxIterations: 2 }, inner =>
          inner.map(({ id, left }) => ({ id, left: left - 1 })),
        )
        .join(solution)
        .where('id')
        .equalTo('id')
        .with(({ id, left }, known) => ({ id, left: Math.min(left, known.left) }))
      return { delta: less, workset: less }
    })
    assertRecords(
      await loop.collect(),
      [
        { id: 1, left: -1 },
        { id: 2, left: -1 },
      ],
      { ordered: false },
    )
  })
  t.pass()
})

test('a delta iteration runs in a delta iteration, and looks up in both solution sets', async t => {
  await inEverySetting(async env => {
    const prices = env.from([
      { id: 1, price: 10 },
      { id: 2, price: 20 },
    ])
    const loop = prices.iterateDelta(
      { key: 'id', maxIterations: 2, workset: env.from([1, 2]) },
      outer => {
        const counts = outer.workset.map(id => ({ id, left: id }))
        const counted = counts.iterateDelta({ ...options, workset: counts }, inner => {
          const next = inner.workset
            .filter(({ left }) => left > 0)
            .join(inner.solution)
            .where('id')
            .equalTo('id')
            .with((_, { id, left }) => ({ id, left: left - 1 }))
            .semiJoin(outer.solution)
            .where('id')
            .equalTo('id')
          return { delta: next, workset: next }
        })
        const delta = counted
          .join(outer.solution)
          .where('id')
          .equalTo('id')
          .with(({ left }, { id, price }) => ({ id, price: price + 1 + left }))
        return { delta, workset: outer.workset }
      },
    )
    assertRecords(
      await loop.collect(),
      [
        { id: 1, price: 12 },
        { id: 2, price: 22 },
      ],
      { ordered: false },
    )
  })
  t.pass()
})

test('the components of a graph that a bulk iteration changes', async t => {
  const graph = GRAPHS['a sparse random graph']!
  const env = new ExecutionEnvironment()
  const { vertices, edges } = dataSetsOf(env, graph)
  const once = await connectedComponents(vertices, edges).collect()
  // Each superstep finds the components anew, and goes on with the smallest vertex of each.
  const loop = vertices.iterate({ maxIterations: 2 }, current =>
    connectedComponents(current, edges)
      .filter(({ id, component }) => id === component)
      .select('id'),
  )
  const roots = once.filter(({ id, component }) => id === component).map(({ id }) => ({ id }))
  t.true(roots.length > 1)
  equalRecords(t, await loop.collect(), roots, { ordered: false })
})

test('what one loop computes is where the next one begins, or what it looks at', async t => {
  const start = from([
    { id: 1, left: 2 },
    { id: 2, left: 5 },
  ])
  const grown = start.iterate({ maxIterations: 2, name: 'grow' }, current =>
    current.map(({ id, left }) => ({ id, left: left * 2 })),
  )
  const down = countedDown(grown)
  const summed = from([0]).iterate({ maxIterations: 3, name: 'sum' }, sums =>
    sums.map((sum, { grown }) => sum + grown.reduce((all, { left }) => all + left, 0), {
      with: { grown },
    }),
  )
  const found: unknown[][] = []
  const keep = (k: number) => ({
    label: `sink ${k}`,
    open: async () => ({
      write: (batch: { length: number; record(row: number): unknown }) => {
        found[k] = [
          ...(found[k] ?? []),
          ...Array.from({ length: batch.length }, (_, row) => batch.record(row)),
        ]
      },
      commit: async () => {},
      abort: async () => {},
    }),
  })
  const result = await execute([down.to(keep(0)), summed.to(keep(1)), grown.to(keep(2))])
  equalRecords(t, found[0]!, [
    { id: 1, left: 0 },
    { id: 2, left: 0 },
  ])
  t.deepEqual(found[1], [84])
  equalRecords(t, found[2]!, [
    { id: 1, left: 8 },
    { id: 2, left: 20 },
  ])
  t.deepEqual(result.iterations.map(({ name, iterations }) => `${name} ${iterations}`).sort(), [
    'count down 21',
    'grow 2',
    'sum 3',
  ])
})

test('two bodies share a data set of neither', async t => {
  let calls = 0
  const shared = from([1, 2, 3]).map(x => {
    calls++
    return { id: x, next: (x % 3) + 1 }
  })
  const walk = (start: number, maxIterations: number) =>
    from([start]).iterate({ maxIterations }, current =>
      current
        .join(shared)
        .where(x => x)
        .equalTo('id')
        .with((_, { next }) => next),
    )
  t.deepEqual(await walk(1, 4).union(walk(2, 2)).collect(), [2, 1])
  t.is(calls, 3)
})

test('the result of a loop that has run is there, and runs nothing again', async t => {
  let calls = 0
  const loop = from([1]).iterate({ maxIterations: 3 }, current =>
    current.map(x => {
      calls++
      return x + 1
    }),
  )
  const { data } = await loop.run()
  t.deepEqual(await data.iterate({ maxIterations: 2 }, c => c.map(x => x * 10)).collect(), [400])
  t.is(calls, 3)
})

test('a superstep over 1,000,000 entries costs what its one change costs', async t => {
  const start = generateSequence(1, 1_000_000).map(id => ({ id, hops: -1 }))
  const first = from([{ id: 1, hops: 0 }])
  const { history, milliseconds, data } = await start
    .iterateDelta({ workset: first, key: 'id', maxIterations: 1000 }, ({ solution, workset }) => {
      const next = workset
        .map(({ id, hops }) => ({ id: ((id * 7919) % 1_000_000) + 1, hops: hops + 1 }))
        .join(solution)
        .where('id')
        .equalTo('id')
        .filter((_, known) => known.hops < 0)
        .with(found => found)
      return { delta: next, workset: next }
    })
    .run()
  t.true(history.length > 500)
  t.true(history.slice(0, -1).every(({ workset, changed }) => workset === 1 && changed === 1))
  const perStep = history.reduce((sum, { ms }) => sum + ms, 0) / history.length
  t.log(`${(1000 / perStep).toFixed(0)} supersteps per second`)
  // Reading the whole set takes tens of milliseconds; loosely, because machines are shared.
  t.true(perStep < 10, `${perStep} ms per superstep of ${milliseconds} ms`)
  t.is(await data.filter(({ hops }) => hops >= 0).count(), history.length)
})
