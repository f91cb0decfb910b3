import test from 'ava'
import { ArgumentError, SchemaError } from '../../../engine/errors.js'
import {
  count,
  countDistinct,
  type DataSet,
  deviation,
  ExecutionEnvironment,
  firstValue,
  formula,
  from,
  generateSequence,
  lastValue,
  max,
  mean,
  min,
  share,
  sum,
  variance,
} from '../../../engine/index.js'

const people = [
  { name: 'Ada', age: 36, city: 'London' },
  { name: 'Blaise', age: 39, city: 'Paris' },
  { name: 'Carl', age: 77, city: 'Göttingen' },
  { name: 'Emmy', age: 53, city: 'Göttingen' },
  { name: 'Sophie', age: 55, city: 'Paris' },
]

test('maps, filters and flattens like arrays', async t => {
  const numbers = Array.from({ length: 100_000 }, (_, k) => k)
  const double = (x: number) => x * 2
  const third = (x: number) => x % 3 === 0
  const twice = (x: number) => (x % 2 === 0 ? [x, x] : [])
  t.deepEqual(
    await from(numbers).map(double).filter(third).flatMap(twice).collect(),
    numbers.map(double).filter(third).flatMap(twice),
  )
})

test('filters and derives by formulas', async t => {
  const old = await from(people).filter('age > 50 and city != "Paris"').collect()
  t.deepEqual(
    old.map(person => person.name),
    ['Carl', 'Emmy'],
  )
  const derived = await from(people)
    .derive({ decades: 'floor(age / 10)', short: person => person.name.slice(0, 2) })
    .first(1)
    .collect()
  t.deepEqual(derived, [{ name: 'Ada', age: 36, city: 'London', decades: 3, short: 'Ad' }])
})

test('a formula with an unknown name lists the known ones', async t => {
  const error = await t.throwsAsync(from(people).filter('agee > 50').collect(), {
    instanceOf: SchemaError,
  })
  t.regex(error.message, /agee.*it has age, name, city/)
})

test('selects fields, also under new names', async t => {
  t.deepEqual(await from(people).select('city', 'age').first(1).collect(), [
    { city: 'London', age: 36 },
  ])
  t.deepEqual(await from(people).selectAs({ where: 'city' }).first(1).collect(), [
    { where: 'London' },
  ])
  const nested = from([{ user: { zip: '1' } }, { user: { zip: '2' } }])
  t.deepEqual(await nested.select('user.zip').collect(), [{ zip: '1' }, { zip: '2' }])
})

test('groups by fields, by nested paths and by key functions', async t => {
  t.deepEqual(await from(people).groupBy('city').count().collect(), [
    { city: 'London', count: 1 },
    { city: 'Paris', count: 2 },
    { city: 'Göttingen', count: 2 },
  ])
  const nested = from([
    { user: { zip: '1' }, n: 1 },
    { user: { zip: '1' }, n: 2 },
  ])
  t.deepEqual(await nested.groupBy('user.zip').sum('n').collect(), [{ zip: '1', n: 3 }])
  t.deepEqual(
    await from(people)
      .groupBy(p => p.age > 50)
      .count()
      .collect(),
    [
      { key: false, count: 2 },
      { key: true, count: 3 },
    ],
  )
  const decade = (p: { age: number }) => ({ decade: Math.floor(p.age / 10), even: p.age % 2 === 0 })
  t.deepEqual(await from(people).groupBy(decade).sum('age').first(2).collect(), [
    { decade: 3, even: true, age: 36 },
    { decade: 3, even: false, age: 39 },
  ])
})

test('computes several aggregates at once under chosen names', async t => {
  const [result] = await from(people)
    .aggregate({
      n: count(),
      ages: sum('age'),
      mean: mean('age'),
      youngest: min('age'),
      last: max('name'),
      variance: variance('age'),
      deviation: deviation('age'),
      old: share(p => p.age > 50),
      cities: countDistinct('city'),
      months: sum(p => p.age * 12),
      half: mean(formula('age / 2')),
      first: firstValue('name'),
      final: lastValue('name'),
    })
    .collect()
  const ages = people.map(person => person.age)
  const average = ages.reduce((a, b) => a + b) / 5
  const spread = ages.reduce((total, age) => total + (age - average) ** 2, 0) / 4
  t.like(result, { n: 5, ages: 260, mean: 52, youngest: 36, last: 'Sophie', old: 0.6, cities: 3 })
  t.like(result, { months: 3120, half: 26, first: 'Ada', final: 'Sophie' })
  t.true(Math.abs(result!.variance - spread) < 1e-9)
  t.true(Math.abs(result!.deviation - Math.sqrt(spread)) < 1e-9)
})

