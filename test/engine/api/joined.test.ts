import test from 'ava'
import { ArgumentError, SchemaError } from '../../../engine/errors.js'
import { from } from '../../../engine/index.js'

const orders = [
  { order: 1, customer: 'ada', total: 5 },
  { order: 2, customer: 'bob', total: 7 },
  { order: 3, customer: 'ada', total: 9 },
  { order: 4, customer: null, total: 1 },
]
const customers = [
  { id: 'ada', city: 'London' },
  { id: 'carl', city: 'Göttingen' },
  { id: null, city: 'Nowhere' },
]

const join = () => from(orders).join(from(customers)).where('customer').equalTo('id')

test('pairs records with equal keys; missing keys match nothing', async t => {
  t.deepEqual(
    await join()
      .with((o, c) => ({ order: o.order, city: c.city }))
      .collect(),
    [
      { order: 1, city: 'London' },
      { order: 3, city: 'London' },
    ],
  )
  t.deepEqual(await join().pairs().collect(), [
    [orders[0]!, customers[0]!],
    [orders[2]!, customers[0]!],
  ])
  const merged = await join().merge().collect()
  t.deepEqual(merged[0], { ...orders[0]!, ...customers[0]! })
})

test('gives any number of records for each pair', async t => {
  const flat = join().flatWith((o, c) => Array.from({ length: o.order }, () => c.city[0]))
  t.is((await flat.collect()).length, 4)
})

test('a further condition is part of the match', async t => {
  const rich = join().filter(o => o.total > 6)
  t.deepEqual(await rich.with(o => o.order).collect(), [3])
  const left = from(orders)
    .leftJoin(from(customers))
    .where('customer')
    .equalTo('id')
    .filter(o => o.total > 6)
    .with((o, c) => ({ order: o.order, city: c?.city ?? null }))
  t.deepEqual(
    (await left.orderBy('order').collect()).map(r => r.city),
    [null, null, 'London', null],
  )
})

test('outer joins give records without a match beside null', async t => {
  const left = from(orders).leftJoin(from(customers)).where('customer').equalTo('id')
  const right = from(orders).rightJoin(from(customers)).where('customer').equalTo('id')
  const full = from(orders).fullJoin(from(customers)).where('customer').equalTo('id')
  const text = (rows: readonly (string | undefined)[]) => [...rows].sort()
  t.deepEqual(text(await left.with((o, c) => `${o.order} ${c?.city}`).collect()), [
    '1 London',
    '2 undefined',
    '3 London',
    '4 undefined',
  ])
  t.deepEqual(text(await right.with((o, c) => `${o?.order} ${c.city}`).collect()), [
    '1 London',
    '3 London',
    'undefined Göttingen',
    'undefined Nowhere',
  ])
  t.is((await full.with((o, c) => `${o?.order} ${c?.city}`).collect()).length, 6)
})

test('semi and anti joins keep or drop records by whether they match', async t => {
  const matched = from(orders).semiJoin(from(customers)).where('customer').equalTo('id')
  const unmatched = from(orders).antiJoin(from(customers)).where('customer').equalTo('id')
  t.deepEqual(
    (await matched.collect()).map(o => o.order),
    [1, 3],
  )
  t.deepEqual(
    (await unmatched.collect()).map(o => o.order),
    [2, 4],
  )
})

test('joins by key functions, by several fields and against itself', async t => {
  const byLetter = from(orders)
    .filter(o => o.customer !== null)
    .join(from(customers).filter(c => c.id !== null))
    .where(o => o.customer?.[0])
    .equalTo(c => c.id?.[0])
  t.is((await byLetter.pairs().collect()).length, 2)
  const self = from(orders)
    .join(from(orders))
    .where('customer', 'total')
    .equalTo('customer', 'total')
  t.is((await self.pairs().collect()).length, 3)
  const o = from(orders)
  const ownSelf = o
    .join(o)
    .where('order')
    .equalTo('order')
    .with((a, b) => a.total + b.total)
  t.deepEqual(await ownSelf.collect(), [10, 14, 18, 2])
})

test('merges fields that are keys of both sides once, and refuses others of one name', async t => {
  const left = from([
    { id: 1, a: 'x' },
    { id: 2, a: 'y' },
  ])
  const right = from([
    { id: 2, b: 'z' },
    { id: 3, b: 'w' },
  ])
  t.deepEqual(await left.join(right).where('id').equalTo('id').merge().collect(), [
    { id: 2, a: 'y', b: 'z' },
  ])
  const full = await left.fullJoin(right).where('id').equalTo('id').merge().collect()
  t.deepEqual(full.map(r => r?.id).sort(), [1, 2, 3])
  const clash = left.join(left).where('id').equalTo('id').merge()
  await t.throwsAsync(clash.collect(), { instanceOf: SchemaError, message: /"?a"?/ })
})

test('both sides need the same number of keys', t => {
  const where = from([{ a: 1, b: 2 }])
    .join(from([{ a: 1 }]))
    .where('a', 'b')
  const error = t.throws(() => where.equalTo('a'), { instanceOf: ArgumentError })
  t.is(error?.message, 'equalTo: needs as many keys as where, which has 2; got 1.')
})

test('key types that do not match are refused', async t => {
  const wrong = from(orders).join(from(customers)).where('order').equalTo('id').pairs()
  const error = await t.throwsAsync(wrong.collect(), { instanceOf: SchemaError })
  t.regex(error.message, /order.*id/)
})

test('coGroup brings together all records of both sides by key', async t => {
  const both = from(orders)
    .coGroup(from(customers))
    .where('customer')
    .equalTo('id')
    .sortLeft('total', 'descending')
    .with((os, cs) => ({ orders: os.map(o => o.order).join(), customers: cs.length }))
  const rows = (await both.collect()).map(row => `${row.orders}|${row.customers}`).sort()
  t.deepEqual(rows, ['2|0', '3,1|1', '4|1', '|1'])
})

test('cross gives all pairs, left first', async t => {
  const all = from([1, 2]).cross(from(['a', 'b']))
  t.deepEqual(await all.pairs().collect(), [
    [1, 'a'],
    [1, 'b'],
    [2, 'a'],
    [2, 'b'],
  ])
  t.deepEqual(await all.with((n, s) => s.repeat(n)).collect(), ['a', 'b', 'aa', 'bb'])
})
