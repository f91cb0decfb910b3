/**
 * Properties: a solution set holds what a plain Map of records by key holds, in the order of first
 * appearance, whatever the layouts and fields; a restored one is the same again.
 */
import test from 'ava'
import fc from 'fast-check'
import { ArgumentError } from '../../../../engine/errors.js'
import type { OnDuplicate } from '../../../../engine/plan/loop.js'
import { SolutionSet } from '../../../../engine/runtime/iteration/solution-set.js'
import type { KeyedBatch } from '../../../../engine/runtime/keys/keyed-batch.js'
import { takeSteps } from '../../../../engine/runtime/steps.js'
import { RecordBatch } from '../../../../engine/types/batch.js'
import {
  AnyColumn,
  type Column,
  DictionaryColumn,
  Float64Column,
  Int32Column,
  TextColumn,
  VectorColumn,
} from '../../../../engine/types/column.js'
import { ColumnWriter } from '../../../../engine/types/column-writer.js'
import { Dictionary } from '../../../../engine/types/dictionary.js'
import { valuesOf } from '../../../support/columns.js'
import { batchesOf } from '../../../support/run-operator.js'

type Row = Record<string, unknown>

/** The records keyed by some of their fields, or by computed columns. */
function keyed(rows: readonly unknown[], fields: readonly string[], computed = false): KeyedBatch {
  const batch = batchesOf(rows, Math.max(rows.length, 1))[0] ?? new RecordBatch('object', [], [], 0)
  const keys = fields.map(field => {
    const column = batch.find(field) ?? new AnyColumn(new Array(batch.length).fill(null))
    if (!computed) return column
    const writer = new ColumnWriter(batch.length)
    for (let row = 0; row < batch.length; row++) writer.set(row, column.get(row))
    return writer.finish(batch.length)
  })
  return { keys, batch }
}

async function setOf(pieces: readonly KeyedBatch[], onDuplicate: OnDuplicate = 'error') {
  const set = new SolutionSet()
  await takeSteps(set.build(pieces, onDuplicate))
  return set
}

function recordsOf(set: SolutionSet): unknown[] {
  return Array.from({ length: set.size }, (_, row) => set.batch.record(row))
}

/** The key as a text that is the same for equal keys. */
function keyText(row: Row, fields: readonly string[]): string {
  const part = (value: unknown) =>
    value === null || value === undefined ? 'missing' : `${typeof value} ${String(value)}`
  return JSON.stringify(fields.map(field => part(row[field] === 0 ? 0 : row[field])))
}

/** What records read as in columns of which `names` are known. */
function read(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map(name => [name, row[name] ?? null]))
}

test('finds records by key and replaces them where they are', async t => {
  const set = await setOf([
    keyed(
      [
        { k: 7, v: 1 },
        { k: 3, v: 2 },
      ],
      ['k'],
    ),
  ])
  t.is(
    set.update(
      keyed(
        [
          { k: 3, v: 5 },
          { k: 9, v: 6 },
          { k: 3, v: 7 },
        ],
        ['k'],
      ),
    ),
    2,
  )
  t.deepEqual(recordsOf(set), [
    { k: 7, v: 1 },
    { k: 3, v: 7 },
    { k: 9, v: 6 },
  ])
  t.deepEqual(
    [...set.find([new Int32Column(Int32Array.of(9, 8, 7))], 3).subarray(0, 3)],
    [2, -1, 0],
  )
  t.is(set.size, 3)
  t.is(set.update(keyed([], ['k'])), 0)
})

test('an empty set knows nothing, and takes what comes', async t => {
  const set = await setOf([])
  t.deepEqual([...set.find([new Int32Column(Int32Array.of(1))], 1)], [-1])
  t.deepEqual([...set.batches()], [])
  t.deepEqual(set.keys(), [])
  t.is(set.batch.length, 0)
  t.is(set.update(keyed([{ k: 1 }], ['k'])), 1)
  t.deepEqual(recordsOf(set), [{ k: 1 }])
})