test('aggregates of nothing: one record for all, none for groups', async t => {
  const none = from(people).filter(() => false)
  t.deepEqual(await none.aggregate({ n: count(), s: sum('age'), m: mean('age') }).collect(), [
    { n: 0, s: 0, m: null as never },
  ])
  t.deepEqual(await none.groupBy('city').count().collect(), [])
})

test('picks whole records by the smallest and largest value, the first of equals', async t => {
  const names = async (data: { collect(): Promise<{ name: string }[]> }) =>
    (await data.collect()).map(({ name }) => name)
  t.deepEqual(await names(from(people).minBy('age')), ['Ada'])
  t.deepEqual(await names(from(people).groupBy('city').maxBy('age')), ['Ada', 'Sophie', 'Carl'])
  t.deepEqual(await names(from(people).maxBy('city', 'age')), ['Sophie'])
})

test('reduces all records and groups', async t => {
  t.deepEqual(
    await generateSequence(1, 100)
      .reduce((a, b) => a + b)
      .collect(),
    [5050],
  )
  const summed = from(people)
    .map(({ city, age }) => ({ city, age }))
    .groupBy('city')
    .reduce((a, b) => ({ city: a.city, age: a.age + b.age }))
  t.deepEqual(await summed.collect(), [
    { city: 'London', age: 36 },
    { city: 'Paris', age: 94 },
    { city: 'Göttingen', age: 130 },
  ])
  const listed = from(people)
    .groupBy('city')
    .sortGroup('age', 'descending')
    .reduceGroup(group => ({ city: group[0]!.city, names: group.map(p => p.name).join() }))
  t.deepEqual(
    (await listed.collect()).map(row => row.names),
    ['Ada', 'Sophie,Blaise', 'Carl,Emmy'],
  )
  const flat = from(people)
    .groupBy('city')
    .reduceGroup(group => group.map(p => p.name))
  t.deepEqual(await flat.collect(), ['Ada', 'Blaise', 'Sophie', 'Carl', 'Emmy'])
  t.deepEqual(
    await generateSequence(1, 5)
      .reduceGroup(all => [all.length])
      .collect(),
    [5],
  )
  const parts = generateSequence(1, 10)
    .map(x => ({ k: x % 2, n: 1 }))
    .groupBy('k')
    .combineGroup(part => ({ k: part[0]!.k, n: part.length }))
    .groupBy('k')
    .sum('n')
  t.deepEqual(await parts.orderBy('k').collect(), [
    { k: 0, n: 5 },
    { k: 1, n: 5 },
  ])
})

test('takes the first records, of all and of each group', async t => {
  t.deepEqual(await generateSequence(1, 1e9).first(3).collect(), [1, 2, 3])
  const oldest = from(people).groupBy('city').sortGroup('age', 'descending').first(1)
  t.deepEqual(
    (await oldest.collect()).map(p => p.name),
    ['Ada', 'Sophie', 'Carl'],
  )
})

test('keeps the first of equal records', async t => {
  t.deepEqual(await from([3, 1, 3, 2, 1]).distinct().collect(), [3, 1, 2])
  t.deepEqual(
    (await from(people).distinct('city').collect()).map(p => p.name),
    ['Ada', 'Blaise', 'Carl'],
  )
  t.deepEqual(
    (
      await from(people)
        .distinct(p => p.age > 50)
        .collect()
    ).length,
    2,
  )
})

test('sorts by several keys, missing values and NaN last', async t => {
  const sorted = await from(people).orderBy('city').thenBy('age', 'descending').collect()
  t.deepEqual(
    sorted.map(p => p.name),
    ['Carl', 'Emmy', 'Ada', 'Sophie', 'Blaise'],
  )
  const odd = from([{ x: 2 }, { x: null }, { x: Number.NaN }, { x: -1 }])
  t.deepEqual(
    (await odd.orderBy('x').collect()).map(r => r.x),
    [-1, 2, Number.NaN, null],
  )
  t.deepEqual(
    (await odd.orderBy('x', 'descending').collect()).map(r => r.x),
    [2, -1, Number.NaN, null],
  )
})

