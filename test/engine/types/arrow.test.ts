import * as arrow from 'apache-arrow'
import test from 'ava'
import fc from 'fast-check'
import { SchemaError } from '../../../engine/errors.js'
import { concatBatches } from '../../../engine/types/concat.js'
import { ArrowConverter } from '../../../engine/types/from-arrow.js'
import { SparseVector } from '../../../engine/types/sparse-vector.js'
import { toArrow } from '../../../engine/types/to-arrow.js'
import { valuesOf } from '../../support/columns.js'
import { batchOf, recordsOf } from '../../support/sources.js'

const fromArrow = (table: arrow.Table) => new ArrowConverter().batches(table.batches)
const back = async (...batches: Parameters<typeof toArrow>[0][]) =>
  recordsOf([...fromArrow(await toArrow(batches.flatMap(part => [...part])))])

const optional = <T>(values: fc.Arbitrary<T>) =>
  fc.array(fc.option(values, { freq: 4 }), { minLength: 6, maxLength: 6 })

test('what goes to Arrow comes back, over several batches and slices', async t => {
  const table = fc.record({
    flag: optional(fc.boolean()),
    n: optional(fc.integer()),
    x: optional(valuesOf.float64),
    at: optional(fc.date({ noInvalidDate: true })),
    s: optional(valuesOf.dictionary),
    v: optional(valuesOf.vector),
    sparse: optional(valuesOf.sparse),
    big: optional(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).filter(v => v > 2n ** 53n)),
    json: optional(fc.record({ a: fc.integer(), b: fc.array(fc.boolean(), { maxLength: 2 }) })),
  })
  await fc.assert(
    fc.asyncProperty(table, table, async (one, two) => {
      const batches = [batchOf(one), batchOf(two).slice(1, 5), batchOf(one).slice(2, 2)]
      t.deepEqual(await back(batches), recordsOf(batches))
    }),
    { numRuns: 60 },
  )
})

test('numbers are shared with the table in both directions', async t => {
  const batch = batchOf({ x: [0.5, 1], n: [1, 2] })
  const table = await toArrow([batch])
  const x = batch.columns[0]!
  t.true(x.layout === 'float64' && table.getChild('x')!.data[0]!.values.buffer === x.values.buffer)
  const [again] = [...fromArrow(table)]
  const n = again!.columns[1]!
  t.true(n.layout === 'int32' && n.values.buffer === table.getChild('n')!.data[0]!.values.buffer)
})

test('strings share one dictionary, whatever dictionaries they came with', async t => {
  const batches = [batchOf({ s: ['a', 'b', null] }), batchOf({ s: ['c', 'a', 'a'] })]
  const table = await toArrow(batches)
  t.true(arrow.DataType.isDictionary(table.schema.fields[0]!.type))
  const again = [...fromArrow(table)].map(batch => batch.columns[0]!)
  t.true(
    again[0]!.layout === 'dictionary' &&
      again[1]!.layout === 'dictionary' &&
      again[0].dictionary === again[1].dictionary,
  )
  t.deepEqual(recordsOf([...fromArrow(table)]), recordsOf(batches))
})

test('fields that are wider in later batches, or missing, fit one schema', async t => {
  const batches = [batchOf({ x: [1] }), batchOf({ x: [0.5], y: ['a'] }), batchOf({ x: [null] })]
  t.deepEqual(await back(batches), [
    { x: 1, y: null },
    { x: 0.5, y: 'a' },
    { x: null, y: null },
  ])
  t.deepEqual(await back([batchOf({ x: [1] }), batchOf({ x: ['a'] })]), [{ x: 1 }, { x: 'a' }])
})

test('tuples and plain values keep their shape', async t => {
  t.deepEqual(await back([batchOf({ 0: [1], 1: ['a'] }, 'tuple')]), [[1, 'a']])
  t.deepEqual(await back([batchOf({ value: [1, null] }, 'value')]), [1, null])
  await t.throwsAsync(toArrow([batchOf({ value: [1] }, 'value'), batchOf({ a: [1] })]), {
    instanceOf: SchemaError,
  })
})

test('no batches, no records, no values', async t => {
  t.deepEqual(await back([]), [])
  t.deepEqual(await back([batchOf({ a: [1] }).slice(0, 0)]), [])
  t.deepEqual(await back([batchOf({ a: [null, null] })]), [{ a: null }, { a: null }])
})

test('what Arrow cannot hold is an error', async t => {
  for (const values of [[new Date(NaN)], [new Map()], [{ x: 1n }]]) {
    await t.throwsAsync(toArrow([batchOf({ x: values })]), { instanceOf: SchemaError })
  }
})

const vector = (values: readonly unknown[], type: arrow.DataType) =>
  arrow.vectorFromArray(values as never[], type as never)
const read = (columns: Record<string, arrow.Vector>) =>
  recordsOf([...fromArrow(new arrow.Table(columns))])

