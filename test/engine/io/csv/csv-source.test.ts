import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import test from 'ava'
import { ArgumentError, InputOutputError, SchemaError } from '../../../../engine/errors.js'
import { csvSource } from '../../../../engine/io/csv/csv-source.js'
import type { CsvReadOptions } from '../../../../engine/io/csv/options.js'
import type { Input } from '../../../../engine/io/files.js'
import type { ReadRequest, Source } from '../../../../engine/plan/source.js'
import type { RecordBatch } from '../../../../engine/types/batch.js'
import { temporaryDirectory, temporaryFile } from '../temporary.js'

async function batches(source: Source, request: ReadRequest = {}): Promise<RecordBatch[]> {
  const found: RecordBatch[] = []
  for await (const batch of source.read(request)) found.push(batch)
  return found
}

async function recordsOf(source: Source, request?: ReadRequest): Promise<unknown[]> {
  const found = await batches(source, request)
  return found.flatMap(batch => Array.from({ length: batch.length }, (_, row) => batch.record(row)))
}

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, options?: CsvReadOptions, request?: ReadRequest) =>
  recordsOf(csvSource(bytes(text), options), request)
/** The values of the column `x`. */
const values = async (lines: readonly string[], options?: CsvReadOptions) =>
  (await read(['x,y', ...lines.map(line => `${line},0`)].join('\n'), options)).map(
    record => (record as { x: unknown }).x,
  )

test('types are found: numbers, text, booleans, dates, missing values', async t => {
  const text = `id,price,name,ok,day,note
1,2.5,Ann,true,2015-01-31,
2,-1e3,"Bob, Jr.",false,2015-02-01T10:30Z,
3,,,,,
`
  t.deepEqual(await read(text), [
    { id: 1, price: 2.5, name: 'Ann', ok: true, day: new Date('2015-01-31'), note: null },
    {
      id: 2,
      price: -1000,
      name: 'Bob, Jr.',
      ok: false,
      day: new Date('2015-02-01T10:30Z'),
      note: null,
    },
    { id: 3, price: null, name: null, ok: null, day: null, note: null },
  ])
  const [batch] = await batches(csvSource(bytes(text)))
  t.deepEqual(
    batch!.columns.map(({ layout }) => layout),
    ['int32', 'float64', 'dictionary', 'boolean', 'timestamp', 'any'],
  )
})

test('codes with leading zeros and more digits than a number keeps stay text', async t => {
  t.deepEqual(await values(['00501', '10001']), ['00501', '10001'])
  t.deepEqual(await values(['1', '9007199254740993']), ['1', '9007199254740993'])
  t.deepEqual(await values(['007', '8'], { types: { x: 'number' } }), [7, 8])
  t.deepEqual(await values(['0.5', '0', '-0.25', '-0']), [0.5, 0, -0.25, -0])
})

test('mixed columns are text, unchanged', async t => {
  t.deepEqual(await values(['1', '2.50', 'x']), ['1', '2.50', 'x'])
  t.deepEqual(await values(['true', '1']), ['true', '1'])
  t.deepEqual(await values(['2015-01-01', '5']), ['2015-01-01', '5'])
})

test('given types are kept to', async t => {
  t.deepEqual(await values(['1', '2'], { types: { x: 'string' } }), ['1', '2'])
  const [batch] = await batches(csvSource(bytes('x\n1\n2\n'), { types: { x: 'float64' } }))
  t.is(batch!.columns[0]!.layout, 'float64')
  await t.throwsAsync(values(['1', '2.5'], { types: { x: 'int32' } }), {
    message: /line 3: column "x" must be a whole number from -2147483648 to 2147483647; got "2\.5"/,
  })
  await t.throwsAsync(values(['2015-01-01', 'x'], { types: { x: 'timestamp' } }), {
    instanceOf: InputOutputError,
    message: /line 3: column "x" must be a date such as 2015-01-31/,
  })
  await t.throwsAsync(values(['yes'], { types: { x: 'boolean' } }), {
    message: /true or false; got "yes"/,
  })
})

