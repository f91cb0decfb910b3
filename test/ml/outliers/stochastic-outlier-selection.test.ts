import test from 'ava'
import { ArgumentError, from } from '../../../engine/index.js'
import { stochasticOutlierSelection } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

const dataOf = (points: readonly (readonly number[])[]) =>
  from(points.map(point => ({ features: Float64Array.from(point) })))

/** The example of Flink's documentation, with its answers. */
const POINTS = [
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
  [5, 8],
]
const ANSWERS = [
  0.2790094479202896, 0.25775014551682535, 0.22136130977995766, 0.12707053787018444,
  0.9922779902453757,
]

test('the example of Flink has the answers of Flink', async t => {
  const model = await stochasticOutlierSelection({ perplexity: 3 }).fit(dataOf(POINTS))
  for (const [row, answer] of ANSWERS.entries()) {
    t.true(Math.abs(model.probabilities[row]! - answer) < 1e-9, `${row}`)
  }
})

/** The definition, with a precision found by halves. */
function defined(points: readonly (readonly number[])[], perplexity: number): number[] {
  const apart = points.map(a =>
    points.map(b => Math.sqrt(a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0))),
  )
  const bindings = apart.map((distances, own) => {
    const at = (precision: number) => {
      const affinities = distances.map((d, other) => (other === own ? 0 : Math.exp(-precision * d)))
      const sum = affinities.reduce((a, b) => a + b, 0)
      return affinities.map(affinity => affinity / sum)
    }
    let [low, high] = [0, 1e3]
    for (let k = 0; k < 200; k++) {
      const middle = (low + high) / 2
      const entropy = at(middle).reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0)
      if (entropy > Math.log(perplexity)) low = middle
      else high = middle
    }
    return at(low)
  })
  return points.map((_, i) => bindings.reduce((product, row) => product * (1 - row[i]!), 1))
}

test('probabilities are those of the definition, and so are those of further records', async t => {
  const random = randomFrom(2)
  const points = random.array(40, () => [random.next(), random.next(), random.next()])
  const { probabilities } = await stochasticOutlierSelection({ perplexity: 8 }).fit(dataOf(points))
  for (const [row, value] of defined(points, 8).entries()) {
    t.true(Math.abs(value - probabilities[row]!) < 1e-9)
  }
})

test('what is far from all is an outlier, what is among them none', async t => {
  const random = randomFrom(3)
  const points = random.array(100, () => [random.next(), random.next()])
  const model = await stochasticOutlierSelection().fit(dataOf([...points, [9, 9]]))
  t.true(model.probabilities[100]! > 0.99)
  t.true(model.probabilities.subarray(0, 100).every(value => value < 0.99))
  t.true(model.predictOne({ features: Float64Array.of(-8, 3) }) > 0.9)
  t.true(model.predictOne({ features: Float64Array.of(0.5, 0.5) }) < 0.6)
})

test('records that are the same do no harm', async t => {
  const same = Array.from({ length: 12 }, () => [1, 2])
  const model = await stochasticOutlierSelection({ perplexity: 4 }).fit(dataOf([...same, [5, 5]]))
  t.true(model.probabilities.every(value => value >= 0 && value <= 1))
  t.true(model.probabilities[12]! > 0.9)
})

test('what cannot be is refused', async t => {
  for (const options of [
    { perplexity: 0.5 },
    { errorTolerance: -1 },
    { maxIterations: 0 },
    { perplexity: Number.NaN },
  ]) {
    t.throws(() => stochasticOutlierSelection(options), { instanceOf: ArgumentError })
  }
  await t.throwsAsync(stochasticOutlierSelection().fit(dataOf(POINTS)), {
    instanceOf: ArgumentError,
    message: /perplexity is 30, but a record has 4 others/,
  })
})
