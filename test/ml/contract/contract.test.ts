/** What holds for every estimator and every model. */
import test from 'ava'
import { AbortError, ArgumentError, SchemaError } from '../../../engine/index.js'
import { type AnyModel, loadModel, Predictor } from '../../../ml/index.js'
import type { Row } from './contract-entry.js'
import {
  type Applied,
  apply,
  close,
  dataOf,
  dense,
  estimatorOf,
  learned,
  numbers,
  vectors,
  withField,
} from './contract-run.js'
import { ENTRIES } from './entries.js'

for (const [k, entry] of ENTRIES.entries()) {
  const { records, features, required = [], bound = 0 } = entry
  const { name, parameters } = estimatorOf(entry)
  const by = entry.inner === undefined ? name : `(${name}|${entry.inner})`
  const title = `${name} ${k}: `

  test(`${title}learning changes neither the estimator nor the data, and gives the same again`, async t => {
    const estimator = estimatorOf(entry)
    const before = [JSON.stringify(parameters), JSON.stringify(records, numbers)]
    const first = await estimator.learn(dataOf(records), {})
    const second = await estimator.learn(dataOf(records), {})
    t.is(JSON.stringify(first), JSON.stringify(second))
    t.deepEqual([JSON.stringify(estimator.parameters), JSON.stringify(records, numbers)], before)
    t.true(Object.isFrozen(estimator.parameters))
  })

  test(`${title}the model is the same for 1, 2 and 3 workers`, async t => {
    const many = Array.from({ length: entry.repeat ?? 1 }, () => records).flat()
    const estimator = estimatorOf(entry)
    const [one, ...others] = await Promise.all(
      [1, 2, 3].map(workers => estimator.learn(dataOf(many, workers), {})),
    )
    for (const other of others) close(t, one!.toJSON(), other.toJSON(), bound)
  })

  test(`${title}what is learned later leaves a model as it was`, async t => {
    const model = await learned(entry)
    const before = [JSON.stringify(model), JSON.stringify(await apply(model, records), numbers)]
    // Another order of the records, whatever memory is used again.
    for (let k = 0; k < 3; k++) await learned(entry, records.toReversed())
    const after = [JSON.stringify(model), JSON.stringify(await apply(model, records), numbers)]
    t.deepEqual(after, before)
  })

  test(`${title}a saved model is the same model`, async t => {
    const model = await learned(entry)
    const again = await loadModel<AnyModel>(JSON.parse(JSON.stringify(model)))
    t.is(again.constructor, model.constructor)
    t.is(JSON.stringify(again), JSON.stringify(model))
    t.deepEqual(await apply(again, records), await apply(model, records))
    t.is(again.toString(), model.toString())
  })

  test(`${title}one record gives what many give, without a job`, async t => {
    const model = await learned(entry)
    const all = await apply(model, records)
    for (const row of [0, 7, records.length - 1]) {
      const one = (model as Applied).transformOne(records[row]!) as Row
      close(t, all[row], one, 1e-12)
      if (model instanceof Predictor)
        close(t, one[model.adds[0]!], model.predictOne(records[row]!), 0)
    }
  })

  test(`${title}what it adds is there, and what was there stays`, async t => {
    const model = await learned(entry)
    const [record] = await apply(model, records.slice(0, 1))
    for (const name of model.adds) t.true(record![name] != null, name)
    for (const name of Object.keys(records[0]!)) {
      if (!model.adds.includes(name)) t.deepEqual(record![name], records[0]![name])
    }
    t.deepEqual(await apply(model, []), [])
  })

  test(`${title}the card says what it is`, async t => {
    const model = await learned(entry)
    t.true(model.toString().startsWith(name))
    t.is(model.kind, name)
    t.notRegex(model.toString(), /undefined|\[object/)
  })

  test(`${title}nothing to learn from is refused`, async t => {
    const error = await t.throwsAsync(learned(entry, []), { instanceOf: ArgumentError })
    t.regex(error!.message, new RegExp(`^${by}: there are no records`))
    if (entry.one === true) await t.notThrowsAsync(learned(entry, records.slice(0, 1)))
    else await t.throwsAsync(learned(entry, records.slice(0, 1)), { instanceOf: ArgumentError })
  })

  test(`${title}unknown options and fields are refused`, async t => {
    t.throws(() => estimatorOf(entry, { optoin: 1 }), {
      instanceOf: ArgumentError,
      message: new RegExp(`^${by}: option "optoin" is not known; there are `),
    })
    await t.throwsAsync(
      learned(
        entry,
        records.map(() => ({ other: 1 })),
      ),
      {
        instanceOf: SchemaError,
        message: new RegExp(`^${by}: field "[^"]+" is not in the data; it has other`),
      },
    )
  })

  test(`${title}a signal stops it`, async t => {
    const signal = AbortSignal.abort()
    await t.throwsAsync(estimatorOf(entry).learn(dataOf(records), { signal }), {
      instanceOf: AbortError,
    })
  })

  for (const field of required) {
    test(`${title}a missing ${field} is refused`, async t => {
      const error = await t.throwsAsync(learned(entry, withField(records, 5, field, null)), {
        instanceOf: SchemaError,
      })
      t.regex(error!.message, new RegExp(`^${by}: .*record 5 .*"${field}"`))
    })
  }

  if (features === undefined) continue

  if (entry.missing !== true) {
    for (const bad of [null, Number.NaN, Number.POSITIVE_INFINITY, 'text']) {
      test(`${title}a feature that is ${String(bad)} is refused`, async t => {
        const wrong = withField(records, 5, features[1]!, bad)
        const error = await t.throwsAsync(learned(entry, wrong), { instanceOf: SchemaError })
        t.regex(error!.message, new RegExp(`^${by}: .*record 5 .*"${features[1]}"`))
        const model = await learned(entry)
        const later = await t.throwsAsync(apply(model, wrong), { instanceOf: SchemaError })
        t.regex(later!.message, new RegExp(`^${by}: .*record 5 .*"${features[1]}"`))
        t.throws(() => (model as Applied).transformOne(wrong[5]!), { instanceOf: SchemaError })
      })
    }
  }

  test(`${title}a constant feature is ${entry.constant === false ? 'refused' : 'fine'}`, async t => {
    const constant = records.map(record => ({ ...record, [features[0]!]: 2 }))
    if (entry.constant === false) {
      const error = await t.throwsAsync(learned(entry, constant), { instanceOf: ArgumentError })
      t.regex(error!.message, new RegExp(features[0]!))
    } else {
      const model = await learned(entry, constant)
      t.notRegex(JSON.stringify(await apply(model, constant)), /null|NaN/)
    }
  })

  if (entry.sparse === null) continue

  test(`${title}vectors give what fields give, sparse ones what dense ones give`, async t => {
    const reference = await apply(await learned(entry), records)
    for (const sparse of [false, true]) {
      const given = vectors(records, features, sparse)
      const model = await learned(entry, given, { features: 'vector' })
      const found = await apply(model, given)
      for (const added of model.adds) {
        const [a, b] = [reference, found].map(rows => rows.map(row => row[added]))
        close(t, dense(a), dense(b), entry.sparse ?? 1e-9)
      }
    }
  })

  test(`${title}another number of features is refused`, async t => {
    const given = vectors(records, features, false)
    const model = await learned(entry, given, { features: 'vector' })
    const wrong = given.map(record => ({ ...record, vector: Float64Array.of(1, 2) }))
    await t.throwsAsync(apply(model, wrong), { instanceOf: SchemaError, message: /2 entries.*3/ })
    t.throws(() => (model as Applied).transformOne(wrong[0]!), { instanceOf: SchemaError })
  })
}