test('a value far on that does not fit is an error that says which type to give', async t => {
  const rows = Array.from({ length: 50_000 }, (_, k) => `${k},a`)
  rows[45_000] = 'x9,a'
  const text = ['zip,b', ...rows].join('\n')
  await t.throwsAsync(read(text), {
    instanceOf: InputOutputError,
    message:
      /^readCsv: bytes in memory, line 45002: column "zip" must be a number; got "x9"\..*\{ types: \{ zip: 'string' \} \}.*\{ invalid: 'skip' \}\.$/,
  })
  const source = csvSource(bytes(text), { invalid: 'skip' })
  const records = await recordsOf(source)
  t.is(records.length, 49_999)
  t.is(source.skipped, 1)
  t.deepEqual(records[45_000], { zip: 45_001, b: 'a' })
  const texts = await read(text, { types: { zip: 'string' } })
  t.deepEqual(texts[45_000], { zip: 'x9', b: 'a' })
})

test('leading zeros far on are not lost either', async t => {
  const rows = Array.from({ length: 30_000 }, (_, k) => `${k}`)
  rows[29_000] = '007'
  await t.throwsAsync(read(['zip', ...rows].join('\n')), { message: /got "007"/ })
})

test('integers widen to numbers across batches without losing a value', async t => {
  const expected = Array.from({ length: 80_000 }, (_, k) => k)
  expected[50_000] = 2.5
  expected[70_000] = 2 ** 40
  const found = await batches(csvSource(bytes(['x', ...expected].join('\n'))))
  t.deepEqual(
    found.map(({ columns }) => columns[0]!.layout),
    ['int32', 'float64', 'float64'],
  )
  t.deepEqual(
    found.flatMap(batch =>
      Array.from({ length: batch.length }, (_, row) => batch.columns[0]!.get(row)),
    ),
    expected,
  )
})

test('a column that is missing for long gets its type from its first values', async t => {
  const rows = Array.from({ length: 40_000 }, (_, k) => (k < 35_000 ? `${k},` : `${k},2015-01-01`))
  const records = (await read(['a,b', ...rows].join('\n'))) as { b: unknown }[]
  t.is(records[34_999]!.b, null)
  t.deepEqual(records[35_000]!.b, new Date('2015-01-01'))
})

test('texts that hardly repeat become plain strings on the way, unchanged', async t => {
  const expected = Array.from({ length: 40_000 }, (_, k) =>
    k % 7 === 0 ? null : k < 100 ? 'same' : `text ${k} ${k % 3 === 0 ? 'ü' : 'with some length'}`,
  )
  const text = ['x,y', ...expected.map(value => `${value ?? ''},1`)].join('\n')
  const found = await batches(csvSource(bytes(text)))
  t.is(found.at(-1)!.columns[0]!.layout, 'text')
  t.deepEqual(
    found.flatMap(batch =>
      Array.from({ length: batch.length }, (_, row) => batch.columns[0]!.get(row)),
    ),
    expected,
  )
})

test('batches share one dictionary', async t => {
  const rows = Array.from({ length: 70_000 }, (_, k) => `port ${k % 300}`)
  const columns = (await batches(csvSource(bytes(['x', ...rows].join('\n'))))).map(
    batch => batch.columns[0]!,
  )
  t.is(columns.length, 3)
  t.is(
    new Set(columns.map(column => (column.layout === 'dictionary' ? column.dictionary : 0))).size,
    1,
  )
})

test('an empty text in quotes is a text, and missing where the column has another type', async t => {
  t.deepEqual(await values(['a', '""', '']), ['a', '', null])
  t.deepEqual(await values(['1', '""', '']), [1, null, null])
  t.deepEqual(await values(['""', '']), ['', null])
})

test('texts that mean missing', async t => {
  const missing = ['NA', '-999']
  t.deepEqual(await values(['1', 'NA', '-999', '2'], { missing }), [1, null, null, 2])
  t.deepEqual(await values(['1.5', 'NA', '-999', '2'], { missing }), [1.5, null, null, 2])
  t.deepEqual(await values(['a', 'NA', '"NA"', ''], { missing }), ['a', null, 'NA', ''])
})

test('quoted numbers are numbers', async t => {
  t.deepEqual(await values(['"1"', '"2.5"', '3']), [1, 2.5, 3])
})

test('NaN and infinities are numbers', async t => {
  t.deepEqual(await values(['1', 'NaN', 'Infinity', '-inf']), [1, Number.NaN, Infinity, -Infinity])
})

