/** Can delay be predicted? Models of what is known at departure, judged by the weeks that came after. */
import { type DataSet, from, mean } from '../../engine/index.js'
import {
  accuracy,
  crossValidate,
  gradientBoostedClassifier,
  gradientBoostedRegressor,
  linearRegression,
  linearSvm,
  logisticRegression,
  meanAbsoluteError,
  pipeline,
  r2,
  rocAuc,
  rootMeanSquaredError,
  standardScaler,
  timeSplit,
  trainTestSplit,
} from '../../ml/index.js'
import { clean } from './data.js'
import { drawDelays, drawLateness } from './draw-learning.js'
import { grouped, printTable } from './printing.js'

/** What part two knows of an airport. */
export interface AirportFeatures {
  readonly airport: string
  readonly pageRank: number
  readonly betweenness: number
  readonly neighbours: number
}

/** Flights that are looked at. */
const SAMPLE = 120_000

const FEATURES = [
  ...(['hour', 'weekday', 'miles'] as const),
  ...(['fromRank', 'fromBetween', 'fromLinks', 'toRank', 'toBetween', 'toLinks'] as const),
] as const

/** A flight as models see it. */
export type Example = { readonly [F in (typeof FEATURES)[number]]: number } & {
  readonly day: number
  readonly delay: number
  readonly late: boolean
}

const scaled = standardScaler({ features: FEATURES })
const hourly = linearRegression({ features: ['hour'], label: 'delay' })
const linear = pipeline(scaled, linearRegression({ label: 'delay' }))
const few = { features: FEATURES, maxIterations: 40, maxLeaves: 12, minLeafRecords: 200 }
const trees = gradientBoostedRegressor({ ...few, label: 'delay' })
const withoutGraph = gradientBoostedRegressor({
  ...few,
  features: ['hour', 'weekday', 'miles'],
  label: 'delay',
})
const lateTrees = gradientBoostedClassifier({ ...few, label: 'late' })
const logistic = pipeline(scaled, logisticRegression({ label: 'late' }))
const svm = pipeline(scaled, linearSvm({ label: 'late' }))

/** How well the best models do. */
export interface BestModels {
  /** The share of the variance of delay. */
  readonly explained: number
  /** The same without what the graph knows. */
  readonly plain: number
  /** The same in earlier weeks, by cross-validation. */
  readonly early: number
  /** The area under the ROC curve for lateness. */
  readonly auc: number
}

/** Prints how well delay is predicted, and lateness: by several models, and by none. */
export async function predictedDelays(airports: DataSet<AirportFeatures>): Promise<BestModels> {
  // The last weeks are the future: what was learned before is judged by them.
  const { train, test } = await trainTestSplit(examplesOf(airports), { test: 0.25, time: 'day' })
  const [before, after] = await Promise.all([train.count(), test.count()])
  const delays = await minutes(train, test)
  const late = await lateness(train, test)
  await printTable(
    `Minutes of delay, learned from ${grouped(before)} flights and judged by ${grouped(after)} later ones`,
    from(delays.map(rounded)),
  )
  await printTable('More than 15 minutes late, of the same flights', from(late.map(rounded)))
  const best = delays.at(-1)!
  return {
    explained: best.r2,
    plain: delays.at(-2)!.r2,
    early: 'folds' in best ? best.folds : 0,
    auc: Math.max(...late.map(row => row.auc)),
  }
}

/** A row with three digits after the point, which is more than the weeks agree about. */
function rounded<R extends object>(row: R): R {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'number' ? Math.round(1000 * value) / 1000 : value,
  ])
  return Object.fromEntries(entries) as R
}

