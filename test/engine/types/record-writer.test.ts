import { runInNewContext } from 'node:vm'
import test from 'ava'
import fc from 'fast-check'
import { SchemaError } from '../../../engine/errors.js'
import { any, float64, int32, string } from '../../../engine/types/data-type.js'
import { RecordWriter, shapeOf } from '../../../engine/types/record-writer.js'
import type { Schema } from '../../../engine/types/schema.js'
import { anyValue } from '../../support/columns.js'
import { assertRecords } from '../../support/table-equal.js'

const batchOf = (records: readonly unknown[]) => {
  const writer = new RecordWriter(2)
  for (const record of records) writer.write(record)
  return writer.finish()
}
const written = (records: readonly unknown[]) => {
  const batch = batchOf(records)
  return Array.from({ length: batch.length }, (_, row) => batch.record(row))
}

test('reads back objects with any fields, present or absent', t => {
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'constructor', 'toString'), anyValue)
  fc.assert(
    fc.property(fc.array(record, { maxLength: 10 }), records => {
      assertRecords(written(records), records)
    }),
  )
  t.pass()
})

test('reads back records of any shapes', t => {
  const record = fc.oneof(
    anyValue,
    fc.array(anyValue, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b'), anyValue),
  )
  fc.assert(
    fc.property(fc.array(record, { maxLength: 10 }), records => {
      assertRecords(written(records), records)
    }),
  )
  t.pass()
})

test('reads back over several batches of one writer', t => {
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'c'), anyValue)
  fc.assert(
    fc.property(fc.array(fc.array(record, { maxLength: 4 }), { maxLength: 4 }), batches => {
      const writer = new RecordWriter(1)
      for (const records of batches) {
        for (const one of records) writer.write(one)
        const batch = writer.finish()
        assertRecords(
          Array.from({ length: batch.length }, (_, row) => batch.record(row)),
          records,
        )
      }
    }),
  )
  t.pass()
})

class Point {
  x = 1
}

test('tells the shapes of records, also of those from another realm', t => {
  const shapes = [
    {},
    Object.create(null),
    [],
    1,
    null,
    undefined,
    'a',
    new Date(),
    new Map(),
    new Point(),
  ]
  t.deepEqual(shapes.map(shapeOf), ['object', 'object', 'tuple', ...new Array(7).fill('value')])
  t.is(shapeOf(runInNewContext('({ a: 1 })')), 'object')
  t.is(shapeOf(runInNewContext('[1]')), 'tuple')
  t.is(shapeOf(runInNewContext('new Date(0)')), 'value')
})

test('dates and objects from another realm get their own types', t => {
  const batch = batchOf(runInNewContext('[{ at: new Date(5), n: 1 }]'))
  t.deepEqual(
    batch.columns.map(({ layout }) => layout),
    ['timestamp', 'int32'],
  )
  t.deepEqual(batch.record(0), { at: new Date(5), n: 1 })
})

test('instances of classes are values, kept as they are', t => {
  const point = new Point()
  t.is(batchOf([point]).record(0), point)
})

test('what every object inherits is not a field', t => {
  const batch = batchOf([{ constructor: 'Ferrari', wins: 1 }, { wins: 2 }])
  t.deepEqual(batch.record(1), { constructor: null, wins: 2 })
})

test('tuples of one length are tuples, of different lengths values', t => {
  t.is(
    batchOf([
      [1, 'a'],
      [2, 'b'],
    ]).shape,
    'tuple',
  )
  t.is(batchOf([[1, 'a'], [2]]).shape, 'value')
  t.deepEqual(written([[1, 'a'], [2]]), [[1, 'a'], [2]])
})

const schema: Schema = {
  shape: 'object',
  fields: [
    { name: 'id', type: int32, nullable: false },
    { name: 'price', type: float64, nullable: true },
    { name: 'name', type: string, nullable: true },
  ],
}

test('a schema gives the types, whatever the values', t => {
  const writer = new RecordWriter(1, schema)
  writer.write({ id: 1, price: 2 })
  const batch = writer.finish()
  t.deepEqual(
    batch.columns.map(({ layout }) => layout),
    ['int32', 'float64', 'dictionary'],
  )
  t.deepEqual(batch.record(0), { id: 1, price: 2, name: null })
})

for (const [what, record] of Object.entries({
  'another type': { id: 'x' },
  'a missing value': { price: 1 },
  'an unknown field': { id: 1, prize: 1 },
  'another shape': [1, 2],
})) {
  test(`a schema refuses ${what}`, t => {
    t.throws(() => new RecordWriter(1, schema).write(record), { instanceOf: SchemaError })
  })
}

test('a refused record leaves nothing behind', t => {
  const writer = new RecordWriter(1, {
    shape: 'object',
    fields: [
      { name: 'a', type: int32, nullable: true },
      { name: 'b', type: any, nullable: true },
      { name: 'c', type: int32, nullable: true },
    ],
  })
  writer.write({ a: 1, b: 'x', c: 1 })
  t.throws(() => writer.write({ a: null, b: 'y', c: 'no number' }))
  const only = writer.finish()
  t.deepEqual([only.length, only.columns.map(({ length }) => length)], [1, [1, 1, 1]])
  writer.write({ a: 1 })
  t.throws(() => writer.write({ a: null, c: 1.5 }))
  writer.write({ a: 2, c: 2 })
  t.deepEqual(writer.finish().record(1), { a: 2, b: null, c: 2 })
})
