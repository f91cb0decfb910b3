/** What every estimator says to bad input: a class of error, and a message that says what to do. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { ArgumentError, SchemaError, WieselError } from '../../../engine/index.js'
import { type AnyModel, loadModel } from '../../../ml/index.js'
import type { ContractEntry, Row } from './contract-entry.js'
import { type Applied, apply, estimatorOf, learned, vectors, withField } from './contract-run.js'
import { ENTRIES } from './entries.js'

/** Asserts that it fails with a message that names who says it, and is written for people. */
async function refused(
  t: ExecutionContext,
  by: string,
  says: readonly RegExp[],
  call: () => unknown,
): Promise<void> {
  const error = await t.throwsAsync(async () => call(), { instanceOf: WieselError }, String(says))
  if (error === undefined) return
  const { message } = error
  t.true(error instanceof ArgumentError || error instanceof SchemaError, message)
  t.true(new RegExp(`^(${by})[:.]`).test(message), message)
  t.true(message.endsWith('.'), message)
  t.false(/undefined|\[object|\{"flow"| {2}|e\+308|e-324/.test(message), message)
  t.true(message.length < 420, message)
  for (const each of says) t.true(each.test(message), `${each}: ${message}`)
}

/** A value as messages show it. */
const shownAs = (value: unknown) =>
  new RegExp(
    (typeof value === 'number' ? String(value) : JSON.stringify(value)).replace(
      /[[\]{}.]/g,
      '\\$&',
    ),
  )

/** The same for parameters that may be of several types. */
const SEVERAL: Readonly<Record<string, readonly unknown[]>> = {
  classWeights: [5, true, [], 'text', { a: '5' }, { a: -1 }],
  earlyStopping: [5, 'yes', {}],
}

/** Values that are wrong for a parameter, by what it is when it is right. */
function wrongFor(parameter: string, value: unknown): readonly unknown[] {
  if (SEVERAL[parameter] !== undefined) return SEVERAL[parameter]
  if (typeof value === 'number') return ['5', '', Number.NaN, -Infinity, true, {}, [5]]
  if (typeof value === 'boolean') return ['yes', 1, 0, {}]
  if (Array.isArray(value)) return [5, true, {}, [], [5], ['']]
  return [5, true, {}, []]
}

/** Parameters that may be below 0. */
const ANY_SIGN = ['seed', 'threshold', 'min', 'max']

const NAMES = new Map<string, ContractEntry>(
  ENTRIES.map(entry => [estimatorOf(entry).name, entry] as const).reverse(),
)

for (const [name, entry] of NAMES) {
  if (entry.inner !== undefined) continue
  const { parameters } = estimatorOf(entry)

  test(`${name}: options that are none are refused`, async t => {
    const factory = entry.factory as (options?: unknown) => unknown
    try {
      factory()
    } catch {
      await refused(t, name, [/there are no options\. Give an object with /], () => factory())
    }
    for (const none of [null, 'text', 3, [], true]) {
      await refused(t, name, [/options must be an object, with /], () => factory(none))
    }
  })

  test(`${name}: each parameter of a wrong type or out of range is named, with the value`, async t => {
    for (const [parameter, good] of Object.entries(parameters)) {
      for (const wrong of wrongFor(parameter, good)) {
        const says = [new RegExp(`\\b${parameter}\\b`), shownAs(wrong)]
        await refused(t, name, says, () => estimatorOf(entry, { [parameter]: wrong }))
      }
      if (typeof good !== 'number' || ANY_SIGN.includes(parameter)) continue
      const bound = /positive|at least|above|from|must be (below|a share)/
      await refused(t, name, [new RegExp(`\\b${parameter}\\b`), bound, /got .*-1/], () =>
        estimatorOf(entry, { [parameter]: -1 }),
      )
    }
  })

  test(`${name}: parameters make the same estimator again`, t => {
    const again = (entry.factory as unknown as (options: unknown) => { parameters: unknown })(
      parameters,
    )
    t.deepEqual(again.parameters, parameters)
  })
}

for (const [k, entry] of ENTRIES.entries()) {
  const { records, features, options } = entry
  const { name } = estimatorOf(entry)
  const by = entry.inner === undefined ? name : `${name}|${entry.inner}`
  const title = `${name} ${k}: `
  const { label, weight } = options as { label?: string; weight?: string }
  const refusedFit = (
    t: ExecutionContext,
    says: readonly RegExp[],
    given: readonly Row[],
    more?: Row,
  ) => refused(t, by, says, () => learned(entry, given, more))

  test(`${title}a saved model that is damaged is refused`, async t => {
    const model = await learned(entry)
    const good = JSON.parse(JSON.stringify(model)) as Row
    const load = (value: unknown) => () => loadModel(value as never)
    await t.notThrowsAsync(async () => load(good)())
    await refused(
      t,
      'loadModel',
      [/format 2; .* reads up to 1\. Update/],
      load({ ...good, format: 2 }),
    )
    await refused(t, 'loadModel', [/format null/], load({ ...good, format: null }))
    await refused(t, 'loadModel', [/damaged/], load({ ...good, kind: 'other' }))
    await refused(t, 'loadModel', [/damaged: it has no state/], load({ ...good, state: undefined }))
    await refused(
      t,
      'loadModel',
      [/damaged: it has no digest/],
      load({ ...good, digest: undefined }),
    )
    let changes = 0
    for (const damaged of damages(good.state)) {
      await refused(t, 'loadModel', [/damaged/], load({ ...good, state: damaged }))
      changes++
    }
    t.true(changes > 3)
    // Who stores it elsewhere may get it back with keys in another order.
    const sorted = await loadModel<AnyModel>(sortedKeys(good) as never)
    t.deepEqual(sortedKeys(JSON.parse(JSON.stringify(sorted))), sortedKeys(good))
    const file = join(mkdtempSync(join(tmpdir(), 'wiesel-model-')), 'model.json')
    writeFileSync(file, JSON.stringify(good).slice(0, -20))
    await refused(t, 'loadModel', [/not JSON/], () => loadModel(file))
  })

  test(`${title}records that lack a field, or are none, are refused by the model`, async t => {
    const model = await learned(entry)
    const [field] = model.reads
    const others = records.map(record => ({ other: record[field!] }))
    await refused(t, by, [new RegExp(`"${field}" is not in the data; it has other`)], () =>
      apply(model, others),
    )
    for (const none of [null, undefined, 'text', [1, 2]]) {
      await refused(t, by, [], () => (model as Applied).transformOne(none as never))
    }
    if (entry.missing === true) return
    await refused(t, by, [new RegExp(field!)], () => (model as Applied).transformOne({}))
  })

  if (weight !== undefined) {
    test(`${title}weights that are none are refused`, async t => {
      const one = (value: unknown) => withField(records, 5, weight, value)
      await refusedFit(t, [/negative; record 5 has -1 in field "weight"/], one(-1))
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 'text', null]) {
        await refusedFit(t, [/record 5 .*field "weight"/], one(bad))
      }
      const none = records.map(record => ({ ...record, [weight]: 0 }))
      await refusedFit(t, [/no weight in field "weight" is above 0/], none)
    })
  }

  if (label !== undefined) {
    test(`${title}labels that are none are refused`, async t => {
      const one = (value: unknown) => withField(records, 5, label, value)
      const all = (value: (row: number) => unknown) =>
        records.map((record, row) => ({ ...record, [label]: value(row) }))
      const isClassifier = 'classes' in (await learned(entry))
      for (const bad of [null, Number.NaN, Number.POSITIVE_INFINITY, new Date(0), [1]]) {
        await refusedFit(t, [/record 5 .*|several types/, new RegExp(`"${label}"`)], one(bad))
      }
      if (!isClassifier) {
        await refusedFit(t, [/record 5 has "text" in field/, /classifiers/], one('text'))
        return
      }
      await refusedFit(
        t,
        [/one class only, "x"/],
        all(() => 'x'),
      )
      await refusedFit(
        t,
        [/several types: (string and number|number and string)/],
        all(row => (row % 2 ? 'x' : 1)),
      )
      const most = [/has \d+ (classes; \d+ at most|different numbers)/]
      await refusedFit(
        t,
        most,
        all(row => row + 0.5),
      )
    })
  }

  if (features === undefined) continue

  if (label !== undefined) {
    test(`${title}what is to be learned is no feature`, async t => {
      const says = [/is among the features, but also what is to be learned/]
      await refusedFit(t, says, records, { features: [...features, label] })
    })
  }

  if (entry.sparse === null) continue

  test(`${title}vectors that are none are refused`, async t => {
    const given = vectors(records, features, false)
    const one = (value: unknown) => withField(given, 5, 'vector', value)
    const refuse = (says: RegExp, value: unknown) =>
      refusedFit(t, [says], one(value), { features: 'vector' })
    const size = features.length
    await refuse(/record 5 has nothing in field "vector"/, null)
    await refuse(/record 5 has 7 in field "vector".*features: \["vector"\]/, 7)
    await refuse(/record 5 .*"vector"/, ['a', 'b', 'c'])
    await refuse(/in record 0 and \d+ in record 5/, new Float64Array(size + 1))
    const holes = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
    await refuse(/record 5 has Infinity in field "vector\[0\]"/, holes)
    if (entry.missing === true) return
    await refuse(/record 5 has NaN in field "vector\[0\]"/, holes.fill(Number.NaN))
  })
}

/** Everything with one thing wrong: a number that is NaN or another one, an entry lost, a key lost. */
function* damages(value: unknown): Generator<unknown> {
  if (typeof value === 'number') yield* [{ $number: 'NaN' }, value + 1, null]
  else if (typeof value === 'string') yield `${value}x`
  else if (typeof value === 'boolean') yield !value
  else if (Array.isArray(value)) {
    if (value.length === 0) return void (yield [1])
    yield value.slice(0, -1)
    yield [...value, value[0]]
    for (const inner of damages(value[0])) yield [inner, ...value.slice(1)]
  } else if (value !== null) {
    for (const [key, inner] of Object.entries(value as Row)) {
      const { [key]: _, ...others } = value as Row
      yield others
      for (const damaged of damages(inner)) yield { ...(value as Row), [key]: damaged }
    }
  }
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sortedKeys)
  const entries = Object.entries(value).map(([key, inner]) => [key, sortedKeys(inner)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
