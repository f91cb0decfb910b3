import test from 'ava'
import { SchemaError } from '../../../engine/errors.js'
import { FieldCheck, FieldChecks } from '../../../engine/functions/field-check.js'
import { RecordBatch, valueBatch } from '../../../engine/types/batch.js'
import { RecordWriter } from '../../../engine/types/record-writer.js'
import { columnOf, valuesIn } from '../../support/columns.js'

const people = batchOf(
  { name: 'Ada', home: { city: 'London', geo: { lat: 51.5 } } },
  { name: 'Grace', home: null },
  { name: 'Edsger', home: { city: 'Rotterdam' } },
)
const cities = batchOf({ city: 'Paris' }, { city: 'Nice' })
const none = new RecordBatch('object', [], [], 0)

test('finds nested values by path, missing where the way there is missing', t => {
  t.deepEqual(columnAt('home.city', people), ['London', null, 'Rotterdam'])
  t.deepEqual(columnAt('home.geo.lat', people), [51.5, null, null])
})

test('finds fields with a dot in their name, and properties of plain values', t => {
  t.deepEqual(columnAt('a.b', new RecordBatch('object', ['a.b'], [columnOf([1])], 1)), [1])
  t.deepEqual(columnAt('a.b', valueBatch(columnOf([{ a: { b: 2 } }, null, 3]))), [2, null, null])
})

test('a field is missing in batches that lack it, before and after those that have it', t => {
  const check = new FieldCheck('groupBy', ['name'])
  const found = [cities, none, people, cities].map(batch => valuesIn(check.column(batch, 'name')))
  t.deepEqual(found, [[null, null], [], ['Ada', 'Grace', 'Edsger'], [null, null]])
  t.notThrows(() => check.check())
})

test('lacks a field only while there were records and none had it', t => {
  const checks = new FieldChecks()
  const check = checks.of('orderBy', ['name'])
  t.false(checks.isLacking)
  check.column(none, 'name')
  t.false(checks.isLacking)
  check.column(cities, 'name')
  t.true(checks.isLacking)
  check.column(people, 'name')
  t.false(checks.isLacking)
})

test('an empty input has all fields', t => {
  t.is(errorOf('name'), undefined)
  t.is(errorOf('name', none), undefined)
})

test('an unknown field is an error that lists those of all batches', t => {
  t.is(
    errorOf('nmae', people, cities),
    'groupBy: field "nmae" is not in the data; it has name, home, city.',
  )
  t.is(
    errorOf('x', valueBatch(columnOf([1]))),
    'groupBy: field "x" is not in the data; the records are plain values without fields.',
  )
})

test('an unknown property is an error that lists those of all values', t => {
  t.is(
    errorOf('home.town', people),
    'groupBy: field "home.town" is not in the data; "home" has city, geo.',
  )
  t.regex(errorOf('name.length', people)!, /"name" holds no objects/)
  t.regex(errorOf('home.zip', cities, people)!, /"home" has city, geo/)
})

test('values that are missing tell nothing about their properties', t => {
  t.is(errorOf('home.zip', batchOf({ home: null })), undefined)
  t.is(errorOf('home.zip', batchOf({ home: null }), batchOf({ home: { zip: null } })), undefined)
  t.regex(errorOf('home.zip', batchOf({ home: null }), people)!, /"home" has/)
})

test('records and batches agree about what is there', t => {
  const batches = [people, cities, valueBatch(columnOf(['a', 'b'])), batchOf([1, { b: 2 }])]
  for (const path of ['name', 'home.city', 'home.town', 'name.x', 'city', '1.b', '2', 'value']) {
    for (const batch of batches) {
      const byRecord = new FieldCheck('test', [path])
      const rows = Array.from({ length: batch.length }, (_, row) => batch.record(row))
      const values = rows.map(record => byRecord.value(record, path) ?? null)
      const byBatch = new FieldCheck('test', [path])
      t.deepEqual(valuesIn(byBatch.column(batch, path)), values)
      t.is(byBatch.isUnseen(path), byRecord.isUnseen(path), path)
      t.is(byBatch.isLacking, byRecord.isLacking, path)
    }
  }
})

function batchOf(...records: readonly unknown[]): RecordBatch {
  const writer = new RecordWriter(4)
  for (const record of records) writer.write(record)
  return writer.finish()
}

function columnAt(path: string, batch: RecordBatch): unknown[] {
  return valuesIn(new FieldCheck('test', [path]).column(batch, path))
}

function errorOf(path: string, ...batches: readonly RecordBatch[]): string | undefined {
  const check = new FieldCheck('groupBy', [path])
  for (const batch of batches) check.column(batch, path)
  try {
    check.check()
    return undefined
  } catch (error) {
    if (error instanceof SchemaError) return error.message
    throw error
  }
}
