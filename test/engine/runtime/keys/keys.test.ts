import test from 'ava'
import { FunctionError, SchemaError } from '../../../../engine/errors.js'
import { FieldChecks } from '../../../../engine/functions/field-check.js'
import type { Key } from '../../../../engine/plan/key.js'
import {
  createKeyExtractor,
  createNamedKeys,
  type KeyContext,
} from '../../../../engine/runtime/keys/keys.js'
import { batchesOf } from '../../../support/run-operator.js'

const context: KeyContext = {
  operation: 'groupBy',
  codegen: true,
  fields: new FieldChecks(),
  handed: values => values,
}
const field = (path: string): Key => ({ kind: 'field', path })
const by = (call: (...parameters: never[]) => unknown, handed = {}): Key => ({
  kind: 'function',
  fn: { call, handed, operation: 'groupBy' },
})
const batchOf = (...records: unknown[]) => batchesOf(records, 1000)[0]!
const valuesOf = (keys: readonly Key[], ...records: unknown[]) => {
  const { names, columns } = createNamedKeys(keys, context)(batchOf(...records))
  const rows = records.map((_, row) => columns.map(column => column.get(row)))
  return { names, rows }
}

test('fields and paths are taken as they are, under their last name', t => {
  const { names, rows } = valuesOf([field('a'), field('b.c')], { a: 1, b: { c: 'x' } })
  t.deepEqual(names, ['a', 'c'])
  t.deepEqual(rows, [[1, 'x']])
})

test('a key function gives one column, or one per field of what it returns', t => {
  const a = { a: 7 }
  const seven = (r: { a: number }) => r.a
  t.deepEqual(valuesOf([by(seven)], a), { names: ['key'], rows: [[7]] })
  t.deepEqual(valuesOf([by((r: { a: number }) => ({ x: r.a, y: 1 }))], a), {
    names: ['x', 'y'],
    rows: [[7, 1]],
  })
  t.deepEqual(valuesOf([by((r: { a: number }) => [r.a, 'b'])], a), {
    names: ['key0', 'key1'],
    rows: [[7, 'b']],
  })
})

test('a key function gets what was handed over', t => {
  const key = by((r: { a: number }, context: { k: number }) => r.a % context.k, { k: 3 })
  t.deepEqual(valuesOf([key], { a: 7 }).rows, [[1]])
})

test('the same extractor works batch after batch', t => {
  const extract = createKeyExtractor([by((r: { a: number }) => r.a * 2), field('a')], context)
  t.deepEqual(
    [1, 2, 2.5].map(a => extract(batchOf({ a })).map(column => column.get(0))),
    [
      [2, 1],
      [4, 2],
      [5, 2.5],
    ],
  )
})

test('key functions that change what they return are refused', t => {
  const extract = createKeyExtractor([by((r: { a: unknown }) => r.a)], context)
  extract(batchOf({ a: { x: 1 } }))
  const error = t.throws(() => extract(batchOf({ a: { x: 1, y: 2 } })), { instanceOf: SchemaError })
  t.regex(error!.message, /same fields; got objects of x first and objects of x, y later/)
})

test('a key function that throws or returns a promise is named', t => {
  const fails = createKeyExtractor([by(() => Promise.resolve(1))], context)
  t.throws(() => fails(batchOf({ a: 1 })), { instanceOf: FunctionError })
})

test('an unknown field is missing, until nothing more can come', t => {
  const fields = new FieldChecks()
  const extract = createKeyExtractor([field('wrod')], { ...context, fields })
  t.deepEqual(
    extract(batchOf({ word: 1 })).map(column => column.get(0)),
    [null],
  )
  const error = t.throws(() => fields.check(), { instanceOf: SchemaError })
  t.regex(error!.message, /"wrod".*word/)
})
