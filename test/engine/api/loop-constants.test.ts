/** What of a body is computed once, and what anew in each superstep. */
import test from 'ava'
import { count, type DataSet, from, type RuntimeContext } from '../../../engine/index.js'

const reads = (context: RuntimeContext): number => context.superstep

/** Adds up what `body` makes of one constant record in three supersteps. */
async function added(body: (constant: DataSet<number>) => DataSet<number>): Promise<number[]> {
  return from([0])
    .iterate({ maxIterations: 3 }, sums =>
      sums.cross(body(from([10]))).with((sum, more) => sum + more),
    )
    .collect()
}

const KINDS: Readonly<Record<string, (constant: DataSet<number>) => DataSet<number>>> = {
  map: c => c.map((_, { superstep }) => superstep),
  'map that hands its context on': c => c.map((_, context) => reads(context)),
  'map with its arguments as a list': c => c.map((...all) => reads(all[1])),
  'map that is a function with arguments': c =>
    c.map(function () {
      // biome-ignore lint/complexity/noArguments: users write it.
      return reads(arguments[1] as RuntimeContext)
    }),
  'map that is bound': c =>
    c.map(((_: number, context: RuntimeContext) => reads(context)).bind(null)),
  flatMap: c =>
    c.flatMap(function* (_, context) {
      yield reads(context)
    }),
  filter: c => c.flatMap((): number[] => [1, 2, 3]).filter((x, context) => x === reads(context)),
  mapPartition: c => c.mapPartition((_, context) => [reads(context)]),
  reduce: c => c.union(c).reduce((_, __, context) => reads(context)),
  reduceGroup: c => c.groupBy(x => x).reduceGroup((_, context) => [reads(context)]),
  'reduceGroup that is bound': c =>
    c
      .groupBy(x => x)
      .reduceGroup(((_: unknown, context: RuntimeContext) => [reads(context)]).bind(null)),
  coGroup: c =>
    c
      .coGroup(c)
      .where(x => x)
      .equalTo(x => x)
      .with((_, __, context) => [reads(context)]),
  join: c =>
    c
      .join(c)
      .where(x => x)
      .equalTo(x => x)
      .with((_, __, context) => reads(context)),
  cross: c => c.cross(c).with((_, __, context) => reads(context)),
}

for (const [name, body] of Object.entries(KINDS)) {
  test(`a function of constant records that asks for the superstep is called in each: ${name}`, async t => {
    t.deepEqual(await added(body), [1 + 2 + 3])
  })
}

test('a function of constant records that adds to an aggregate does so in each superstep', async t => {
  const { history } = await from([0])
    .iterate({ maxIterations: 3 }, sums =>
      sums
        .cross(
          from([1, 2]).map((x, { add }) => {
            add('n', x)
            return x
          }),
        )
        .with(sum => sum)
        .distinct(),
    )
    .run()
  t.deepEqual(
    history.map(({ n }) => n),
    [3, 3, 3],
  )
})

test('functions of constants that ask for nothing of the loop are called once', async t => {
  let calls = 0
  const called = <X>(x: X) => {
    calls++
    return x
  }
  const bodies: readonly ((constant: DataSet<number>) => DataSet<number>)[] = [
    c => c.map(x => called(x)),
    c => c.map((x, { operation, parameters }) => called(operation && parameters ? x : x)),
    c => c.groupBy(x => x).reduceGroup(group => [called([...group][0]!)]),
    c =>
      c
        .coGroup(c)
        .where(x => x)
        .equalTo(x => x)
        .with(group => [called(group[0]!)]),
    c => c.mapPartition(records => [called([...records][0]!)]),
    c =>
      c
        .cross(c.aggregate({ n: count() }))
        .with(x => called(x))
        .filter((x, { more }) => x > more, { with: { more: 3 } }),
  ]
  for (const body of bodies) {
    calls = 0
    t.deepEqual(await added(body), [30])
    t.is(calls, 1)
  }
})
