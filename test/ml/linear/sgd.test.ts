import test from 'ava'
import { ArgumentError, ExecutionEnvironment, from } from '../../../engine/index.js'
import {
  linearRegression,
  logisticRegression,
  sgdClassifier,
  sgdRegressor,
} from '../../../ml/index.js'
import { cancerData, cancerRecords, fixture, near, wineData, wineRecords } from './fixture.js'

const wine = { features: 'rest', label: 'alcohol' } as const

/** The objective of a regression, from its definition. */
function objective(
  { coefficients, intercept }: { readonly coefficients: Float64Array; readonly intercept: number },
  loss: (rest: number) => number,
  { l1 = 0, l2 = 0 },
): number {
  const mean = wineRecords.reduce((sum, { rest, alcohol }) => {
    const found = rest.reduce((part, x, k) => part + x * coefficients[k]!, intercept)
    return sum + loss(alcohol - found) / wineRecords.length
  }, 0)
  return coefficients.reduce((sum, c) => sum + l1 * Math.abs(c) + 0.5 * l2 * c * c, mean)
}

test('all records at a time: steps of Flink, one by one', async t => {
  const options = {
    ...wine,
    batchSize: Number.POSITIVE_INFINITY,
    maxIterations: 3,
    l2: 0.1,
    tolerance: 0,
  }
  const model = await sgdRegressor(options).fit(wineData)
  const [size, n] = [12, wineRecords.length]
  const point = new Float64Array(size + 1)
  for (let j = 1; j <= 3; j++) {
    const slopes = new Float64Array(size + 1)
    for (const { rest, alcohol } of wineRecords) {
      const off = rest.reduce((sum, x, k) => sum + x * point[k]!, point[size]!) - alcohol
      rest.forEach((x, k) => {
        slopes[k]! += (off * x) / n
      })
      slopes[size]! += off / n
    }
    for (let k = 0; k <= size; k++) {
      point[k]! -= (0.1 / Math.sqrt(j)) * (slopes[k]! + (k < size ? 0.1 * point[k]! : 0))
    }
  }
  near(t, model.coefficients, point.slice(0, size), 1e-12)
  near(t, [model.intercept], [point[size]!], 1e-12)
  t.is(model.history.length, 4)
  const last = objective(model, rest => 0.5 * rest * rest, { l2: 0.1 })
  t.true(Math.abs(model.history[3]! - last) < 1e-12)
})

for (const schedule of ['default', 'constant', 'bottou', 'invScaling', 'xu', 'adam'] as const) {
  test(`least squares in batches come near the minimum, ${schedule}`, async t => {
    const l2 = 0.05
    const exact = await linearRegression({ ...wine, l2: l2 * wineRecords.length }).fit(wineData)
    const learningRate = schedule === 'constant' ? 0.005 : 0.05
    const more = { schedule, learningRate, maxIterations: 400, tolerance: 1e-5, patience: 20 }
    const model = await sgdRegressor({ ...wine, l2, batchSize: 16, ...more }).fit(wineData)
    const best = objective(exact, rest => 0.5 * rest * rest, { l2 })
    const found = objective(model, rest => 0.5 * rest * rest, { l2 })
    t.true(found >= best - 1e-12)
    t.true(found < best * 1.01, `${found} and ${best}`)
    t.true(Math.abs(Math.min(...model.history) - found) < 1e-12)
  })
}

test('quantiles: as good as scikit-learn, within 2 per cent, and the share of records below is right', async t => {
  const { coefficients, intercepts } = fixture.regression.quantile!
  const loss = (rest: number) => (rest > 0 ? 0.3 * rest : -0.7 * rest)
  const exact = { coefficients: Float64Array.from(coefficients[0]!), intercept: intercepts[0]! }
  const options = { loss: 'quantile', quantile: 0.3, l1: 0.02, l2: 0 } as const
  const more = { learningRate: 0.2, maxIterations: 500, patience: 50, batchSize: 16 }
  const model = await sgdRegressor({ ...wine, ...options, ...more }).fit(wineData)
  const [found, best] = [model, exact].map(each => objective(each, loss, { l1: 0.02 }))
  t.true(found! >= best! - 1e-9)
  t.true(found! < 1.02 * best!, `${found} and ${best}`)
  const below = wineRecords.filter(record => record.alcohol < model.predictOne(record)).length
  t.true(Math.abs(below / wineRecords.length - 0.3) < 0.05)
})

test('outliers do not pull Huber’s regression', async t => {
  const records = Array.from({ length: 200 }, (_, k) => ({
    x: (k % 21) / 10 - 1,
    y: 2 * ((k % 21) / 10 - 1) + 1 + (k % 10 === 0 ? 100 : 0),
  }))
  const options = { features: ['x'], label: 'y', epsilon: 0.1, l2: 0, maxIterations: 300 } as const
  const huber = await sgdRegressor({ ...options, loss: 'huber', learningRate: 1 }).fit(
    from(records),
  )
  const squared = await linearRegression({ features: ['x'], label: 'y' }).fit(from(records))
  near(t, [huber.coefficients[0]!, huber.intercept], [2, 1], 0.05)
  t.true(squared.intercept > 5)
})

