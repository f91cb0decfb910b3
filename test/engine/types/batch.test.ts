import test from 'ava'
import { SchemaError } from '../../../engine/errors.js'
import { RecordBatch, valueBatch } from '../../../engine/types/batch.js'
import { RecordWriter } from '../../../engine/types/record-writer.js'
import { schemaText } from '../../../engine/types/schema.js'
import { columnOf, valuesIn } from '../../support/columns.js'

const people = (() => {
  const writer = new RecordWriter(4)
  writer.write({ name: 'Ada', home: { city: 'London', geo: { lat: 51.5 } } })
  writer.write({ name: 'Grace', home: null })
  writer.write({ name: 'Edsger', home: { city: 'Rotterdam' } })
  return writer.finish()
})()

test('finds nested values by path, missing where the way there is missing', t => {
  t.deepEqual(valuesIn(people.column('home.city', 'test')), ['London', null, 'Rotterdam'])
  t.deepEqual(valuesIn(people.column('home.geo.lat', 'test')), [51.5, null, null])
})

test('finds nested values of plain values, and fields with a dot in their name', t => {
  const values = valueBatch(columnOf([new Map(), new Date(0), 1n]))
  t.throws(() => values.column('size2', 'test'), { instanceOf: SchemaError })
  const dotted = new RecordBatch('object', ['a.b'], [columnOf([1])], 1)
  t.deepEqual(valuesIn(dotted.column('a.b', 'test')), [1])
})

test('an unknown field is an error that lists the known ones', t => {
  const error = t.throws(() => people.column('nmae', 'groupBy'), { instanceOf: SchemaError })
  t.is(error.message, 'groupBy: field "nmae" is not in the data; it has name, home.')
  t.throws(() => people.column('home.town', 'groupBy'), { instanceOf: SchemaError })
  t.throws(() => people.column('name.length', 'groupBy'), { instanceOf: SchemaError })
  const values = t.throws(() => valueBatch(columnOf([1])).column('x', 'sum'))
  t.is(
    values?.message,
    'sum: field "x" is not in the data; the records are plain values without fields.',
  )
})

test('slices and takes records, and keeps the partition', t => {
  const moved = people.inPartition(3)
  t.is(moved.slice(1, 2).partition, 3)
  t.deepEqual(moved.slice(1, 2).record(0), { name: 'Grace', home: null })
  t.deepEqual(moved.take(Int32Array.of(2, 0)).record(0), people.record(2))
  t.is(people.slice(0, 3), people)
})

test('knows its schema, as text too', t => {
  t.is(schemaText(people.schema), '{ name: string, home: any }')
  const tuple = new RecordBatch(
    'tuple',
    ['0', '1'],
    [columnOf([1]), columnOf([null, 'a']).slice(0, 1)],
    1,
  )
  t.is(schemaText(tuple.schema), '[int32, string?]')
  t.is(schemaText(valueBatch(columnOf([new Float64Array(3)])).schema), 'vector(3)')
})
