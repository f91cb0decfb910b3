import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, from, SparseVector } from '../../../engine/index.js'
import { pca } from '../../../ml/index.js'
import { randomFrom } from '../../support/random.js'
import { readFixture } from '../read-fixture.js'

interface Fixture {
  readonly records: readonly (readonly number[])[]
  readonly pca: {
    readonly components: readonly (readonly number[])[]
    readonly variances: readonly number[]
    readonly shares: readonly number[]
    readonly transformed: readonly (readonly number[])[]
    readonly white: readonly (readonly number[])[]
    readonly kept: number
  }
}

const fixture = readFixture<Fixture>('neighbours-and-components')
const vectors = (records: readonly (readonly number[])[]) =>
  from(records.map(record => ({ features: Float64Array.from(record) })))
const wine = vectors(fixture.records)

function sparseOf(record: readonly number[]): SparseVector {
  const kept = [...record.keys()].filter(k => record[k] !== 0)
  return new SparseVector(
    record.length,
    kept,
    kept.map(k => record[k]!),
  )
}

/** How far two lists are apart at most, relatively to the largest number. */
function off(a: Iterable<number>, b: Iterable<number>): number {
  const [x, y] = [[...a], [...b]]
  const scale = Math.max(...y.map(Math.abs), 1e-300)
  return x.length === y.length
    ? Math.max(...x.map((value, k) => Math.abs(value - y[k]!))) / scale
    : Infinity
}

test('components and variances are those of scikit-learn', async t => {
  const model = await pca().fit(wine)
  const { components, variances, shares, transformed } = fixture.pca
  t.true(off(model.explainedVariance, variances) < 1e-12)
  t.true(off(model.explainedVarianceRatio, shares) < 1e-12)
  for (const [k, component] of components.entries()) {
    t.true(off(model.components[k]!, component) < 1e-8, `component ${k}`)
  }
  const found = await model.transform(wine.first(20)).collect()
  for (const [row, { features }] of found.entries()) t.true(off(features, transformed[row]!) < 1e-9)
})

test('whitened components are those of scikit-learn, and have variance 1', async t => {
  const model = await pca({ components: 4, whiten: true }).fit(wine)
  const found = await model.transform(wine).collect()
  for (const [row, white] of fixture.pca.white.entries()) {
    t.true(off(found[row]!.features, white) < 1e-8)
  }
  for (let k = 0; k < 4; k++) {
    const sum = found.reduce((sum, { features }) => sum + features[k]! ** 2, 0)
    t.true(Math.abs(sum / (found.length - 1) - 1) < 1e-9)
  }
})

test('as many components as explain a share of the variance', async t => {
  const model = await pca({ components: 0.9999 }).fit(wine)
  t.is(model.components.length, fixture.pca.kept)
})

test('components are orthonormal, not correlated, and lead back', async t => {
  const setting = fc.record({
    seed: fc.nat(),
    rows: fc.integer({ min: 2, max: 40 }),
    size: fc.integer({ min: 1, max: 8 }),
    whiten: fc.boolean(),
    isSparse: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(setting, async ({ seed, rows, size, whiten, isSparse }) => {
      const random = randomFrom(seed)
      const records = random.array(rows, () =>
        random.array(size, () => (random.chance(0.3) ? 0 : random.between(-3, 3))),
      )
      const data = isSparse
        ? from(records.map(record => ({ features: sparseOf(record) })))
        : vectors(records)
      const model = await pca({ whiten }).fit(data as never)
      const { components } = model
      for (const a of components) {
        for (const b of components) {
          const product = a.reduce((sum, value, k) => sum + value * b[k]!, 0)
          t.true(Math.abs(product - (a === b ? 1 : 0)) < 1e-9)
        }
      }
      // With fewer records than features, these have no part in directions that are left out.
      return records.every(record => {
        const { features } = model.transformOne({ features: Float64Array.from(record) })
        return (
          off(model.restore(features), record) < 1e-6 || Math.max(...record.map(Math.abs)) === 0
        )
      })
    }),
    { numRuns: 100 },
  )
})

test('what cannot be is refused', async t => {
  for (const components of [0, -1, 1.5, Number.NaN, '2']) {
    t.throws(() => pca({ components: components as number }), {
      instanceOf: ArgumentError,
      message: /^pca: components must be a positive integer, or a share of variance below 1; got/,
    })
  }
  await t.throwsAsync(pca({ components: 14 }).fit(wine), {
    instanceOf: ArgumentError,
    message: /^pca: components is 14, but 178 records with 13 features have 13 at most/,
  })
  await t.throwsAsync(pca().fit(wine.first(1)), {
    instanceOf: ArgumentError,
    message: /one record/,
  })
  const model = await pca({ components: 2 }).fit(wine)
  t.throws(() => model.restore([1]), { instanceOf: ArgumentError, message: /2 entries; got 1/ })
})