test('without header records are tuples', async t => {
  t.deepEqual(await read('1,a\n2,b\n', { header: false }), [
    [1, 'a'],
    [2, 'b'],
  ])
  t.deepEqual(await read('1,a\n', { header: false, columns: ['1'], types: { 0: 'string' } }), [
    ['a'],
  ])
})

test('names can be given', async t => {
  t.deepEqual(await read('1,a\n2,b\n', { header: ['id', 'name'] }), [
    { id: 1, name: 'a' },
    { id: 2, name: 'b' },
  ])
  await t.throwsAsync(read('1,a,x\n', { header: ['id', 'name'] }), {
    message: /line 1: the line has 3 fields; there are 2/,
  })
})

test('columns chooses and orders', async t => {
  t.deepEqual(await read('a,b,c\n1,2,3\n', { columns: ['c', 'a'] }), [{ c: 3, a: 1 }])
  const source = csvSource(bytes('a,b,c\n1,2,3\n'), { columns: ['c', 'a'] })
  t.deepEqual(
    (await source.facts()).fields!.map(({ name }) => name),
    ['c', 'a'],
  )
  await t.throwsAsync(read('a,b\n1,2\n', { columns: ['z'] }), {
    instanceOf: SchemaError,
    message: 'readCsv: field "z" is not in the data; it has a, b.',
  })
  await t.throwsAsync(read('a,b\n1,2\n', { types: { z: 'string' } }), { instanceOf: SchemaError })
})

test('fields that are not asked for are not decoded', async t => {
  const rows = Array.from({ length: 25_000 }, (_, k) => `${k},${k}`)
  rows[24_000] = 'bad,24000'
  const text = ['a,b', ...rows].join('\n')
  const records = await read(text, {}, { fields: ['b'] })
  t.deepEqual(records[24_000], { b: 24_000 })
  const none = await batches(csvSource(bytes(text)), { fields: [] })
  t.is(
    none.reduce((sum, batch) => sum + batch.length, 0),
    25_000,
  )
})

test('semicolons, tabs and bars are recognised when all lines agree', async t => {
  t.deepEqual(await read('a;b\n1,5;x\n2,5;y\n'), [
    { a: '1,5', b: 'x' },
    { a: '2,5', b: 'y' },
  ])
  t.deepEqual(await read('a\tb\n1\t2\n'), [{ a: 1, b: 2 }])
  t.deepEqual(await read('a\nx;y\nz\n'), [{ a: 'x;y' }, { a: 'z' }])
  t.deepEqual(await recordsOf(csvSource(await temporaryFile(t, 'x.tsv', 'a\tb,c\n1\t2\n'))), [
    { a: 1, 'b,c': 2 },
  ])
})

test('columns of one name are an error that names them', async t => {
  await t.throwsAsync(read('a,b,a,b\n1,2,3,4\n'), {
    instanceOf: SchemaError,
    message: /^readCsv: .* has more than one column called "a", "b"\./,
  })
})

test('a file without anything is an error, one with only a header is not', async t => {
  await t.throwsAsync(read(''), {
    instanceOf: InputOutputError,
    message: /is empty, without even a header/,
  })
  t.deepEqual(await read('', { header: ['a'] }), [])
  t.deepEqual(await read('a,b\n'), [])
  t.deepEqual(await csvSource(bytes('a,b')).facts(), {
    fields: ['a', 'b'].map(name => ({ name, type: { kind: 'any' }, nullable: false })),
    shape: 'object',
    rows: 0,
    exact: true,
    bytes: 3,
  })
})

test('a directory of files is read as one, columns by their names', async t => {
  const root = await temporaryDirectory(t)
  await mkdir(join(root, 'in'))
  await writeFile(join(root, 'in/a.csv'), 'id,name\n1,one\n')
  await writeFile(join(root, 'in/b.csv.gz'), gzipSync('name,id\ntwo,2\n'))
  await writeFile(join(root, 'in/c.csv'), '')
  await writeFile(join(root, 'in/_SUCCESS'), 'x')
  const expected = [
    { id: 1, name: 'one' },
    { id: 2, name: 'two' },
  ]
  t.deepEqual(await recordsOf(csvSource(join(root, 'in'))), expected)
  t.deepEqual(await recordsOf(csvSource(join(root, 'in/*.csv*'))), expected)
  await writeFile(join(root, 'in/d.csv'), 'id,title\n3,x\n')
  const error = await t.throwsAsync(recordsOf(csvSource(join(root, 'in'))), {
    instanceOf: SchemaError,
  })
  t.regex(
    error.message,
    /d\.csv has other columns than .*a\.csv: it lacks name and has title besides/,
  )
})

