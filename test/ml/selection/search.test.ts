import test from 'ava'
import {
  AbortError,
  ArgumentError,
  type DataSet,
  ExecutionEnvironment,
  from,
} from '../../../engine/index.js'
import {
  accuracy,
  crossValidate,
  gridSearch,
  integers,
  kFold,
  linearRegression,
  logUniform,
  meanAbsoluteError,
  meanSquaredError,
  pipeline,
  r2,
  randomSearch,
  rootMeanSquaredError,
  type Score,
  standardScaler,
  timeSplit,
  uniform,
  type ValidationProgress,
} from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

interface Trip {
  day: number
  driver: string
  hour: number
  distance: number
  delay: number
}

const TRIPS: Trip[] = (() => {
  const random = randomFrom(11)
  return random.array(90, day => {
    const [hour, distance] = [random.int(24), random.between(100, 2000)]
    const delay = 0.8 * hour + distance / 200 + random.between(-3, 3)
    return { day, driver: `d${random.int(9)}`, hour, distance, delay }
  })
})()
const trips = from(TRIPS)

const scaled = ({ l2 = 0 } = {}) =>
  pipeline(
    standardScaler({ features: ['hour', 'distance'] }),
    linearRegression({ label: 'delay', l2 }),
  )

test('cross-validation is what fitting and scoring each fold by hand is', async t => {
  const found = await crossValidate(scaled(), trips, {
    folds: 4,
    score: rootMeanSquaredError,
    seed: 5,
  })
  const wanted: number[] = []
  for (const { train, test } of await kFold(trips, { folds: 4, seed: 5 })) {
    const model = await scaled().fit(train)
    wanted.push(await rootMeanSquaredError(model.predict(test), { label: 'delay' }))
  }
  t.deepEqual(found.scores, wanted)
  t.is(found.metric, 'rootMeanSquaredError')
  t.is(found.mean, wanted.reduce((a, b) => a + b) / 4)
  const squares = wanted.reduce((sum, score) => sum + (score - found.mean) ** 2, 0)
  t.true(Math.abs(found.deviation - Math.sqrt(squares / 3)) < 1e-12)
  t.deepEqual(
    found.folds.map(({ fold }) => fold),
    [1, 2, 3, 4],
  )
})

test('several metrics are scored at once, the first one decides', async t => {
  const score = [
    r2,
    meanAbsoluteError,
    meanSquaredError.with({ label: 'hour' }, 'off hour'),
  ] as const
  const found = await crossValidate(scaled(), trips, { score })
  t.is(found.metric, 'r2')
  t.deepEqual(Object.keys(found.means), ['r2', 'meanAbsoluteError', 'off hour'])
  const alone = await crossValidate(scaled(), trips, { score: meanAbsoluteError })
  t.is(found.means.meanAbsoluteError, alone.mean)
  t.is(found.deviations.meanAbsoluteError, alone.deviation)
  t.true(found.mean > 0.7 && found.mean < 1)
})

test('folds may be given: of time, of groups', async t => {
  const folds = await timeSplit(trips, { time: 'day', folds: 3 })
  const byTime = await crossValidate(scaled(), trips, { folds, score: rootMeanSquaredError })
  t.is(byTime.scores.length, 3)
  const byDriver = await crossValidate(scaled(), trips, {
    folds: 3,
    group: 'driver',
    score: rootMeanSquaredError,
  })
  const drawn = await kFold(trips, { folds: 3, group: 'driver' })
  const given = await crossValidate(scaled(), trips, { folds: drawn, score: rootMeanSquaredError })
  t.deepEqual(byDriver.scores, given.scores)
})

test('the number of workers changes nothing', async t => {
  const [one, two] = await Promise.all(
    [1, 2].map(parallelism => {
      const data = new ExecutionEnvironment({ parallelism }).from(TRIPS)
      return crossValidate(scaled(), data, { score: rootMeanSquaredError, seed: 2 })
    }),
  )
  t.deepEqual(one!.scores, two!.scores)
})

