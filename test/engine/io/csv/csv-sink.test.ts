import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import test, { type ExecutionContext } from 'ava'
import fc from 'fast-check'
import { ArgumentError, InputOutputError, SchemaError } from '../../../../engine/errors.js'
import { type CsvWriteOptions, csvSink } from '../../../../engine/io/csv/csv-sink.js'
import { csvSource } from '../../../../engine/io/csv/csv-source.js'
import type { CsvReadOptions } from '../../../../engine/io/csv/options.js'
import { RecordWriter } from '../../../../engine/types/record-writer.js'
import { SparseVector } from '../../../../engine/types/sparse-vector.js'
import { temporaryDirectory } from '../temporary.js'

/** Writes records in batches of `size` and gives the path. */
async function written(
  t: ExecutionContext,
  records: readonly unknown[],
  options: CsvWriteOptions = {},
  name = 'a.csv',
  size = 3,
): Promise<string> {
  const path = join(await temporaryDirectory(t), name)
  const output = await csvSink(path, options).open()
  const writer = new RecordWriter(4)
  for (let k = 0; k < records.length; k += size) {
    for (const record of records.slice(k, k + size)) writer.write(record)
    try {
      await output.write(writer.finish())
    } catch (error) {
      await output.abort()
      throw error
    }
  }
  await output.commit()
  return path
}

const text = async (...parameters: Parameters<typeof written>) =>
  readFile(await written(...parameters), 'utf8')

async function readBack(path: string, options?: CsvReadOptions): Promise<unknown[]> {
  const records: unknown[] = []
  for await (const batch of csvSource(path, options).read({}))
    for (let row = 0; row < batch.length; row++) records.push(batch.record(row))
  return records
}

test('values have the form that reads back as them', async t => {
  const records = [
    { id: 1, price: 0.1, name: 'Ann', ok: true, day: new Date('2015-01-31T10:00:00.5Z') },
    { id: -20, price: 1e21, name: '', ok: false, day: null },
    { id: null, price: Number.NaN, name: null, ok: null, day: new Date(Number.NaN) },
    {
      id: 2147483647,
      price: -0,
      name: 'a,"b"\n',
      ok: true,
      day: new Date('-000001-01-01T00:00:00Z'),
    },
  ]
  t.is(
    await text(t, records),
    `id,price,name,ok,day
1,0.1,Ann,true,2015-01-31T10:00:00.500Z
-20,1e+21,"",false,
,NaN,,,
2147483647,-0,"a,""b""
",true,-000001-01-01T00:00:00.000Z
`,
  )
})

test('vectors and nested values are JSON', async t => {
  const records = [
    {
      v: Float64Array.of(1, 2.5),
      s: new SparseVector(5, [1, 3], [0.5, 2]),
      o: { a: [1, 'x'], b: 2n },
      m: 'x',
    },
    { v: Float64Array.of(3, 4), s: new SparseVector(5, [], []), o: [], m: 7 },
  ]
  t.is(
    await text(t, records),
    `v,s,o,m
"[1,2.5]","{""size"":5,""indices"":[1,3],""values"":[0.5,2]}","{""a"":[1,""x""],""b"":""2""}",x
"[3,4]","{""size"":5,""indices"":[],""values"":[]}",[],7
`,
  )
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  await t.throwsAsync(text(t, [{ cycle }]), { instanceOf: InputOutputError })
  await t.throwsAsync(text(t, [{ f: () => 1 }]), { instanceOf: InputOutputError })
})

