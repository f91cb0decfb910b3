import test from 'ava'
import { from } from '../../../engine/index.js'
import {
  gradientBoostedRegressor,
  linearRegression,
  logisticRegression,
  oneHotEncoder,
  pipeline,
  standardScaler,
  vectorAssembler,
} from '../../../ml/index.js'

const TRIPS = Array.from({ length: 300 }, (_, k) => ({
  hour: k % 24,
  distance: 100 + ((37 * k) % 900),
  origin: ['JFK', 'LAX', 'SFO'][k % 3]!,
  delay: (k % 24) + ((37 * k) % 900) / 100,
  late: k % 24 > 12,
}))
const data = from(TRIPS)
const features = ['hour', 'distance'] as const

/** Microseconds of a call, the best of several rounds: the machine may be busy. */
function microseconds(call: (trip: (typeof TRIPS)[number]) => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 30; round++) {
    const start = performance.now()
    for (const trip of TRIPS) call(trip)
    best = Math.min(best, ((performance.now() - start) * 1000) / TRIPS.length)
  }
  return best
}

test('a prediction for one record takes microseconds', async t => {
  const simple = await linearRegression({ features, label: 'delay' }).fit(data)
  const classes = await logisticRegression({ features, label: 'late' }).fit(data)
  const trees = await gradientBoostedRegressor({ features, label: 'delay' }).fit(data)
  const long = await pipeline(
    oneHotEncoder({ fields: ['origin'], output: 'place' }),
    vectorAssembler({ fields: ['hour', 'distance', 'place'] }),
    standardScaler(),
    linearRegression({ label: 'delay', l2: 1 }),
  ).fit(data)
  const found = {
    linear: microseconds(trip => simple.predictOne(trip)),
    logistic: microseconds(trip => classes.predictOne(trip)),
    trees: microseconds(trip => trees.predictOne(trip)),
    pipeline: microseconds(trip => long.predictOne(trip)),
  }
  t.log(found)
  // A job takes a thousand.
  t.true(found.linear < 20, `${found.linear}`)
  t.true(found.logistic < 20, `${found.logistic}`)
  t.true(found.trees < 60, `${found.trees}`)
  t.true(found.pipeline < 60, `${found.pipeline}`)
})