test('refuses a key that comes twice, and says which', async t => {
  const twice = [keyed([{ k: 7 }, { k: 8 }], ['k']), keyed([{ k: 1 }, { k: 7 }], ['k'])]
  await t.throwsAsync(setOf(twice), {
    instanceOf: ArgumentError,
    message:
      "iterateDelta: the initial solution set has the key 7 twice. Make keys unique, or choose with { onDuplicate: 'first' } or 'last'.",
  })
  const pair = [
    keyed(
      [
        { a: 1, b: 'x' },
        { a: 2, b: 'x' },
        { a: 2, b: 'x' },
      ],
      ['a', 'b'],
    ),
  ]
  await t.throwsAsync(setOf(pair), { message: /the key 2, "x" twice/ })
})

test('keeps the first or the last of several records with one key', async t => {
  const pieces = [
    keyed(
      [
        { k: 1, v: 1 },
        { k: 2, v: 2 },
        { k: 1, v: 3 },
      ],
      ['k'],
    ),
    keyed(
      [
        { k: 2, v: 4 },
        { k: 3, v: 5 },
      ],
      ['k'],
    ),
  ]
  const values = async (choice: OnDuplicate) =>
    recordsOf(await setOf(pieces, choice)).map(row => (row as Row).v)
  t.deepEqual(await values('first'), [1, 2, 5])
  t.deepEqual(await values('last'), [3, 4, 5])
})

test('a missing key is a key of its own', async t => {
  const set = await setOf([
    keyed(
      [
        { k: null, v: 1 },
        { k: 2, v: 2 },
      ],
      ['k'],
    ),
  ])
  t.true(set.hasMissingKeys)
  set.update(keyed([{ k: undefined, v: 3 }], ['k']))
  t.deepEqual(recordsOf(set), [
    { k: null, v: 3 },
    { k: 2, v: 2 },
  ])
})

test('what was handed out as batches does not change with an update', async t => {
  const set = await setOf([
    keyed(
      [
        { k: 1, v: 'a', w: { x: 1 } },
        { k: 2, v: 'b', w: null },
      ],
      ['k'],
    ),
  ])
  const [batch] = [...set.batches()]
  const { records } = set.snapshot()
  set.update(keyed([{ k: 1, v: 'c', w: null }], ['k']))
  for (const kept of [batch!, records]) t.deepEqual(kept.record(0), { k: 1, v: 'a', w: { x: 1 } })
  t.deepEqual(set.batch.record(0), { k: 1, v: 'c', w: null })
})

test('whole numbers go into a column of doubles, and doubles widen one of whole numbers', async t => {
  const set = await setOf([
    keyed(
      [
        { k: 1, v: 1 },
        { k: 2, v: 2 },
      ],
      ['k'],
    ),
  ])
  t.is(set.batch.find('v')!.layout, 'int32')
  set.update(keyed([{ k: 2, v: 0.5 }], ['k']))
  set.update(keyed([{ k: 1, v: 7 }], ['k']))
  t.is(set.batch.find('v')!.layout, 'float64')
  t.deepEqual(recordsOf(set), [
    { k: 1, v: 7 },
    { k: 2, v: 0.5 },
  ])
})

test('records of another shape make all of them plain values', async t => {
  const set = new SolutionSet()
  const one = new Int32Column(Int32Array.of(1))
  const two = new Int32Column(Int32Array.of(2))
  set.update({ keys: [one], batch: batchesOf([{ k: 1 }])[0]! })
  set.update({ keys: [two], batch: batchesOf([[2, 'b']])[0]! })
  t.deepEqual(recordsOf(set), [{ k: 1 }, [2, 'b']])
  set.update({ keys: [one], batch: batchesOf([[1, 'a', true]])[0]! })
  t.deepEqual(recordsOf(set), [
    [1, 'a', true],
    [2, 'b'],
  ])
})

