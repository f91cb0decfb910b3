/** Files that are missing, damaged or not what they were said to be: file, line, reason, remedy. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import {
  ArgumentError,
  from,
  InputOutputError,
  readArrow,
  readCsv,
  readJson,
  readJsonLines,
  readParquet,
  readText,
  SchemaError,
} from '../../engine/index.js'
import { temporaryDirectory } from '../engine/io/temporary.js'
import { type Anything, fails } from './support.js'

/** A function that makes files of their content, and the directory they are in. */
async function files(t: ExecutionContext) {
  const directory = await temporaryDirectory(t)
  const put = async (name: string, content: string | Uint8Array) => {
    const path = join(directory, name)
    await writeFile(path, content)
    return path
  }
  return { directory, put }
}

const bytes = (...values: readonly number[]) => Uint8Array.from(values)

/** Content of a CSV file, and the error that it gives. */
const CSV: readonly (readonly [string, RegExp, Anything?])[] = [
  ['a,b\n1,2\n3,4,5\n', /line 3: the line has 3 fields; there are 2 columns\. Put quotes/],
  ['a,b\n1,2\n3\n', /line 3: the line has 1 field; there are 2 columns\..*invalid: 'skip'/],
  ['a,b\n"1,2\n3,4\n', /line 2: a quote is opened and never closed\. Close it/],
  ['a,b\n"1"x,2\n', /line 2: text follows a closing quote\. Double the quotes/],
  [
    'a\n1\nx\n',
    /line 3: column "a" must be a number; got "x"\. Correct the value/,
    { types: { a: 'number' } },
  ],
  ['', /is empty, without even a header\. Give the names of the columns/],
]

for (const [content, message, options] of CSV) {
  test(`CSV ${JSON.stringify(content)} is refused`, async t => {
    const { put } = await files(t)
    const path = await put('words.csv', content)
    const error = await fails(t, InputOutputError, message, () => readCsv(path, options))
    t.true(error.message.startsWith(`readCsv: ${path}`), error.message)
  })
}

test('options of readCsv that do not fit the file are refused', async t => {
  const { put } = await files(t)
  const path = await put('words.csv', 'a\n1\n')
  const read: Anything = readCsv
  await fails(t, ArgumentError, /types\.a must be one of number, .*got "nubmer"/, () =>
    read(path, { types: { a: 'nubmer' } }),
  )
  await fails(t, SchemaError, /field "b" is not in the data; it has a\./, () =>
    read(path, { types: { b: 'number' } }),
  )
  await fails(t, SchemaError, /field "b" is not in the data; it has a\./, () =>
    read(path, { columns: ['b'] }),
  )
})

test('invalid lines that are skipped are counted', async t => {
  const { directory, put } = await files(t)
  const out = join(directory, 'out.jsonl')
  const csv = await put('words.csv', 'a,b\n1,2\n3\n4,5\n6,7,8\n')
  const fromCsv = await readCsv(csv, { invalid: 'skip' }).writeJsonLines(out)
  t.is(fromCsv.skipped, 2)
  t.is(await readFile(out, 'utf8'), '{"a":1,"b":2}\n{"a":4,"b":5}\n')
  const lines = await put('words.jsonl', '{"a":1}\n{"a":\n{"a":2}\n')
  const fromLines = await readJsonLines(lines, { invalid: 'skip' }).writeJsonLines(out, {
    overwrite: true,
  })
  t.is(fromLines.skipped, 1)
  t.is(await readFile(out, 'utf8'), '{"a":1}\n{"a":2}\n')
})

test('JSON and JSON Lines that cannot be read name file, line and remedy', async t => {
  const { put } = await files(t)
  const refused = (message: RegExp, run: () => unknown) => fails(t, InputOutputError, message, run)
  const broken = await put('a.json', '[{"a":1},\n{"a":}]')
  await refused(/^readJson: .*a\.json, line 2: .*Correct the file/s, () => readJson(broken))
  const lines = await put('b.json', '{"a":1}\n{"a":2}\n')
  await refused(/^readJson: .*line 2: .*use readJsonLines\.$/, () => readJson(lines))
  const nested = await put('c.json', '{"items":[{"a":1}]}')
  await refused(/must be an array of records; .*Give \{ at: 'items' \}/, () => readJson(nested))
  await refused(/the value at "itmes" must be an array of records/, () =>
    readJson(nested, { at: 'itmes' }),
  )
  const cut = await put('d.jsonl', '{"a":1}\n{"a":\n')
  await refused(/^readJsonLines: .*d\.jsonl, line 2: .*invalid: 'skip'/, () => readJsonLines(cut))
})

