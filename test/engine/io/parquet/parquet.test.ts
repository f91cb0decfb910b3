import { readFile, writeFile } from 'node:fs/promises'
import test from 'ava'
import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { AbortError, InputOutputError, SchemaError } from '../../../../engine/errors.js'
import { parquetSink } from '../../../../engine/io/parquet/parquet-sink.js'
import { parquetSource } from '../../../../engine/io/parquet/parquet-source.js'
import { any, float64 } from '../../../../engine/types/data-type.js'
import { schemaText } from '../../../../engine/types/schema.js'
import { SparseVector } from '../../../../engine/types/sparse-vector.js'
import { anyNumber, anyString, valuesIn } from '../../../support/columns.js'
import { inProject } from '../../../support/project.js'
import {
  batchOf,
  readBatches,
  readRecords,
  recordsOf,
  temporary,
  writeBatches,
} from '../../../support/sources.js'
import { equalRecords } from '../../../support/table-equal.js'

const flights = inProject('node_modules', 'vega-datasets', 'data', 'flights-3m.parquet')

type WriterOptions = Parameters<typeof parquetWriteBuffer>[0]
const fileOf = (options: WriterOptions) => new Uint8Array(parquetWriteBuffer(options))

test('knows fields, types and exact rows from the footer alone', async t => {
  const { fields, rows, exact, bytes } = await parquetSource(flights).facts()
  t.is(
    schemaText({ shape: 'object', fields: fields! }),
    '{ date: timestamp, delay: int32, distance: int32, origin: string, destination: string }',
  )
  t.deepEqual([rows, exact, bytes], [3_000_000, true, 13_493_022])
})

test('reads three million flights as hyparquet does, in batches that share dictionaries', async t => {
  const batches = await readBatches(parquetSource(flights))
  t.is(
    batches.reduce((sum, { length }) => sum + length, 0),
    3_000_000,
  )
  t.true(batches.every(({ length }) => length <= 32_768))
  const last = batches.at(-1)!
  t.deepEqual(
    last.columns.map(({ layout }) => layout),
    ['timestamp', 'int32', 'int32', 'dictionary', 'dictionary'],
  )
  const [first, end] = [batches[0]!, last].map(batch => batch.find('origin')!)
  t.true(
    first!.layout === 'dictionary' &&
      end!.layout === 'dictionary' &&
      first.dictionary === end.dictionary,
  )
  const content = await readFile(flights)
  const file = content.buffer.slice(content.byteOffset, content.byteOffset + content.length)
  const rowStart = 272_700 // across two row groups
  const expected = await parquetReadObjects({ file, compressors, rowStart, rowEnd: rowStart + 100 })
  const plain = expected.map(row => ({
    ...row,
    delay: Number(row.delay),
    distance: Number(row.distance),
  }))
  const group = recordsOf(batches.slice(0, 12)).slice(rowStart, rowStart + 100)
  t.deepEqual(group, plain)
})

test('reads the chosen columns, and of these the ones that are needed', async t => {
  const source = parquetSource(flights, { columns: ['origin', 'delay'] })
  t.deepEqual(
    (await source.facts()).fields?.map(({ name }) => name),
    ['origin', 'delay'],
  )
  let consumed = 0
  const onBytes = (bytes: number) => {
    consumed = bytes
  }
  for await (const batch of source.read({ fields: ['delay'], onBytes })) {
    t.deepEqual(batch.names, ['delay'])
    if (consumed > 0) break
  }
  t.true(consumed > 0)
  const error = await t.throwsAsync(readRecords(parquetSource(flights, { columns: ['orgin'] })), {
    instanceOf: SchemaError,
  })
  t.regex(error.message, /"orgin".*date, delay, distance, origin, destination/)
})

test('no columns at all still count the rows', async t => {
  const file = fileOf({ columnData: [{ name: 'a', data: [1, 2, 3] }] })
  const [batch] = await readBatches(parquetSource(file), { fields: [] })
  t.deepEqual([batch!.length, batch!.names], [3, []])
})

const arbitraries = {
  BOOLEAN: fc.boolean(),
  INT32: fc.integer(),
  INT64: fc.bigInt({ min: -(2n ** 40n), max: 2n ** 40n }),
  DOUBLE: anyNumber.filter(value => !Object.is(value, -0)),
  STRING: anyString,
  TIMESTAMP: fc.date({ noInvalidDate: true }),
} as const
const encodings = ['PLAIN', undefined] as const

