import test from 'ava'
import { ArgumentError } from '../../../engine/errors.js'
import { columnsSource } from '../../../engine/io/columns.js'
import { sequenceSource } from '../../../engine/io/sequence.js'
import { schemaText } from '../../../engine/types/schema.js'
import { readBatches, readRecords } from '../../support/sources.js'

test('uses typed arrays of the engine as they are', async t => {
  const a = new Float64Array([1, 2])
  const [batch] = await readBatches(columnsSource({ a, b: ['x', null] }))
  const column = batch!.columns[0]!
  t.true(column.layout === 'float64' && column.values.buffer === a.buffer)
  t.deepEqual(
    [batch!.record(0), batch!.record(1)],
    [
      { a: 1, b: 'x' },
      { a: 2, b: null },
    ],
  )
})

test('widens the others without losing a value', async t => {
  const source = columnsSource({
    i8: Int8Array.of(-1),
    u32: Uint32Array.of(2 ** 32 - 1),
    f32: Float32Array.of(0.5),
    i64: BigInt64Array.of(5n),
    big: BigInt64Array.of(2n ** 60n),
  })
  const { fields, rows, exact } = await source.facts()
  t.deepEqual([rows, exact], [1, true])
  t.is(
    schemaText({ shape: 'object', fields: fields! }),
    '{ i8: int32, u32: float64, f32: float64, i64: int32, big: any }',
  )
  t.deepEqual(await readRecords(source), [
    { i8: -1, u32: 2 ** 32 - 1, f32: 0.5, i64: 5, big: 2n ** 60n },
  ])
})

test('gives batches with the fields asked for', async t => {
  const source = columnsSource({ a: new Int32Array(40_000), b: new Int32Array(40_000) })
  const batches = await readBatches(source, { fields: ['b'] })
  t.deepEqual(
    batches.map(({ length, names }) => [length, ...names]),
    [
      [32_768, 'b'],
      [7_232, 'b'],
    ],
  )
  t.is(
    (await readBatches(source, { fields: [] })).reduce((sum, b) => sum + b.length, 0),
    40_000,
  )
})

test('lengths that differ are an error that names the columns', t => {
  const error = t.throws(() => columnsSource({ a: [1, 2], b: [1] }), { instanceOf: ArgumentError })
  t.regex(error.message, /"a" has 2 values, "b" has 1/)
  t.throws(() => columnsSource({ a: 'text' as never }), { instanceOf: ArgumentError })
})

test('a sequence includes both ends', async t => {
  t.deepEqual(await readRecords(sequenceSource(-1, 2)), [-1, 0, 1, 2])
  t.deepEqual(await readRecords(sequenceSource(1, 0)), [])
  const batches = await readBatches(sequenceSource(1, 100_000))
  t.is(batches.length, 4)
  t.is(batches[3]!.record(batches[3]!.length - 1), 100_000)
  t.deepEqual((await sequenceSource(1, 100_000).facts()).rows, 100_000)
})

test('a sequence beyond int32 is float64, of safe integers only', async t => {
  const [batch] = await readBatches(sequenceSource(2 ** 31 - 1, 2 ** 31))
  t.is(batch!.columns[0]!.layout, 'float64')
  t.deepEqual([batch!.record(0), batch!.record(1)], [2 ** 31 - 1, 2 ** 31])
  for (const [from, to] of [
    [0.5, 2],
    [1, Infinity],
    [5, 1],
    [NaN, 1],
  ]) {
    t.throws(() => sequenceSource(from!, to!), { instanceOf: ArgumentError })
  }
})
