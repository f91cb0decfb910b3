/** What holds for every estimator that iterates: it can be watched, stopped, killed and gone on with. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { AbortError } from '../../../engine/index.js'
import { kMeans, logisticRegression, pipeline } from '../../../ml/index.js'
import { hasCheckpoint, hastyClock } from './checkpoints.js'
import type { ContractEntry } from './contract-entry.js'
import { dataOf, estimatorOf, learned } from './contract-run.js'
import { ENTRIES } from './entries.js'
import { ITERATING } from './iterating.js'

hastyClock()

const folder = () => mkdtempSync(join(tmpdir(), 'wiesel-resume-'))

/** A signal that stops what looks at it once there is a checkpoint. */
function afterCheckpoint(directory: string): AbortSignal {
  const { signal } = new AbortController()
  Object.defineProperty(signal, 'aborted', { get: () => hasCheckpoint(directory) })
  return signal
}

/** The first superstep that a run told of. */
async function resumedFrom(entry: ContractEntry, directory: string, workers = 1) {
  let first = 0
  const model = await estimatorOf(entry).learn(dataOf(entry.records, workers), {
    checkpoint: { directory, everySupersteps: 2 },
    onProgress: ({ superstep }) => {
      first ||= superstep
    },
  })
  return { first, model: JSON.stringify(model) }
}

for (const [k, entry] of ITERATING.entries()) {
  const { name } = estimatorOf(entry)
  const title = `${name} ${k}: `
  const data = () => dataOf(entry.records)

  test(`${title}it tells how it goes`, async t => {
    const told: { name: string; superstep: number; maxIterations: number }[] = []
    await estimatorOf(entry).learn(data(), { onProgress: progress => told.push(progress) })
    t.is(told[0]!.name, entry.inner ?? name)
    t.is(told[0]!.superstep, 1)
    t.true(told[0]!.maxIterations >= 1)
  })

  test(`${title}a signal stops it between two iterations`, async t => {
    const controller = new AbortController()
    const { signal } = controller
    const onProgress = () => controller.abort()
    await t.throwsAsync(estimatorOf(entry).learn(data(), { signal, onProgress }), {
      instanceOf: AbortError,
    })
  })

  test(`${title}stopped, it goes on where it was and ends the same to the last bit`, async t => {
    const whole = JSON.stringify(await estimatorOf(entry).learn(data(), {}))
    const directory = folder()
    const checkpoint = { directory, everySupersteps: 2 }
    const signal = afterCheckpoint(directory)
    await t.throwsAsync(estimatorOf(entry).learn(data(), { checkpoint, signal }), {
      instanceOf: AbortError,
    })
    // Another number of threads changes nothing.
    const { first, model } = await resumedFrom(entry, directory, 2)
    t.is(first, 3)
    t.is(model, whole)
    t.false(hasCheckpoint(directory), 'what is finished leaves nothing behind')
  })

  test(`${title}a checkpoint of other data or parameters is refused`, async t => {
    const directory = folder()
    const checkpoint = { directory, everySupersteps: 2 }
    const signal = afterCheckpoint(directory)
    await estimatorOf(entry)
      .learn(data(), { checkpoint, signal })
      .catch(() => {})
    await t.throwsAsync(estimatorOf(entry).learn(dataOf(entry.records.slice(1)), { checkpoint }), {
      message: /checkpoint/,
    })
  })
}

for (const [k, entry] of ENTRIES.entries()) {
  if (entry.iterates !== undefined) continue
  const { name } = estimatorOf(entry)
  test(`${name} ${k}: it does not iterate, or its entry says how`, async t => {
    const { iterations = 0 } = (await learned(entry)) as { iterations?: number }
    t.is(iterations, 0)
  })
}

const first = new Map(ITERATING.map((entry, k) => [estimatorOf(entry).name, k] as const).reverse())

for (const [name, k] of first) {
  test.serial(`${name}: killed as a process, it goes on in another`, async t => {
    const directory = folder()
    const program = fileURLToPath(new URL('./learn-and-die.js', import.meta.url))
    const { signal, stderr } = spawnSync(process.execPath, [program, String(k), directory])
    t.is(signal, 'SIGKILL', String(stderr))
    t.true(hasCheckpoint(directory))
    const entry = ITERATING[k]!
    const { first, model } = await resumedFrom(entry, directory)
    t.is(first, 3)
    t.is(model, JSON.stringify(await estimatorOf(entry).learn(dataOf(entry.records), {})))
  })
}

test('a pipeline of several that iterate goes on, too', async t => {
  const { records, features } = ITERATING[0]!
  const estimator = pipeline(
    kMeans({ features: features!, k: 4, tolerance: 0, distance: 'far' }),
    logisticRegression({ features: ['far', 'x'], label: 'late', tolerance: 1e-9 }),
  )
  const whole = JSON.stringify(await estimator.learn(dataOf(records), {}))
  const directory = folder()
  const checkpoint = { directory, everySupersteps: 2 }
  let steps = 0
  const { signal } = new AbortController()
  Object.defineProperty(signal, 'aborted', {
    get: () => hasCheckpoint(directory) && ++steps > 1,
  })
  await estimator.learn(dataOf(records), { checkpoint, signal }).catch(() => {})
  const stopped = afterCheckpoint(directory)
  for (let k = 0; k < 3; k++) {
    await estimator.learn(dataOf(records), { checkpoint, signal: stopped }).catch(() => {})
  }
  t.is(JSON.stringify(await estimator.learn(dataOf(records), { checkpoint })), whole)
})