/** Flights with what the graph knows of both ends. */
export function examplesOf(airports: DataSet<AirportFeatures>): DataSet<Example> {
  return clean
    .sample({ count: SAMPLE, seed: 1 })
    .join(airports)
    .where('origin')
    .equalTo('airport')
    .with((flight, a) => ({
      ...flight,
      fromRank: a.pageRank,
      fromBetween: a.betweenness,
      fromLinks: a.neighbours,
    }))
    .join(airports)
    .where('destination')
    .equalTo('airport')
    .with((flight, a) => ({
      day: Math.floor(flight.date.getTime() / 86_400_000),
      hour: flight.date.getUTCHours(),
      weekday: flight.date.getUTCDay(),
      miles: flight.distance,
      fromRank: flight.fromRank,
      fromBetween: flight.fromBetween,
      fromLinks: flight.fromLinks,
      toRank: a.pageRank,
      toBetween: a.betweenness,
      toLinks: a.neighbours,
      delay: flight.delay,
      late: flight.delay > 15,
    }))
}

async function minutes(train: DataSet<Example>, test: DataSet<Example>) {
  const [past] = await train.aggregate({ delay: mean('delay') }).collect()
  const guessed = test.map((flight, { delay }) => ({ ...flight, prediction: delay }), {
    with: { delay: past?.delay ?? 0 },
  })
  const folds = { folds: await timeSplit(train, { time: 'day', folds: 3 }), score: r2 }
  const byHour = (await hourly.fit(train)).predict(test)
  const byAll = (await linear.fit(train)).predict(test)
  const byPlainTrees = (await withoutGraph.fit(train)).predict(test)
  const byTrees = (await trees.fit(train)).predict(test)
  await drawDelays(byTrees.select('delay', 'prediction'))
  return [
    { model: 'the mean of the past', ...(await errors(guessed.select('delay', 'prediction'))) },
    {
      model: 'linear, the hour alone',
      ...(await errors(byHour.select('delay', 'prediction'))),
      folds: (await crossValidate(hourly, train, folds)).mean,
    },
    {
      model: 'linear, all that is known',
      ...(await errors(byAll.select('delay', 'prediction'))),
      folds: (await crossValidate(linear, train, folds)).mean,
    },
    {
      model: 'boosted trees, without the graph',
      ...(await errors(byPlainTrees.select('delay', 'prediction'))),
      folds: (await crossValidate(withoutGraph, train, folds)).mean,
    },
    {
      model: 'boosted trees, all that is known',
      ...(await errors(byTrees.select('delay', 'prediction'))),
      folds: (await crossValidate(trees, train, folds)).mean,
    },
  ]
}

async function errors(
  predicted: DataSet<Pick<Example, 'delay'> & { readonly prediction: number }>,
) {
  return {
    rmse: await rootMeanSquaredError(predicted, { label: 'delay' }),
    mae: await meanAbsoluteError(predicted, { label: 'delay' }),
    r2: await r2(predicted, { label: 'delay' }),
  }
}

async function lateness(train: DataSet<Example>, test: DataSet<Example>) {
  const never = test.map(flight => ({ ...flight, prediction: false }))
  const [odds, side] = [await logistic.fit(train), await svm.fit(train)]
  const forest = await lateTrees.fit(train)
  const grown = forest.predict(test).cache()
  const [likely, beyond] = [odds.predict(test).cache(), side.predict(test).cache()]
  const label = 'late'
  await drawLateness({
    forest,
    features: FEATURES,
    grown: grown.select('late', 'prediction', 'probabilities'),
    likely: likely.select('late', 'prediction', 'probabilities'),
  })
  const folds = await timeSplit(train, { time: 'day', folds: 3 })
  return [
    { model: 'never late', accuracy: await accuracy(never, { label }), auc: 0.5, folds: 0.5 },
    {
      model: 'logistic regression',
      accuracy: await accuracy(likely, { label }),
      auc: await rocAuc(likely, { label }),
      folds: (await crossValidate(logistic, train, { folds, score: rocAuc })).mean,
    },
    {
      model: 'linear SVM',
      accuracy: await accuracy(beyond, { label }),
      auc: await rocAuc(beyond, { label, scores: 'decision' }),
      folds: (await crossValidate(svm, train, { folds, score: rocAuc })).mean,
    },
    {
      model: 'boosted trees',
      accuracy: await accuracy(grown, { label }),
      auc: await rocAuc(grown, { label }),
      folds: (await crossValidate(lateTrees, train, { folds, score: rocAuc })).mean,
    },
  ]
}
