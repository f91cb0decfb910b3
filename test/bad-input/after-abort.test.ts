/** What is left of a job that was aborted: nothing, and everything can be used again. */
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { AbortError } from '../../engine/errors.js'
import { ExecutionEnvironment, generateSequence } from '../../engine/index.js'

/** A signal that is aborted while the job that gets it runs. */
function soon(): AbortSignal {
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error('enough')), 5)
  return stop.signal
}

const slow = () => generateSequence(1, 3e6).map(x => Math.sqrt(x) + Math.sin(x))

async function folder(t: ExecutionContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'wiesel-abort-'))
  t.teardown(() => rm(path, { recursive: true, force: true }))
  return path
}

test('a cache is not filled by an aborted job, and is filled by the next', async t => {
  const cached = slow().cache()
  await t.throwsAsync(cached.count({ signal: soon() }), {
    instanceOf: AbortError,
    message: 'The job was stopped: enough',
  })
  t.is(await cached.count(), 3e6)
  t.is((await cached.first(1).collect()).length, 1)
})

test('a data set can be used again after its job was aborted', async t => {
  const sorted = slow()
    .map(x => ({ x }))
    .orderBy('x')
  await t.throwsAsync(sorted.collect({ signal: soon() }), { instanceOf: AbortError })
  t.is((await sorted.first(2).collect()).length, 2)
})

test('an aborted sink leaves no file, whole or half', async t => {
  const path = join(await folder(t), 'numbers.csv')
  const sink = slow()
    .map(x => ({ x }))
    .writeCsv(path)
  await t.throwsAsync(sink.run({ signal: soon() }), { instanceOf: AbortError })
  t.false(existsSync(path))
  t.deepEqual(readdirSync(join(path, '..')), [])
})

test('an aborted job leaves no temporary files', async t => {
  const tempDirectory = await folder(t)
  const env = new ExecutionEnvironment({ memory: '1 MiB', tempDirectory })
  const sorted = env
    .generateSequence(1, 2e6)
    .map(x => ({ x: (x * 7919) % 1000003 }))
    .orderBy('x')
  await t.throwsAsync(sorted.count({ signal: AbortSignal.timeout(150) }), {
    instanceOf: AbortError,
  })
  t.deepEqual(readdirSync(tempDirectory), [])
})
