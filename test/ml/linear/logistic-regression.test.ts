import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, from, SchemaError, SparseVector } from '../../../engine/index.js'
import { logisticRegression } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import { cancerData, cancerRecords, fixture, near, wineData, wineRecords } from './fixture.js'

const exact = { label: 'label', tolerance: 1e-10 } as const

const CASES = {
  plain: {},
  strong: { l2: 10, intercept: false },
  weighted: { weight: 'weight' },
  balanced: { classWeights: 'balanced' },
  // With C, and a share s of absolute values: l1 = s / C, l2 = (1 - s) / C.
  l1: { l1: 5, l2: 0 },
  elasticNet: { l1: 0.8, l2: 1.2 },
} as const

for (const [name, options] of Object.entries(CASES)) {
  test(`cancer, ${name}: coefficients are those of scikit-learn, within 1e-5`, async t => {
    const model = await logisticRegression({ ...exact, ...options }).fit(cancerData)
    const expected = fixture.logistic[name]!
    t.true(model.converged)
    near(t, model.coefficients[0]!, expected.coefficients[0]!, 1e-5)
    near(t, model.intercepts, expected.intercepts, 1e-5)
    const zeros = (list: ArrayLike<number>) => Array.from(list, value => value === 0)
    if (name !== 'plain') {
      t.deepEqual(zeros(model.coefficients[0]!), zeros(expected.coefficients[0]!))
    }
    const { history } = model
    for (let k = 1; k < history.length; k++) t.true(history[k]! <= history[k - 1]! + 1e-12)
  })
}

test('probabilities are those of scikit-learn, and sum to 1', async t => {
  const two = await logisticRegression(exact).fit(cancerData)
  const three = await logisticRegression(exact).fit(wineData)
  const found = [
    cancerRecords.slice(0, 20).map(record => two.transformOne(record)),
    wineRecords.slice(0, 20).map(record => three.transformOne(record)),
  ]
  const expected = [fixture.logistic.probabilities, fixture.logistic.multinomialProbabilities]
  for (const [k, records] of found.entries()) {
    for (const [row, { probabilities, prediction }] of records.entries()) {
      near(t, probabilities, expected[k]![row]!, 1e-6)
      t.true(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-15 * 8)
      t.is(prediction, [two, three][k]!.classes[probabilities.indexOf(Math.max(...probabilities))])
    }
  }
})

test('wine: multinomial coefficients are those of scikit-learn, within 1e-5', async t => {
  const model = await logisticRegression(exact).fit(wineData)
  const expected = fixture.logistic.multinomial!
  t.deepEqual(model.classes, [0, 1, 2])
  for (const c of [0, 1, 2]) near(t, model.coefficients[c]!, expected.coefficients[c]!, 1e-5)
  // One number may be added to all intercepts.
  const off = model.intercepts[0]! - expected.intercepts[0]!
  near(
    t,
    model.intercepts.map(value => value - off),
    expected.intercepts,
    1e-5,
  )
})

test('features of any scale and place need no scaler to be fitted fast', async t => {
  const moved = cancerRecords.map(record => ({
    ...record,
    features: record.features.map((value, k) => value * 10 ** (k - 1) + 2000),
  }))
  const model = await logisticRegression({ ...exact, l2: 0, tolerance: 1e-7 }).fit(from(moved))
  const plain = await logisticRegression({ ...exact, l2: 0, tolerance: 1e-7 }).fit(cancerData)
  t.true(model.converged)
  t.true(model.iterations < 1.5 * plain.iterations)
  t.true(Math.abs(model.history.at(-1)! - plain.history.at(-1)!) < 1e-6)
})

test('labels of any type are predicted as they are', async t => {
  const records = cancerRecords.slice(0, 100)
  for (const names of [
    ['b', 'a'],
    [false, true],
    [7, -2],
  ] as const) {
    const named = records.map(record => ({ ...record, label: names[record.label]! }))
    const model = await logisticRegression({ label: 'label' }).fit(from(named))
    t.deepEqual(
      [...model.classes],
      [...names].sort((a, b) => (a < b ? -1 : 1)),
    )
    const right = named.filter(record => model.predictOne(record) === record.label)
    t.true(right.length > 85)
  }
})