test('Parquet and Arrow that are empty, cut off, or something else are refused', async t => {
  const { directory, put } = await files(t)
  const words = from([{ a: 1, b: 'x' }])
  const formats = [
    { name: 'Parquet', read: readParquet, write: words.writeParquet.bind(words), end: 20 },
    { name: 'Arrow', read: readArrow, write: words.writeArrow.bind(words), end: 100 },
  ] as const
  for (const { name, read, write, end } of formats) {
    const whole = join(directory, name)
    await write(whole)
    const content = await readFile(whole)
    const damaged = [
      await put('other', 'this is something else'),
      await put('empty', ''),
      await put('cut', content.subarray(0, content.length - end)),
    ]
    for (const path of damaged) {
      const message = new RegExp(`^read${name}: ${path}.*damaged, cut off, or not ${name}`)
      await fails(t, InputOutputError, message, () => read(path))
    }
  }
})

test('what is not compressed, and what is not UTF-8, is told', async t => {
  const { put } = await files(t)
  const gzip = await put('a.csv.gz', 'not gz')
  await fails(t, InputOutputError, /a\.csv\.gz cannot be decompressed: .*not gzip/, () =>
    readCsv(gzip),
  )
  const latin = await put('a.txt', bytes(0x61, 0x0a, 0xff, 0x0a))
  await fails(t, InputOutputError, /a\.txt, line \d+ is not UTF-8\. Give .*encoding/, () =>
    readText(latin),
  )
  const csv = await put('a.csv', bytes(0x61, 0x0a, 0xff, 0x0a))
  await fails(t, InputOutputError, /a\.csv, line 2: .*UTF-8/, () => readCsv(csv))
})

test('what does not exist is told, with the nearest name', async t => {
  const { directory, put } = await files(t)
  await put('words.csv', 'a\n1\n')
  const at = (name: string) => join(directory, name)
  const refused = (message: RegExp, input: string | string[]) =>
    fails(t, InputOutputError, message, () => readCsv(input))
  await refused(
    /file ".*wrods\.csv" does not exist\. Did you mean ".*words\.csv"\?/,
    at('wrods.csv'),
  )
  await refused(/does not exist, nor does its directory\. Check the path/, at('no/words.csv'))
  await refused(/no file matches ".*\*\.cvs"/, at('*.cvs'))
  await refused(/file ".*none\.csv" does not exist/, [at('words.csv'), at('none.csv')])
  await mkdir(at('empty'))
  await refused(/directory ".*empty" has no files of its own\./, at('empty'))
  await put('other.csv', 'b\n1\n')
  await fails(t, SchemaError, /has other columns than .*lacks a and has b/s, () =>
    readCsv([at('words.csv'), at('other.csv')]),
  )
})

test('an output that exists, or is a directory, is refused and left as it was', async t => {
  const { directory, put } = await files(t)
  const path = await put('words.txt', 'before')
  const words = from(['to'])
  await fails(t, InputOutputError, /exists already\. Choose .*overwrite: true/, () =>
    words.writeText(path).run(),
  )
  await fails(t, InputOutputError, /is a directory\. Name a file in it/, () =>
    words.writeText(directory, { overwrite: true }).run(),
  )
  await fails(t, InputOutputError, /^writeText: cannot write .*words\.txt/, () =>
    words.writeText(join(path, 'x.txt')).run(),
  )
  t.is(await readFile(path, 'utf8'), 'before')
  t.deepEqual(await readdir(directory), ['words.txt'])
})

test('values that a format cannot hold are refused', async t => {
  const { directory } = await files(t)
  const circle: Anything = { a: 1 }
  circle.self = circle
  await fails(t, SchemaError, /^writeText: records must be plain texts; got \{ a: int32 \}/, () =>
    from([{ a: 1 }])
      .writeText(join(directory, 'a.txt'))
      .run(),
  )
  await fails(t, SchemaError, /^writeParquet: field "a" .* holds a function/, () =>
    from([{ a: () => 1 }])
      .writeParquet(join(directory, 'a.parquet'))
      .run(),
  )
  await fails(t, SchemaError, /^writeJsonLines: field "self" .*circular/s, () =>
    from([circle]).writeJsonLines(join(directory, 'a.jsonl')).run(),
  )
  t.deepEqual(await readdir(directory), [])
})
