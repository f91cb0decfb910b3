import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import test from 'ava'
import fc from 'fast-check'
import { ArgumentError, InputOutputError, SchemaError } from '../../../../engine/errors.js'
import type { Input } from '../../../../engine/io/files.js'
import { textSink } from '../../../../engine/io/text/text-sink.js'
import { type TextReadOptions, textSource } from '../../../../engine/io/text/text-source.js'
import { RecordWriter } from '../../../../engine/types/record-writer.js'
import { temporaryDirectory, temporaryFile } from '../temporary.js'

async function lines(input: Input, options?: TextReadOptions): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const batch of textSource(input, options).read({}))
    for (let row = 0; row < batch.length; row++) found.push(batch.record(row))
  return found
}

const bytes = (text: string) => new TextEncoder().encode(text)

test('lines are those between line ends', async t => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({
          unit: fc.constantFrom('a', ' ', 'ü', '😀', '\ufeff', '\ufffd'),
          maxLength: 20,
        }),
      ),
      fc.constantFrom('\n', '\r\n'),
      async (expected, end) => {
        const text = expected.map(line => line + end).join('')
        t.deepEqual(await lines(bytes(`\ufeff${text}`)), expected)
      },
    ),
  )
  t.deepEqual(await lines(bytes('a\n\nb\r')), ['a', '', 'b'])
  t.deepEqual(await lines(bytes('a\rb\n')), ['a\rb'])
  t.deepEqual(await lines(bytes('')), [])
})

test('long lines and many lines are read whole', async t => {
  const expected = ['x'.repeat(2_500_000), 'é'.repeat(1_000_000), ...Array(100_000).fill('line')]
  t.deepEqual(await lines(bytes(expected.join('\n'))), expected)
})

test('files, directories, compressed files and encodings are read', async t => {
  t.deepEqual(await lines(await temporaryFile(t, 'a.txt.gz', gzipSync('x\ny'))), ['x', 'y'])
  t.deepEqual(await lines(Uint8Array.of(0xfc, 10), { encoding: 'latin1' }), ['ü'])
  await t.throwsAsync(lines(Uint8Array.of(65, 10, 0xfc, 10)), {
    instanceOf: InputOutputError,
    message: /^readText: bytes in memory, line 2 is not UTF-8\..*windows-1252/,
  })
  await t.throwsAsync(lines('nowhere.txt'), { instanceOf: InputOutputError })
  t.throws(() => textSource('a', { encoding: 'klingon' }), { instanceOf: ArgumentError })
  t.throws(() => textSource('a', { lines: 3 } as TextReadOptions), { instanceOf: ArgumentError })
})

test('facts estimate the number of lines', async t => {
  const facts = await textSource(bytes('12345\n'.repeat(500_000))).facts()
  t.true(Math.abs(facts.rows! - 500_000) < 5000)
  t.is(facts.bytes, 3_000_000)
  t.is((await textSource(bytes('')).facts()).rows, 0)
})

test('plain values are written one per line', async t => {
  const path = join(await temporaryDirectory(t), 'a.txt')
  const output = await textSink(path).open()
  const writer = new RecordWriter(4)
  for (const value of ['é', '', 1.5, true, new Date(0)]) writer.write(value)
  await output.write(writer.finish())
  await output.commit()
  t.is(await readFile(path, 'utf8'), 'é\n\n1.5\ntrue\n1970-01-01T00:00:00.000Z\n')
})

for (const [what, record, instanceOf] of [
  ['records with fields', { a: 1 }, SchemaError],
  ['tuples', [1, 2], SchemaError],
  ['missing values', null, InputOutputError],
] as const) {
  test(`${what} are no lines`, async t => {
    const path = join(await temporaryDirectory(t), 'a.txt')
    const output = await textSink(path).open()
    const writer = new RecordWriter(4)
    writer.write(record)
    await t.throwsAsync(async () => output.write(writer.finish()), {
      instanceOf,
      message: /^writeText: .*map\(/,
    })
    await output.abort()
    t.deepEqual(await readdir(dirname(path)), [])
  })
}
