/** What metrics, curves, splits and searches say to bad input. */
import test, { type ExecutionContext } from 'ava'
import { ArgumentError, from, SchemaError, WieselError } from '../../../engine/index.js'
import * as ml from '../../../ml/index.js'

type Call = (...given: unknown[]) => Promise<unknown>

const RECORDS = [
  { y: 1, p: 2, is: 'a', guess: 'a', s: 0.2, user: 1, none: null, vector: [0.8, 0.2], less: -1 },
  { y: 3, p: 3, is: 'b', guess: 'a', s: 0.7, user: 1, none: null, vector: [0.3, 0.7], less: -1 },
  { y: 2, p: 1, is: 'b', guess: 'b', s: 0.6, user: 2, none: null, vector: [0.4, 0.6], less: -1 },
]
const data = from(RECORDS)

async function refused(t: ExecutionContext, by: string, says: RegExp, call: () => unknown) {
  const error = await t.throwsAsync(
    async () => call(),
    { instanceOf: WieselError },
    `${by} ${says}`,
  )
  if (error === undefined) return
  const { message } = error
  t.true(error instanceof ArgumentError || error instanceof SchemaError, message)
  t.true(message.startsWith(`${by}: `), message)
  t.true(message.endsWith('.') && !/undefined|\{"flow"|e\+308/.test(message), message)
  t.true(says.test(message), `${says}: ${message}`)
}

const BY_NAME = ml as unknown as Readonly<Record<string, Call>>
const isMetric = (value: unknown): value is Call & { with(options: object): unknown } =>
  typeof value === 'function' && 'higherIsBetter' in value
const METRICS = Object.entries(ml).filter(([, value]) => isMetric(value)) as [string, Call][]

/** Fields that are good, by what metrics read. */
const CLASSES = { label: 'is', prediction: 'guess' }
const SCORES = { label: 'is', scores: 's' }
const NUMBERS = { label: 'y', prediction: 'p' }
const RANKINGS = { group: 'user', label: 'y', prediction: 'p' }
const GOOD: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...Object.fromEntries(
    ['accuracy', 'balancedAccuracy', 'cohenKappa', 'matthewsCorrelation', 'precision'].map(name => [
      name,
      CLASSES,
    ]),
  ),
  ...Object.fromEntries(['recall', 'f1', 'fBeta', 'confusionMatrix'].map(name => [name, CLASSES])),
  ...Object.fromEntries(
    ['averagePrecision', 'brierScore', 'logLoss', 'rocAuc', 'rocCurve'].map(name => [name, SCORES]),
  ),
  precisionRecallCurve: SCORES,
  calibrationCurve: SCORES,
  ...Object.fromEntries(
    ['meanAveragePrecision', 'ndcg', 'precisionAtK', 'recallAtK'].map(name => [name, RANKINGS]),
  ),
  silhouette: { features: ['y', 'p'], prediction: 'is' },
}

const CURVES = ['confusionMatrix', 'rocCurve', 'precisionRecallCurve', 'calibrationCurve'] as const
const ALL = [...METRICS, ...CURVES.map(name => [name, BY_NAME[name]!] as const)]

for (const [name, measure] of ALL) {
  const good = GOOD[name] ?? NUMBERS

  test(`${name}: what is no data and no options is refused`, async t => {
    await t.notThrowsAsync(measure(data, good))
    await refused(t, name, /there are no records to score/, () => measure(from([]), good))
    for (const none of [undefined, null, RECORDS, 'text']) {
      await refused(t, name, /the data must be a data set/, () => measure(none, good))
    }
    for (const none of [null, 'text', 5, []]) {
      await refused(t, name, /options must be an object/, () => measure(data, none))
    }
    const says = /is not given|there are no options|must be the name|is not in the data/
    await refused(t, name, says, () => measure(data))
    await refused(t, name, /option "lable" is not known/, () => measure(data, { lable: 'is' }))
  })

  test(`${name}: fields and values that cannot be used are named`, async t => {
    for (const [option, field] of Object.entries(good)) {
      if (typeof field !== 'string') continue
      const unknown = { ...good, [option]: 'nowhere' }
      await refused(t, name, /field "nowhere" is not in the data/, () => measure(data, unknown))
      // Without a prediction a record is not ranked.
      if (good === RANKINGS && option === 'prediction') continue
      const missing = { ...good, [option]: 'none' }
      await refused(t, name, /record 0 has nothing in field "none"/, () => measure(data, missing))
    }
    const weighted = { ...good, weight: 'less' }
    await refused(t, name, /weights must not be negative; record 0 has -1/, () =>
      measure(data, weighted),
    )
  })
}

