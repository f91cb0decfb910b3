import * as arrow from 'apache-arrow'
import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, SchemaError } from '../../../../engine/errors.js'
import { from, fromArrow } from '../../../../engine/index.js'
import { arrowTableSource } from '../../../../engine/io/arrow/table-source.js'
import { schemaText } from '../../../../engine/types/schema.js'
import { toArrow } from '../../../../engine/types/to-arrow.js'
import { batchOf, readBatches, recordsOf } from '../../../support/sources.js'

const typesOf = async (table: arrow.Table) => {
  const { fields, shape, rows, exact } = await arrowTableSource(table).facts()
  return [shape && fields && schemaText({ shape, fields }), rows, exact]
}

test('records go to a table and come back', async t => {
  const value = fc.record({
    id: fc.integer(),
    x: fc.option(fc.double()),
    s: fc.option(fc.string({ unit: 'grapheme' })),
    at: fc.option(fc.date({ noInvalidDate: true })),
    tags: fc.array(fc.string(), { maxLength: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 20 }), async records => {
      const data = from(records)
      t.deepEqual(await fromArrow(await data.toArrow()).collect(), await data.collect())
    }),
    { numRuns: 40 },
  )
})

test('plain values and tuples come back as such', async t => {
  t.deepEqual(await fromArrow(await from([3, 1, 2]).toArrow()).collect(), [3, 1, 2])
  const pairs: [number, string][] = [
    [1, 'a'],
    [2, 'b'],
  ]
  t.deepEqual(await fromArrow(await from(pairs).toArrow()).collect(), pairs)
})

test('a table of the library is read in each job anew', async t => {
  const data = fromArrow<{ k: string; n: number }>(
    arrow.tableFromArrays({ k: ['a', 'b', 'a'], n: Int32Array.of(1, 2, 4) }),
  )
  t.deepEqual(await data.groupBy('k').sum('n').collect(), [
    { k: 'a', n: 5 },
    { k: 'b', n: 2 },
  ])
  t.deepEqual(await data.filter(r => r.n > 1).collect(), [
    { k: 'b', n: 2 },
    { k: 'a', n: 4 },
  ])
})

test('numbers are shared with the table', async t => {
  const x = new Float64Array([0.5, 1])
  const table = new arrow.Table({ x: arrow.makeVector(x) })
  const column = (await readBatches(arrowTableSource(table)))[0]!.columns[0]!
  t.true(column.layout === 'float64' && column.values.buffer === x.buffer)
})

test('types and the number of records are known before a job runs', async t => {
  const table = await toArrow([
    batchOf({ n: [1, 2], s: ['a', null] }),
    batchOf({ n: [3], s: [''] }),
  ])
  t.deepEqual(await typesOf(table), ['{ n: int32, s: string? }', 3, true])
  await t.throwsAsync(fromArrow<{ m: number }>(table).sum('m').collect(), {
    instanceOf: SchemaError,
    message: /"m".*n, s/,
  })
})

test('64-bit integers of which only some are safe have no common type', async t => {
  const big = (value: bigint) => arrow.makeVector(BigInt64Array.of(value)).data[0]!
  const table = new arrow.Table({ n: new arrow.Vector([big(1n), big(2n ** 60n)]) })
  t.deepEqual(await typesOf(table), ['{ n: any }', 2, true])
  t.deepEqual(await fromArrow(table).collect(), [{ n: 1 }, { n: 2n ** 60n }])
})

test('only the fields that are needed are delivered, in short batches', async t => {
  const n = Int32Array.from({ length: 100_000 }, (_, k) => k)
  const source = arrowTableSource(arrow.tableFromArrays({ n, other: n }))
  const batches = await readBatches(source, { fields: ['n'] })
  t.true(batches.length > 1 && batches.every(({ names }) => names.join() === 'n'))
  t.is(recordsOf(batches).length, 100_000)
})

test('a table without records has none', async t => {
  t.deepEqual(await fromArrow(new arrow.Table()).collect(), [])
  t.deepEqual(await fromArrow(arrow.tableFromArrays({ n: new Int32Array(0) })).collect(), [])
})

test('what is not a table is an error that names the other ways', t => {
  for (const wrong of [null, undefined, [], 'x.arrow', { n: [1] }]) {
    t.throws(() => fromArrow(wrong as never), {
      instanceOf: ArgumentError,
      message: /^fromArrow: table must be a table of apache-arrow; got .*fromColumns/,
    })
  }
})