test('the prediction may have another name, and a score of one’s own sees the fields', async t => {
  const renamed = linearRegression({ features: ['hour'], label: 'delay', prediction: 'expected' })
  const found = await crossValidate(renamed, trips, { score: r2 })
  t.true(found.mean > 0)
  const seen: unknown[] = []
  const own: Score = {
    name: 'records',
    higherIsBetter: true,
    score: async (predicted, fields) => {
      seen.push(fields)
      return (predicted as DataSet<unknown>).count()
    },
  }
  t.is((await crossValidate(renamed, trips, { score: own })).mean, 18)
  t.deepEqual(seen[0], { label: 'delay', prediction: 'expected', features: ['hour'] })
})

test('progress is told after each fit', async t => {
  const heard: ValidationProgress[] = []
  await gridSearch(({ l2 }) => scaled({ l2 }), trips, {
    grid: { l2: [0, 1] },
    folds: 3,
    score: r2,
    onProgress: progress => heard.push(progress),
  })
  t.deepEqual(
    heard.map(({ fits, totalFits, parameters }) => [fits, totalFits, parameters?.l2]),
    [1, 2, 3, 4, 5, 6].map(fits => [fits, 6, fits > 3 ? 1 : 0]),
  )
  t.true(heard.every(({ fold }) => typeof fold.scores.r2 === 'number'))
})

test('a grid is tried whole, on the same folds, and the best one fitted to all', async t => {
  const found = await gridSearch(
    ({ l2, features }) => linearRegression({ features, label: 'delay', l2 }),
    trips,
    {
      grid: { features: [['hour'], ['hour', 'distance']], l2: [0, 1e6] },
      folds: 4,
      score: rootMeanSquaredError,
      seed: 9,
    },
  )
  t.is(found.trials.length, 4)
  t.deepEqual(
    found.trials.map(({ parameters }) => parameters),
    [
      { features: ['hour'], l2: 0 },
      { features: ['hour'], l2: 1e6 },
      { features: ['hour', 'distance'], l2: 0 },
      { features: ['hour', 'distance'], l2: 1e6 },
    ],
  )
  t.deepEqual(found.best.parameters, { features: ['hour', 'distance'], l2: 0 })
  t.is(found.best.mean, Math.min(...found.trials.map(({ mean }) => mean)))
  const alone = linearRegression({ features: ['hour', 'distance'], label: 'delay' })
  const wanted = await crossValidate(alone, trips, {
    folds: 4,
    score: rootMeanSquaredError,
    seed: 9,
  })
  t.deepEqual(found.best.scores, wanted.scores)
  t.is(JSON.stringify(found.model), JSON.stringify(await alone.fit(trips)))
  const table = await found.table.collect()
  t.deepEqual(
    table.map(({ rank }) => rank),
    [1, 2, 3, 4],
  )
  t.is(table[0]!.meanScore, found.best.mean)
  t.deepEqual(table[0]!.features, ['hour', 'distance'])
})

test('a metric of which more is better is made large; without refit there is no model', async t => {
  const { best, model } = await gridSearch(({ l2 }) => scaled({ l2 }), trips, {
    grid: { l2: [1e5, 0, 1e4] },
    score: r2,
    refit: false,
  })
  t.deepEqual(best.parameters, { l2: 0 })
  t.is(model, undefined)
})

test('random search draws from its space, the same for the same seed, nothing twice', async t => {
  const tried = async (seed: number) => {
    const { trials } = await randomSearch(({ l2 }) => scaled({ l2 }), trips, {
      space: { l2: logUniform(0.01, 100) },
      trials: 6,
      folds: 2,
      score: r2,
      seed,
      refit: false,
    })
    return trials.map(({ parameters }) => parameters.l2)
  }
  const first = await tried(1)
  t.is(new Set(first).size, 6)
  t.true(first.every(l2 => l2 >= 0.01 && l2 <= 100))
  t.deepEqual(await tried(1), first)
  t.notDeepEqual(await tried(2), first)
  const small = await randomSearch(({ l2 }) => scaled({ l2 }), trips, {
    space: { l2: [0, 1, 2] },
    trials: 50,
    folds: 2,
    score: r2,
  })
  t.deepEqual(small.trials.map(({ parameters }) => parameters.l2).sort(), [0, 1, 2])
})

