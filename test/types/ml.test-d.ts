/** Type tests: this file is compiled with the others and never run. */
import type { DataSet, SparseVector } from '../../engine/index.js'
import {
  accuracy,
  crossValidate,
  f1,
  gridSearch,
  imputer,
  kFold,
  linearRegression,
  logUniform,
  minMaxScaler,
  ndcg,
  normalizer,
  oneHotEncoder,
  pipeline,
  polynomialFeatures,
  randomSearch,
  randomSplit,
  rootMeanSquaredError,
  standardScaler,
  stringIndexer,
  timeSplit,
  trainTestSplit,
  vectorAssembler,
} from '../../ml/index.js'
import { expectType } from './expect-type.js'

interface Flight {
  day: Date
  hour: number
  distance: number | null
  origin: string
  delay: number
}
declare const flights: DataSet<Flight>

// A pipeline reads what no step before has made.
const late = pipeline(
  imputer({ fields: ['distance'], strategy: 'median' }),
  oneHotEncoder({ fields: ['origin'], output: 'place' }),
  minMaxScaler({ features: ['hour', 'distance'], output: 'scaled' }),
  vectorAssembler({ fields: ['scaled', 'place'] }),
  normalizer(),
  polynomialFeatures({ degree: 2 }),
  linearRegression({ label: 'delay' }),
)
const model = await late.fit(flights)
expectType<number>().of(model.predictOne({ distance: null, origin: 'JFK', hour: 7 }))
// @ts-expect-error the hour is needed
model.predictOne({ distance: 100, origin: 'JFK' })
// @ts-expect-error an origin is a text, a number or a switch
model.predictOne({ distance: 100, origin: new Date(), hour: 7 })
expectType<number>().of((await model.predict(flights).collect())[0]!.prediction)
expectType<number>().of((await model.predict(flights).collect())[0]!.distance)
// @ts-expect-error there is no such field
late.fit(flights.select('distance', 'origin', 'delay'))
// @ts-expect-error texts cannot be scaled
standardScaler({ features: ['origin'] }).fit(flights)
// @ts-expect-error dates are no categories
oneHotEncoder({ fields: ['day'] }).fit(flights)

// What models add.
const indexer = await stringIndexer({ fields: ['origin'] }).fit(flights)
expectType<number>().of(indexer.transformOne({ origin: 'JFK' }).originIndex)
expectType<string | number | boolean | null>().of(
  indexer.inverseTransformOne({ originIndex: 1 }).origin,
)
// @ts-expect-error the way back needs the index
indexer.inverseTransformOne({ origin: 'JFK' })
const encoder = await oneHotEncoder({ fields: ['origin'] }).fit(flights)
expectType<SparseVector>().of(encoder.transformOne({ origin: 'JFK' }).features)
const scaler = await standardScaler({ features: ['hour'] }).fit(flights)
expectType<number>().of(scaler.inverseTransformOne({ features: Float64Array.of(1) }).hour)
const constant = await imputer({ fields: ['distance'], strategy: 'constant', value: 0 }).fit(
  flights,
)
expectType<number>().of(constant.transformOne({ distance: null }).distance)
// @ts-expect-error there is no such strategy
imputer({ fields: ['distance'], strategy: 'average' })

// Splits keep the type, and know the fields.
expectType<DataSet<Flight>>().of((await trainTestSplit(flights, { stratify: 'origin' })).train)
expectType<readonly [DataSet<Flight>, DataSet<Flight>]>().of(await randomSplit(flights, [3, 1]))
expectType<DataSet<Flight>>().of((await timeSplit(flights, { time: 'day' }))[0].test)
// @ts-expect-error there is no such field
kFold(flights, { group: 'orgin' })

// Metrics know the fields, and their own options.
const predicted = model.predict(flights)
expectType<Promise<number>>().of(rootMeanSquaredError(predicted, { label: 'delay' }))
accuracy(predicted, { label: 'origin', prediction: 'prediction', weight: 'hour' })
ndcg(predicted, { group: 'origin', label: 'delay', k: 5, gain: 'exponential' })
// @ts-expect-error there is no such field
rootMeanSquaredError(predicted, { label: 'dealy' })
// @ts-expect-error there is no such average
f1(predicted, { label: 'origin', average: 'mean' })
// @ts-expect-error a label is needed
accuracy(predicted, {})

// Validation: data that the estimator cannot learn from do not compile.
crossValidate(late, flights, { score: rootMeanSquaredError, stratify: 'origin' })
// @ts-expect-error there is no delay
crossValidate(late, flights.select('hour', 'origin', 'distance'), { score: rootMeanSquaredError })
// @ts-expect-error a score is needed
crossValidate(late, flights, {})

// Searches: the function knows the parameters.
const found = await gridSearch(
  ({ l2, degree }) => {
    expectType<0 | 1>().of(l2)
    expectType<1 | 2>().of(degree)
    return pipeline(
      polynomialFeatures({ features: ['hour'], degree }),
      linearRegression({ label: 'delay', l2 }),
    )
  },
  flights,
  { grid: { l2: [0, 1], degree: [1, 2] }, score: rootMeanSquaredError, onProgress: () => {} },
)
expectType<number>().of(found.model.predictOne({ hour: 3 }))
expectType<0 | 1>().of(found.best.parameters.l2)
const drawn = await randomSearch(
  ({ l2 }) => linearRegression({ features: ['hour'], label: 'delay', l2 }),
  flights,
  { space: { l2: logUniform(1e-3, 1) }, score: rootMeanSquaredError, refit: false },
)
expectType<number>().of(drawn.best.parameters.l2)
expectType<undefined>().of(drawn.model)
gridSearch(
  // @ts-expect-error there is no such parameter
  ({ l1 }) => linearRegression({ features: ['hour'], label: 'delay', l2: l1 }),
  flights,
  { grid: { l2: [0, 1] }, score: rootMeanSquaredError },
)