test('predictions of numbers are not compared as if they were classes', async t => {
  const guessed = from([1, 2, 3].map(stars => ({ stars, prediction: stars + 0.01 })))
  for (const name of ['accuracy', 'f1', 'confusionMatrix'] as const) {
    await refused(t, name, /record 0 has 1\.01 in field "prediction".*rootMeanSquaredError/, () =>
      BY_NAME[name]!(guessed, { label: 'stars' }),
    )
  }
  const model = ml.linearRegression({ features: ['p'], label: 'y', l2: 1 })
  await refused(t, 'accuracy', /rootMeanSquaredError/, () =>
    ml.crossValidate(model, data, { score: ml.accuracy, folds: 3 }),
  )
  // Classes may be fractions, where both sides have them or the list says so.
  const halves = from([
    { is: 0.5, prediction: 0.5 },
    { is: 1.5, prediction: 0.5 },
  ])
  await refused(t, 'accuracy', /record 1 has 1\.5 in field "is".*give the list: classes/, () =>
    ml.accuracy(halves, { label: 'is' }),
  )
  t.is(await ml.accuracy(halves, { label: 'is', classes: [0.5, 1.5] }), 0.5)
  await refused(t, 'accuracy', /classes must be a list/, () =>
    ml.accuracy(halves, { label: 'is', classes: 'ab' as never }),
  )
  // Labels and predictions of different types are never equal.
  const texts = from([{ is: '1', prediction: 1 }])
  await refused(t, 'accuracy', /several types: string and number/, () =>
    ml.accuracy(texts as never, { label: 'is' } as never),
  )
})

test('options of metrics out of range are named', async t => {
  const refuse = (name: string, says: RegExp, more: object) =>
    refused(t, name, says, () => BY_NAME[name]!(data, { ...(GOOD[name] ?? NUMBERS), ...more }))
  await refuse('precisionAtK', /k must be a positive integer; got 0/, { k: 0 })
  await refuse('ndcg', /k must be a positive integer; got "3"/, { k: '3' })
  await refuse('ndcg', /gain must be "linear" or "exponential"; got 3/, { gain: 3 })
  await refuse('f1', /average must be .*; got "micor"/, { average: 'micor' })
  await refuse('f1', /positive must be one of the classes "a", "b"; got "c"/, { positive: 'c' })
  await refuse('fBeta', /beta must be a finite number above 0; got 0/, { beta: 0 })
  await refuse('cohenKappa', /disagreement must be .*; got 1/, { disagreement: 1 })
  await refuse('pinballLoss', /quantile must be above 0 and below 1; got 1/, { quantile: 1 })
  await refuse('silhouette', /sample must be a positive integer; got 0.5/, { sample: 0.5 })
  await refuse('calibrationCurve', /bins must be a positive integer; got 0/, { bins: 0 })
  await refuse('rocCurve', /scores|number|vector/, { scores: 'guess' })
})

const estimator = ml.linearRegression({ features: ['p'], label: 'y', l2: 1 })
const make = ({ l2 }: { l2: number }) => ml.linearRegression({ features: ['p'], label: 'y', l2 })
const score = ml.rootMeanSquaredError

test('splits and searches refuse what is no data, no options and no estimator', async t => {
  const calls: readonly (readonly [string, RegExp, () => unknown])[] = [
    ['kFold', /data set/, () => (ml.kFold as Call)(RECORDS)],
    ['kFold', /options must be/, () => (ml.kFold as Call)(data, 5)],
    ['kFold', /record for each of the 9 parts; there are 3/, () => ml.kFold(data, { folds: 9 })],
    ['timeSplit', /no options/, () => (ml.timeSplit as Call)(data)],
    ['timeSplit', /"when" is not/, () => ml.timeSplit(data, { time: 'when' as never })],
    ['trainTestSplit', /data set/, () => (ml.trainTestSplit as Call)(null)],
    [
      'trainTestSplit',
      /test must be .*"0.2"/,
      () => ml.trainTestSplit(data, { test: '0.2' as never }),
    ],
    ['randomSplit', /shares must be/, () => (ml.randomSplit as Call)(data, 0.5)],
    ['crossValidate', /no options/, () => (ml.crossValidate as Call)(estimator, data)],
    [
      'crossValidate',
      /score must be a metric/,
      () => (ml.crossValidate as Call)(estimator, data, {}),
    ],
    ['crossValidate', /data set/, () => (ml.crossValidate as Call)(estimator, RECORDS, { score })],
    [
      'crossValidate',
      /estimator/,
      () => (ml.crossValidate as Call)(make, data, { score, folds: 3 }),
    ],
    ['gridSearch', /no options/, () => (ml.gridSearch as Call)(make, data)],
    [
      'gridSearch',
      /must be a function/,
      () => (ml.gridSearch as Call)(estimator, data, { score, grid: { l2: [1] } }),
    ],
    [
      'gridSearch',
      /list of values for "l2"; got 1/,
      () => (ml.gridSearch as Call)(make, data, { score, grid: { l2: 1 } }),
    ],
    [
      'gridSearch',
      /with \{"l2":-1\}: linearRegression: l2 must be/,
      () => ml.gridSearch(make, data, { score, folds: 3, grid: { l2: [-1] } }),
    ],
    ['randomSearch', /no options/, () => (ml.randomSearch as Call)(make, data)],
    [
      'randomSearch',
      /trials must be a positive integer; got "9"/,
      () => (ml.randomSearch as Call)(make, data, { score, space: { l2: [1] }, trials: '9' }),
    ],
    ['toMatrix', /data set/, () => (ml.toMatrix as Call)(RECORDS)],
    ['writeLibSvm', /data set/, () => (ml.writeLibSvm as Call)(RECORDS, '/nowhere.svm')],
  ]
  for (const [name, says, call] of calls) await refused(t, name, says, call)
})