test('reads all kinds of numbers exactly', t => {
  t.deepEqual(
    read({
      i8: vector([-1, null], new arrow.Int8()),
      u16: vector([65_535, 0], new arrow.Uint16()),
      u32: vector([2 ** 32 - 1, null], new arrow.Uint32()),
      i64: vector([5n, null], new arrow.Int64()),
      big: vector([2n ** 60n, 1n], new arrow.Int64()),
      f32: vector([0.5, null], new arrow.Float32()),
      f16: vector([1.5, -2], new arrow.Float16()),
      flag: vector([true, null], new arrow.Bool()),
    }),
    [
      {
        i8: -1,
        u16: 65_535,
        u32: 2 ** 32 - 1,
        i64: 5,
        big: 2n ** 60n,
        f32: 0.5,
        f16: 1.5,
        flag: true,
      },
      { i8: null, u16: 0, u32: null, i64: null, big: 1n, f32: null, f16: -2, flag: null },
    ],
  )
})

test('reads times of all units as dates', t => {
  const at = (type: arrow.DataType, counts: readonly bigint[]) =>
    arrow.makeVector(
      arrow.makeData({ type: type as arrow.Timestamp, data: BigInt64Array.from(counts) }),
    )
  t.deepEqual(
    read({
      s: at(new arrow.TimestampSecond(), [-1n, 1_700_000_000n]),
      ms: at(new arrow.TimestampMillisecond(), [-1n, 1n]),
      us: at(new arrow.TimestampMicrosecond(), [-1n, 1_999n]),
      ns: at(new arrow.TimestampNanosecond(), [-1n, 1_700_000_000_123_000_000n]),
      d64: at(new arrow.DateMillisecond(), [0n, 86_400_000n]),
      d32: arrow.makeVector(
        arrow.makeData({ type: new arrow.DateDay(), data: Int32Array.of(-1, 1) }),
      ),
    }),
    [
      { s: -1000, ms: -1, us: -1, ns: -1, d64: 0, d32: -86_400_000 },
      {
        s: 1_700_000_000_000,
        ms: 1,
        us: 1,
        ns: 1_700_000_000_123,
        d64: 86_400_000,
        d32: 86_400_000,
      },
    ].map(times =>
      Object.fromEntries(Object.entries(times).map(([name, time]) => [name, new Date(time)])),
    ),
  )
})

test('reads lists, structs, maps, decimals and bytes as plain values', t => {
  const item = (type: arrow.DataType) => new arrow.Field('item', type, true)
  const decimal = arrow.makeVector(
    arrow.makeData({
      type: new arrow.Decimal(2, 10),
      length: 2,
      data: Uint32Array.of(1234, 0, 0, 0, 2 ** 32 - 1234, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1),
    }),
  )
  const records = read({
    list: vector([['a', null], null], new arrow.List(item(new arrow.Utf8()))),
    nested: vector([[[1], []], []], new arrow.List(item(new arrow.List(item(new arrow.Int32()))))),
    struct: vector(
      [{ x: 1, y: 'a' }, null],
      new arrow.Struct([
        new arrow.Field('x', new arrow.Int32()),
        new arrow.Field('y', new arrow.Utf8()),
      ]),
    ),
    raw: vector([Uint8Array.of(1, 2), null], new arrow.Binary()),
    text: vector(['ü', ''], new arrow.Utf8()),
    decimal,
  })
  t.deepEqual(records, [
    {
      list: ['a', null],
      nested: [[1], []],
      struct: { x: 1, y: 'a' },
      raw: Uint8Array.of(1, 2),
      text: 'ü',
      decimal: 12.34,
    },
    { list: null, nested: [], struct: null, raw: null, text: '', decimal: -12.34 },
  ])
})

test('reads dictionaries of strings with gaps, and of other values', t => {
  const strings = vector(
    ['b', null, 'a', 'b'],
    new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8()),
  )
  const numbers = vector(
    [0.5, 7, null, 0.5],
    new arrow.Dictionary(new arrow.Float64(), new arrow.Int32()),
  )
  t.deepEqual(
    read({ strings, numbers }),
    ['b', null, 'a', 'b'].map((text, k) => ({ strings: text, numbers: [0.5, 7, null, 0.5][k]! })),
  )
})

test('reads slices of tables, of every type', async t => {
  const batch = batchOf({
    flag: Array.from({ length: 40 }, (_, k) => (k % 5 === 0 ? null : k % 2 === 0)),
    s: Array.from({ length: 40 }, (_, k) => `s${k % 3}`),
    v: Array.from({ length: 40 }, (_, k) => (k % 7 === 0 ? null : Float64Array.of(k, -k))),
    n: Array.from({ length: 40 }, (_, k) => k),
    sparse: Array.from({ length: 40 }, (_, k) => new SparseVector(9, [k % 9], [k])),
    list: Array.from({ length: 40 }, (_, k) => [k]),
  })
  const table = await toArrow([batch, batch])
  const slice = recordsOf([...fromArrow(table.slice(11, 53))])
  t.deepEqual(slice, recordsOf([concatBatches([batch, batch])]).slice(11, 53))
})