test('tuples and plain values are records like any', async t => {
  const set = new SolutionSet()
  const keys = [new Int32Column(Int32Array.of(1, 2))]
  set.update({
    keys,
    batch: batchesOf([
      [1, 'a'],
      [2, 'b'],
    ])[0]!,
  })
  t.deepEqual(recordsOf(set), [
    [1, 'a'],
    [2, 'b'],
  ])
  const values = new SolutionSet()
  values.update({ keys, batch: batchesOf([10, 20])[0]! })
  values.update({ keys: [keys[0]!.slice(1, 2)], batch: batchesOf([21])[0]! })
  t.deepEqual(recordsOf(values), [10, 21])
})

test('strings of many dictionaries replace one another without end', async t => {
  const set = await setOf([
    keyed(
      [
        { k: 1, v: 'a' },
        { k: 2, v: 'b' },
      ],
      ['k'],
    ),
  ])
  for (let k = 0; k < 10_000; k++) set.update(keyed([{ k: 2, v: `text ${k}` }], ['k']))
  t.deepEqual(recordsOf(set), [
    { k: 1, v: 'a' },
    { k: 2, v: 'text 9999' },
  ])
  t.true(set.byteLength < 100_000)
})

/** Values of a field: mostly of one layout, sometimes of another or missing. */
const field = fc
  .constantFrom(...(Object.keys(valuesOf) as (keyof typeof valuesOf)[]))
  .map(
    (kind): fc.Arbitrary<unknown> =>
      fc.oneof(
        { weight: 12, arbitrary: valuesOf[kind] },
        { weight: 2, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.oneof(...Object.values(valuesOf)) },
      ),
  )
const key = fc.constantFrom<unknown>(0, -0, 1, 2, NaN, null, 'a', '日本', '😀', true, 0.5, 2 ** 40)

/** Pieces of records with one or two key fields; fields come in any order, some are left out. */
const scenario = fc
  .record({ a: field, b: field, plain: fc.boolean(), two: fc.boolean() })
  .chain(({ a, b, plain, two }) => {
    const keys = plain ? fc.integer({ min: -4, max: 12 }) : key
    const all = { k: keys, l: keys, a, b }
    const record = fc.oneof(
      fc.record(all),
      fc.record({ k: keys, l: keys, a }),
      fc.record({ b, a, l: keys, k: keys, c: a }),
    )
    return fc.record({
      fields: fc.constant(two ? ['k', 'l'] : ['k']),
      computed: fc.boolean(),
      pieces: fc.array(fc.array(record, { maxLength: 8 }), { maxLength: 8 }),
    })
  })

test('holds what a Map of records by key holds, and restores it with the same ids', async t => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ fields, computed, pieces }) => {
      const oracle = new Map<string, Row>()
      const set = new SolutionSet()
      const names: string[] = []
      for (const [k, rows] of pieces.entries()) {
        for (const row of rows)
          for (const name of Object.keys(row)) {
            if (!names.includes(name)) names.push(name)
          }
        const touched = new Set(rows.map(row => keyText(row as Row, fields)))
        for (const row of rows) oracle.set(keyText(row as Row, fields), row as Row)
        const piece = keyed(rows, fields, computed)
        if (k === 0) await takeSteps(set.build([piece], 'last'))
        else t.is(set.update(piece), touched.size)
        if (k % 3 === 2) {
          const restored = new SolutionSet()
          restored.restore(set.snapshot())
          t.deepEqual(recordsOf(restored), recordsOf(set))
          t.deepEqual(valuesIn(restored.keys()), valuesIn(set.keys()))
          set.restore(set.snapshot())
        }
      }
      const expected = [...oracle.values()].map(row => read(row, names))
      t.deepEqual(
        recordsOf(set).map(row => read(row as Row, names)),
        expected,
      )
      const emitted = [...set.batches()].flatMap(batch =>
        Array.from({ length: batch.length }, (_, row) => read(batch.record(row) as Row, names)),
      )
      t.deepEqual(emitted, expected)
      if (oracle.size === 0) return
      const probe = keyed(expected, fields, !computed)
      const ids = set.find(probe.keys, expected.length)
      t.deepEqual(
        [...ids.subarray(0, expected.length)],
        expected.map((_, id) => id),
      )
    }),
  )
})

