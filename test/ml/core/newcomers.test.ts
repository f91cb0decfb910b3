/** The slips that newcomers make get an answer that says what to write instead. */
import test from 'ava'
import { ArgumentError, from, SchemaError } from '../../../engine/index.js'
import {
  linearRegression,
  loadModel,
  pipeline,
  rootMeanSquaredError,
  standardScaler,
} from '../../../ml/index.js'

const TRIPS = [
  { hour: 8, distance: 300, delay: 12, kind: 'a', day: new Date('2001-01-14'), big: 2n ** 70n },
  { hour: 9, distance: 900, delay: 4, kind: 'b', day: new Date('2001-01-15'), big: 3n },
  { hour: 17, distance: 500, delay: 31, kind: 'a', day: new Date('2001-01-16'), big: 5n },
]
const data = from(TRIPS)
const delay = linearRegression({ features: ['hour', 'distance'], label: 'delay' })

/** What learning from fields says; `never` keeps the compiler from saying it first. */
const learn = (features: unknown, label = 'delay', records: readonly object[] = TRIPS) =>
  linearRegression({
    label,
    ...(features === undefined ? {} : { features: features as never }),
  }).learn(from(records), {})

test('who names no features hears how to', async t => {
  await t.throwsAsync(learn(undefined), {
    instanceOf: SchemaError,
    message:
      /field "features" is not in the data; .* Say what to learn from, such as features: \["/,
  })
  await t.throwsAsync(pipeline(linearRegression({ label: 'delay' })).learn(data, {}), {
    message: /Say what to learn from/,
  })
  // Another field that is not there is a slip of another kind.
  await t.throwsAsync(learn(['hours']), {
    message: /field "hours" is not in the data; it has hour, [^.]*\.$/,
  })
})

test('a field with numbers is given as a list', async t => {
  await t.throwsAsync(learn('hour'), {
    instanceOf: SchemaError,
    message:
      /not a vector of numbers\. For fields with numbers give a list: features: \["hour"\]\./,
  })
})

test('what is to be learned is no feature', async t => {
  await t.throwsAsync(learn(['hour', 'delay']), {
    instanceOf: ArgumentError,
    message: /^linearRegression: field "delay" is among the features/,
  })
})

test('values that are no numbers come with the way to make numbers of them', async t => {
  const says = async (field: string, message: RegExp) =>
    t.throwsAsync(learn([field]), { instanceOf: SchemaError, message })
  await says('kind', /oneHotEncoder or stringIndexer/)
  await says('day', /date\.getUTCHours\(\)/)
  await says('big', /Number\(value\)/)
})

test('labels are neither filled in nor encoded', async t => {
  await t.throwsAsync(learn(['hour'], 'kind'), {
    message: /classifiers, such as logisticRegression/,
  })
  const missing = [...TRIPS, { hour: 3 }]
  await t.throwsAsync(learn(['hour'], 'delay', missing), {
    message: /record 3 has nothing in field "delay"\. Leave such records out with filter\.$/,
  })
})

test('many records are a data set, one is a record', async t => {
  await t.throwsAsync(delay.fit(TRIPS as never), {
    message: /make one of records with from\(records\)/,
  })
  await t.throwsAsync(delay.fit({ signal: undefined } as never, data as never), {
    message: /^linearRegression.fit: the data must be a data set/,
  })
  const model = await delay.fit(data)
  t.throws(() => model.predict(TRIPS as never), {
    instanceOf: ArgumentError,
    message: /^linearRegression\.predict: .* there is predictOne\.$/,
  })
  for (const wrong of [undefined, null, [8, 300], 8, data]) {
    t.throws(() => model.predictOne(wrong as never), {
      instanceOf: ArgumentError,
      message:
        /^linearRegression\.predictOne: the record must be an object with hour, distance; got /,
    })
  }
  const scaled = await pipeline(
    standardScaler({ features: ['hour'] }),
    linearRegression({ label: 'delay' }),
  ).fit(data)
  t.throws(() => scaled.predictOne([8] as never), {
    instanceOf: ArgumentError,
    message: /^pipeline/,
  })
})

test('a pipeline takes estimators, one by one', async t => {
  t.throws(() => pipeline([delay] as never), { message: /got a list\. Give them one by one/ })
  const model = await delay.fit(data)
  t.throws(() => pipeline(model as never), {
    message: /got a model of linearRegression\. Give what was fitted/,
  })
})

test('names of fields may be known at run time only', async t => {
  const fields: string[] = ['hour', 'distance']
  const label: string = 'delay'
  const model = await linearRegression({ features: fields, label }).fit(data)
  const known = await delay.fit(data)
  t.is(
    model.predictOne({ hour: 7, distance: 100, kind: 'x' }),
    known.predictOne({ hour: 7, distance: 100 }),
  )
  t.is((await model.predict(data).collect()).length, 3)
})

test('the text of a model is no path, and classes have no squared error', async t => {
  const text = JSON.stringify(await delay.fit(data))
  const error = await t.throwsAsync(loadModel(text), { instanceOf: ArgumentError })
  t.regex(
    error!.message,
    /^loadModel: got the text of a model, .*loadModel\(JSON\.parse\(text\)\)\.$/,
  )
  t.true(error!.message.length < 250)
  const guessed = from([{ kind: 'a', prediction: 'b' }])
  await t.throwsAsync(rootMeanSquaredError(guessed, { label: 'kind' }), {
    instanceOf: SchemaError,
    message:
      /record 0 has "a" in field "kind", .* Predictions of classes are compared by accuracy and its kin\.$/,
  })
})
