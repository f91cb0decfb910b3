import test from 'ava'
import { ArgumentError, from } from '../../../engine/index.js'
import { gaussianNaiveBayes } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import { readFixture } from '../read-fixture.js'

interface Fixture {
  readonly records: readonly (readonly number[])[]
  readonly labels: readonly number[]
  readonly bayes: readonly {
    readonly weighted: boolean
    readonly priors: readonly number[] | null
    readonly means: readonly (readonly number[])[]
    readonly variances: readonly (readonly number[])[]
    readonly probabilities: readonly (readonly number[])[]
  }[]
}

const { records, labels, bayes } = readFixture<Fixture>('neighbours-and-components')
const wine = from(
  records.map((record, row) => ({
    features: Float64Array.from(record),
    label: labels[row]!,
    w: 1 + (row % 3),
  })),
)

for (const { weighted, priors, means, variances, probabilities } of bayes) {
  const title = `${weighted ? ', with weights' : ''}${priors ? ', with priors' : ''}`
  test(`wines are told apart as by scikit-learn${title}`, async t => {
    const model = await gaussianNaiveBayes({
      label: 'label',
      ...(weighted && { weight: 'w' }),
      ...(priors && { priors }),
    }).fit(wine)
    const near = (a: Float64Array, b: readonly number[]) =>
      a.every((value, k) => Math.abs(value - b[k]!) <= 1e-9 * Math.abs(b[k]!))
    for (let k = 0; k < 3; k++) {
      t.true(near(model.means[k]!, means[k]!))
      t.true(near(model.variances[k]!, variances[k]!))
    }
    const found = await model.predict(wine).collect()
    for (const [row, record] of found.entries()) {
      for (let k = 0; k < 3; k++) {
        t.true(Math.abs(record.probabilities[k]! - probabilities[row]![k]!) < 1e-9)
      }
      t.is(record.prediction, record.probabilities.indexOf(Math.max(...record.probabilities)))
    }
  })
}

test('smoothing is a share of the largest variance over all records, with weights or without', async t => {
  const random = randomFrom(2)
  const data = random.array(200, row => ({
    c: row % 3,
    x: 5 * (row % 3) + random.between(-1, 1),
    z: 1e6 + random.between(-1, 1),
    w: 1,
  }))
  const all = data.map(({ x }) => x)
  const mean = all.reduce((a, b) => a + b, 0) / all.length
  const largest = all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length
  const options = { features: ['x', 'z'], label: 'c' } as const
  for (const more of [{}, { weight: 'w' }] as const) {
    const [plain, smooth] = await Promise.all(
      [0, 0.5].map(smoothing =>
        gaussianNaiveBayes({ ...options, ...more, smoothing }).fit(from(data)),
      ),
    )
    for (const [code, variances] of smooth!.variances.entries()) {
      for (const [k, variance] of variances.entries()) {
        const added = variance - plain!.variances[code]![k]!
        t.true(Math.abs(added - largest / 2) < 1e-9 * largest)
      }
    }
  }
})

test('a class of records without weight, wrong priors and features that never vary are refused', async t => {
  const data = from([
    { x: 1, c: 'a', w: 1 },
    { x: 1, c: 'a', w: 1 },
    { x: 1, c: 'b', w: 0 },
  ])
  const learned = (options: object) =>
    gaussianNaiveBayes({ features: ['x'], label: 'c', ...options }).learn(data, {})
  await t.throwsAsync(learned({ weight: 'w' }), {
    instanceOf: ArgumentError,
    message: /no record of class "b" has a weight above 0/,
  })
  await t.throwsAsync(learned({}), {
    instanceOf: ArgumentError,
    message: /feature "x" does not vary in class "a"/,
  })
  await t.throwsAsync(learned({ priors: [0.2, 0.3, 0.5] }), {
    instanceOf: ArgumentError,
    message: /3 priors, but 2 classes: "a", "b"/,
  })
  for (const priors of [[0.5, 0.6], [-1, 2], 'a']) {
    t.throws(() => gaussianNaiveBayes({ label: 'c', priors: priors as number[] }), {
      instanceOf: ArgumentError,
      message: /^gaussianNaiveBayes: priors must be/,
    })
  }
  t.throws(() => gaussianNaiveBayes({ label: 'c', smoothing: -1 }), { instanceOf: ArgumentError })
})