test('spreads records over partitions, which functions see one by one', async t => {
  const env = new ExecutionEnvironment({ parallelism: 3 })
  const sizes = (await env
    .generateSequence(0, 99)
    .map(x => ({ x }))
    .partitionCustom('x', (x, n) => x % n)
    .mapPartition((records, { partition }) => [{ partition, n: records.length }])
    .collect()) satisfies { partition: number; n: number }[]
  t.deepEqual(sizes, [
    { partition: 0, n: 34 },
    { partition: 1, n: 33 },
    { partition: 2, n: 33 },
  ])
  const ranges = await env
    .generateSequence(0, 999)
    .map(x => ({ x: (x * 7919) % 1000 }))
    .partitionByRange('x', { partitions: 4 })
    .sortPartition('x')
    .collect()
  t.deepEqual(
    ranges.map(r => r.x),
    Array.from({ length: 1000 }, (_, k) => k),
  )
  const hashed = await env
    .generateSequence(0, 999)
    .map(x => ({ k: x % 10 }))
    .partitionByHash('k')
    .mapPartition(records => [new Set(records.map(r => r.k)).size])
    .collect()
  t.is(
    hashed.reduce((a, b) => a + b),
    10,
  )
  const even = env
    .generateSequence(1, 90)
    .rebalance()
    .mapPartition(records => [records.length])
  t.deepEqual(await even.collect(), [30, 30, 30])
})

test('numbers, samples and unites records', async t => {
  t.deepEqual(await from(['a', 'b']).zipWithIndex().collect(), [
    { index: 0, value: 'a' },
    { index: 1, value: 'b' },
  ])
  t.deepEqual(
    await from([{ a: 1 }])
      .zipWithIndex('row')
      .collect(),
    [{ a: 1, row: 0 }],
  )
  const drawn = await generateSequence(1, 1000).sample({ count: 10, seed: 3 }).collect()
  t.is(new Set(drawn).size, 10)
  t.deepEqual(await generateSequence(1, 1000).sample({ count: 10, seed: 3 }).collect(), drawn)
  const tenth = await generateSequence(1, 10_000).sample({ fraction: 0.1 }).count()
  t.true(tenth > 850 && tenth < 1150)
  t.deepEqual(
    await from([1, 2])
      .union(from([2, 3]), from([4]))
      .collect(),
    [1, 2, 2, 3, 4],
  )
})

test('arguments out of range say so', t => {
  const numbers = generateSequence(1, 3)
  t.throws(() => numbers.first(0), { instanceOf: ArgumentError, message: /first: count.*0/ })
  t.throws(() => numbers.sample({ fraction: 2 }), { message: /from 0 to 1; got 2/ })
  t.throws(() => numbers.sample({} as never), { message: /either fraction or count/ })
  t.throws(() => numbers.map(5 as never), { message: /map: needs a function.*got 5/ })
  t.throws(() => from(people).orderBy('age', 'up' as never), { message: /got "up"/ })
  t.throws(() => from(people).groupBy(), { message: /name at least one field/ })
  t.throws(() => from(people).aggregate({}), { message: /at least one aggregate/ })
  t.throws(() => numbers.rebalance({ partitions: -1 }), { message: /partitions.*-1/ })
})

test('an unknown field is named, with those that are there', async t => {
  const wrong = from(people) as unknown as DataSet<Record<string, number>>
  for (const run of [
    () => wrong.groupBy('agee').count().collect(),
    () => wrong.orderBy('agee').collect(),
    () => wrong.select('agee').collect(),
    () => wrong.distinct('agee').collect(),
    () => wrong.groupBy('city').sum('agee').collect(),
    () => wrong.minBy('agee').collect(),
    () => wrong.join(wrong).where('agee').equalTo('age').pairs().collect(),
  ]) {
    const error = await t.throwsAsync(run(), { instanceOf: SchemaError })
    t.regex(error.message, /"agee" is not in the data; it has name, age, city/)
  }
})

test('formulas stand wherever a key function or a condition can', async t => {
  const decade = formula('floor(age / 10)')
  const byDecade = await from(people).groupBy(decade).count().orderBy('key').collect()
  t.deepEqual(
    byDecade.map(row => [row.key, row.count]),
    [
      [3, 2],
      [5, 2],
      [7, 1],
    ],
  )
  const byRest = await from(people).orderBy(formula('age % 10'), 'descending').collect()
  t.deepEqual(
    byRest.map(p => p.age % 10),
    [9, 7, 6, 5, 3],
  )
  const older = from(people)
    .join(from(people))
    .where('city')
    .equalTo('city')
    .filter('left.age < right.age')
    .with((a, b) => `${a.name} < ${b.name}`)
  t.deepEqual((await older.collect()).sort(), ['Blaise < Sophie', 'Emmy < Carl'])
})