test('records of text, numbers and missing values come back as they were', async t => {
  const string = fc.string({
    unit: fc.constantFrom(
      'a',
      'b',
      ',',
      ';',
      '\t',
      '"',
      "'",
      '\n',
      '\r',
      ' ',
      'ü',
      '😀',
      '\ufeff',
      '#',
    ),
    maxLength: 12,
  })
  const record = fc.record({
    text: fc.option(string),
    again: fc.option(fc.constantFrom('x', 'y,z', '')),
    number: fc.option(fc.double()),
    integer: fc.option(fc.integer()),
    flag: fc.option(fc.boolean()),
    at: fc.option(fc.date({ noInvalidDate: true })),
  })
  const types = {
    text: 'string',
    again: 'string',
    number: 'number',
    integer: 'number',
    flag: 'boolean',
    at: 'timestamp',
  } as const
  const root = await temporaryDirectory(t)
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 20 }),
      fc.constantFrom(',', ';', '\t', '|', ' '),
      fc.constantFrom('"', "'"),
      fc.constantFrom('', 'NA', 'x'),
      async (records, delimiter, quote, missing) => {
        const path = join(root, 'a.csv')
        const output = await csvSink(path, { delimiter, quote, missing, overwrite: true }).open()
        const writer = new RecordWriter(4)
        for (const one of records) writer.write(one)
        await output.write(writer.finish())
        await output.commit()
        const options = { delimiter, quote, missing: [missing], types }
        const found = await readBack(path, options)
        t.deepEqual(found, records)
      },
    ),
    { numRuns: 150 },
  )
})

test('single columns keep missing values and empty texts apart', async t => {
  const records = [{ a: 'x' }, { a: null }, { a: '' }, { a: null }]
  t.deepEqual(await readBack(await written(t, records)), records)
})

test('many records and long texts are written in several pieces', async t => {
  const records = Array.from({ length: 20_000 }, (_, k) => ({
    k,
    text: `${k}`.repeat((k % 9) * 3 + 1).concat('é'),
  }))
  records[5000]!.text = 'é'.repeat(2_000_000)
  t.deepEqual(await readBack(await written(t, records, {}, 'a.csv', 7000)), records)
})

test('.tsv means tabs, .gz means gzip', async t => {
  t.is(await text(t, [{ a: 1, b: 'x,y' }], {}, 'a.tsv'), 'a\tb\n1\tx,y\n')
  const path = await written(t, [{ a: 1 }], {}, 'a.tsv.gz')
  t.is(gunzipSync(await readFile(path)).toString(), 'a\n1\n')
  t.deepEqual(await readBack(path), [{ a: 1 }])
})

test('tuples have no header unless told, values have one', async t => {
  t.is(await text(t, [[1, 'a']]), '1,a\n')
  t.is(await text(t, [[1, 'a']], { header: true }), '0,1\n1,a\n')
  t.is(await text(t, [1, 2]), 'value\n1\n2\n')
  t.is(await text(t, [{ a: 1 }], { header: false }), '1\n')
})

test('a field that later records lack is missing, one that they add is an error', async t => {
  t.is(await text(t, [{ a: 1, b: 2 }, { a: 3 }], {}, 'a.csv', 1), 'a,b\n1,2\n3,\n')
  await t.throwsAsync(text(t, [{ a: 1 }, { a: 1, b: 2 }], {}, 'a.csv', 1), {
    instanceOf: SchemaError,
    message: /^writeCsv: a later record has b, for which the file has no column; it has a\./,
  })
})

test('an aborted file leaves nothing', async t => {
  const path = join(await temporaryDirectory(t), 'a.csv')
  const output = await csvSink(path).open()
  const writer = new RecordWriter(1)
  writer.write({ a: 1 })
  await output.write(writer.finish())
  await output.abort()
  t.deepEqual(await readdir(dirname(path)), [])
})

test('an existing file is kept unless told', async t => {
  const path = join(await temporaryDirectory(t), 'a.csv')
  await writeFile(path, 'mine')
  await t.throwsAsync(csvSink(path).open(), {
    instanceOf: InputOutputError,
    message: /overwrite: true/,
  })
  t.is(await readFile(path, 'utf8'), 'mine')
})

test('delimiters and quotes that cannot work are refused', t => {
  for (const options of [{ delimiter: '' }, { delimiter: '\n' }, { quote: '«' }, { quote: ',' }])
    t.throws(() => csvSink('a.csv', options), { instanceOf: ArgumentError })
})