for (const loss of ['logistic', 'hinge', 'squaredHinge'] as const) {
  test(`cancer: ${loss} tells classes apart as well as the minimum does`, async t => {
    const model = await sgdClassifier({ label: 'label', loss, l2: 0.01, seed: 1 }).fit(cancerData)
    const right = cancerRecords.filter(record => model.predictOne(record) === record.label)
    t.true(right.length / cancerRecords.length > 0.93)
    const { history } = model
    t.true(history.at(-1)! < 0.5 * history[0]!)
  })
}

test('logistic loss comes to the minimum that L-BFGS finds', async t => {
  const l2 = 0.05
  const exact = await logisticRegression({ label: 'label', l2: l2 * cancerRecords.length }).fit(
    cancerData,
  )
  const options = { label: 'label', loss: 'logistic', l2, batchSize: 64 } as const
  const model = await sgdClassifier({
    ...options,
    maxIterations: 300,
    tolerance: 1e-6,
    patience: 30,
  }).fit(cancerData)
  const best = exact.history.at(-1)!
  t.true(Math.min(...model.history) < best * 1.01)
  t.true(Math.min(...model.history) >= best - 1e-9)
})

test('costs of absolute values make those coefficients 0 that are so at the minimum', async t => {
  const n = cancerRecords.length
  const exact = await logisticRegression({ label: 'label', l1: 0.05 * n, l2: 1e-4 * n }).fit(
    cancerData,
  )
  const model = await sgdClassifier({
    ...{ label: 'label', loss: 'logistic', l1: 0.05, batchSize: Number.POSITIVE_INFINITY },
    ...{ schedule: 'constant', learningRate: 0.5, maxIterations: 1000, tolerance: 1e-9 },
  }).fit(cancerData)
  const zeros = (list: Float64Array) => Array.from(list, value => value === 0)
  t.deepEqual(zeros(model.coefficients), zeros(exact.coefficients[0]!))
  t.true(zeros(model.coefficients).includes(true))
})

test('a seed gives one model, on any number of threads, and another seed another one', async t => {
  const many = Array.from({ length: 60 }, () => cancerRecords).flat()
  const learn = (parallelism: number, seed: number) =>
    sgdClassifier({ label: 'label', seed, maxIterations: 3 }).fit(
      new ExecutionEnvironment({ parallelism }).from(many),
    )
  const [one, two, other] = await Promise.all([learn(1, 1), learn(2, 1), learn(1, 2)])
  t.deepEqual(one!.coefficients, two!.coefficients)
  t.notDeepEqual(one!.coefficients, other!.coefficients)
})

test('it stops early where nothing gets better, and a stopped run goes on from its checkpoint', async t => {
  const sgd = sgdClassifier({
    label: 'label',
    loss: 'logistic',
    schedule: 'adam',
    l2: 0.01,
    learningRate: 0.01,
  })
  const whole = await sgd.fit(cancerData)
  t.true(whole.converged)
  t.true(whole.iterations < 100)
  const { mkdtempSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const checkpoint = { directory: mkdtempSync(join(tmpdir(), 'wiesel-sgd-')), everySupersteps: 2 }
  const controller = new AbortController()
  const onProgress = () => controller.abort()
  await sgd.fit(cancerData, { checkpoint, signal: controller.signal, onProgress }).catch(() => {})
  const resumed = await sgd.fit(cancerData, { checkpoint })
  t.deepEqual(resumed.coefficients, whole.coefficients)
  t.deepEqual(resumed.history, whole.history)
})

test('steps that are too long are told, with what to do', async t => {
  const records = from(
    wineRecords.map(record => ({ ...record, rest: record.rest.map(x => 1e6 * x) })),
  )
  await t.throwsAsync(sgdRegressor({ ...wine, learningRate: 10 }).fit(records), {
    instanceOf: ArgumentError,
    message:
      /^sgdRegressor: the objective is no finite number any more after \d+ iterations.*standardScaler/,
  })
})

test('wrong options are refused', t => {
  for (const wrong of [
    { loss: 'logistic' },
    { epsilon: 0 },
    { quantile: 1 },
    { batchSize: 0 },
    { l1: -1 },
    { patience: 0 },
    { tolerance: 2 },
  ]) {
    t.throws(() => sgdRegressor({ ...wine, ...wrong } as never), {
      instanceOf: ArgumentError,
      message: new RegExp(`^sgdRegressor: ${Object.keys(wrong)[0]} must be`),
    })
  }
  t.throws(() => sgdClassifier({ label: 'y', loss: 'squared' } as never), {
    message: /^sgdClassifier: loss must be "logistic" or "hinge"/,
  })
})
