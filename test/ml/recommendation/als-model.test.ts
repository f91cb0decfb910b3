import test from 'ava'
import { ArgumentError, from, SchemaError } from '../../../engine/index.js'
import { als, type ColdStart, loadModel } from '../../../ml/index.js'
import { best } from '../../../ml/recommendation/best.js'
import { randomFrom } from '../../support/random.js'
import { factorsOf, someRatings } from './some-ratings.js'

const RECORDS = someRatings(300, 25, 0.3, 1)
const fitted = als({ factors: 4, iterations: 4 }).fit(from(RECORDS))
const dot = (x: readonly number[], y: readonly number[]) =>
  x.reduce((sum, value, k) => sum + value * y[k]!, 0)

/** All pairs by definition, best first. */
async function naive(user: number, without: ReadonlySet<number>) {
  const { users, items } = await factorsOf(await fitted)
  return items
    .map((y, item) => ({ item, prediction: dot(users[user]!, y) }))
    .filter(({ item }) => !without.has(item))
    .sort((a, b) => b.prediction - a.prediction || a.item - b.item)
}

const ratedBy = (user: number) =>
  new Set(RECORDS.filter(record => record.user === user).map(({ item }) => item))

test('predictions are products of factors, for many records and for one', async t => {
  const model = await fitted
  const { users, items } = await factorsOf(model)
  const predicted = await model.predict(from(RECORDS)).collect()
  for (const record of predicted) {
    const expected = dot(users[record.user]!, items[record.item]!)
    t.true(Math.abs(record.prediction - expected) < 1e-12)
    t.is(model.predictOne(record), record.prediction)
  }
})

test('recommends what has the largest predictions among what is new', async t => {
  const model = await fitted
  const rows = await model.recommend(undefined, 3).collect()
  t.is(rows.length, 300 * 3)
  for (const user of [0, 17, 299]) {
    const expected = (await naive(user, ratedBy(user))).slice(0, 3)
    const own = rows.filter(row => row.user === user)
    t.deepEqual(
      own.map(({ item, rank }) => [item, rank]),
      expected.map(({ item }, k) => [item, k + 1]),
    )
    t.deepEqual(
      model.recommendOne(user, 3).map(({ item }) => item),
      expected.map(({ item }) => item),
    )
    t.deepEqual(
      model.recommendOne(user, 3).map(row => row.prediction),
      own.map(row => row.prediction),
    )
  }
})

test('recommends all there is where more is asked for, known ones as well if wanted', async t => {
  const model = await fitted
  const all = model.recommendOne(5, 1000, { excludeKnown: false })
  t.deepEqual(
    all.map(({ item }) => item),
    (await naive(5, new Set())).map(({ item }) => item),
  )
  t.is(model.recommendOne(5, 1000).length, 25 - ratedBy(5).size)
  t.deepEqual(await model.recommend([], 3).collect(), [])
})

test('recommends users to whom an item is new', async t => {
  const model = await fitted
  const rows = await model.recommendUsers([3, 1], 2).collect()
  t.deepEqual(
    rows.map(({ item, rank }) => [item, rank]),
    [
      [3, 1],
      [3, 2],
      [1, 1],
      [1, 2],
    ],
  )
  const { users, items } = await factorsOf(model)
  const rated = new Set(RECORDS.filter(({ item }) => item === 3).map(({ user }) => user))
  const expected = users
    .map((x, user) => ({ user, score: dot(x, items[3]!) }))
    .filter(({ user }) => !rated.has(user))
    .sort((a, b) => b.score - a.score)
  t.deepEqual(
    rows.slice(0, 2).map(({ user }) => user),
    expected.slice(0, 2).map(({ user }) => user),
  )
})

test('similar items have factors of nearly one direction', async t => {
  const model = await fitted
  const { items } = await factorsOf(model)
  const cosine = (a: readonly number[], b: readonly number[]) =>
    dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
  const expected = items
    .map((y, item) => ({ item, similarity: cosine(y, items[7]!) }))
    .filter(({ item }) => item !== 7)
    .sort((a, b) => b.similarity - a.similarity)
  const found = model.similarItems(7, 5)
  t.deepEqual(
    found.map(({ item }) => item),
    expected.slice(0, 5).map(({ item }) => item),
  )
  for (const [k, { similarity }] of found.entries()) {
    t.true(Math.abs(similarity - expected[k]!.similarity) < 1e-12)
  }
})

