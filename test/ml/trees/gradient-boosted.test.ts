import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { AbortError, ArgumentError, from, SchemaError } from '../../../engine/index.js'
import {
  type AnyModel,
  gradientBoostedClassifier,
  gradientBoostedRegressor,
  type Model,
} from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import { readFixture } from '../read-fixture.js'

interface Fixture {
  readonly sets: Readonly<
    Record<
      string,
      {
        readonly records: readonly (readonly (number | null)[])[]
        readonly labels: readonly number[]
      }
    >
  >
  readonly runs: readonly {
    readonly data: string
    readonly options: Readonly<Record<string, unknown>>
    readonly weighted: boolean
    readonly given: readonly number[]
  }[]
}

const { sets, runs } = readFixture<Fixture>('boosted-trees')

for (const { data, options, weighted, given } of runs) {
  const title = `${data}, ${JSON.stringify(options)}${weighted ? ', weighted' : ''}`
  test(`predictions are those of scikit-learn: ${title}`, async t => {
    const { records, labels } = sets[data]!
    const names = records[0]!.map((_, k) => `x${k}`)
    const rows = from(
      records.map((values, row) => ({
        ...Object.fromEntries(names.map((name, k) => [name, values[k]])),
        label: labels[row]!,
        w: 1 + (row % 3),
      })),
    )
    const fields = { features: names, label: 'label', ...(weighted && { weight: 'w' }) }
    const all = { ...fields, maxIterations: 20, ...options }
    const isClass = !['numbers', 'gaps', 'many'].includes(data)
    const estimator = isClass ? gradientBoostedClassifier(all) : gradientBoostedRegressor(all)
    const model: AnyModel = await estimator.learn(rows, {})
    const found = (await (model as Model<object, object>)
      .transform(rows as never)
      .collect()) as unknown as { prediction: number; probabilities: Float64Array }[]
    const off = found.map((record, row) => {
      const value = isClass ? record.probabilities.at(-1)! : record.prediction
      return Math.abs(value - given[row]!)
    })
    // The fixture has nine digits.
    t.true(Math.max(...off) < 1e-8, `${Math.max(...off)}`)
  })
}

/** Records whose label depends on two of three features; one of them is missing now and then. */
function noisy(count: number, seed = 1) {
  const random = randomFrom(seed)
  return random.array(count, () => {
    const [a, b, c] = [random.next(), random.next(), random.next()]
    const y = 4 * a + (b > 0.5 ? 1 : 0) + random.between(-0.5, 0.5)
    return { a, b: random.chance(0.1) ? null : b, c, y, late: y > 2.5 ? 'late' : 'on time' }
  })
}

const features = ['a', 'b', 'c'] as const

test('the loss of what is learned from falls, importances say what matters', async t => {
  for (const loss of ['squared', 'absolute'] as const) {
    const model = await gradientBoostedRegressor({ features, label: 'y', loss }).fit(
      from(noisy(500)),
    )
    const { history, importances, iterations } = model
    t.is(history.length, 101)
    t.is(iterations, 100)
    t.true(history.every((value, k) => k === 0 || value <= history[k - 1]! + 1e-12))
    t.true(Math.abs(importances.reduce((a, b) => a + b, 0) - 1) < 1e-12)
    t.true(importances[0]! > importances[1]! && importances[1]! > importances[2]!)
  }
})

test('the mean loss is that of the predictions', async t => {
  const data = from(noisy(300))
  const model = await gradientBoostedRegressor({ features, label: 'y', maxIterations: 7 }).fit(data)
  const rows = await model.predict(data).collect()
  const loss = rows.reduce((sum, { y, prediction }) => sum + (y - prediction) ** 2 / 2, 0) / 300
  t.true(Math.abs(loss - model.history.at(-1)!) < 1e-12)
  const classifier = gradientBoostedClassifier({ features, label: 'late', maxIterations: 7 })
  const classes = await classifier.fit(data)
  const found = await classes.predict(data).collect()
  const sum = found.reduce(
    (sum, { late, probabilities }) => sum - Math.log(probabilities[classes.classes.indexOf(late)]!),
    0,
  )
  t.true(Math.abs(sum / 300 - classes.history.at(-1)!) < 1e-9)
})