function valuesIn(columns: readonly Column[]): unknown[][] {
  return columns.map(column => Array.from({ length: column.length }, (_, row) => column.get(row)))
}

const MILLION = 1_000_000

/** One column of each layout with a value per row, and of keys of every kind. */
const FIELDS: Readonly<Record<string, (rows: Int32Array) => Column>> = {
  int32: rows => new Int32Column(rows),
  float64: rows => new Float64Column(Float64Array.from(rows)),
  nullable: rows =>
    new Int32Column(
      rows,
      Uint8Array.from(rows, row => row & 1),
    ),
  shared: rows =>
    new DictionaryColumn(
      rows.map(row => row % 10),
      TEN,
    ),
  'own dictionary': rows =>
    new DictionaryColumn(
      rows.map((_, k) => k % 5),
      FIVE(),
    ),
  text: rows => new TextColumn(Array.from(rows, row => `text ${row}`)),
  any: rows => new AnyColumn(Array.from(rows, row => ({ row }))),
  vector: rows => new VectorColumn(new Float64Array(rows.length * 3), 3, rows.length),
}
const TEN = new Dictionary(Array.from({ length: 10 }, (_, k) => `shared ${k}`))
const FIVE = () => new Dictionary(Array.from({ length: 5 }, (_, k) => `own ${k}`))

for (const [name, column] of Object.entries(FIELDS)) {
  test(`an update of one record does not cost more for a set of a million: ${name}`, t => {
    const recordsAt = (rows: Int32Array): KeyedBatch => {
      const keys = [new Int32Column(rows)]
      const columns = [...keys, column(rows)]
      return { keys, batch: new RecordBatch('object', ['id', 'value'], columns, rows.length) }
    }
    const set = new SolutionSet()
    set.update(recordsAt(Int32Array.from({ length: MILLION }, (_, id) => id)))
    const began = performance.now()
    for (let k = 0; k < 20_000; k++) {
      const one = recordsAt(Int32Array.of((k * 7919) % MILLION))
      set.update(one)
      if (set.find(one.keys, 1)[0]! < 0 || set.batch.length !== MILLION) t.fail()
    }
    const ms = performance.now() - began
    t.true(ms < 2000, `${ms} ms`)
  })
}

const KEYS: Readonly<Record<string, (rows: Int32Array) => readonly Column[]>> = {
  'whole numbers': rows => [new Int32Column(rows)],
  'scattered numbers': rows => [new Int32Column(rows.map(row => Math.imul(row, 0x9e3779b1)))],
  doubles: rows => [new Float64Column(Float64Array.from(rows, row => row + 0.5))],
  texts: rows => [new TextColumn(Array.from(rows, row => `key ${row}`))],
  'strings with dictionaries of their own': rows => [
    new DictionaryColumn(
      Int32Array.from(rows, (_, k) => k),
      new Dictionary(Array.from(rows, row => `key ${row}`)),
    ),
  ],
  'two components': rows => [new Int32Column(rows), new Int32Column(rows.map(row => row % 4))],
  'two components, the second larger': rows => [
    new Int32Column(rows.map(row => row % 4)),
    new Int32Column(rows),
  ],
}

for (const [name, keysAt] of Object.entries(KEYS)) {
  test(`new and known keys one at a time do not cost more for a large set: ${name}`, t => {
    const size = 300_000
    const recordsAt = (rows: Int32Array): KeyedBatch => ({
      keys: keysAt(rows),
      batch: new RecordBatch('object', ['value'], [new Int32Column(rows)], rows.length),
    })
    const set = new SolutionSet()
    set.update(recordsAt(Int32Array.from({ length: size }, (_, id) => id)))
    const began = performance.now()
    for (let k = 0; k < 20_000; k++) {
      set.update(recordsAt(Int32Array.of(size + k)))
      const known = recordsAt(Int32Array.of((k * 7919) % size))
      set.update(known)
      if (set.find(known.keys, 1)[0]! < 0) t.fail()
    }
    const ms = performance.now() - began
    t.is(set.size, size + 20_000)
    t.true(ms < 2000, `${ms} ms`)
  })
}
