import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, from, SparseVector } from '../../../engine/index.js'
import { elasticNet, lasso, linearRegression } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import { fixture, near, wineData } from './fixture.js'

const exact = {
  features: 'rest',
  label: 'alcohol',
  tolerance: 1e-14,
  maxIterations: 100_000,
} as const

const CASES = {
  lasso: () => lasso({ ...exact, l1: 0.05 }),
  lassoWeighted: () => lasso({ ...exact, l1: 0.05, weight: 'weight' }),
  elasticNet: () => elasticNet({ ...exact, l1: 0.03, l2: 0.07 }),
  elasticNetWithout: () => elasticNet({ ...exact, l1: 0.03, l2: 0.07, intercept: false }),
} as const

for (const [name, make] of Object.entries(CASES)) {
  test(`wine, ${name}: coefficients are those of scikit-learn, within 1e-6`, async t => {
    const model = await make().fit(wineData)
    const expected = fixture.regression[name]!
    t.true(model.converged)
    near(t, model.coefficients, expected.coefficients[0]!, 1e-6)
    near(t, [model.intercept], expected.intercepts, 1e-6)
    const zeros = (list: ArrayLike<number>) => Array.from(list, value => value === 0)
    t.deepEqual(zeros(model.coefficients), zeros(expected.coefficients[0]!))
    const { history } = model
    for (let k = 1; k < history.length; k++) t.true(history[k]! <= history[k - 1]! + 1e-12)
  })
}

test('ridge and plain least squares are those of scikit-learn, within 1e-8', async t => {
  for (const [name, more] of [
    ['plain', {}],
    ['weighted', { weight: 'weight' }],
    ['ridge', { l2: 2.5 }],
    ['ridgeWeighted', { l2: 2.5, weight: 'weight' }],
  ] as const) {
    const options = { features: 'rest', label: 'alcohol', ...more } as const
    const model = await linearRegression(options).fit(wineData)
    near(t, model.coefficients, fixture.regression[name]!.coefficients[0]!, 1e-8)
    near(t, [model.intercept], fixture.regression[name]!.intercepts, 1e-8)
  }
})

/** Records with more features than pairs of them are made for where `size` is above 500. */
function randomRecords(seed: number, size: number) {
  const random = randomFrom(seed)
  return random.array(120, () => {
    const places = [...new Set(random.array(8, () => random.int(size)))].sort((a, b) => a - b)
    const values = places.map(() => random.between(-1, 3))
    const y = places.reduce((sum, place, k) => sum + (place % 3) * values[k]!, random.between(0, 2))
    return { features: new SparseVector(size, places, values), y, w: random.int(3) }
  })
}

test('no coefficient can be moved: slopes are the cost where it is not 0, and within it where it is', async t => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.constantFrom(20, 700),
      fc.constantFrom(0, 0.2),
      fc.boolean(),
      async (seed, size, l2, intercept) => {
        const [l1, records] = [0.05, randomRecords(seed, size)]
        const options = { label: 'y', weight: 'w', intercept, tolerance: 1e-12 } as const
        const net = elasticNet({ ...options, l1, l2, maxIterations: 20_000 })
        const model = await net.fit(from(records))
        t.true(model.converged)
        const slopes = model.coefficients.map(value => l2 * value)
        const total = records.reduce((sum, { w }) => sum + w, 0)
        let rest = 0
        for (const { features, y, w } of records) {
          const off = (w * (model.predictOne({ features }) - y)) / total
          rest += off
          for (const [k, place] of features.indices.entries()) {
            slopes[place]! += off * features.values[k]!
          }
        }
        if (intercept) t.true(Math.abs(rest) < 1e-9)
        for (const [k, slope] of slopes.entries()) {
          const value = model.coefficients[k]!
          if (value === 0) t.true(Math.abs(slope) <= l1 + 1e-5)
          else t.true(Math.abs(slope + l1 * Math.sign(value)) < 1e-5, `${slope}`)
        }
      },
    ),
    { numRuns: 20 },
  )
})

test('dense vectors of many features give what sparse ones give', async t => {
  const records = randomRecords(5, 1200)
  const dense = records.map(record => ({ ...record, features: record.features.toDense() }))
  const net = lasso({ label: 'y', l1: 0.1, tolerance: 1e-12 })
  const [a, b] = await Promise.all([net.fit(from(records)), net.fit(from(dense))])
  near(t, a!.coefficients, b!.coefficients, 1e-12)
})

test('with a cost that is large enough nothing is left but the mean', async t => {
  const model = await lasso({ features: 'rest', label: 'alcohol', l1: 100 }).fit(wineData)
  t.true(model.coefficients.every(value => value === 0))
  const { alcohol } = fixture.wine
  near(t, [model.intercept], [alcohol.reduce((a, b) => a + b) / alcohol.length], 1e-12)
  t.is(model.iterations, 1)
})

test('costs out of range are refused', t => {
  for (const wrong of [{ l1: 0 }, { l1: -1 }, { tolerance: 0 }, { maxIterations: 0 }]) {
    const message = new RegExp(`${Object.keys(wrong)[0]} must be`)
    t.throws(() => lasso({ label: 'y', ...wrong }), { instanceOf: ArgumentError, message })
    t.throws(() => elasticNet({ label: 'y', ...wrong }), { instanceOf: ArgumentError, message })
  }
  t.throws(() => elasticNet({ label: 'y', l2: -1 }), { message: /^elasticNet: l2 must be/ })
  t.throws(() => lasso({ label: 'y', l2: 1 } as never), { message: /option "l2" is not known/ })
})