for (const [type, values] of Object.entries(arbitraries)) {
  test(`reads ${type} columns, with missing values, in pages and row groups of any size`, async t => {
    const column = fc.array(fc.option(values as fc.Arbitrary<unknown>), {
      minLength: 1,
      maxLength: 80,
    })
    await fc.assert(
      fc.asyncProperty(
        column,
        fc.constantFrom(...encodings),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 8, max: 400 }),
        async (data, encoding, rowGroupSize, pageSize) => {
          const file = fileOf({
            columnData: [
              { name: 'x', data, type: type as 'STRING', ...(encoding && { encoding }) },
            ],
            rowGroupSize,
            pageSize,
          })
          const expected = data.map(value => (typeof value === 'bigint' ? Number(value) : value))
          const read = await readBatches(parquetSource(file))
          t.deepEqual(
            read.flatMap(batch => valuesIn(batch.columns[0]!)),
            expected,
          )
        },
      ),
      { numRuns: 60 },
    )
  })
}

test('reads repeated values, whose pages are runs and bit-packed codes of any width', async t => {
  for (const distinct of [1, 2, 3, 17, 300, 5000]) {
    const data = Array.from({ length: 12_000 }, (_, k) => `v${(k * k) % distinct}`)
    data.fill('v0', 3000, 6000)
    const file = fileOf({
      columnData: [{ name: 'x', data, type: 'STRING', encoding: 'RLE_DICTIONARY' }],
    })
    const batches = await readBatches(parquetSource(file))
    t.deepEqual(
      batches.flatMap(batch => valuesIn(batch.columns[0]!)),
      data,
    )
  }
})

test('reads encodings that are left to hyparquet', async t => {
  const rows = Array.from({ length: 50 }, (_, k) => k)
  const file = fileOf({
    columnData: [
      { name: 'delta', data: rows, type: 'INT32', encoding: 'DELTA_BINARY_PACKED' },
      { name: 'big', data: rows.map(BigInt), type: 'INT64', encoding: 'DELTA_BINARY_PACKED' },
      { name: 'text', data: rows.map(k => `ü${k}`), type: 'STRING', encoding: 'DELTA_BYTE_ARRAY' },
      { name: 'split', data: rows.map(k => k / 4), type: 'DOUBLE', encoding: 'BYTE_STREAM_SPLIT' },
    ],
  })
  equalRecords(
    t,
    await readRecords(parquetSource(file)),
    rows.map(k => ({ delta: k, big: k, text: `ü${k}`, split: k / 4 })),
  )
})

test('64-bit integers are bigints throughout when some are beyond 2^53', async t => {
  const data = [1n, 2n, 2n ** 60n, null]
  const file = fileOf({ columnData: [{ name: 'x', data, type: 'INT64' }], rowGroupSize: 2 })
  t.deepEqual(
    await readRecords(parquetSource(file)),
    data.map(x => ({ x })),
  )
  t.deepEqual((await parquetSource(file).facts()).fields?.[0]?.type, any)
  const without = fileOf({ columnData: [{ name: 'x', data, type: 'INT64' }], statistics: false })
  t.deepEqual(
    await readRecords(parquetSource(without)),
    data.map(x => ({ x })),
  )
})

test('times of all units are rounded down to the millisecond', async t => {
  for (const [unit, per] of [
    ['MILLIS', 1n],
    ['MICROS', 1000n],
    ['NANOS', 1_000_000n],
  ] as const) {
    const file = fileOf({
      columnData: [{ name: 'at', data: [-1n, 0n, 1_700_000_000_123n * per + per / 2n] }],
      schema: [
        { name: 'root', num_children: 1 },
        {
          name: 'at',
          type: 'INT64',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit },
        },
      ],
    })
    t.deepEqual(await readRecords(parquetSource(file)), [
      { at: new Date(-1) },
      { at: new Date(0) },
      { at: new Date(1_700_000_000_123) },
    ])
  }
})

