import { readFile, writeFile } from 'node:fs/promises'
import test from 'ava'
import fc from 'fast-check'
import { AbortError, InputOutputError, SchemaError } from '../../../../engine/errors.js'
import { jsonLinesSink } from '../../../../engine/io/json/json-sink.js'
import { jsonLinesSource, jsonSource } from '../../../../engine/io/json/json-source.js'
import { float64, timestamp } from '../../../../engine/types/data-type.js'
import type { Schema } from '../../../../engine/types/schema.js'
import { inProject } from '../../../support/project.js'
import {
  batchOf,
  readBatches,
  readRecords,
  temporary,
  writeBatches,
} from '../../../support/sources.js'
import { equalRecords } from '../../../support/table-equal.js'

const bytes = (text: string) => new TextEncoder().encode(text)

test('reads a record per line, whatever the line ends and empty lines', async t => {
  const source = jsonLinesSource(bytes('\uFEFF{"a":1}\r\n\n  \n{"a":2,"b":[1,{"c":"ü"}]}'))
  t.deepEqual(await readRecords(source), [
    { a: 1, b: null },
    { a: 2, b: [1, { c: 'ü' }] },
  ])
  t.deepEqual(await readRecords(jsonLinesSource(bytes(''))), [])
})

test('lines may lie across pieces of the file', async t => {
  const lines = Array.from({ length: 60_000 }, (_, k) => ({ k, text: 'ü'.repeat(k % 30) }))
  const source = jsonLinesSource(bytes(lines.map(line => JSON.stringify(line)).join('\n')))
  let consumed = 0
  const batches = await readBatches(source, {
    onBytes: count => {
      consumed = count
    },
  })
  t.true(batches.length > 1 && batches.every(({ length }) => length <= 32_768))
  t.is((await source.facts()).bytes, consumed)
  equalRecords(t, await readRecords(source), lines)
})

test('a malformed line fails with file, line and reason', async t => {
  const path = (await temporary(t))('events.jsonl')
  await writeFile(path, '{"a":1}\n\n{"a":}\n{"a":3}\n')
  const error = await t.throwsAsync(readRecords(jsonLinesSource(path)), {
    instanceOf: InputOutputError,
  })
  t.true(error.message.includes('events.jsonl, line 3: Unexpected token'), error.message)
})

test('malformed lines can be skipped, and are counted', async t => {
  const source = jsonLinesSource(bytes('{"a":1}\nnonsense\n{"a":2}\n{'), { invalid: 'skip' })
  t.deepEqual(await readRecords(source), [{ a: 1 }, { a: 2 }])
  t.is(source.skipped, 2)
  await readRecords(source)
  t.is(source.skipped, 2)
})

test('text that is not UTF-8 is an error', async t => {
  const damaged = Uint8Array.of(34, 255, 34)
  await t.throwsAsync(readRecords(jsonLinesSource(damaged)), { instanceOf: InputOutputError })
  await t.throwsAsync(readRecords(jsonSource(damaged)), { instanceOf: InputOutputError })
})

const schema: Schema = {
  shape: 'object',
  fields: [
    { name: 'at', type: timestamp, nullable: true },
    { name: 'n', type: float64, nullable: true },
  ],
}

test('dates stay strings unless the schema says timestamp', async t => {
  const text = bytes('{"at":"2001-01-01T00:00:00Z","n":1}\n{"at":null}\n{"at":5}')
  t.is((await readBatches(jsonLinesSource(text.slice(0, 36))))[0]!.columns[0]!.layout, 'dictionary')
  t.deepEqual(await readRecords(jsonLinesSource(text, { schema })), [
    { at: new Date('2001-01-01T00:00:00Z'), n: 1 },
    { at: null, n: null },
    { at: new Date(5), n: null },
  ])
})

test('values that do not match the schema fail with their line, or are skipped', async t => {
  const text = bytes('{"at":"soon"}\n{"at":null,"n":"x"}\n{"n":1}')
  const error = await t.throwsAsync(readRecords(jsonLinesSource(text, { schema })), {
    instanceOf: InputOutputError,
  })
  t.regex(error.message, /line 1: field "at" must be a date; got "soon"/)
  const source = jsonLinesSource(text, { schema, invalid: 'skip' })
  t.deepEqual(await readRecords(source), [{ at: null, n: 1 }])
  t.is(source.skipped, 2)
})