test('a weight of 2 is a record twice, and class weights are weights', async t => {
  const records = wineRecords.slice(0, 130)
  const model = (given: readonly (typeof records)[number][], more: object) =>
    logisticRegression({ ...exact, ...more }).fit(from(given))
  const twice = await model([...records, ...records.filter(({ label }) => label === 1)], {})
  const weights = records.map(record => ({ ...record, weight: record.label === 1 ? 2 : 1 }))
  const weighted = await model(weights, { weight: 'weight' })
  const classes = await model(records, { classWeights: { 1: 2 } })
  near(t, weighted.coefficients[0]!, twice.coefficients[0]!, 1e-7)
  near(t, classes.coefficients[0]!, twice.coefficients[0]!, 1e-7)
})

test('the objective has no slope where it stopped, for sparse records of many features', async t => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async seed => {
      const random = randomFrom(seed)
      const size = 300
      const truth = random.array(size, () => random.between(-1, 1))
      const records = random.array(150, () => {
        const places = [...new Set(random.array(9, () => random.int(size)))].sort((a, b) => a - b)
        const values = places.map(() => random.between(-2, 2))
        const score = places.reduce((sum, place, k) => sum + truth[place]! * values[k]!, 0)
        const late = score + random.between(-1, 1) > 0
        return { features: new SparseVector(size, places, values), late }
      })
      const model = await logisticRegression({ label: 'late', tolerance: 1e-9 }).fit(from(records))
      const slopes = model.coefficients[0]!.slice()
      let rest = 0
      for (const record of records) {
        const { probabilities } = model.transformOne(record)
        const off = probabilities[1]! - Number(record.late)
        rest += off
        const { indices, values } = record.features
        for (const [k, place] of indices.entries()) slopes[place]! += off * values[k]!
      }
      for (const slope of [...slopes, rest]) t.true(Math.abs(slope) < 1e-5)
    }),
    { numRuns: 5 },
  )
})

test('progress is told, and a run that was stopped goes on from its checkpoint', async t => {
  const seen: number[] = []
  const estimator = logisticRegression(exact)
  const whole = await estimator.fit(cancerData, {
    onProgress: progress => void seen.push(Number(progress.superstep ?? 0)),
  })
  t.true(seen.length > 0)
  const { mkdtempSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const folder = mkdtempSync(join(tmpdir(), 'wiesel-logistic-'))
  const controller = new AbortController()
  const checkpoint = { directory: folder, everySupersteps: 3 }
  await t.throwsAsync(
    estimator.fit(cancerData, {
      checkpoint,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    }),
  )
  const resumed = await estimator.fit(cancerData, { checkpoint })
  t.deepEqual(resumed.coefficients, whole.coefficients)
  t.deepEqual(resumed.history, whole.history)
})

test('one class, classes that are not there and options out of range are refused', async t => {
  const one = from(cancerRecords.map(record => ({ ...record, label: 1 })))
  await t.throwsAsync(logisticRegression(exact).fit(one), {
    instanceOf: ArgumentError,
    message: /one class only, 1/,
  })
  const lost = from([{ x: 1, y: [1] }])
  await t.throwsAsync(logisticRegression({ features: ['x'], label: 'y' }).learn(lost, {}), {
    instanceOf: SchemaError,
  })
  const weights = logisticRegression({ ...exact, classWeights: { 5: 1 } })
  await t.throwsAsync(weights.fit(cancerData), {
    message: /names "5", which is not a class; there are 0, 1/,
  })
  for (const wrong of [{ l2: -1 }, { l1: Number.NaN }, { tolerance: 0 }, { maxIterations: 0.5 }]) {
    t.throws(() => logisticRegression({ ...exact, ...wrong }), {
      instanceOf: ArgumentError,
      message: new RegExp(`^logisticRegression: ${Object.keys(wrong)[0]} must be`),
    })
  }
  t.throws(() => logisticRegression({ ...exact, classWeights: { a: -1 } }), {
    message: /classWeights must be "balanced"/,
  })
})
