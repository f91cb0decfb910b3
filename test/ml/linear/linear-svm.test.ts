import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, from } from '../../../engine/index.js'
import { linearSvm } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import { cancerData, cancerRecords, fixture, near, wineData } from './fixture.js'

const CASES = {
  squaredHinge: { solver: 'primal' },
  squaredHingeWeighted: { l2: 2, weight: 'weight', solver: 'primal' },
  hinge: { loss: 'hinge', l2: 10 },
  hingeWithout: { loss: 'hinge', l2: 10, intercept: false },
} as const

for (const [name, options] of Object.entries(CASES)) {
  for (const solver of name.startsWith('hinge')
    ? (['dual'] as const)
    : (['dual', 'primal'] as const)) {
    test(`cancer, ${name}, ${solver}: coefficients are those of scikit-learn, within 1e-4`, async t => {
      const model = await linearSvm({
        ...{ label: 'label', tolerance: 1e-8, maxIterations: 50_000 },
        ...{ ...options, solver },
      }).fit(cancerData)
      const expected = fixture.svm[name]!
      t.true(model.converged)
      // With an intercept scikit-learn stops short of the minimum, by a hundred-thousandth of it.
      const within = name === 'hinge' ? 2e-3 : 1e-4
      near(t, model.coefficients, expected.coefficients[0]!, within)
      near(t, [model.intercept], expected.intercepts, within)
    })
  }
}

test('hinge: no record can be moved: those beyond their margin weigh nothing, those short of it all', async t => {
  // Of the sum of multipliers times records, which the coefficients are, the slopes are what is left.
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.constantFrom(0.3, 3), async (seed, l2) => {
      const random = randomFrom(seed)
      const records = random.array(40, () => {
        const [x, y] = [random.between(-2, 2), random.between(-2, 2)]
        return { x, y, class: x + y + random.between(-1, 1) > 0 ? 'in' : 'out' }
      })
      fc.pre(new Set(records.map(record => record.class)).size === 2)
      const svm = linearSvm({
        features: ['x', 'y'],
        label: 'class',
        loss: 'hinge',
        l2,
        tolerance: 1e-9,
        maxIterations: 100_000,
      })
      const model = await svm.fit(from(records))
      const cost = (c: readonly number[]) =>
        0.5 * l2 * c.reduce((sum, value) => sum + value * value, 0) +
        records.reduce((sum, record) => {
          const sign = record.class === model.classes[1] ? 1 : -1
          return sum + Math.max(0, 1 - sign * (c[0]! * record.x + c[1]! * record.y + c[2]!))
        }, 0)
      const best = [...model.coefficients, model.intercept]
      // The dual objective is minus the primal one at the minimum.
      t.true(Math.abs(cost(best) + records.length * model.history.at(-1)!) < 1e-6 * cost(best))
      for (let k = 0; k < 3; k++) {
        for (const step of [-1e-3, 1e-3]) t.true(cost(best) <= cost(best.with(k, best[k]! + step)))
      }
    }),
    { numRuns: 10 },
  )
})

test('the decision is the linear function; above the threshold is the second class', async t => {
  const named = cancerRecords.map(record => ({ ...record, label: record.label === 1 ? 'b' : 'a' }))
  const model = await linearSvm({ label: 'label', threshold: 0.5 }).fit(from(named))
  t.deepEqual([...model.classes], ['a', 'b'])
  const found = await model.transform(from(named)).collect()
  for (const { features, decision, prediction } of found) {
    const expected = features.reduce(
      (sum, x, k) => sum + x * model.coefficients[k]!,
      model.intercept,
    )
    t.true(Math.abs(decision - expected) < 1e-12)
    t.is(prediction, decision > 0.5 ? 'b' : 'a')
  }
})

test('a seed gives one model, and where it ends does not depend on it', async t => {
  const svm = (seed: number) =>
    linearSvm({
      label: 'label',
      loss: 'hinge',
      l2: 10,
      seed,
      tolerance: 1e-9,
      maxIterations: 50_000,
    }).fit(cancerData)
  const [one, same, other] = await Promise.all([svm(1), svm(1), svm(2)])
  t.deepEqual(one!.coefficients, same!.coefficients)
  t.notDeepEqual(one!.coefficients, other!.coefficients)
  near(t, one!.coefficients, other!.coefficients, 1e-6)
})

test('a record of weight 0 is as if it were not there', async t => {
  const part = cancerRecords.slice(0, 100)
  const more = [
    ...part.map(r => ({ ...r, weight: 1 })),
    ...part.slice(0, 30).map(r => ({ ...r, label: 1 - r.label, weight: 0 })),
  ]
  const options = {
    label: 'label',
    weight: 'weight',
    solver: 'dual',
    tolerance: 1e-9,
    maxIterations: 10_000,
  } as const
  const [a, b] = await Promise.all([
    linearSvm(options).fit(from(part.map(r => ({ ...r, weight: 1 })))),
    linearSvm(options).fit(from(more)),
  ])
  near(t, a!.coefficients, b!.coefficients, 1e-6)
})

test('a stopped run goes on from its checkpoint', async t => {
  const { mkdtempSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const directory = mkdtempSync(join(tmpdir(), 'wiesel-svm-'))
  const svm = linearSvm({ label: 'label', loss: 'hinge', tolerance: 1e-6 })
  const whole = await svm.fit(cancerData)
  const controller = new AbortController()
  const stopped = svm.fit(cancerData, {
    checkpoint: { directory, everySupersteps: 5 },
    signal: controller.signal,
    onProgress: ({ superstep }) => void (superstep > 20 && controller.abort()),
  })
  await stopped.catch(() => undefined)
  const resumed = await svm.fit(cancerData, { checkpoint: { directory, everySupersteps: 5 } })
  t.deepEqual(resumed.coefficients, whole.coefficients)
})

test('more than two classes, one, and wrong options are refused', async t => {
  await t.throwsAsync(linearSvm({ label: 'label' }).fit(wineData), {
    instanceOf: ArgumentError,
    message: /^linearSvm: field "label" has 3 classes; 2 at most/,
  })
  for (const wrong of [{ l2: 0 }, { loss: 'log' }, { solver: 'sdca' }, { threshold: Number.NaN }]) {
    t.throws(() => linearSvm({ label: 'label', ...wrong } as never), {
      instanceOf: ArgumentError,
      message: new RegExp(`^linearSvm: ${Object.keys(wrong)[0]} must be`),
    })
  }
  t.throws(() => linearSvm({ label: 'label', loss: 'hinge', solver: 'primal' }), {
    message: /needs a loss without a kink/,
  })
})
