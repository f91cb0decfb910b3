import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import {
  AbortError,
  type CheckpointOptions,
  ExecutionEnvironment,
  PlanError,
  WorkerError,
} from '../../../../engine/index.js'

const SUPERSTEPS = 1500

/** Sums of fractions, in which each superstep shows in the last digits of all later ones. */
function shrinking(parallelism: number, checkpoint?: CheckpointOptions) {
  const env = new ExecutionEnvironment({ parallelism, parallelFrom: 0, progress: false })
  const options = { maxIterations: SUPERSTEPS, ...(checkpoint && { checkpoint }) }
  return env
    .generateSequence(1, 500)
    .map(id => ({ id, x: id / 7 }))
    .iterate(options, current =>
      current
        .map((r, { add, aggregate }) => {
          add('sum', r.x)
          return { id: (r.id * 7) % 503, x: r.x * 0.999 + (aggregate('sum') ?? 0) / 1e6 }
        })
        .groupBy('id')
        .sum('x'),
    )
}

test.serial(
  'a loop in workers goes on from the checkpoint that all of them have written',
  async t => {
    const directory = await mkdtemp(join(tmpdir(), 'wiesel-checkpoint-'))
    t.teardown(() => rm(directory, { recursive: true, force: true }))
    const checkpoint = { directory, everySupersteps: 3 }
    const expected = await (await shrinking(2).run()).data.collect()
    const controller = new AbortController()
    await t.throwsAsync(
      shrinking(2, checkpoint).run({
        signal: controller.signal,
        onProgress: ({ loop }) => {
          if ((loop?.superstep ?? 0) > 10) controller.abort()
        },
      }),
      { instanceOf: AbortError },
    )
    t.true((await readdir(directory)).length > 0)
    await t.throwsAsync(shrinking(3, checkpoint).run(), {
      instanceOf: PlanError,
      message: /parallel/,
    })
    const { data, iterations, history } = await shrinking(2, checkpoint).run()
    t.is(iterations, SUPERSTEPS)
    t.true(history[0]!.superstep > 1)
    t.deepEqual(await data.collect(), expected)
    t.deepEqual(await readdir(directory), [])
  },
)

test.serial('a job whose worker dies is tried again when restart says so', async t => {
  const died = new Int32Array(new SharedArrayBuffer(4))
  const job = (restart: false | { attempts: number; delayMs: number }) =>
    new ExecutionEnvironment({ parallelism: 2, parallelFrom: 0, progress: false, restart })
      .generateSequence(1, 1000)
      .map(
        (x, { died }) => {
          const host = Function('return process')() as { exit(code: number): void }
          if (x === 777 && Atomics.add(died, 0, 1) === 0) host.exit(3)
          return x
        },
        { with: { died } },
      )
  const plan = await job(false).explain()
  t.regex(plan, /runs in 2 worker threads/)
  await t.throwsAsync(job(false).count(), { instanceOf: WorkerError })
  died[0] = 0
  t.is(await job({ attempts: 2, delayMs: 1 }).count(), 1000)
})