test('of equal scores the first are chosen, and NaN never', t => {
  const random = randomFrom(2)
  for (let round = 0; round < 200; round++) {
    const scores = Float64Array.from({ length: random.int(30) }, () =>
      random.chance(0.2) ? Number.NaN : random.int(8),
    )
    const count = 1 + random.int(10)
    const expected = [...scores.keys()]
      .filter(k => !Number.isNaN(scores[k]!))
      .sort((a, b) => scores[b]! - scores[a]! || a - b)
      .slice(0, count)
    t.deepEqual(best(scores, count).places, expected)
  }
})

const FEW = [
  { user: 'a', item: 'x', rating: 1 },
  { user: 'a', item: 'y', rating: 3 },
  { user: 'b', item: 'y', rating: 5 },
]
const COLD = [
  { user: 'a', item: 'new' },
  { user: 'new', item: 'y' },
  { user: 'a', item: 'x' },
  { user: 'new', item: 'new' },
]

async function coldStart(how: ColdStart, implicit = false) {
  const model = await als({ factors: 2, coldStart: how, implicit }).fit(from(FEW))
  return { model, rows: await model.predict(from(COLD)).collect() }
}

test('who is unknown is predicted as NaN, left out, or as the mean of what is known', async t => {
  const isNew = ({ user, item }: { user: string; item: string }) => user === 'new' || item === 'new'
  const { rows: nan } = await coldStart('nan')
  t.deepEqual(
    nan.map(row => Number.isNaN(row.prediction)),
    COLD.map(isNew),
  )
  const { rows: drop, model } = await coldStart('drop')
  t.deepEqual(
    drop.map(({ user, item }) => [user, item]),
    [['a', 'x']],
  )
  t.is(model.predictOne(COLD[0]!), Number.NaN)
  const { rows: mean } = await coldStart('mean')
  t.deepEqual(
    [0, 1, 3].map(k => mean[k]!.prediction),
    [2, 4, 3],
  )
  // A share of pairs: of two items for a, of two users for y, of all four.
  const { rows: implicit } = await coldStart('mean', true)
  t.deepEqual(
    [0, 1, 3].map(k => implicit[k]!.prediction),
    [1, 1, 0.75],
  )
})

test('who is unknown gets no recommendations: an error, or nothing where they are dropped', async t => {
  const { model } = await coldStart('nan')
  t.throws(() => model.recommend(['a', 'zed'], 1), {
    instanceOf: ArgumentError,
    message: 'als.recommend: user "zed" is unknown; there was no rating of it to learn from.',
  })
  t.throws(() => model.recommendOne('zed', 1), { instanceOf: ArgumentError })
  t.throws(() => model.similarItems('zed', 1), { instanceOf: ArgumentError, message: /item "zed"/ })
  const { model: drops } = await coldStart('drop')
  t.deepEqual(
    (await drops.recommend(['zed', 'b'], 1).collect()).map(({ user }) => user),
    ['b'],
  )
})

test('ids are numbers, texts or bigint values, and stay what they are when saved', async t => {
  for (const ids of [
    [-1.5, 7, 0],
    ['ä', '', '猫'],
    [-1n, 2n ** 80n, 3n],
  ]) {
    const records = ids.flatMap((user, u) => ids.map((item, i) => ({ user, item, rating: u + i })))
    const model = await als({ factors: 2 }).fit(from(records))
    t.deepEqual(
      model.users,
      ids.toSorted((a, b) => (a < b ? -1 : 1)),
    )
    const again = await loadModel<typeof model>(JSON.parse(JSON.stringify(model)))
    t.deepEqual(again.items, model.items)
    const user = ids[1]!
    t.deepEqual(
      again.recommendOne(user, 9, { excludeKnown: false }),
      model.recommendOne(user, 9, { excludeKnown: false }),
    )
    t.deepEqual(await again.userFactors.collect(), await model.userFactors.collect())
    t.deepEqual(again.recommendOne(user, 9), [])
  }
})

