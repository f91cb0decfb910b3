/**
 * The equations hold, the objective is what the papers define, and the answer depends on nothing but
 * ratings, parameters and seed.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import fc from 'fast-check'
import { ExecutionEnvironment, from } from '../../../engine/index.js'
import { type AlsOptions, als } from '../../../ml/index.js'
import { initialFactors } from '../../../ml/recommendation/initial-factors.js'
import {
  equations,
  type NaiveAls,
  naiveHalf,
  naiveObjective,
  turnedAround,
} from '../../oracle/als.js'
import { randomFrom } from '../../support/random.js'
import { asMatrix, factorsOf, someRatings } from './some-ratings.js'

type Options = AlsOptions<'user', 'item', 'rating', 'prediction'>

const KINDS: readonly Options[] = [
  { regularization: 0.1 },
  { regularization: 0.5, weighted: false },
  { regularization: 0.05, implicit: true, alpha: 3 },
  { regularization: 2, implicit: true, weighted: false },
]

const naive = (records: Parameters<typeof asMatrix>[0], options: Options): NaiveAls => ({
  ratings: asMatrix(records),
  regularization: options.regularization!,
  weighted: options.weighted ?? true,
  implicit: options.implicit ?? false,
  alpha: options.alpha ?? 1,
})

const most = (differences: readonly number[]) => Math.max(...differences.map(Math.abs))

for (const options of KINDS) {
  const kind = JSON.stringify(options)

  test(`gives what whole matrices give, iteration by iteration: ${kind}`, async t => {
    const records = someRatings(23, 17, 0.3, 1)
    const problem = naive(records, options)
    const start = initialFactors(
      Array.from({ length: 17 }, (_, k) => k),
      5,
      5,
      7,
    )
    let items = Array.from({ length: 17 }, (_, k) => [...start.slice(5 * k, 5 * k + 5)])
    let users: number[][] = []
    for (let iterations = 1; iterations <= 4; iterations++) {
      users = naiveHalf(problem, items)
      items = naiveHalf(turnedAround(problem), users)
      const model = await als({ ...options, factors: 5, iterations, seed: 7 }).fit(from(records))
      const found = await factorsOf(model)
      t.true(most(found.users.flatMap((row, k) => row.map((x, j) => x - users[k]![j]!))) < 1e-8)
      t.true(most(found.items.flatMap((row, k) => row.map((x, j) => x - items[k]![j]!))) < 1e-8)
      t.is(model.history.length, iterations)
      const objective = naiveObjective(problem, users, items)
      t.true(Math.abs(model.history.at(-1)! / objective - 1) < 1e-10)
    }
  })

  test(`the objective never grows, and is the risk of the ratings: ${kind}`, async t => {
    const records = someRatings(60, 40, 0.2, 2)
    const model = await als({ ...options, factors: 6, iterations: 15 }).fit(from(records))
    const { history } = model
    for (let k = 1; k < history.length; k++) t.true(history[k]! <= history[k - 1]! * (1 + 1e-12))
    const found = await model.empiricalRisk(from(records))
    t.true(Math.abs(found / history.at(-1)! - 1) < 1e-10)
  })

  test(`factors that must not be negative are the best of those: ${kind}`, async t => {
    const records = someRatings(30, 20, 0.4, 3)
    const estimator = als({ ...options, factors: 4, iterations: 8, nonNegative: true })
    const { users, items } = await factorsOf(await estimator.fit(from(records)))
    t.true([...users, ...items].every(row => row.every(value => value >= 0)))
    const problem = turnedAround(naive(records, options))
    for (const [item, y] of items.entries()) {
      const { matrix, target } = equations(problem, problem.ratings[item]!, users)
      const scale = Math.max(1e-9, ...target.map(Math.abs))
      for (const [k, row] of matrix.entries()) {
        const slope = row.reduce((sum, value, j) => sum + value * y[j]!, -target[k]!) / scale
        t.true(slope > -1e-5 && (y[k] === 0 || slope < 1e-5), `item ${item}, ${slope}, ${y[k]}`)
      }
    }
  })
}

test('the model is the same for any order of the records and 1, 2 and 3 workers', async t => {
  const records = someRatings(700, 300, 0.5, 4)
  const shuffled = randomFrom(5).shuffle(records)
  t.true(records.length > 100_000)
  for (const options of [KINDS[0]!, KINDS[2]!]) {
    const estimator = als({ ...options, factors: 6, iterations: 3 })
    const fitted = (workers: number, given: typeof records) =>
      estimator.fit(new ExecutionEnvironment({ parallelism: workers }).from(given))
    const model = JSON.stringify(await fitted(1, records))
    t.is(JSON.stringify(await fitted(2, records)), model)
    t.is(JSON.stringify(await fitted(3, shuffled)), model)
  }
})

test('a user has the same factors to begin with among any others', t => {
  const alone = initialFactors(['ann'], 3, 4, 1)
  const among = initialFactors(['aa', 'ann', 'bob'], 3, 4, 1)
  t.deepEqual([...among.slice(4, 8)], [...alone])
  t.is(alone[3], 0)
  t.notDeepEqual(initialFactors(['ann'], 3, 4, 2), alone)
})

test('held-out ratings of a matrix of low rank are found again', async t => {
  const random = randomFrom(6)
  const draw = () => random.array(3, () => random.between(0.2, 1.2))
  const [users, items] = [random.array(80, draw), random.array(61, draw)]
  const all = users.flatMap((x, user) =>
    items.map((y, item) => ({ user, item, rating: x.reduce((sum, v, k) => sum + v * y[k]!, 0) })),
  )
  const [known, held] = [true, false].map(kept => all.filter((_, k) => (k % 4 !== 0) === kept))
  const model = await als({ factors: 3, regularization: 1e-6, iterations: 60 }).fit(from(known!))
  const errors = held!.map(record => model.predictOne(record) - record.rating)
  t.true(most(errors) < 0.01, `${most(errors)}`)
})

test('it stops when an iteration gains less than the tolerance', async t => {
  const records = from(someRatings(40, 30, 0.3, 7))
  const model = await als({ factors: 3, iterations: 500, tolerance: 1e-4 }).fit(records)
  const { history } = model
  t.true(history.length > 2 && history.length < 500)
  const gain = (k: number) => (history.at(k - 1)! - history.at(k)!) / history.at(k)!
  t.true(gain(-1) <= 1e-4 && gain(-2) > 1e-4)
})

test('implicit ratings of one pair are added up, and records alone count 1', async t => {
  const pairs = [
    { user: 'a', item: 'x' },
    { user: 'a', item: 'x' },
    { user: 'a', item: 'y' },
    { user: 'b', item: 'y' },
  ]
  const counted = [
    { user: 'a', item: 'x', rating: 2 },
    { user: 'a', item: 'y', rating: 1 },
    { user: 'b', item: 'y', rating: 1 },
  ]
  const twice = [
    ...counted.slice(1),
    { ...counted[0]!, rating: 1.5 },
    { ...counted[0]!, rating: 0.5 },
  ]
  const options = { implicit: true, factors: 2 } as const
  const expected = await als(options).fit(from(counted))
  const found = await als({ ...options, rating: null }).fit(from(pairs))
  t.deepEqual(found.history, expected.history)
  t.deepEqual((await als(options).fit(from(twice))).history, expected.history)
})

test('progress is told, a signal stops it, and a run that was stopped goes on from its checkpoint', async t => {
  const directory = await mkdtemp(join(tmpdir(), 'wiesel-als-'))
  t.teardown(() => rm(directory, { recursive: true }))
  const records = from(someRatings(400, 300, 0.5, 8))
  const estimator = als({ factors: 12, iterations: 60 })
  const whole = await estimator.fit(records)
  const controller = new AbortController()
  const seen: number[] = []
  const stopped = estimator.fit(records, {
    checkpoint: { directory },
    signal: controller.signal,
    onProgress: ({ superstep }) => {
      seen.push(superstep)
      // The second time is some tenths of a second later.
      if (superstep > 1) controller.abort()
    },
  })
  await t.throwsAsync(stopped, { name: 'AbortError' })
  t.true(seen.length > 1)
  const again: number[] = []
  const model = await estimator.fit(records, {
    checkpoint: { directory },
    onProgress: ({ superstep }) => again.push(superstep),
  })
  t.is(JSON.stringify(model), JSON.stringify(whole))
  t.true(again[0]! > 1)
})

test('any ratings of any ids give finite factors', async t => {
  const rating = fc.record({
    user: fc.string({ maxLength: 3 }),
    item: fc.bigInt({ min: -3n, max: 2n ** 70n }),
    rating: fc.integer({ min: 0, max: 1000 }),
  })
  const lists = fc.uniqueArray(rating, {
    minLength: 1,
    maxLength: 40,
    selector: ({ user, item }) => `${item} ${user}`,
  })
  await fc.assert(
    fc.asyncProperty(
      lists,
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      async (list, factors, implicit) => {
        if (implicit && list.every(record => record.rating === 0)) return
        const model = await als({ factors, implicit, iterations: 3 }).fit(from(list))
        const { users, items } = await factorsOf(model as never)
        t.true([...users, ...items].flat().every(Number.isFinite))
        t.true(list.every(record => Number.isFinite(model.predictOne(record))))
      },
    ),
    { numRuns: 30 },
  )
})
