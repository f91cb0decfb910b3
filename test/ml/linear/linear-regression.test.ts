import test from 'ava'
import { ArgumentError, from, SchemaError, SparseVector } from '../../../engine/index.js'
import { linearRegression } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'

/** Sparse records with more features than pairs of them are made for. */
function wide(records: number, size: number) {
  const random = randomFrom(8)
  const truth = random.array(size, () => random.between(-1, 1))
  return random.array(records, () => {
    const places = [...new Set(random.array(12, () => random.int(size)))].sort((a, b) => a - b)
    const values = places.map(() => random.between(-2, 2))
    const clean = places.reduce((sum, place, k) => sum + truth[place]! * values[k]!, 5)
    return { features: new SparseVector(size, places, values), y: clean + random.between(-1, 1) }
  })
}

test('many sparse features: what is left has no part along any feature but that of the penalty', async t => {
  const [l2, records] = [3, wide(800, 1500)]
  const model = await linearRegression({ label: 'y', l2 }).fit(from(records))
  t.true(model.converged)
  const slopes = model.coefficients.map(coefficient => -l2 * coefficient)
  let rest = 0
  for (const { features, y } of records) {
    const off = y - model.predictOne({ features })
    rest += off
    for (const [k, place] of features.indices.entries()) {
      slopes[place]! += off * features.values[k]!
    }
  }
  t.true(Math.abs(rest) < 1e-6)
  for (const slope of slopes) t.true(Math.abs(slope) < 1e-6)
  t.true(model.history.at(-1)! < model.history[0]!)
})

test('conjugate gradients and normal equations agree, dense and sparse', async t => {
  const size = 1100
  const records = wide(1300, size).map(record => ({
    ...record,
    dense: record.features.toDense(),
    // The first features alone are few enough for normal equations.
    few: record.features.toDense().slice(0, 20),
    padded: Float64Array.from({ length: size }, (_, k) =>
      k < 20 ? record.features.toDense()[k]! : 0,
    ),
  }))
  const learn = (features: 'features' | 'dense' | 'few' | 'padded') =>
    linearRegression({ label: 'y', l2: 1, features }).fit(from(records))
  const [sparse, dense, few, padded] = await Promise.all(
    (['features', 'dense', 'few', 'padded'] as const).map(learn),
  )
  const near = (a: Float64Array, b: Float64Array) =>
    a.forEach((value, k) => void t.true(Math.abs(value - b[k]!) < 1e-6))
  near(sparse!.coefficients, dense!.coefficients)
  near(padded!.coefficients.slice(0, 20), few!.coefficients)
  t.true(padded!.coefficients.slice(20).every(coefficient => coefficient === 0))
  t.true(padded!.iterations > 0)
  t.is(few!.iterations, 0)
})

test('a feature that follows from others is named, in sparse vectors as well', async t => {
  const records = [1, 2, 3, 4, 7].map(x => ({ x, double: 2 * x + 1, year: 2000, y: x * x }))
  const learn = (features: ('x' | 'double' | 'year')[]) =>
    linearRegression({ features, label: 'y' }).fit(from(records))
  await t.throwsAsync(learn(['x', 'double']), {
    instanceOf: ArgumentError,
    message: /"double" is a linear/,
  })
  await t.throwsAsync(learn(['year', 'x']), {
    instanceOf: ArgumentError,
    message: /"year" is the same/,
  })
  const vectors = records.map(({ x, year, y }) => ({
    features: new SparseVector(2, [0, 1], [x, year + 0.1]),
    y,
  }))
  await t.throwsAsync(linearRegression({ label: 'y' }).fit(from(vectors)), {
    instanceOf: ArgumentError,
    message: /"features\[1\]" is the same/,
  })
})

test('all features that follow from others are named, and no others', async t => {
  const random = randomFrom(5)
  const records = random.array(50, () => {
    const [a, b, c] = [random.between(-1, 1), random.between(-1, 1), random.between(-1, 1)]
    return { a, sum: a + 3, b, one: 1, both: a - b, c, all: a + b + c, y: random.between(-1, 1) }
  })
  const fields = ['a', 'sum', 'b', 'one', 'both', 'c', 'all'] as const
  const learn = (features: readonly (typeof fields)[number][]) =>
    linearRegression({ features, label: 'y' }).fit(from(records))
  const error = await t.throwsAsync(learn(fields), { instanceOf: ArgumentError })
  t.is(
    error.message,
    'linearRegression: feature "one" is the same in all records, and features "sum", "both" and "all" are linear functions of those before, so that there are many solutions. Leave them out, or give an l2 above 0.',
  )
  await t.notThrowsAsync(learn(['a', 'b', 'c']))
})

test('a value that is not finite is named wherever it stands, in fields and in vectors', async t => {
  const records = Array.from({ length: 5000 }, (_, k) => ({ a: k % 7, b: k % 11, y: k % 5 }))
  for (const [row, bad] of [
    [0, Number.NaN],
    [39, Infinity],
    [4999, -Infinity],
  ] as const) {
    const wrong = records.map((record, k) => (k === row ? { ...record, b: bad } : record))
    const fields = linearRegression({ features: ['a', 'b'], label: 'y' })
    await t.throwsAsync(fields.fit(from(wrong)), {
      instanceOf: SchemaError,
      message: new RegExp(`^linearRegression: record ${row} has .* in field "b"`),
    })
    const vectors = wrong.map(({ a, b, y }) => ({ features: Float64Array.of(a, b), y }))
    await t.throwsAsync(linearRegression({ label: 'y' }).fit(from(vectors)), {
      instanceOf: SchemaError,
      message: new RegExp(`^linearRegression: record ${row} has .* in field "features\\[1\\]"`),
    })
  }
})