test('other encodings are read, and text that is not UTF-8 is an error', async t => {
  const latin = Uint8Array.from([...'a,b\nM\xfcnchen,1\n'].map(letter => letter.charCodeAt(0)))
  t.deepEqual(await recordsOf(csvSource(latin, { encoding: 'windows-1252' })), [
    { a: 'München', b: 1 },
  ])
  const wide = new Uint8Array(Buffer.from('\ufeffa,b\nMünchen 😀,1\n', 'utf16le'))
  t.deepEqual(await recordsOf(csvSource(wide, { encoding: 'utf-16le' })), [
    { a: 'München 😀', b: 1 },
  ])
  await t.throwsAsync(recordsOf(csvSource(wide)), {
    message: /looks like UTF-16\. Give \{ encoding: 'utf-16le' \}/,
  })
  await t.throwsAsync(recordsOf(csvSource(latin)), {
    message: /line 2: column "a" must be text in UTF-8 .*encoding: 'windows-1252'/,
  })
})

for (const [name, options] of [
  ['an unknown option', { delimeter: ';' }],
  ['a long delimiter', { delimiter: '||' }],
  ['a quote that is the delimiter', { quote: ';', delimiter: ';' }],
  ['an unknown type', { types: { a: 'integer' } }],
  ['an unknown encoding', { encoding: 'klingon' }],
  ['an unknown way with invalid lines', { invalid: 'ignore' }],
  ['names that are not different', { header: ['a', 'a'] }],
  ['a missing text that is none', { missing: 'NA' }],
] as const) {
  test(`${name} is refused before anything is read`, t => {
    t.throws(() => csvSource('nowhere.csv', options as unknown as CsvReadOptions), {
      instanceOf: ArgumentError,
    })
  })
}

test('facts estimate the rows of large inputs and count those of small ones', async t => {
  const row = (k: number) => `${100_000 + k},some text`
  const rows = Array.from({ length: 100_000 }, (_, k) => row(k))
  const large = await csvSource(bytes(['a,b', ...rows].join('\n'))).facts()
  t.false(large.exact)
  t.true(Math.abs(large.rows! - 100_000) < 1000, String(large.rows))
  t.true(large.fields!.every(({ nullable }) => nullable))
  const small = await csvSource(bytes(['a,b', ...rows.slice(0, 500)].join('\n'))).facts()
  t.true(small.exact)
  t.is(small.rows, 500)
  t.deepEqual(
    small.fields!.map(({ name, nullable, type }) => [name, type.kind, nullable]),
    [
      ['a', 'int32', false],
      ['b', 'string', false],
    ],
  )
})

test('reading twice gives the same, with progress up to the size of the input', async t => {
  const path = await temporaryFile(t, 'a.csv', `a\n${'12345\n'.repeat(300_000)}`)
  const source = csvSource(path)
  let last = 0
  const first = await recordsOf(source, {
    onBytes: count => {
      t.true(count > last)
      last = count
    },
  })
  const facts = await source.facts()
  t.is(facts.bytes, last)
  t.is(first.length, 300_000)
  t.deepEqual((await recordsOf(source)).length, 300_000)
})

test('reading stops when the signal is aborted', async t => {
  const path = await temporaryFile(t, 'a.csv', `a\n${'12345\n'.repeat(500_000)}`)
  const stop = new AbortController()
  let count = 0
  await t.throwsAsync(
    async () => {
      for await (const batch of csvSource(path).read({ signal: stop.signal })) {
        count += batch.length
        stop.abort(new Error('enough'))
      }
    },
    { message: 'enough' },
  )
  t.is(count, 32_768)
})

test('a reader that is left early closes its file', async t => {
  const path: Input = await temporaryFile(t, 'a.csv', `a\n${'12345\n'.repeat(500_000)}`)
  for await (const batch of csvSource(path).read({})) {
    t.is(batch.length, 32_768)
    break
  }
})
