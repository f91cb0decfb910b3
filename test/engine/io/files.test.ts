import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import test from 'ava'
import { ArgumentError, InputOutputError } from '../../../engine/errors.js'
import { type Input, listFiles } from '../../../engine/io/files.js'
import { globPattern } from '../../../engine/io/glob.js'
import { readWhole, summing } from '../../../engine/io/input-file.js'
import { temporaryDirectory, temporaryFile } from './temporary.js'

const operation = 'readCsv'

async function tree(t: Parameters<typeof temporaryDirectory>[0]): Promise<string> {
  const root = await temporaryDirectory(t)
  await mkdir(join(root, '2015/01'), { recursive: true })
  for (const path of [
    'b.csv',
    'a.csv',
    'c.txt',
    '_notes',
    '.hidden.csv',
    '2015/d.csv',
    '2015/01/e.csv',
  ])
    await writeFile(join(root, path), path)
  return root
}

async function names(root: string, input: Input, recursive = false): Promise<string[]> {
  const files = await listFiles(input, { operation, recursive })
  return files.map(file => relative(root, file.name))
}

test('a directory means its visible files in order of their names', async t => {
  const root = await tree(t)
  t.deepEqual(await names(root, root), ['a.csv', 'b.csv', 'c.txt'])
  t.deepEqual(await names(root, root, true), [
    '2015/01/e.csv',
    '2015/d.csv',
    'a.csv',
    'b.csv',
    'c.txt',
  ])
})

test('patterns match names, and with ** directories', async t => {
  const root = await tree(t)
  t.deepEqual(await names(root, join(root, '*.csv')), ['a.csv', 'b.csv'])
  t.deepEqual(await names(root, join(root, '[ab].c{sv,tsv}')).catch(() => 'none'), 'none')
  t.deepEqual(await names(root, join(root, '?.{csv,txt}')), ['a.csv', 'b.csv', 'c.txt'])
  t.deepEqual(await names(root, join(root, '**/*.csv')), [
    '2015/01/e.csv',
    '2015/d.csv',
    'a.csv',
    'b.csv',
  ])
  t.deepEqual(await names(root, join(root, '*/d.csv')), ['2015/d.csv'])
})

test('a glob is a name first', async t => {
  const path = await temporaryFile(t, 'what?{1}*.csv', 'x')
  t.is((await listFiles(path, { operation }))[0]?.name, path)
})

for (const [pattern, yes, no] of [
  ['*.csv', ['a.csv', 'long name.csv'], ['a.tsv', 'd/a.csv', '.a.csv']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/.x/b', 'ab', 'b']],
  ['a+(1).csv', ['a+(1).csv'], ['aa1.csv']],
  ['{a,b/*}.csv', ['a.csv', 'b/x.csv'], ['b.csv']],
] as const) {
  test(`${pattern} matches ${yes.join(', ')} and not ${no.join(', ')}`, t => {
    for (const path of yes) t.true(globPattern(pattern).test(path), path)
    for (const path of no) t.false(globPattern(pattern).test(path), path)
  })
}

test('a file that is not there is an error with the nearest name', async t => {
  const root = await tree(t)
  await writeFile(join(root, 'flights.csv'), '')
  const error = await t.throwsAsync(listFiles(join(root, 'flihgts.csv'), { operation }), {
    instanceOf: InputOutputError,
  })
  t.regex(
    error.message,
    /^readCsv: file ".*flihgts\.csv" does not exist\. Did you mean ".*flights\.csv"\?$/,
  )
  await t.throwsAsync(listFiles(join(root, 'nowhere/x.csv'), { operation }), {
    message: /does not exist, nor does its directory/,
  })
})

test('a directory or pattern without files is an error', async t => {
  const root = await temporaryDirectory(t)
  await writeFile(join(root, '_SUCCESS'), '')
  await t.throwsAsync(listFiles(root, { operation }), { message: /has no files of its own/ })
  await t.throwsAsync(listFiles(join(root, '*.csv'), { operation }), { message: /no file matches/ })
  await t.throwsAsync(listFiles(join(root, 'x/*.csv'), { operation }), {
    message: /no file matches/,
  })
})

test('an input that is none is an error', async t => {
  await t.throwsAsync(listFiles([], { operation }), { instanceOf: ArgumentError })
  await t.throwsAsync(listFiles('', { operation }), { instanceOf: ArgumentError })
  await t.throwsAsync(listFiles(7 as unknown as string, { operation }), {
    instanceOf: ArgumentError,
  })
})

test('bytes, blobs, file URLs and lists are inputs', async t => {
  const path = await temporaryFile(t, 'a b.csv', 'disk')
  const inputs = [new TextEncoder().encode('bytes'), new Blob(['blob']), pathToFileURL(path), path]
  const files = await listFiles(inputs, { operation })
  const texts = await Promise.all(files.map(async file => text(await readWhole(file))))
  t.deepEqual(texts, ['bytes', 'blob', 'disk', 'disk'])
  for (const file of files)
    t.is(text(await file.slice(1, 3)), text(await readWhole(file)).slice(1, 3))
})

test('.gz and .br are decompressed, with progress in compressed bytes', async t => {
  const content = 'wiesel '.repeat(300_000)
  for (const [ending, compressed] of [
    ['gz', gzipSync(content)],
    ['br', brotliCompressSync(content)],
    ['gz', Buffer.concat([gzipSync(content.slice(0, 70)), gzipSync(content.slice(70))])],
  ] as const) {
    const path = await temporaryFile(t, `a.txt.${ending}`, compressed)
    const [file] = await listFiles(path, { operation })
    let seen = 0
    const advance = summing(bytes => {
      seen = bytes
    })
    t.is(text(await readWhole(file!, { advance })), content)
    t.is(seen, compressed.length)
  }
})

test('damaged compressed files are an error that names the file', async t => {
  const whole = gzipSync('wiesel '.repeat(1000))
  for (const [name, bytes] of [
    ['x.gz', Buffer.from('not gzip at all')],
    ['x.gz', whole.subarray(0, whole.length - 10)],
    ['x.br', Buffer.from('not brotli at all')],
  ] as const) {
    const [file] = await listFiles(await temporaryFile(t, name, bytes), { operation })
    const error = await t.throwsAsync(readWhole(file!), { instanceOf: InputOutputError })
    t.regex(error.message, /^readCsv: .*x\.(gz|br) cannot be decompressed/)
  }
})

test('reading stops when the signal is aborted', async t => {
  const path = await temporaryFile(t, 'large.txt', new Uint8Array(3_000_000))
  const [file] = await listFiles(path, { operation })
  const stop = new AbortController()
  let chunks = 0
  await t.throwsAsync(
    async () => {
      for await (const chunk of file!.stream({ signal: stop.signal })) {
        chunks += chunk.length > 0 ? 1 : 0
        stop.abort(new Error('enough'))
      }
    },
    { message: 'enough' },
  )
  t.is(chunks, 1)
})

test('http addresses are read, and answers that are errors are errors', async t => {
  const server = createServer((request, response) => {
    if (request.url === '/a.csv') response.end('a,b\n1,2\n')
    else if (request.url === '/a.csv.gz') response.end(gzipSync('zipped'))
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const read = async (url: string) =>
    text(await readWhole((await listFiles(url, { operation }))[0]!))
  t.is(await read(`${base}/a.csv`), 'a,b\n1,2\n')
  t.is(await read(`${base}/a.csv.gz`), 'zipped')
  await t.throwsAsync(read(`${base}/none.csv`), { message: /answered 404 Not Found/ })
})

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
