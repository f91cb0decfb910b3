/** Keys that are missing, not a number, or of types that do not match. */
import test from 'ava'
import { type DataSet, from, SchemaError } from '../../engine/index.js'
import { type Anything, fails } from './support.js'

const D = new Date(1)

/** Pairs of keys that can never be equal, and the types that the message names. */
const APART: readonly (readonly [unknown, unknown, RegExp])[] = [
  [1, '1', /k of the left \(int32\) can never equal k of the right \(string\)/],
  [1.5, '1.5', /\(float64\).*\(string\)/],
  [true, 1, /\(boolean\).*\(int32\)/],
  [D, 1, /\(timestamp\).*\(int32\)/],
  ['true', true, /\(string\).*\(boolean\)/],
]

const keyed = (...keys: readonly unknown[]): DataSet<Anything> => from(keys.map(k => ({ k })))

for (const [left, right, message] of APART) {
  test(`keys ${typeof left} and ${String(right)} of ${typeof right} are refused`, async t => {
    // Types are found in the data, also where only the run shows them.
    for (const through of [(d: Anything) => d, (d: Anything) => d.map((r: Anything) => r)]) {
      const l = through(keyed(left))
      const r = through(keyed(right))
      const on = (joined: Anything) => joined.where('k').equalTo('k')
      await fails(t, SchemaError, message, () => on(l.join(r)).pairs())
      await fails(t, SchemaError, message, () => on(l.leftJoin(r)).pairs())
      await fails(t, SchemaError, message, () => on(l.coGroup(r)).with(() => 1))
      await fails(t, SchemaError, /Convert one of them first/, () => on(l.semiJoin(r)))
    }
  })
}

test('keys of a column of mixed types match by value and by type', async t => {
  const mixed = keyed(1, 'x', true, D, '1', null)
  const on = (other: DataSet<Anything>) =>
    mixed
      .join(other)
      .where('k')
      .equalTo('k')
      .with((l: Anything) => l.k)
      .collect()
  t.deepEqual(await on(keyed(1)), [1])
  t.deepEqual(await on(keyed('1', null)), ['1'])
})

test('in joins NaN equals NaN, -0 equals 0, and missing keys match nothing', async t => {
  const left = keyed(Number.NaN, 0, null, undefined, 2.5)
  const right = keyed(null, Number.NaN, -0)
  const joined = left.join(right).where('k').equalTo('k')
  t.deepEqual(await joined.with((l: Anything) => l.k).collect(), [Number.NaN, 0])
  t.is((await left.antiJoin(right).where('k').equalTo('k').collect()).length, 3)
})

test('one missing key of several matches nothing', async t => {
  const pairs: DataSet<Anything> = from([
    { a: Number.NaN, b: null },
    { a: Number.NaN, b: 1 },
  ] as Anything[])
  const joined = pairs.join(pairs).where('a', 'b').equalTo('a', 'b')
  t.deepEqual(await joined.with((l: Anything) => l).collect(), [{ a: Number.NaN, b: 1 }])
})

test('groupBy and distinct make one group of NaN, of zeros, and of missing keys', async t => {
  const values = [Number.NaN, null, 0, -0, undefined, Number.NaN, '1', 1]
  t.deepEqual(
    await keyed(...values)
      .groupBy('k')
      .count()
      .collect(),
    [
      { k: Number.NaN, count: 2 },
      { k: null, count: 2 },
      { k: 0, count: 2 },
      { k: '1', count: 1 },
      { k: 1, count: 1 },
    ],
  )
  t.is(
    (
      await keyed(...values)
        .distinct('k')
        .collect()
    ).length,
    5,
  )
})

test('several keys tell NaN from missing in each place', async t => {
  const records = [
    { a: Number.NaN, b: null },
    { a: null, b: Number.NaN },
    { a: Number.NaN, b: null },
    { a: null, b: null },
    { a: -0, b: 0 },
    { a: 0, b: -0 },
  ]
  const counts = await from(records as Anything[])
    .groupBy('a', 'b')
    .count()
    .collect()
  t.deepEqual(
    counts.map((r: Anything) => [r.a, r.b === 0 ? 0 : r.b, r.count]),
    [
      [Number.NaN, null, 2],
      [null, Number.NaN, 1],
      [null, null, 1],
      [counts[3]?.a, 0, 2],
    ],
  )
  t.is(
    (
      await from(records as Anything[])
        .distinct()
        .collect()
    ).length,
    4,
  )
})

test('orderBy puts NaN after numbers and missing last, in both directions', async t => {
  const values = keyed(null, 2, Number.NaN, -1, undefined, 7.5)
  const keys = async (d: DataSet<Anything>) => (await d.collect()).map((r: Anything) => r.k)
  t.deepEqual(await keys(values.orderBy('k')), [-1, 2, 7.5, Number.NaN, null, null])
  t.deepEqual(await keys(values.orderBy('k', 'descending')), [7.5, 2, -1, Number.NaN, null, null])
  const mixed = keyed('b', 1, true, D, null, 'a', false)
  t.deepEqual(await keys(mixed.orderBy('k')), [false, true, 1, 'a', 'b', D, null])
})

test('a second order decides only between keys that are equal, NaN and missing among them', async t => {
  const records = [
    { a: null, b: 1 },
    { a: Number.NaN, b: 2 },
    { a: 1, b: null },
    { a: null, b: 3 },
    { a: 1, b: Number.NaN },
    { a: 1, b: 4 },
    { a: Number.NaN, b: 5 },
  ]
  const sorted = await from(records as Anything[])
    .orderBy('b', 'descending')
    .orderBy('a')
    .collect()
  t.deepEqual(
    sorted.map((r: Anything) => r.b),
    [4, Number.NaN, null, 5, 2, 3, 1],
  )
})
