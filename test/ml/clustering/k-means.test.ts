import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import fc from 'fast-check'
import { AbortError, ArgumentError, from } from '../../../engine/index.js'
import { kMeans } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import { readFixture } from '../read-fixture.js'

interface Fixture {
  readonly records: readonly (readonly number[])[]
  readonly first: readonly number[]
  readonly runs: readonly {
    readonly k: number
    readonly weights: readonly number[] | null
    readonly centres: readonly (readonly number[])[]
    readonly labels: readonly number[]
    readonly inertia: number
    readonly iterations: number
  }[]
}

const pointsOf = (points: readonly (readonly number[])[]) =>
  from(points.map((point, id) => ({ id, features: Float64Array.from(point) })))

const squareOf = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, k) => (value - b[k]!) ** 2).reduce((x, y) => x + y, 0)

const { records, first, runs } = readFixture<Fixture>('k-means')

for (const run of runs) {
  const { k, weights } = run
  test(`${k} clusters of irises${weights ? ' with weights' : ''} are those of scikit-learn`, async t => {
    const data = from(
      records.map((point, row) => ({
        features: Float64Array.from(point),
        w: weights?.[row] ?? 1,
      })),
    )
    const initial = first.slice(0, k).map(row => records[row]!)
    const model = await kMeans({ initial, tolerance: 0, weight: 'w' }).fit(data)
    const labels = (await model.predict(data).toColumns()).cluster
    t.deepEqual([...labels], [...run.labels])
    t.true(Math.abs(model.inertia / run.inertia - 1) < 1e-12)
    t.is(model.iterations, run.iterations)
    t.true(model.converged)
    for (const [c, centre] of model.centres.entries()) {
      t.true(squareOf(centre, run.centres[c]!) < 1e-24)
    }
  })
}

test('the sum never grows, records are with their nearest centre, centres are means', async t => {
  const point = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 })
  const setting = fc.record({
    points: fc.array(point, { minLength: 9, maxLength: 80 }),
    k: fc.integer({ min: 1, max: 9 }),
    seed: fc.nat(),
    initial: fc.constantFrom('k-means++' as const, 'random' as const),
  })
  await fc.assert(
    fc.asyncProperty(setting, async ({ points, ...options }) => {
      const model = await kMeans({ ...options, tolerance: 0 }).fit(pointsOf(points))
      const { history, centres, inertia, sizes } = model
      for (let k = 1; k < history.length; k++) {
        if (history[k]! > history[k - 1]! * (1 + 1e-9) + 1e-9) return false
      }
      const predicted = await model.predict(pointsOf(points)).collect()
      let sum = 0
      for (const { features, cluster, distance } of predicted) {
        const squares = centres.map(centre => squareOf(features, centre))
        if (Math.abs(Math.min(...squares) - squares[cluster]!) > 1e-9) return false
        if (Math.abs(distance - Math.sqrt(squares[cluster]!)) > 1e-9) return false
        sum += squares[cluster]!
      }
      t.is(
        sizes.reduce((a, b) => a + b, 0),
        points.length,
      )
      return Math.abs(sum - inertia) < 1e-6
    }),
    { numRuns: 60 },
  )
})

test('a cluster that is left without records moves to the record farthest from its centre', async t => {
  const points = [...Array.from({ length: 20 }, (_, k) => [k / 20]), [100], [101]]
  const initial = [[0.5], [100], [1e6]]
  const model = await kMeans({ initial }).fit(pointsOf(points))
  t.deepEqual(
    [...model.sizes].sort((a, b) => a - b),
    [1, 1, 20],
  )
})

test('fewer distinct records than clusters leave some without records', async t => {
  const model = await kMeans({ k: 3 }).fit(pointsOf([[1], [1], [1], [2]]))
  t.is(model.inertia, 0)
  t.is(
    model.predictOne({ features: Float64Array.of(2) }) !==
      model.predictOne({ features: Float64Array.of(1) }),
    true,
  )
})

test('more starts never end worse', async t => {
  const random = randomFrom(3)
  const data = pointsOf(random.array(300, () => [random.next(), random.next()]))
  const sums = []
  for (const restarts of [1, 4, 16]) {
    sums.push((await kMeans({ k: 9, restarts, initial: 'random', seed: 5 }).fit(data)).inertia)
  }
  t.true(sums[1]! <= sums[0]! && sums[2]! <= sums[1]!)
})

test('large values lose no digits', async t => {
  const points = [0, 1, 10, 11].map(x => [1e9 + x])
  const model = await kMeans({ initial: [[1e9], [1e9 + 11]] }).fit(pointsOf(points))
  t.is(model.inertia, 1)
  t.deepEqual(model.centres, [Float64Array.of(1e9 + 0.5), Float64Array.of(1e9 + 10.5)])
})

test('stopped at any iteration, it goes on from there and ends the same', async t => {
  const random = randomFrom(4)
  const data = pointsOf(random.array(400, () => [random.next(), random.next()]))
  const estimator = kMeans({ k: 12, restarts: 2, tolerance: 0 })
  const whole = await estimator.fit(data)
  const directory = mkdtempSync(join(tmpdir(), 'k-means-'))
  const checkpoint = { directory, everySupersteps: 1 }
  for (const stop of [3, 9]) {
    const controller = new AbortController()
    let calls = 0
    const signal = controller.signal
    // Progress is told ten times a second only; the signal is looked at in each iteration.
    Object.defineProperty(signal, 'aborted', {
      get: () => readdirSync(directory).length > 0 && ++calls > stop,
    })
    await t.throwsAsync(estimator.fit(data, { checkpoint, signal }), { instanceOf: AbortError })
    t.true(readdirSync(directory).length > 0)
  }
  const resumed = await estimator.fit(data, { checkpoint })
  t.is(JSON.stringify(resumed), JSON.stringify(whole))
})

test('what cannot be is refused', async t => {
  const refuse = (options: object, message: RegExp) =>
    t.throws(() => kMeans(options), { instanceOf: ArgumentError, message })
  refuse({ k: 0 }, /^kMeans: k must be a positive integer; got 0/)
  refuse({ restarts: 0 }, /restarts/)
  refuse({ tolerance: -1 }, /tolerance/)
  refuse({ initial: 'kmeans' }, /initial must be/)
  refuse({ initial: [[Number.NaN]] }, /initial must be/)
  refuse({ initial: [[1], [2]], k: 3 }, /initial has 2 centres, but k is 3/)
  refuse({ initial: [[1], [2]], restarts: 2 }, /restarts is 2/)
  refuse({ cluster: 'a', distance: 'a' }, /two fields/)
  const data = pointsOf([
    [1, 2],
    [3, 4],
  ])
  await t.throwsAsync(kMeans({ k: 3 }).fit(data), {
    instanceOf: ArgumentError,
    message: /there are 2 records only, which cannot make 3 clusters/,
  })
  await t.throwsAsync(kMeans({ initial: [[1]] }).fit(data), {
    instanceOf: ArgumentError,
    message: /a centre of 1 numbers.*2 features/,
  })
})
