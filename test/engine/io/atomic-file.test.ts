import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import test from 'ava'
import { InputOutputError } from '../../../engine/errors.js'
import { openOutput } from '../../../engine/io/atomic-file.js'
import { temporaryDirectory } from './temporary.js'

const operation = 'writeCsv'

test('a file appears under its name on commit, and nothing else does', async t => {
  const root = await temporaryDirectory(t)
  const path = join(root, 'out/deep/a.csv')
  const file = await openOutput(path, { operation })
  await file.write('a,b\n')
  await file.write(new TextEncoder().encode('1,ü\n'))
  t.true((await readdir(join(root, 'out/deep'))).every(name => name.startsWith('.')))
  await file.commit()
  t.is(await readFile(path, 'utf8'), 'a,b\n1,ü\n')
  t.deepEqual(await readdir(join(root, 'out/deep')), ['a.csv'])
  await file.abort()
  t.deepEqual(await readdir(join(root, 'out/deep')), ['a.csv'])
})

test('an aborted file leaves nothing, not even the directories made for it', async t => {
  const root = await temporaryDirectory(t)
  for (const name of ['out/deep/a.csv', 'out/deep/a.csv.gz', 'a.csv.br']) {
    const file = await openOutput(join(root, name), { operation })
    await file.write('a,b\n'.repeat(100_000))
    await file.abort()
    await file.abort()
    t.deepEqual(await readdir(root), [])
  }
})

test('directories that others use in the meantime stay', async t => {
  const root = await temporaryDirectory(t)
  const file = await openOutput(join(root, 'out/deep/a.csv'), { operation })
  await writeFile(join(root, 'out/mine.txt'), '')
  await file.abort()
  t.deepEqual(await readdir(join(root, 'out')), ['mine.txt'])
})

test('an existing file is replaced only when told', async t => {
  const root = await temporaryDirectory(t)
  const path = join(root, 'a.csv')
  await writeFile(path, 'old')
  const error = await t.throwsAsync(openOutput(path, { operation }), {
    instanceOf: InputOutputError,
  })
  t.regex(error.message, /^writeCsv: ".*a\.csv" exists already\. .*overwrite: true/)
  const file = await openOutput(path, { operation, overwrite: true })
  await file.write('new')
  t.is(await readFile(path, 'utf8'), 'old')
  await file.commit()
  t.is(await readFile(path, 'utf8'), 'new')
  t.deepEqual(await readdir(root), ['a.csv'])
})

test('a file that came into being in the meantime is not replaced', async t => {
  const root = await temporaryDirectory(t)
  const path = join(root, 'a.csv')
  const file = await openOutput(path, { operation })
  await file.write('mine')
  await writeFile(path, 'theirs')
  await t.throwsAsync(file.commit(), { instanceOf: InputOutputError, message: /exists already/ })
  t.is(await readFile(path, 'utf8'), 'theirs')
  t.deepEqual(await readdir(root), ['a.csv'])
})

test('.gz and .br are compressed', async t => {
  const root = await temporaryDirectory(t)
  const content = 'a,b\n'.repeat(500_000)
  for (const [name, decompress] of [
    ['a.csv.gz', gunzipSync],
    ['a.csv.br', brotliDecompressSync],
  ] as const) {
    const file = await openOutput(join(root, name), { operation })
    for (let k = 0; k < content.length; k += 400_000)
      await file.write(content.slice(k, k + 400_000))
    await file.commit()
    t.is(decompress(await readFile(join(root, name))).toString(), content)
  }
})

test('a place that cannot be written is an error', async t => {
  const root = await temporaryDirectory(t)
  await writeFile(join(root, 'file'), '')
  await mkdir(join(root, 'directory'))
  await t.throwsAsync(openOutput(join(root, 'file/a.csv'), { operation }), {
    instanceOf: InputOutputError,
    message: /cannot write/,
  })
  await t.throwsAsync(openOutput(join(root, 'directory'), { operation, overwrite: true }), {
    instanceOf: InputOutputError,
    message: /is a directory/,
  })
})