test('draws stay within their bounds', t => {
  for (const [draw, low, high] of [
    [uniform(-2, 3), -2, 3],
    [logUniform(1e-3, 1e3), 1e-3, 1e3],
    [integers(2, 4), 2, 4],
  ] as const) {
    const random = randomFrom(4)
    const values = random.array(500, () => draw(random.next))
    t.true(values.every(value => value >= low && value <= high))
    t.true(Math.max(...values) > high - (high - low) / 3)
  }
  const random = randomFrom(1)
  t.deepEqual([...new Set(random.array(99, () => integers(2, 4)(random.next)))].sort(), [2, 3, 4])
  const logs = random.array(400, () => Math.log10(logUniform(1e-3, 1e3)(random.next)))
  t.true(Math.abs(logs.reduce((a, b) => a + b) / 400) < 0.3)
})

test('an error of a fit says with what parameters', async t => {
  const work = gridSearch(({ features }) => linearRegression({ features, label: 'delay' }), trips, {
    grid: { features: [['hour'], ['hour', 'hourly' as 'distance']] },
    score: r2,
  })
  await t.throwsAsync(work, {
    message: /^gridSearch: with \{"features":\["hour","hourly"\]\}: linearR.*"hourly"/,
  })
  const bad = gridSearch(({ l2 }) => scaled({ l2 }), trips, { grid: { l2: [-1] }, score: r2 })
  await t.throwsAsync(bad, { instanceOf: ArgumentError, message: /with \{"l2":-1\}: .*l2 must be/ })
})

test('a signal stops it', async t => {
  const stop = new AbortController()
  const work = gridSearch(({ l2 }) => scaled({ l2 }), trips, {
    grid: { l2: [0, 1, 2] },
    score: r2,
    signal: stop.signal,
    onProgress: ({ fits }) => fits === 3 && stop.abort(),
  })
  await t.throwsAsync(work, { instanceOf: AbortError })
})

test('bad input is refused', async t => {
  const refused = (work: Promise<unknown>, message: RegExp) =>
    t.throwsAsync(work, { instanceOf: ArgumentError, message })
  await refused(crossValidate(scaled(), trips, {} as never), /score must be a metric/)
  await refused(crossValidate(scaled(), trips, { score: [] }), /there is no score/)
  await refused(crossValidate(scaled(), trips, { score: [r2, r2] }), /two scores are called "r2"/)
  await refused(crossValidate(scaled(), trips, { score: r2, flods: 3 } as never), /"flods".*folds/)
  await refused(crossValidate(scaled(), trips, { score: r2, folds: [] }), /there are no folds/)
  const folds = await kFold(trips)
  await refused(
    crossValidate(scaled(), trips, { score: r2, folds, seed: 1 }),
    /seed is an option of kFold/,
  )
  await refused(crossValidate({} as never, trips, { score: r2 }), /there must be an estimator/)
  const scaler = standardScaler({ features: ['hour'] })
  await refused(crossValidate(scaler, trips, { score: r2 }), /^r2: label is not given/)
  const nan: Score = { name: 'nan', higherIsBetter: true, score: async () => Number.NaN }
  await refused(crossValidate(scaled(), trips, { score: nan }), /nan of fold 1 is NaN/)
  const make = ({ l2 }: { readonly l2: number }) => scaled({ l2 })
  await refused(gridSearch(make, trips, { grid: { l2: [] }, score: r2 }), /list of values for "l2"/)
  await refused(gridSearch(scaled() as never, trips, { grid: {}, score: r2 }), /must be a function/)
  const space = { l2: 3 as never as number[] }
  await refused(randomSearch(make, trips, { space, score: r2 }), /a function that draws one; got 3/)
  t.throws(() => uniform(1, 1), { instanceOf: ArgumentError, message: /low must be below high/ })
  t.throws(() => logUniform(0, 1), { instanceOf: ArgumentError, message: /low must be above 0/ })
  t.throws(() => integers(0.5, 2), { instanceOf: ArgumentError, message: /whole numbers/ })
  await t.throwsAsync(
    crossValidate(scaled(), trips, { score: accuracy.with({ label: 'driver' }) }),
    {
      message: /several types/,
    },
  )
})