test('reads dates, decimals, unsigned integers, floats, bytes and JSON', async t => {
  const file = fileOf({
    columnData: [
      { name: 'day', data: [new Date(-86_400_000)] },
      { name: 'small', data: [0.3] },
      { name: 'large', data: [-12.34] },
      { name: 'u32', data: [4_000_000_000] },
      { name: 'f', data: [0.5] },
      { name: 'raw', data: [Uint8Array.of(1, 200)] },
      { name: 'doc', data: [{ a: [1, null] }] },
    ],
    schema: [
      { name: 'root', num_children: 7 },
      { name: 'day', type: 'INT32', converted_type: 'DATE' },
      { name: 'small', type: 'INT32', converted_type: 'DECIMAL', scale: 1, precision: 4 },
      {
        name: 'large',
        type: 'FIXED_LEN_BYTE_ARRAY',
        type_length: 8,
        converted_type: 'DECIMAL',
        scale: 2,
        precision: 10,
      },
      { name: 'u32', type: 'INT32', converted_type: 'UINT_32' },
      { name: 'f', type: 'FLOAT' },
      { name: 'raw', type: 'BYTE_ARRAY' },
      { name: 'doc', type: 'BYTE_ARRAY', converted_type: 'JSON' },
    ],
  })
  t.deepEqual(await readRecords(parquetSource(file)), [
    {
      day: new Date(-86_400_000),
      small: 0.3,
      large: -12.34,
      u32: 4_000_000_000,
      f: 0.5,
      raw: Uint8Array.of(1, 200),
      doc: { a: [1, null] },
    },
  ])
})

test('lists and structs are arrays and objects', async t => {
  const data = [[{ x: 1n, y: 'a' }], [], null]
  const file = fileOf({
    columnData: [{ name: 'points', data }],
    schema: [
      { name: 'root', num_children: 1 },
      { name: 'points', repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'OPTIONAL', num_children: 2 },
      { name: 'x', type: 'INT64', repetition_type: 'OPTIONAL' },
      { name: 'y', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    ],
  })
  equalRecords(t, await readRecords(parquetSource(file)), [
    { points: [{ x: 1, y: 'a' }] },
    { points: [] },
    { points: null },
  ])
})

test('columns that some of several files lack are missing there', async t => {
  const path = await temporary(t)
  await writeBatches(parquetSink(path('1.parquet')), [batchOf({ a: [1], b: ['x'] })])
  await writeBatches(parquetSink(path('2.parquet')), [batchOf({ a: [0.5], c: [true] })])
  const source = parquetSource(path('*.parquet'))
  const { fields, rows } = await source.facts()
  t.deepEqual(
    [fields?.map(({ name, nullable }) => [name, nullable]), rows],
    [
      [
        ['a', false],
        ['b', true],
        ['c', true],
      ],
      2,
    ],
  )
  t.deepEqual(await readRecords(source), [
    { a: 1, b: 'x', c: null },
    { a: 0.5, b: null, c: true },
  ])
})

test('damaged and cut off files are errors that name the file', async t => {
  const path = await temporary(t)
  const whole = fileOf({
    columnData: [
      { name: 'a', data: Array.from({ length: 2000 }, (_, k) => k * 7), type: 'INT32' },
      { name: 's', data: Array.from({ length: 2000 }, (_, k) => `s${k % 40}`), type: 'STRING' },
    ],
  })
  const damages: Record<string, Uint8Array> = {
    empty: new Uint8Array(0),
    text: new TextEncoder().encode('a,b\n1,2\n3,4\n5,6\n'),
    tail: whole.slice(0, whole.length - 20),
  }
  for (const [name, content] of Object.entries(damages)) {
    await writeFile(path(name), content)
    const error = await t.throwsAsync(readRecords(parquetSource(path(name))), {
      instanceOf: InputOutputError,
    })
    t.true(error.message.includes(name), error.message)
  }
  // Any flipped byte gives an error or values, and never hangs or throws anything else.
  for (let at = 4; at < whole.length; at += 97) {
    const flipped = whole.slice()
    flipped[at]! ^= 0x5a
    await readRecords(parquetSource(flipped)).catch(error => {
      t.true(error instanceof InputOutputError, String(error))
    })
  }
})

test('what is written is read back, over row groups', async t => {
  const path = await temporary(t)
  let count = 0
  const optional = <T>(values: fc.Arbitrary<T>) =>
    fc.array(fc.option(values, { freq: 4 }), { minLength: 5, maxLength: 5 })
  const table = fc.record({
    flag: optional(fc.boolean()),
    n: optional(fc.integer()),
    x: optional(anyNumber),
    at: optional(fc.date({ noInvalidDate: true })),
    s: optional(anyString),
    v: optional(fc.float64Array({ minLength: 2, maxLength: 2, noNaN: true })),
    json: optional(fc.record({ a: fc.integer(), b: fc.array(fc.boolean(), { maxLength: 2 }) })),
  })
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 12 }), async (fields, rowGroupSize) => {
      const file = path(`${count++}.parquet`)
      const batch = batchOf(fields)
      const types = Object.fromEntries(
        batch.columns.map((column, k) => [batch.names[k]!, column.type]),
      )
      const sink = parquetSink(file, { rowGroupSize, types })
      await writeBatches(sink, [batch, batch.slice(1, 4)])
      t.deepEqual(await readRecords(parquetSource(file)), recordsOf([batch, batch.slice(1, 4)]))
    }),
    { numRuns: 60 },
  )
})

