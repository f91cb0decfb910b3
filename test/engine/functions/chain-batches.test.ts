/** What chains do with batches: sizes, sharing, layouts that change, records that functions change. */
import test from 'ava'
import { SchemaError } from '../../../engine/errors.js'
import type { Stage } from '../../../engine/functions/chain.js'
import { createChain } from '../../../engine/functions/create-chain.js'
import { loadFormulaParser } from '../../../engine/functions/expression/formula.js'
import { FieldChecks } from '../../../engine/functions/field-check.js'
import { ingest } from '../../../engine/functions/record-ingest.js'
import { BATCH_SIZE, type RecordBatch } from '../../../engine/types/batch.js'
import { equalRecords } from '../../support/table-equal.js'

type Call = (record: never) => unknown

const stage = (kind: 'map' | 'filter' | 'flatMap', call: Call): Stage => ({
  kind,
  fn: { call: call as () => unknown, handed: {}, operation: kind },
})

const batchesOf = (...lists: (readonly unknown[])[]) =>
  lists.flatMap(records => [...ingest(records, { codegen: true })])

function run(codegen: boolean, stages: readonly Stage[], batches: readonly RecordBatch[]) {
  const contexts = stages.map(made =>
    made.kind === 'derive' ? made.columns.map(() => ({})) : [{}],
  )
  const fields = new FieldChecks()
  const chain = createChain(stages, { codegen, fields, inputs: 1, contexts })
  const out = batches.flatMap(batch => [...chain.run([{ batch }], batch.length)])
  fields.check()
  const rest = chain.flush()
  return { out: rest === undefined ? out : [...out, rest], code: chain.code() }
}

const recordsOf = (batches: readonly RecordBatch[]) =>
  batches.flatMap(batch => Array.from({ length: batch.length }, (_, row) => batch.record(row)))

const many = Array.from({ length: 100_000 }, (_, n) => ({ n, s: `s${n % 7}` }))

