import { readdir } from 'node:fs/promises'
import test from 'ava'
import { AbortError } from '../../../engine/errors.js'
import { ExecutionEnvironment, FunctionError } from '../../../engine/index.js'
import { MEMORY_CASES, runMemoryCase } from '../../long/memory-cases.js'
import { temporary } from '../../support/sources.js'

const ROWS = 1_000_000

for (const name of Object.keys(MEMORY_CASES)) {
  test.serial(
    `${name}: a million records in 4 MiB give the answer of a job without limit`,
    async t => {
      const tempDirectory = (await temporary(t))('')
      const little = new ExecutionEnvironment({ memory: '4 MiB', tempDirectory, progress: false })
      const limited = await runMemoryCase(name, ROWS, little)
      const free = await runMemoryCase(name, ROWS, new ExecutionEnvironment({ progress: false }))
      t.deepEqual(limited.digest, free.digest)
      t.is(limited.job.spilledBytes > 0, name !== 'group by few keys')
      t.is(free.job.spilledBytes, 0)
      t.true(limited.job.peakMemory <= 4 * 2 ** 20)
      t.deepEqual(await readdir(tempDirectory), [])
    },
  )
}

test.serial('a job that is aborted while it spills leaves no files', async t => {
  const tempDirectory = (await temporary(t))('')
  const env = new ExecutionEnvironment({ memory: '1 MiB', tempDirectory, progress: false })
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 250)
  const began = performance.now()
  await t.throwsAsync(runMemoryCase('sort', 20 * ROWS, env, { signal: stop.signal }), {
    instanceOf: AbortError,
  })
  t.true(performance.now() - began < 1500)
  t.deepEqual(await readdir(tempDirectory), [])
})

test.serial('a job that fails after it has spilled leaves no files', async t => {
  const tempDirectory = (await temporary(t))('')
  const env = new ExecutionEnvironment({ memory: '1 MiB', tempDirectory, progress: false })
  let files = 0
  const failing = env
    .generateSequence(1, ROWS)
    .map(x => ({ key: (x * 7919) % 1e6 }))
    .orderBy('key')
    .map(r => {
      if (r.key > 9e5) throw new RangeError('too large')
      return r
    })
  const watch = setInterval(async () => {
    files = Math.max(files, (await readdir(tempDirectory)).length)
  }, 20)
  await t.throwsAsync(failing.count(), { instanceOf: FunctionError })
  clearInterval(watch)
  t.true(files > 0)
  t.deepEqual(await readdir(tempDirectory), [])
})
