import { Readable } from 'node:stream'
import test from 'ava'
import { AbortError, ArgumentError, SchemaError } from '../../../engine/errors.js'
import { collectionSource } from '../../../engine/io/collection.js'
import { int32 } from '../../../engine/types/data-type.js'
import { readBatches, readRecords } from '../../support/sources.js'
import { equalRecords } from '../../support/table-equal.js'

const records = Array.from({ length: 70_000 }, (_, id) => ({ id, name: `n${id % 7}` }))

test('gives the records of an array, in batches, with exact facts', async t => {
  const source = collectionSource(records)
  const facts = await source.facts()
  t.deepEqual([facts.rows, facts.exact], [70_000, true])
  const batches = await readBatches(source)
  t.deepEqual(
    batches.map(({ length }) => length),
    [32_768, 32_768, 4_464],
  )
  equalRecords(t, await readRecords(source), records)
})

test('knows the fields of a short array before reading', async t => {
  const { fields, shape } = await collectionSource([{ a: 1 }, { a: null, b: 'x' }]).facts()
  t.is(shape, 'object')
  t.deepEqual(
    fields?.map(({ name, nullable }) => [name, nullable]),
    [
      ['a', true],
      ['b', true],
    ],
  )
})

test('reads what can be iterated again anew for each job', async t => {
  const set = new Set([1])
  const source = collectionSource(set)
  t.deepEqual(await readRecords(source), [1])
  set.add(2)
  t.deepEqual(await readRecords(source), [1, 2])
})

test('remembers what can be iterated only once', async t => {
  let made = 0
  function* numbers() {
    for (let k = 0; k < 40_000; k++) {
      made++
      yield k
    }
  }
  async function* letters() {
    yield* ['a', 'b']
  }
  const source = collectionSource(numbers())
  for await (const batch of source.read({})) {
    t.is(batch.length, 32_768)
    break
  }
  t.true(made < 40_000, 'reads on demand')
  const [first, second] = await Promise.all([readRecords(source), readRecords(source)])
  t.is(first.length, 40_000)
  equalRecords(t, first, second)
  for (const once of [letters(), Readable.from(['a', 'b'])]) {
    const letterSource = collectionSource(once)
    t.deepEqual(await readRecords(letterSource), ['a', 'b'])
    t.deepEqual(await readRecords(letterSource), ['a', 'b'])
  }
})

test('fails again when an iterator failed', async t => {
  function* broken() {
    yield 1
    throw new Error('no more')
  }
  const source = collectionSource(broken())
  await t.throwsAsync(readRecords(source), { message: 'no more' })
  await t.throwsAsync(readRecords(source), { message: 'no more' })
})

test('keeps to a schema', async t => {
  const schema = { shape: 'object', fields: [{ name: 'a', type: int32, nullable: false }] } as const
  t.deepEqual((await collectionSource([{ a: 1 }], { schema }).facts()).fields, schema.fields)
  for (const wrong of [{ a: 'x' }, { a: null }, { a: 1, b: 2 }, [1]]) {
    await t.throwsAsync(readRecords(collectionSource([{ a: 1 }, wrong], { schema })), {
      instanceOf: SchemaError,
    })
  }
})

test('compiled and plain reading agree, also on names that objects inherit', async t => {
  const mixed: object[] = [{ a: 1, constructor: 'x' }, { a: 0.5 }, { b: 'y' }, { a: null, b: 'z' }]
  const [fast, slow] = await Promise.all(
    [true, false].map(codegen => readRecords(collectionSource(mixed, { codegen }))),
  )
  t.deepEqual(fast, slow)
  t.deepEqual(fast?.[1], { a: 0.5, constructor: null, b: null })
})

test('an empty array has no batches', async t => {
  t.deepEqual(await readBatches(collectionSource([])), [])
})

for (const wrong of [null, undefined, 5, 'text', {}]) {
  test(`refuses ${JSON.stringify(wrong)}`, t => {
    t.throws(() => collectionSource(wrong as never), { instanceOf: ArgumentError })
  })
}

test('stops when it is aborted', async t => {
  const signal = AbortSignal.abort(new Error('enough'))
  const error = await t.throwsAsync(readRecords(collectionSource(records), { signal }), {
    instanceOf: AbortError,
  })
  t.is((error.cause as Error).message, 'enough')
})
