/** Functions that throw, return promises or return records of different shapes. */
import test from 'ava'
import { ArgumentError, FunctionError } from '../../engine/errors.js'
import { type DataSet, ExecutionEnvironment, mean } from '../../engine/index.js'
import { fails } from './support.js'

const fail = (): never => {
  throw new RangeError('no luck')
}

for (const codegen of [true, false]) {
  const how = codegen ? 'compiled' : 'interpreted'
  const env = new ExecutionEnvironment({ codegen })
  const rows = env.from([
    { k: 1, v: 2 },
    { k: 1, v: 3 },
  ])
  const pairs = () => rows.join(rows).where('k').equalTo('k')

  const throwing: Readonly<Record<string, { collect(): Promise<unknown> }>> = {
    map: rows.map(fail),
    filter: rows.filter(fail),
    flatMap: rows.flatMap(fail),
    derive: rows.derive({ x: fail }),
    reduce: rows.groupBy('k').reduce(fail),
    reduceGroup: rows.groupBy('k').reduceGroup(fail),
    mapPartition: rows.mapPartition(fail),
    groupBy: rows.groupBy(fail as () => number).count(),
    orderBy: rows.orderBy(fail),
    distinct: rows.distinct(fail),
    mean: rows.aggregate({ m: mean(fail as (r: { v: number }) => number) }),
    'join.with': pairs().with(fail),
    'join.filter': pairs().filter(fail).pairs(),
    'coGroup.with': rows.coGroup(rows).where('k').equalTo('k').with(fail),
    'cross.with': rows.cross(rows).with(fail),
    partitionCustom: rows.partitionCustom('k', fail),
  }
  for (const [operation, program] of Object.entries(throwing)) {
    test(`${operation}, ${how}: a function that throws is named, its error is the cause`, async t => {
      const error = await t.throwsAsync(program.collect(), { instanceOf: FunctionError })
      t.true(error.message.startsWith(operation), error.message)
      t.regex(error.message, /threw.*no luck/)
      t.true(error.cause instanceof RangeError)
    })
  }

  test(`${how}: the record at which a function throws is shown`, async t => {
    const late = env.generateSequence(1, 100_000).map(x => (x === 70_001 ? fail() : x))
    await fails(t, FunctionError, /map: the function threw at record 70001: no luck/, () => late)
  })

  test(`${how}: async functions and promises are refused with a remedy`, async t => {
    const asynchronous = rows.map(async r => r.v)
    await fails(t, ArgumentError, /map: the function must not be async.*with: \{/, () =>
      asynchronous.collect(),
    )
    const promised = rows.map(r => Promise.resolve(r.v))
    await fails(t, FunctionError, /map: .*promise.*with: \{/, () => promised.collect())
    const letters = rows.flatMap(() => 'ab')
    await fails(t, FunctionError, /flatMap: .*iterable.*got "ab"/, () => letters.collect())
  })

  test(`${how}: records of different shapes keep every value`, async t => {
    const shapes: readonly unknown[] = [{ a: 1 }, 2, [3, 4], 'x', null, { b: [5] }, [6]]
    const mixed = env
      .generateSequence(0, shapes.length - 1)
      .map((k, { shapes }) => shapes[k] as number, { with: { shapes } })
    t.deepEqual((await mixed.collect()) as unknown[], [...shapes])
    const fields = env.from([1, 2, 3]).map(x => (x === 2 ? { x, even: true } : { x }))
    t.deepEqual(await (fields as DataSet<{ x: number; even?: boolean }>).collect(), [
      { x: 1, even: null as never },
      { x: 2, even: true },
      { x: 3, even: null as never },
    ])
    const types = env.from([1, 2, 3]).map(x => ({ v: [1, 'b', { c: 3 }][x - 1] }))
    t.deepEqual(await types.collect(), [{ v: 1 }, { v: 'b' }, { v: { c: 3 } }])
  })
}
