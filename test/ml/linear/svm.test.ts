import test from 'ava'
import { ArgumentError, ExecutionEnvironment, from } from '../../../engine/index.js'
import { linearSvm, svm } from '../../../ml/index.js'
import { cancerData, cancerRecords, near, wineData } from './fixture.js'

const [n, l2] = [cancerRecords.length, 0.02]

test('with many steps it finds the minimum, which the dual finds as well', async t => {
  const exact = linearSvm({
    ...{ label: 'label', loss: 'hinge', intercept: false, l2: l2 * n },
    ...{ tolerance: 1e-9, maxIterations: 100_000 },
  })
  const expected = await exact.fit(cancerData)
  for (const blocks of [1, 4]) {
    const steps = { blocks, maxIterations: 200, localIterations: 2000 }
    const model = await svm({ label: 'label', l2, ...steps }).fit(cancerData)
    near(t, model.coefficients, expected.coefficients, 1e-2)
    t.true(Math.abs(model.history.at(-1)! + expected.history.at(-1)!) < 1e-4)
    t.true(model.history.at(-1)! < model.history[0]!)
  }
})

test('one step at one record is what the formula says', async t => {
  const one = [{ x: Float64Array.of(3, 4), y: 'b' }]
  const data = from([...one, { x: Float64Array.of(0, 0), y: 'a' }])
  const options = {
    features: 'x',
    label: 'y',
    localIterations: 1,
    maxIterations: 1,
    l2: 0.1,
  } as const
  // Two blocks of one record: b moves to min(1, l2 n / 25) = 0.008, and a half of it counts.
  const model = await svm({ ...options, blocks: 2 }).fit(data)
  const moved = (0.2 / 25 / 0.2) * 0.5
  near(t, model.coefficients, [3 * moved, 4 * moved], 1e-15)
  const whole = await svm({ ...options, blocks: 2, stepSize: 2 }).fit(data)
  near(t, whole.coefficients, [6 * moved, 8 * moved], 1e-15)
})

test('the model depends on seed and blocks, not on threads', async t => {
  const many = Array.from({ length: 40 }, () => cancerRecords).flat()
  const learn = (parallelism: number, more: object) =>
    svm({ label: 'label', localIterations: 500, ...more }).fit(
      new ExecutionEnvironment({ parallelism }).from(many),
    )
  const [one, two, seeded, blocked] = await Promise.all([
    learn(1, {}),
    learn(2, {}),
    learn(1, { seed: 1 }),
    learn(1, { blocks: 5 }),
  ])
  t.deepEqual(one!.coefficients, two!.coefficients)
  t.notDeepEqual(one!.coefficients, seeded!.coefficients)
  t.notDeepEqual(one!.coefficients, blocked!.coefficients)
})

test('labels of any two values, and a threshold for the decision', async t => {
  const named = from(
    cancerRecords.map(({ features, label }) => ({ features, label: label * 9 - 4 })),
  )
  const model = await svm({ label: 'label', localIterations: 500, threshold: -0.2 }).fit(named)
  t.deepEqual([...model.classes], [-4, 5])
  t.is(model.intercept, 0)
  for (const { decision, prediction } of await model.transform(named).first(50).collect()) {
    t.is(prediction, decision > -0.2 ? 5 : -4)
  }
})

test('more classes and wrong options are refused', async t => {
  await t.throwsAsync(svm({ label: 'label' }).fit(wineData), { instanceOf: ArgumentError })
  for (const wrong of [{ blocks: 0 }, { stepSize: 5 }, { localIterations: 1.5 }, { l2: 0 }]) {
    t.throws(() => svm({ label: 'label', ...wrong }), {
      instanceOf: ArgumentError,
      message: new RegExp(`^svm: ${Object.keys(wrong)[0]} must be`),
    })
  }
})