for (const codegen of [true, false]) {
  const how = codegen ? 'compiled' : 'plain'

  test(`${how}: many records come out in batches of bounded size and in order`, t => {
    const twice = stage('flatMap', (r: { n: number; s: string }) => [r, { n: -r.n, s: 'x' }])
    const odd = stage('filter', (r: { n: number }) => r.n % 3 !== 0)
    const { out } = run(codegen, [odd, twice], batchesOf(many))
    const kept = many.filter(r => r.n % 3 !== 0)
    equalRecords(
      t,
      recordsOf(out),
      kept.flatMap(r => [r, { n: -r.n, s: 'x' }]),
    )
    t.true(out.every(batch => batch.length <= BATCH_SIZE + 1))
    t.true(out.length <= 6)
  })

  test(`${how}: few records of many batches are collected, each partition on its own`, t => {
    const lists = Array.from({ length: 20 }, (_, k) => many.slice(k * 50, k * 50 + 50))
    const batches = batchesOf(...lists).map((batch, k) => batch.inPartition(k < 12 ? 0 : 1))
    const { out } = run(codegen, [stage('filter', (r: { s: string }) => r.s === 's3')], batches)
    t.deepEqual(
      out.map(batch => batch.partition),
      [0, 1],
    )
    equalRecords(
      t,
      recordsOf(out),
      many.slice(0, 1000).filter(r => r.s === 's3'),
    )
  })

  test(`${how}: no function is called twice for a record when layouts change`, t => {
    const calls: number[] = []
    const values = [1, 2, 0.5, null, 'text', 3, new Date(5), -0, { a: 1 }, 7]
    const fn = (r: { n: number }) => {
      calls.push(r.n)
      return { v: values[r.n % values.length], w: values[(r.n * 3) % values.length] }
    }
    const { out } = run(codegen, [stage('map', fn)], batchesOf(many.slice(0, 40)))
    t.deepEqual(
      calls,
      many.slice(0, 40).map(r => r.n),
    )
    const expected = calls.map(n => ({ v: values[n % 10], w: values[(n * 3) % 10] }))
    equalRecords(t, recordsOf(out), expected)
  })

  test(`${how}: a function that changes its record changes nothing else`, t => {
    const records = [
      { a: 1, d: new Date(1), v: Float64Array.of(1) },
      { a: 2, d: new Date(2), v: Float64Array.of(2) },
    ]
    const input = batchesOf(records)
    const spoil = stage('filter', (r: (typeof records)[0]) => {
      r.d.setTime(99)
      r.v[0] = 99
      Object.assign(r, { a: 99, more: true })
      return true
    })
    const same = stage('map', (r: (typeof records)[0]) => r)
    const opaque = stage('map', (r: object) => JSON.parse(JSON.stringify(r)))
    equalRecords(t, recordsOf(run(codegen, [spoil, same, spoil], input).out), records)
    const texts = records.map(r => JSON.parse(JSON.stringify(r)))
    const rename = stage('filter', (r: { a: number }) => {
      r.a = 5
      return true
    })
    equalRecords(t, recordsOf(run(codegen, [opaque, rename], input).out), texts)
    equalRecords(t, recordsOf(input), records)
    const mixed = batchesOf([1, { a: 1 }, [1]])
    const spoilAny = stage('map', (r: object) => Object.assign(r, { a: 99, 0: 99 }))
    run(codegen, [spoilAny], mixed)
    equalRecords(t, recordsOf(mixed), [1, { a: 1 }, [1]])
  })

  test(`${how}: batches of other layouts and other dictionaries`, t => {
    const lists = [
      [
        { a: 1, s: 'x' },
        { a: 2, s: 'y' },
      ],
      [
        { a: 0.5, s: 'z' },
        { a: null, s: 'x' },
      ],
      [{ a: 'text', s: null }],
      [{ s: 'y' }],
      [{ a: 3, s: 'y', more: true }],
    ]
    const keep = stage('filter', (r: { s: string | null }) => r.s !== 'y')
    for (const stages of [[keep], [keep, stage('map', (r: object) => ({ ...r, one: 1 }))]]) {
      const one = stages.length > 1 ? { one: 1 } : {}
      const expected = lists
        .flat()
        .filter(r => r.s !== 'y')
        .map(r => ({ ...r, ...one }))
      equalRecords(t, recordsOf(run(codegen, stages, batchesOf(...lists)).out), expected)
    }
  })

  test(`${how}: projects nested values, and says which fields there are`, async t => {
    await loadFormulaParser()
    const batches = batchesOf([
      { user: { zip: 1 }, a: 1 },
      { user: null, a: 2 },
    ])
    const project = (from: string): Stage => ({ kind: 'project', fields: [{ from, as: 'x' }] })
    equalRecords(t, recordsOf(run(codegen, [project('user.zip')], batches).out), [
      { x: 1 },
      { x: null },
    ])
    const opaque = stage('map', (r: object) => Object.assign({}, r))
    for (const stages of [[project('b')], [opaque, project('b')]]) {
      t.throws(() => run(codegen, stages, batches), {
        instanceOf: SchemaError,
        message: 'selectAs: field "b" is not in the data; it has user, a.',
      })
    }
    const formula: Stage = {
      kind: 'filter',
      fn: { formula: 'b > 1', handed: {}, operation: 'filter' },
    }
    for (const stages of [[formula], [opaque, formula]]) {
      t.throws(() => run(codegen, stages, batches), {
        instanceOf: SchemaError,
        message: 'filter: field "b" is not in the data; it has user, a.',
      })
    }
    const known: Stage = {
      kind: 'filter',
      fn: { formula: 'a > 1', handed: {}, operation: 'filter' },
    }
    for (const stages of [[known], [opaque, known]]) {
      equalRecords(t, recordsOf(run(codegen, stages, batches).out), [{ user: null, a: 2 }])
    }
    const derive: Stage = {
      kind: 'derive',
      columns: [{ as: 'x', fn: { formula: 'value * 2', handed: {}, operation: 'derive' } }],
    }
    t.throws(() => run(codegen, [derive], batchesOf([1, 2])), { instanceOf: SchemaError })
    const double: Stage = {
      kind: 'map',
      fn: { formula: 'value * 2', handed: {}, operation: 'map' },
    }
    equalRecords(t, recordsOf(run(codegen, [double], batchesOf([1, null, 2])).out), [2, null, 4])
  })
}

test('unchanged columns of a chain of one record per record are shared with the input', t => {
  const [batch] = batchesOf(many.slice(0, 100))
  const spread = stage('map', (r: { n: number }) => ({ ...r, twice: r.n * 2 }))
  const [out] = run(true, [spread], [batch!]).out
  t.deepEqual(out!.names, ['n', 's', 'twice'])
  t.is(out!.columns[0], batch!.columns[0])
  t.is(out!.columns[1], batch!.columns[1])
})

test('a filter keeps dictionaries, and its code reads only what it needs', t => {
  const [batch] = batchesOf(many.slice(0, 100))
  const { code, out } = run(true, [stage('filter', (r: { n: number }) => r.n > 50)], [batch!])
  const [before, after] = [batch!, out[0]!].map(b => b.find('s')!)
  t.true(before!.layout === 'dictionary' && after!.layout === 'dictionary')
  if (before!.layout === 'dictionary' && after!.layout === 'dictionary')
    t.is(before.dictionary, after.dictionary)
  t.regex(code[0]!, /for \(; i < end; i\+\+\)/)
  t.notRegex(code[0]!, /s_strings/)
})