test('records held out stop it, and are not learned from', async t => {
  const data = from(noisy(2000))
  const options = { features, label: 'y', learningRate: 0.5, maxIterations: 500 } as const
  const model = await gradientBoostedRegressor({ ...options, earlyStopping: true }).fit(data)
  const { stoppedEarly, iterations, heldOutHistory, history } = model
  t.true(stoppedEarly && iterations < 100)
  t.is(heldOutHistory.length, history.length)
  const best = Math.min(...heldOutHistory)
  t.true(heldOutHistory.slice(-10).every(loss => loss >= heldOutHistory.at(-11)! - 1e-7))
  t.true(history.at(-1)! < best)
  const without = await gradientBoostedRegressor({ ...options, maxIterations: 5 }).fit(data)
  t.deepEqual(without.heldOutHistory, [])
  t.true((await gradientBoostedRegressor({ ...options }).fit(from(noisy(10_001)))).stoppedEarly)
})

test('the same share of each class is held out', async t => {
  const classes = from(noisy(400).map((record, k) => ({ ...record, rare: k % 20 === 0 })))
  const options = { features, label: 'rare', heldOut: 0.5, earlyStopping: true } as const
  const model = await gradientBoostedClassifier({ ...options, maxIterations: 1 }).fit(classes)
  // The best constant for the learned half is also the best for the other one.
  t.true(Math.abs(model.history[0]! - model.heldOutHistory[0]!) < 1e-12)
})

test('samples depend on the seed, and teach as well', async t => {
  const data = from(noisy(1000))
  const learned = (seed: number) =>
    gradientBoostedRegressor({ features, label: 'y', subsample: 0.5, seed }).fit(data)
  const [one, again, other] = await Promise.all([learned(1), learned(1), learned(2)])
  t.is(JSON.stringify(one), JSON.stringify(again))
  t.not(JSON.stringify(one), JSON.stringify(other))
  t.true(one!.history.at(-1)! < 0.06)
})

test('missing values go where they belong, also those of features that had none', async t => {
  const records = Array.from({ length: 60 }, (_, k) => ({
    x: k % 3 === 0 ? null : k,
    z: k,
    y: k % 3 === 0 ? 5 : 1,
  }))
  const options = { features: ['x'], label: 'y', learningRate: 1, maxIterations: 1 } as const
  const model = await gradientBoostedRegressor(options).fit(from(records))
  // Slopes have 32 bits.
  t.is(model.predictOne({ x: null }).toFixed(5), '5.00000')
  t.is(model.predictOne({ x: undefined }), model.predictOne({ x: null }))
  t.is(model.predictOne({ x: 7 }).toFixed(5), '1.00000')
  const steps = records.map(({ z }) => ({ z, y: z < 20 ? 0 : 1 }))
  const more = await gradientBoostedRegressor({ ...options, features: ['z'] }).fit(from(steps))
  t.is(more.predictOne({ z: null }).toFixed(6), '1.000000')
})

test('a leaf has as many records as it must, a tree as many leaves and splits as it may', async t => {
  const records = Array.from({ length: 64 }, (_, k) => ({ x: k, y: k }))
  const all = { features: ['x'], label: 'y', learningRate: 1, maxIterations: 1 } as const
  const distinct = async (options: object) => {
    const model = await gradientBoostedRegressor({ ...all, ...options }).fit(from(records))
    return new Set(records.map(record => model.predictOne(record))).size
  }
  t.is(await distinct({ minLeafRecords: 1, maxLeaves: 100 }), 64)
  t.is(await distinct({ minLeafRecords: 16 }), 4)
  t.is(await distinct({ minLeafRecords: 33 }), 1)
  t.is(await distinct({ minLeafRecords: 1, maxLeaves: 5 }), 5)
  t.is(await distinct({ minLeafRecords: 1, maxDepth: 3 }), 8)
  t.is(await distinct({ minLeafRecords: 1, maxBins: 4 }), 4)
})

test('two classes of numbers, several of texts: predictions are of their type', async t => {
  const random = randomFrom(5)
  const records = random.array(90, k => ({ x: k % 3, y: 10 * (k % 2), name: 'abc'[k % 3]! }))
  const options = { features: ['x'], minLeafRecords: 5 } as const
  const names = await gradientBoostedClassifier({ ...options, label: 'name' }).fit(from(records))
  t.deepEqual(names.classes, ['a', 'b', 'c'])
  t.is(names.predictOne({ x: 1 }), 'b')
  const { probabilities } = names.transformOne({ x: 2 })
  t.true(Math.abs(probabilities.reduce((a, b) => a + b, 0) - 1) < 1e-12)
  const numbers = await gradientBoostedClassifier({ ...options, label: 'y' }).fit(from(records))
  t.deepEqual(numbers.classes, [0, 10])
})