test('shapes, vectors, sparse vectors and bigints come back as they were', async t => {
  const path = await temporary(t)
  const fields = {
    0: [Float64Array.of(1, 2), null],
    1: [new SparseVector(4, [1, 3], [0.5, 2]), null],
    2: [2n ** 60n, -1n],
  }
  await writeBatches(parquetSink(path('t.parquet')), [batchOf(fields, 'tuple')])
  const [batch] = await readBatches(parquetSource(path('t.parquet')))
  t.deepEqual(
    batch!.columns.map(({ layout }) => layout),
    ['vector', 'sparse', 'any'],
  )
  t.deepEqual(recordsOf([batch!]), recordsOf([batchOf(fields, 'tuple')]))
  await writeBatches(parquetSink(path('v.parquet')), [batchOf({ value: ['a', 'b'] }, 'value')])
  t.deepEqual(await readRecords(parquetSource(path('v.parquet'))), ['a', 'b'])
})

test('zeros keep their sign', async t => {
  const path = await temporary(t)
  const x = Array.from({ length: 1000 }, (_, k) => (k % 3 === 0 ? -0 : 0.5 * (k % 2)))
  await writeBatches(parquetSink(path('x.parquet')), [batchOf({ x })])
  const [batch] = await readBatches(parquetSource(path('x.parquet')))
  t.deepEqual(valuesIn(batch!.columns[0]!), x)
})

test('an empty DataSet is a file without rows', async t => {
  const path = await temporary(t)
  await writeBatches(parquetSink(path('none.parquet')), [])
  await writeBatches(parquetSink(path('fields.parquet')), [batchOf({ a: [1] }).slice(0, 0)])
  t.deepEqual(await readRecords(parquetSource(path('none.parquet'))), [])
  t.deepEqual((await parquetSource(path('fields.parquet')).facts()).rows, 0)
})

test('a later row group that is wider is an error with a remedy, which works', async t => {
  const path = await temporary(t)
  const batches = [batchOf({ x: [1, 2] }), batchOf({ x: [0.5, 3] })]
  const error = await t.throwsAsync(
    writeBatches(parquetSink(path('x.parquet'), { rowGroupSize: 2 }), batches),
    { instanceOf: SchemaError },
  )
  t.regex(error.message, /"x" is int32.*float64 from record 2 on.*\{ types: \{ x: float64 \} \}/)
  const sink = parquetSink(path('x.parquet'), { rowGroupSize: 2, types: { x: float64 } })
  await writeBatches(sink, batches)
  t.deepEqual(
    await readRecords(parquetSource(path('x.parquet'))),
    [1, 2, 0.5, 3].map(x => ({ x })),
  )
})

test('what Parquet cannot hold is an error', async t => {
  const path = await temporary(t)
  for (const values of [[new Date(NaN)], [new Map()], [1n, 'x']]) {
    await t.throwsAsync(writeBatches(parquetSink(path('x.parquet')), [batchOf({ x: values })]), {
      instanceOf: SchemaError,
    })
  }
})

test('stops when it is aborted', async t => {
  const controller = new AbortController()
  const reading = (async () => {
    for await (const _ of parquetSource(flights).read({ signal: controller.signal })) {
      controller.abort()
    }
  })()
  await t.throwsAsync(reading, { instanceOf: AbortError })
})
