import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, from } from '../../../engine/index.js'
import {
  chebyshevDistance,
  cosineDistance,
  euclideanDistance,
  type MetricName,
  manhattanDistance,
  minkowskiDistance,
  nearestNeighbors,
  nearestNeighborsClassifier,
  nearestNeighborsRegressor,
  squaredEuclideanDistance,
  tanimotoDistance,
} from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import { readFixture } from '../read-fixture.js'

interface Fixture {
  readonly records: readonly (readonly number[])[]
  readonly labels: readonly number[]
  readonly neighbours: readonly {
    readonly options: {
      readonly metric: MetricName
      readonly p: number
      readonly weights: 'uniform' | 'distance'
    }
    readonly rows: readonly (readonly number[])[]
    readonly distances: readonly (readonly number[])[]
    readonly probabilities: readonly (readonly number[])[]
    readonly means: readonly number[]
  }[]
}

const { records, labels, neighbours } = readFixture<Fixture>('neighbours-and-components')
const all = records.map((record, row) => ({
  features: Float64Array.from(record),
  label: labels[row]!,
  first: record[0]!,
}))
const learned = from(all.filter((_, row) => row % 2 === 0))
const asked = from(all.filter((_, row) => row % 2 === 1))
const near = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).every((value, k) => Math.abs(value - b[k]!) < 1e-9 * Math.max(1, Math.abs(value)))

for (const { options, rows, distances, probabilities, means } of neighbours) {
  const { weights, ...rest } = options
  test(`neighbours of wines are those of scikit-learn: ${JSON.stringify(options)}`, async t => {
    const model = await nearestNeighbors({ k: 7, ...rest }).fit(learned)
    const found = await model.transform(asked).collect()
    for (const [row, record] of found.entries()) {
      t.true(near(record.distances, distances[row]!))
      // Of wines equally near scikit-learn takes any.
      const isTied = new Set(distances[row]).size < 7
      if (!isTied) t.deepEqual(Array.from(record.neighbors).slice(0, 6), rows[row]!.slice(0, 6))
    }
    const classifier = nearestNeighborsClassifier({ label: 'label', k: 7, weights, ...rest })
    const classes = await (await classifier.fit(learned)).predict(asked).collect()
    for (const [row, record] of classes.entries()) {
      t.true(near(record.probabilities, probabilities[row]!))
    }
    const regressor = nearestNeighborsRegressor({ label: 'first', k: 7, weights, ...rest })
    const numbers = await (await regressor.fit(learned)).predict(asked).toColumns()
    t.true(near(numbers.prediction, means))
  })
}

const DISTANCES = {
  euclidean: euclideanDistance,
  squaredEuclidean: squaredEuclideanDistance,
  cosine: cosineDistance,
  chebyshev: chebyshevDistance,
  manhattan: manhattanDistance,
  minkowski: minkowskiDistance(3),
  tanimoto: tanimotoDistance,
} as const

for (const metric of Object.keys(DISTANCES) as MetricName[]) {
  test(`a search finds what comparing each with each finds: ${metric}`, async t => {
    const distance = DISTANCES[metric]
    const setting = fc.record({
      seed: fc.nat(),
      count: fc.constantFrom(5, 40, 700),
      size: fc.integer({ min: 1, max: 9 }),
      k: fc.integer({ min: 1, max: 5 }),
      isCoarse: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(setting, async ({ seed, count, size, k, isCoarse }) => {
        const random = randomFrom(seed)
        const point = () =>
          Float64Array.from(
            random.array(size, () => (isCoarse ? random.int(4) : random.between(-1, 1))),
          )
        const points = random.array(count, point)
        const model = await nearestNeighbors({ k, metric, p: 3 }).fit(
          from(points.map(features => ({ features }))),
        )
        for (let query = 0; query < 5; query++) {
          const features = random.chance(0.5) ? random.pick(points) : point()
          const found = model.transformOne({ features })
          const expected = points.map(other => distance(features, other)).sort((a, b) => a - b)
          t.true(near(found.distances, expected.slice(0, k)))
          const own = Array.from(found.neighbors, row => distance(features, points[row]!))
          t.true(near(found.distances, own))
          t.is(new Set(found.neighbors).size, k)
          if (!isCoarse || metric === 'cosine' || metric === 'tanimoto' || metric === 'minkowski')
            continue
          // Whole numbers: ties are exact, and the first records win.
          const order = points.map((other, row) => [distance(features, other), row] as const)
          order.sort((a, b) => a[0] - b[0] || a[1] - b[1])
          t.deepEqual(
            Array.from(found.neighbors),
            order.slice(0, k).map(([, row]) => row),
          )
        }
      }),
      { numRuns: 25 },
    )
  })
}

test('a record at distance 0 decides alone where votes are by distance', async t => {
  const data = from([
    { x: 0, y: 1 },
    { x: 1, y: 5 },
    { x: 2, y: 9 },
  ])
  const model = await nearestNeighborsRegressor({
    ...{ features: ['x'], label: 'y', k: 3 },
    weights: 'distance',
  }).fit(data)
  t.is(model.predictOne({ x: 1 }), 5)
  t.true(Math.abs(model.predictOne({ x: 1e-300 }) - 1) < 1e-9)
})

test('what cannot be is refused', async t => {
  const refuse = (options: object, message: RegExp) =>
    t.throws(() => nearestNeighbors(options), { instanceOf: ArgumentError, message })
  refuse({ k: 0 }, /^nearestNeighbors: k must be a positive integer; got 0/)
  refuse({ metric: 'euclid' }, /metric must be "euclidean" or/)
  refuse({ metric: 'minkowski', p: 0.5 }, /p must be a finite number of at least 1/)
  refuse({ neighbors: 'a', distances: 'a' }, /two fields/)
  for (const estimator of [
    nearestNeighbors({ k: 90 }),
    nearestNeighborsClassifier({ k: 90, label: 'label' }),
    nearestNeighborsRegressor({ k: 90, label: 'label' }),
  ]) {
    await t.throwsAsync(estimator.learn(learned, {}), {
      instanceOf: ArgumentError,
      message: /k is 90, but there are 89 records only/,
    })
  }
})

test('many points at once find what each finds alone: many features, large values, duplicates', async t => {
  const random = randomFrom(8)
  const kinds = {
    spread: () => random.between(-1, 1),
    far: () => 1e6 + random.between(-1, 1),
    whole: () => random.int(2),
    same: () => 3,
    huge: () => 1e154 * random.between(-1, 1),
  }
  for (const [kind, draw] of Object.entries(kinds)) {
    const points = random.array(303, () => ({
      features: Float64Array.from(random.array(20, draw)),
    }))
    const model = await nearestNeighbors({ k: 4 }).fit(from(points))
    const found = await model.transform(from(points)).collect()
    for (const [row, { features, neighbors, distances }] of found.entries()) {
      const alone = model.transformOne({ features })
      t.deepEqual([...neighbors], [...alone.neighbors], `${kind} ${row}`)
      t.deepEqual([...distances], [...alone.distances], `${kind} ${row}`)
    }
    const [one] = found
    const order = points.map(
      (other, row) => [euclideanDistance(one!.features, other.features), row] as const,
    )
    order.sort((a, b) => a[0] - b[0] || a[1] - b[1])
    if (kind === 'huge') continue
    t.deepEqual(
      [...one!.neighbors],
      order.slice(0, 4).map(([, row]) => row),
    )
  }
})