test('stopped at any tree, it goes on from there and ends the same', async t => {
  const data = from(noisy(300))
  const estimator = gradientBoostedClassifier({
    ...{ features, label: 'late', maxIterations: 12 },
    ...{ subsample: 0.7, earlyStopping: true },
  })
  const whole = await estimator.fit(data)
  const directory = mkdtempSync(join(tmpdir(), 'boosted-'))
  const checkpoint = { directory }
  const controller = new AbortController()
  let calls = 0
  Object.defineProperty(controller.signal, 'aborted', {
    get: () => readdirSync(directory).length > 0 && ++calls > 40,
  })
  await t.throwsAsync(estimator.fit(data, { checkpoint, signal: controller.signal }), {
    instanceOf: AbortError,
  })
  t.true(readdirSync(directory).length > 0)
  t.is(JSON.stringify(await estimator.fit(data, { checkpoint })), JSON.stringify(whole))
})

test('what cannot be is refused', async t => {
  const refuse = (options: object, message: RegExp) =>
    t.throws(() => gradientBoostedRegressor({ label: 'y', ...options }), {
      instanceOf: ArgumentError,
      message,
    })
  refuse({ maxLeaves: 1 }, /^gradientBoostedRegressor: maxLeaves must be a number from 2.*got 1/)
  refuse({ maxLeaves: 2.5 }, /maxLeaves must be a positive integer/)
  refuse({ maxBins: 256 }, /maxBins must be a number from 2 to 255; got 256/)
  refuse({ learningRate: 0 }, /learningRate/)
  refuse({ subsample: 0 }, /subsample must be a share above 0 and of at most 1; got 0/)
  refuse({ heldOut: 1 }, /heldOut must be a share above 0 and below 1; got 1/)
  refuse({ earlyStopping: 'yes' }, /earlyStopping/)
  refuse({ loss: 'logistic' }, /loss must be "squared" or "absolute"/)
  const wrong = gradientBoostedRegressor({ features: ['a'], label: 'y' })
  const data = from([{ a: Number.POSITIVE_INFINITY, y: 1 }])
  await t.throwsAsync(wrong.fit(data), { instanceOf: SchemaError, message: /record 0.*"a"/ })
  const one = from(noisy(50).map(record => ({ ...record, late: 'late' })))
  await t.throwsAsync(gradientBoostedClassifier({ features, label: 'late' }).fit(one), {
    instanceOf: ArgumentError,
    message: /one class only/,
  })
  const few = from(noisy(3))
  const stopping = { features, label: 'y', earlyStopping: true, heldOut: 0.01 } as const
  await t.throwsAsync(gradientBoostedRegressor(stopping).fit(few), {
    instanceOf: ArgumentError,
    message: /gradientBoostedRegressor: .*hold out 0/,
  })
})

test('a quantile is above the share of labels that it is of', async t => {
  const records = noisy(2000, 4)
  for (const quantile of [0.1, 0.5, 0.9]) {
    const model = await gradientBoostedRegressor({
      features,
      label: 'y',
      loss: 'quantile',
      quantile,
    }).fit(from(records))
    const below = records.filter(record => record.y < model.predictOne(record)).length
    t.true(Math.abs(below / records.length - quantile) < 0.03, `${quantile}: ${below}`)
    t.true(model.history.at(-1)! < 0.6 * model.history[0]!)
  }
})

test("Huber's loss hardly sees outliers, and is that of squares where there are none", async t => {
  const clean = noisy(600, 6)
  const spoilt = clean.map((record, k) => (k % 20 === 0 ? { ...record, y: 500 } : record))
  const error = async (loss: 'squared' | 'huber') => {
    const estimator = gradientBoostedRegressor({ features, label: 'y', loss, epsilon: 0.5 })
    const model = await estimator.fit(from(spoilt))
    const errors = clean.map(record => (record.y - model.predictOne(record)) ** 2)
    return errors.reduce((a, b) => a + b) / errors.length
  }
  t.true((await error('huber')) < 0.3)
  t.true((await error('squared')) > 10)
  const far = gradientBoostedRegressor({ features, label: 'y', loss: 'huber', epsilon: 1e6 })
  const squares = gradientBoostedRegressor({ features, label: 'y' })
  const [a, b] = [await far.fit(from(clean)), await squares.fit(from(clean))]
  for (const record of clean.slice(0, 50)) {
    t.true(Math.abs(a.predictOne(record) - b.predictOne(record)) < 1e-6)
  }
})