test('ids that are missing, no ids, or of another type are refused, with their record', async t => {
  const refused = async (records: readonly object[], message: RegExp) => {
    const error = await t.throwsAsync(als().learn(from(records), {}), { instanceOf: SchemaError })
    t.regex(error!.message, message)
  }
  await refused(
    [...FEW, { user: null, item: 'x', rating: 1 }],
    /record 3 has nothing in field "user"/,
  )
  await refused([...FEW, { user: 'c', item: true, rating: 1 }], /record 3 has true in field "item"/)
  await refused(
    [...FEW, { user: 5, item: 'x', rating: 1 }],
    /record 3 has 5 in .*texts, such as "a"/,
  )
  await refused([{ user: Number.NaN, item: 'x', rating: 1 }], /record 0 has NaN/)
  const { model } = await coldStart('nan')
  const wrong = from([...COLD, { user: 'a', item: 3 as unknown as string }])
  await t.throwsAsync(model.predict(wrong).collect(), {
    instanceOf: SchemaError,
    message: /^als: record 4 has 3 in field "item", while the other ids are texts/,
  })
  t.throws(() => model.predictOne({ user: 3, item: 'x' }), { instanceOf: SchemaError })
  t.throws(() => model.recommendOne(3, 1), { instanceOf: SchemaError })
})

test('ratings that mean nothing are refused, with their record', async t => {
  const learn = (records: readonly object[], options = {}) => als(options).learn(from(records), {})
  const twice = [...FEW, { user: 'a', item: 'y', rating: 4 }]
  await t.throwsAsync(learn(twice), {
    instanceOf: ArgumentError,
    message:
      'als: record 3 rates "y" by "a" again, after record 1. Make one rating of them first, such as by groupBy("user", "item").mean("rating").',
  })
  await t.throwsAsync(learn([{ user: 1, item: 1, rating: -2 }], { implicit: true }), {
    instanceOf: ArgumentError,
    message: /^als: implicit ratings must not be negative.*record 0 has -2/,
  })
  await t.throwsAsync(learn([{ user: 1, item: 1, rating: 0 }], { implicit: true }), {
    instanceOf: ArgumentError,
    message: /no rating in field "rating" is above 0/,
  })
  for (const rating of [Number.NaN, Number.POSITIVE_INFINITY, null, 'good']) {
    await t.throwsAsync(learn([...FEW, { user: 'c', item: 'x', rating }]), {
      instanceOf: SchemaError,
      message: /^als: record 3 .*"rating"/,
    })
  }
  const huge = FEW.map(record => ({ ...record, rating: 1e200 * record.rating }))
  await t.throwsAsync(learn(huge), { instanceOf: ArgumentError, message: /smaller/ })
  const tiny = als({ factors: 3, regularization: 1e-30 }).fit(from(FEW))
  await t.throwsAsync(tiny, {
    instanceOf: ArgumentError,
    message: /larger regularization than 1e-30/,
  })
})

test('options out of range are refused, by name and value', t => {
  const wrong: readonly [object, RegExp][] = [
    [{ factors: 0 }, /factors must be a positive integer; got 0/],
    [{ iterations: 1.5 }, /iterations must be a positive integer; got 1.5/],
    [{ regularization: 0 }, /regularization must be a number above 0.*got 0/],
    [{ alpha: -1, implicit: true }, /alpha must be a number above 0; got -1/],
    [{ alpha: 2 }, /alpha is for implicit ratings/],
    [{ rating: null }, /rating: null counts records/],
    [{ user: 'item' }, /must be different fields; got "item", "item", "rating"/],
    [{ coldStart: 'zero' }, /coldStart must be "nan" or "drop" or "mean"; got "zero"/],
    [{ rank: 3 }, /option "rank" is not known; there are /],
  ]
  for (const [options, message] of wrong) {
    t.throws(() => als(options), { instanceOf: ArgumentError, message })
  }
})

test('counts and options of recommendations are checked', async t => {
  const model = await fitted
  t.throws(() => model.recommend(undefined, 0), {
    instanceOf: ArgumentError,
    message: /count must be/,
  })
  t.throws(() => model.recommend(3 as never, 1), {
    instanceOf: ArgumentError,
    message: /list of ids/,
  })
  t.throws(() => model.recommend([3], 1, { exclude: true } as never), { message: /excludeKnown/ })
})

test('the risk of other ratings counts what is known only', async t => {
  const model = await als({ factors: 2, regularization: 0.1 }).fit(from(FEW))
  const { users, items } = await factorsOf(model as never)
  const error = 4 - model.predictOne({ user: 'b', item: 'x' })
  const expected = error ** 2 + 0.1 * (dot(users[1]!, users[1]!) + dot(items[0]!, items[0]!))
  const other = from([
    { user: 'b', item: 'x', rating: 4 },
    { user: 'c', item: 'x', rating: 100 },
  ])
  t.true(Math.abs((await model.empiricalRisk(other)) - expected) < 1e-12)
  const none = from([{ user: 'c', item: 'x', rating: 1 }])
  await t.throwsAsync(model.empiricalRisk(none), { instanceOf: ArgumentError, message: /none/ })
})
