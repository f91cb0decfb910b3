import { writeFile } from 'node:fs/promises'
import * as arrow from 'apache-arrow'
import test from 'ava'
import { AbortError, InputOutputError, SchemaError } from '../../../../engine/errors.js'
import { arrowSink, arrowSource } from '../../../../engine/io/arrow/arrow-ipc.js'
import { decompressLz4Frame } from '../../../../engine/io/arrow/codecs.js'
import { float64 } from '../../../../engine/types/data-type.js'
import {
  batchOf,
  readBatches,
  readRecords,
  recordsOf,
  temporary,
  writeBatches,
} from '../../../support/sources.js'

const batch = batchOf({
  id: [1, 2, 3],
  name: ['ada', null, 'ü'],
  at: [new Date(0), null, new Date(5)],
  tags: [['a'], [], null],
})

for (const format of ['file', 'stream'] as const) {
  test(`a ${format} is read back`, async t => {
    const path = await temporary(t)
    await writeBatches(arrowSink(path('x.arrow'), { format }), [batch, batch.slice(1, 3)])
    t.deepEqual(
      await readRecords(arrowSource(path('x.arrow'))),
      recordsOf([batch, batch.slice(1, 3)]),
    )
    await writeBatches(arrowSink(path('none.arrow'), { format }), [batch.slice(0, 0)])
    t.deepEqual(await readRecords(arrowSource(path('none.arrow'))), [])
  })

  test(`a ${format} of many record batches is read back`, async t => {
    const path = await temporary(t)
    const batches = Array.from({ length: 10 }, (_, k) =>
      batchOf({
        k: new Array(20_000).fill(k),
        s: Array.from({ length: 20_000 }, (_, r) => `${r % 9}`),
      }),
    )
    await writeBatches(arrowSink(path('x.arrow'), { format }), batches)
    let consumed = 0
    const source = arrowSource(path('x.arrow'))
    const onBytes = (bytes: number) => {
      consumed = bytes
    }
    const read = await readBatches(source, { onBytes })
    t.true(read.length >= 4)
    const [actual, expected] = [recordsOf(read), recordsOf(batches)]
    t.is(actual.length, expected.length)
    const some = (records: unknown[]) => records.filter((_, row) => row % 101 === 0)
    t.deepEqual(some(actual), some(expected))
    t.is((await source.facts()).bytes, consumed)
  })

  test(`a damaged or cut off ${format} is an error that names it`, async t => {
    const path = await temporary(t)
    const writer =
      format === 'file' ? new arrow.RecordBatchFileWriter() : new arrow.RecordBatchStreamWriter()
    const table = arrow.tableFromArrays({ a: Float64Array.from({ length: 1000 }, (_, k) => k) })
    const bytes = await writer.writeAll(table).toUint8Array()
    for (const cut of [
      bytes.subarray(0, 100),
      bytes.subarray(0, bytes.length - 4000),
      new Uint8Array(0),
    ]) {
      await writeFile(path('cut.arrow'), cut)
      const error = await t.throwsAsync(readRecords(arrowSource(path('cut.arrow'))), {
        instanceOf: InputOutputError,
      })
      t.true(error.message.includes('cut.arrow'), error.message)
    }
    await writeFile(path('text.arrow'), 'a,b\n1,2\n')
    await t.throwsAsync(readRecords(arrowSource(path('text.arrow'))), {
      instanceOf: InputOutputError,
    })
  })
}

test('reads the chosen columns, unknown ones list the known', async t => {
  const path = await temporary(t)
  await writeBatches(arrowSink(path('x.arrow')), [batch])
  t.deepEqual(await readRecords(arrowSource(path('x.arrow'), { columns: ['id'] })), [
    { id: 1 },
    { id: 2 },
    { id: 3 },
  ])
  t.deepEqual((await readBatches(arrowSource(path('x.arrow')), { fields: ['at'] }))[0]!.names, [
    'at',
  ])
  const error = await t.throwsAsync(
    readRecords(arrowSource(path('x.arrow'), { columns: ['nmae'] })),
    { instanceOf: SchemaError },
  )
  t.regex(error.message, /"nmae".*id, name, at, tags/)
})

test('files by the library with dictionaries are read', async t => {
  const s = arrow.vectorFromArray(
    ['a', 'b', 'a'],
    new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
  )
  const bytes = arrow.tableToIPC(new arrow.Table({ s }), 'file')
  const [read] = await readBatches(arrowSource(bytes))
  t.is(read!.columns[0]!.layout, 'dictionary')
  t.deepEqual(recordsOf([read!]), [{ s: 'a' }, { s: 'b' }, { s: 'a' }])
})

test('later records that are wider are an error with a remedy, which works', async t => {
  const path = await temporary(t)
  const batches = [batchOf({ x: new Array(70_000).fill(1) }), batchOf({ x: [0.5] })]
  await t.throwsAsync(writeBatches(arrowSink(path('x.arrow')), batches), {
    instanceOf: SchemaError,
  })
  await writeBatches(arrowSink(path('x.arrow'), { types: { x: float64 } }), batches)
  t.is((await readRecords(arrowSource(path('x.arrow')))).length, 70_001)
})

test('undoes LZ4 frames: literals, matches that overlap, stored blocks', t => {
  // "abcabcabcabcabcabcabcabcabc!" by the block format: literals abc, match of 24 at distance 3.
  const block = [0x3f, 97, 98, 99, 3, 0, 5, 0x10, 33]
  const stored = [120, 121]
  const header = [0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0]
  const frame = Uint8Array.of(
    ...header,
    ...[block.length, 0, 0, 0, ...block],
    ...[stored.length, 0, 0, 0x80, ...stored],
    ...[0, 0, 0, 0],
  )
  t.is(new TextDecoder().decode(decompressLz4Frame(frame)), `${'abc'.repeat(9)}!xy`)
  for (const length of [3, 12, 20]) {
    t.throws(() => decompressLz4Frame(frame.subarray(0, length)), { instanceOf: InputOutputError })
  }
})

test('stops when it is aborted', async t => {
  await t.throwsAsync(readRecords(arrowSource('x'), { signal: AbortSignal.abort() }), {
    instanceOf: AbortError,
  })
})
