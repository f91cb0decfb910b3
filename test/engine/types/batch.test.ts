import test from 'ava'
import { RecordBatch, valueBatch } from '../../../engine/types/batch.js'
import { RecordWriter } from '../../../engine/types/record-writer.js'
import { schemaText } from '../../../engine/types/schema.js'
import { columnOf } from '../../support/columns.js'

const people = (() => {
  const writer = new RecordWriter(4)
  writer.write({ name: 'Ada', home: { city: 'London', geo: { lat: 51.5 } } })
  writer.write({ name: 'Grace', home: null })
  writer.write({ name: 'Edsger', home: { city: 'Rotterdam' } })
  return writer.finish()
})()

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