test('reads documents with an array of records', async t => {
  t.deepEqual(await readRecords(jsonSource(bytes('[{"a":1},{"a":2}]'))), [{ a: 1 }, { a: 2 }])
  t.deepEqual(
    await readRecords(jsonSource(bytes('{"data":{"x":[1,2]}}'), { at: 'data.x' })),
    [1, 2],
  )
  const cars = inProject('node_modules', 'vega-datasets', 'data', 'cars.json')
  t.deepEqual(await readRecords(jsonSource(cars)), JSON.parse(await readFile(cars, 'utf8')))
})

test('documents that hold no array or are malformed are errors with a hint', async t => {
  const messageOf = async (text: string) =>
    (await t.throwsAsync(readRecords(jsonSource(bytes(text))), { instanceOf: InputOutputError }))
      .message
  t.regex(await messageOf('{"items":[1]}'), /must be an array of records.*\{ at: 'items' \}/)
  t.regex(await messageOf('[1,\n2,\n}'), /line 3/)
  t.regex(await messageOf('{"a":1}\n{"a":2}'), /readJsonLines/)
})

test('reads several files and compressed ones', async t => {
  const path = await temporary(t)
  await writeBatches(jsonLinesSink(path('a.jsonl')), [batchOf({ a: [1] })])
  await writeBatches(jsonLinesSink(path('b.jsonl.gz')), [batchOf({ a: [2, 3] })])
  t.deepEqual(await readRecords(jsonLinesSource(path('*.jsonl*'))), [{ a: 1 }, { a: 2 }, { a: 3 }])
})

test('what is written is read back', async t => {
  const path = await temporary(t)
  let file = 0
  const value = fc.oneof(
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc.record({ x: fc.integer() }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('object' as const, 'tuple' as const),
      async (columns, shape) => {
        const name = path(`${file++}.jsonl`)
        const batch = batchOf(Object.fromEntries(columns.entries()), shape)
        await writeBatches(jsonLinesSink(name), [batch, batch.slice(1, 3)])
        const records = [0, 1, 2, 1, 2].map(row => batch.record(row))
        t.deepEqual(await readRecords(jsonLinesSource(name)), records)
      },
    ),
    { numRuns: 50 },
  )
})

test('writes dates, vectors and what JSON lacks in a documented way', async t => {
  const path = (await temporary(t))('out.jsonl')
  const fields = {
    at: [new Date(0), new Date(NaN)],
    x: [NaN, -0],
    v: [Float64Array.of(1, 2), null],
    big: [2n ** 60n, 1n],
  }
  await writeBatches(jsonLinesSink(path), [batchOf(fields)])
  t.is(
    await readFile(path, 'utf8'),
    '{"at":"1970-01-01T00:00:00.000Z","x":null,"v":[1,2],"big":1152921504606846976}\n' +
      '{"at":null,"x":-0,"v":null,"big":1}\n',
  )
  const error = await t.throwsAsync(
    writeBatches(jsonLinesSink(path, { overwrite: true }), [batchOf({ m: [{ x: new Map() }] })]),
    { instanceOf: SchemaError },
  )
  t.regex(error.message, /field "m" of record 0 holds a Map/)
})

test('plain values are lines, and nothing replaces a file unless told', async t => {
  const path = (await temporary(t))('values.jsonl')
  await writeBatches(jsonLinesSink(path), [batchOf({ value: [1, 'x', null] }, 'value')])
  t.deepEqual(await readRecords(jsonLinesSource(path)), [1, 'x', null])
  await t.throwsAsync(writeBatches(jsonLinesSink(path), []), { instanceOf: InputOutputError })
})

test('stops when it is aborted', async t => {
  const signal = AbortSignal.abort()
  await t.throwsAsync(readRecords(jsonLinesSource(bytes('1')), { signal }), {
    instanceOf: AbortError,
  })
  await t.throwsAsync(readRecords(jsonSource(bytes('[1]')), { signal }), { instanceOf: AbortError })
})
