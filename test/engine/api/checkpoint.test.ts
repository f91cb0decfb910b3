import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import {
  type EnvironmentOptions,
  ExecutionEnvironment,
  type IterateOptions,
  PlanError,
} from '../../../engine/index.js'

async function temporary(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wiesel-checkpoint-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** Fails in these supersteps, once each; not part of what the program says. */
const failing = new Map<string, number[]>()

/** Compound interest, with a sum on the way; `id` names its failures. */
function interest(
  id: string,
  options: Partial<IterateOptions> = {},
  factor = 1.1,
  environment: EnvironmentOptions = {},
) {
  const env = new ExecutionEnvironment({ restart: { attempts: 1, delayMs: 0 }, ...environment })
  return env
    .from([
      { name: 'a', value: 0.1 },
      { name: 'b', value: 0.7 },
    ])
    .iterate({ maxIterations: 12, ...options }, current =>
      current.map(
        ({ name, value }, { superstep, add, aggregate, factor, id }) => {
          const left = failing.get(id) ?? []
          if (left.includes(superstep)) {
            failing.set(
              id,
              left.filter(other => other !== superstep),
            )
            throw new Error(`failed in ${superstep}`)
          }
          add('sum', value)
          return { name, value: value * factor + 0.01 * (aggregate('sum') ?? 0) }
        },
        { with: { factor, id } },
      ),
    )
}

test('a job that failed goes on from its last checkpoint when it is run again', async t => {
  const directory = await temporary(t)
  const expected = await interest('again').run()
  const checkpoint = { directory, everySupersteps: 2, keep: 2 }
  failing.set('again', [8])
  await t.throwsAsync(interest('again', { checkpoint }).run({ restart: false }), {
    message: /failed in 8/,
  })
  t.deepEqual((await readdir(directory)).filter(file => file.endsWith('checkpoint')).sort(), [
    'iterate.000004.checkpoint',
    'iterate.000006.checkpoint',
  ])
  const { iterations, stoppedBy, history, data } = await interest('again', { checkpoint }).run()
  t.is(iterations, 12)
  t.is(stoppedBy, expected.stoppedBy)
  t.deepEqual(await data.collect(), await expected.data.collect())
  t.deepEqual(
    history.map(({ superstep, sum }) => [superstep, sum]),
    expected.history.slice(6).map(({ superstep, sum }) => [superstep, sum]),
  )
  t.deepEqual(await readdir(directory), [])
})

test('an attempt after a failure goes on from the last checkpoint', async t => {
  const directory = await temporary(t)
  failing.set('attempts', [8])
  const loop = interest('attempts', { checkpoint: { directory, everySupersteps: 5 } })
  const { history, data } = await loop.run()
  t.is(history[0]!.superstep, 6)
  t.deepEqual(await data.collect(), await interest('attempts').collect())
})

test('a damaged checkpoint is passed over', async t => {
  const directory = await temporary(t)
  const checkpoint = { directory }
  failing.set('damaged', [8])
  await t.throwsAsync(interest('damaged', { checkpoint }).run({ restart: false }))
  await truncate(join(directory, 'iterate.000007.worker-0'), 10)
  const { history, data } = await interest('damaged', { checkpoint }).run()
  t.is(history[0]!.superstep, 7)
  t.deepEqual(await data.collect(), await interest('damaged').collect())
})

test('a changed program is refused, and not tried again', async t => {
  const directory = await temporary(t)
  const checkpoint = { directory }
  failing.set('changed', [3])
  await t.throwsAsync(interest('changed', { checkpoint }).run({ restart: false }))
  const error = await t.throwsAsync(interest('changed', { checkpoint }, 1.2).run(), {
    instanceOf: PlanError,
  })
  t.regex(
    error!.message,
    /^iterate: the checkpoint in ".*" is of another program: the plan differs at "map .*": its function, its options or its data are others\. Delete the directory or give another one\.$/,
  )
  await t.throwsAsync(interest('changed', { checkpoint, maxIterations: 13 }).run(), {
    message: /differs at "iterate, at most 13 times", which was "iterate, at most 12 times"/,
  })
  await t.throwsAsync(interest('changed', { checkpoint }, 1.1, { parallelism: 2 }).run(), {
    instanceOf: PlanError,
    message: /differs at "parallelism 2", which was "parallelism 1"/,
  })
  await t.throwsAsync(interest('changed', { checkpoint }, 1.1, { parameters: { a: 1 } }).run(), {
    message: /differs at "parameters"/,
  })
  // How often and where checkpoints are written does not change the answer.
  const { history } = await interest('changed', {
    checkpoint: { directory, everySupersteps: 4, keep: 1 },
  }).run()
  t.is(history[0]!.superstep, 3)
})

test('two loops of one job may not share a name and a directory', async t => {
  const directory = await temporary(t)
  const checkpoint = { directory }
  const env = new ExecutionEnvironment()
  const numbers = (name?: string) =>
    env
      .from([1, 2])
      .iterate({ maxIterations: 3, checkpoint, ...(name && { name }) }, n => n.map(x => x * 2))
  await t.throwsAsync(numbers().union(numbers()).collect(), {
    instanceOf: PlanError,
    message: /^iterate: two loops of one job would write .* Give each its \{ name \}/,
  })
  t.deepEqual(await numbers('a').union(numbers('b')).collect(), [8, 16, 8, 16])
  t.deepEqual(await readdir(directory), [])
})
