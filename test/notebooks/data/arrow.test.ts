import test from 'ava'
import { from } from '../../../engine/index.js'
import {
  gaussianNaiveBayes,
  gradientBoostedRegressor,
  linearRegression,
  pipeline,
  standardScaler,
} from '../../../ml/index.js'
import { featureImportance, scatter, summary, table } from '../../../notebooks/index.js'

const RECORDS = [
  { city: 'Oslo', people: 709, day: new Date('2026-01-02'), far: 1.5 },
  { city: 'Bern', people: null, day: new Date('2026-01-03'), far: 2.5 },
]
const data = from<{ city: string; people: number | null; day: Date; far: number }>(RECORDS)

test('tables of Arrow are drawn as the records that they hold', async t => {
  const arrow = await data.toArrow()
  t.is(table(arrow).toHTML(), table(RECORDS).toHTML())
  t.is(summary(arrow).toHTML(), summary(RECORDS).toHTML())
  const options = { x: 'day', y: 'far' } as const
  t.is(scatter(arrow, options).toHTML(), scatter(RECORDS, options).toHTML())
  t.is(table(await data.toColumns()).toHTML(), table(RECORDS).toHTML())
})

const rows = from(
  Array.from({ length: 60 }, (_, k) => ({
    x: k % 7,
    z: k % 5,
    y: 3 * (k % 7),
    kind: k % 2 === 0 ? 'a' : 'b',
  })),
)

test('what matters to a model is drawn as it is', async t => {
  const features = ['x', 'z'] as const
  const trees = await gradientBoostedRegressor({ features, label: 'y' }).fit(rows)
  t.regex(featureImportance(trees).description, /^2 bars; x has the most with 1, z the least/)
  const line = await linearRegression({ features, label: 'y' }).fit(rows)
  t.regex(featureImportance(line).description, /; x has the most with 3, z the least with/)
  const scaled = pipeline(standardScaler({ features }), linearRegression({ label: 'y' }))
  t.regex(featureImportance(await scaled.fit(rows)).description, /^2 bars; /)
  const bayes = await gaussianNaiveBayes({ features, label: 'kind' }).fit(rows)
  const error = t.throws(() => featureImportance(bayes))
  t.regex(error!.message, /a model of gaussianNaiveBayes has no number for each feature/)
})
