import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import test from 'ava'
import {
  AbortError,
  ExecutionEnvironment,
  FunctionError,
  SchemaError,
  WorkerError,
} from '../../../../engine/index.js'
import { inProject } from '../../../support/project.js'

const env = new ExecutionEnvironment({ parallelism: 2, parallelFrom: 0, progress: false })
const numbers = env.generateSequence(1, 100_000)

async function works(t: { is(a: unknown, b: unknown): void }): Promise<void> {
  t.is(await numbers.filter(x => x > 10).count(), 99_990)
}

test.serial(
  'a function that throws fails the job with its own class, and the next job works',
  async t => {
    const error = await t.throwsAsync(
      numbers
        .map(x => {
          if (x === 77_777) throw new RangeError('too odd')
          return x
        })
        .collect(),
      { instanceOf: FunctionError, message: /map.*too odd/s },
    )
    t.true(error.cause instanceof RangeError)
    await works(t)
  },
)

test.serial(
  'a field that no worker has seen is refused; one that some have seen is missing there',
  async t => {
    const records = Array.from({ length: 1000 }, (_, id) => (id < 500 ? { id } : { id, late: 1 }))
    const mixed = env.from<{ id: number; late?: number }>(records)
    t.is((await mixed.groupBy('late').count().collect()).length, 2)
    await t.throwsAsync(
      mixed
        .groupBy('nothing' as 'id')
        .count()
        .collect(),
      {
        instanceOf: SchemaError,
        message: /"nothing".*id/,
      },
    )
    await works(t)
  },
)

test.serial('an abort ends the job, also while a function does not return', async t => {
  const controller = new AbortController()
  const job = numbers
    .map(x => {
      let sum = x
      for (let k = 0; k < 1e5; k++) sum += Math.sin(sum)
      return sum
    })
    .collect({ signal: controller.signal })
  setTimeout(() => controller.abort(), 100)
  await t.throwsAsync(job, { instanceOf: AbortError })
  await works(t)
})

test.serial('a worker that dies fails the job with WorkerError, and is replaced', async t => {
  const killed = numbers.map(x => {
    // What a native crash does: the thread ends without a word.
    const host = Function('return process')() as { exit(code: number): void }
    if (x === 60_000) host.exit(3)
    return x
  })
  await t.throwsAsync(killed.collect(), { instanceOf: WorkerError, message: /worker has died/ })
  await works(t)
})

test.serial('what an own listener throws fails the job', async t => {
  const slow = numbers.map(x => {
    let sum = x
    for (let k = 0; k < 100; k++) sum += Math.sin(sum)
    return sum
  })
  await t.throwsAsync(
    slow.collect({
      onProgress: () => {
        throw new Error('no')
      },
    }),
    { message: /onProgress.*no/ },
  )
  await works(t)
})

test.serial('explain says what keeps a job on the calling thread', async t => {
  const factor = 3
  const said = async (plan: { explain(): Promise<string> }) =>
    (await plan.explain()).split('\n').at(-1)
  t.is(
    await said(numbers.map(x => x * factor)),
    'runs on the calling thread: map captures `factor`; hand it over with { with: { factor } }',
  )
  t.is(
    await said(numbers.map(x => x + process.pid)),
    'runs on the calling thread: map captures `process`',
  )
  t.is(await said(numbers.map(Math.sqrt)), 'runs in 2 worker threads')
  t.is(
    await said(numbers.map((x, { factor }) => x * factor, { with: { factor } })),
    'runs in 2 worker threads',
  )
  t.regex((await said(numbers.map(Math.max.bind(null, 3) as never)))!, /map is a bound function/)
  const strict = new ExecutionEnvironment({ parallelism: 2, codegen: false, progress: false })
  t.regex((await said(strict.generateSequence(1, 1e6)))!, /may not be compiled/)
  const lazy = new ExecutionEnvironment({ parallelism: 2, progress: false })
  t.regex((await said(lazy.generateSequence(1, 1000)))!, /only about 1 ms of work/)
})

test.serial('workers do not keep the process alive', async t => {
  const program = `
    import { ExecutionEnvironment } from ${JSON.stringify(inProject('dist', 'engine', 'index.js'))}
    const env = new ExecutionEnvironment({ parallelism: 2, parallelFrom: 0 })
    console.log(await env.generateSequence(1, 1000).filter(x => x % 2 === 0).count())
  `
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', program],
    { timeout: 20_000 },
  )
  t.is(stdout.trim(), '500')
})
