import test from 'ava'
import { recordArrays } from '../../../engine/extend.js'

test('records are kept in one array per field', t => {
  const records = recordArrays({ rank: 1, name: 'a' }, 3)!
  t.true(records.set(0, { rank: 0.5, name: 'x' }))
  t.true(records.set(2, { name: 'y', rank: 2 }))
  t.deepEqual(records.get(0), { rank: 0.5, name: 'x' })
  t.deepEqual(records.get(2), { rank: 2, name: 'y' })
  t.deepEqual(records.fields.rank, Float64Array.of(0.5, 0, 2))
  t.deepEqual(records.fields.name, ['x', null, 'y'])
})

test('records with other fields or types are refused, and nothing of them is stored', t => {
  const records = recordArrays({ rank: 1, name: 'a' }, 1)!
  records.set(0, { rank: 7, name: 'x' })
  for (const other of [
    { rank: '1', name: 'b' },
    { rank: 1 },
    { rank: 1, name: 'b', more: 1 },
    { rank: 1, other: 'b' },
    { rank: 1, name: undefined },
    null,
    3,
  ]) {
    t.false(records.set(0, other))
  }
  t.deepEqual(records.get(0), { rank: 7, name: 'x' })
})

test('fields may have any name', t => {
  const example = { 'a-b': 1, class: 2, '0': 3 }
  const records = recordArrays(example, 1)!
  t.true(records.set(0, example))
  t.deepEqual(records.get(0), example)
})

test('there are none for what is no small plain record', t => {
  for (const other of [3, null, [1], new Date(), {}, { a: undefined }]) {
    t.is(recordArrays(other, 1), undefined)
  }
  const many = Object.fromEntries(Array.from({ length: 17 }, (_, k) => [`f${k}`, k]))
  t.is(recordArrays(many, 1), undefined)
})

test('they grow, and keep what they have', t => {
  const records = recordArrays({ rank: 1, name: 'a' }, 1)!
  records.set(0, { rank: 3, name: 4 })
  const larger = records.resized(3)
  t.true(larger.set(2, { rank: 5, name: 'z' }))
  t.deepEqual(
    [larger.get(0), larger.get(2)],
    [
      { rank: 3, name: 4 },
      { rank: 5, name: 'z' },
    ],
  )
  t.is(larger.fields.name!.length, 3)
})
