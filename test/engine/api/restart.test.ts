import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import {
  counter,
  ExecutionEnvironment,
  execute,
  FunctionError,
  type Progress,
  SchemaError,
  type Sink,
  type Source,
} from '../../../engine/index.js'
import { collectionSource } from '../../../engine/io/collection.js'

const restart = { attempts: 3, delayMs: 0 }
const env = new ExecutionEnvironment({ restart })

/** Numbers from 1, of which reading fails the first `failures` times, after some batches. */
function flaky(failures: number, count = 40_000): Source {
  let reads = 0
  const whole = collectionSource(Array.from({ length: count }, (_, k) => k + 1))
  return {
    label: 'flaky',
    facts: () => whole.facts(),
    async *read(request) {
      const fails = ++reads <= failures
      for await (const batch of whole.read(request)) {
        yield batch
        if (fails) throw new Error(`read ${reads} failed`)
      }
    },
  }
}

/** A function that throws the first `failures` times that it meets the number 39,999. */
function throwing(failures: number): (n: number) => number {
  let met = 0
  return n => {
    if (n === 39_999 && ++met <= failures) throw new Error('flaky')
    return n * 2
  }
}

async function temporary(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wiesel-restart-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  return directory
}

test('a source and a function that fail are tried again, and the answer is whole', async t => {
  for (const failures of [0, 1, 3]) {
    const read = env.read<number>(flaky(failures)).map(throwing(0))
    t.is((await read.collect()).length, 40_000)
    const mapped = env.read<number>(flaky(0)).map(throwing(failures))
    t.deepEqual((await mapped.collect()).slice(-2), [79_998, 80_000])
    t.is(
      await env
        .read<number>(flaky(failures))
        .filter('value > 0' as never)
        .count(),
      40_000,
    )
    const columns = await env
      .read<number>(flaky(failures))
      .map(n => ({ n }))
      .toColumns()
    t.is(columns.n.length, 40_000)
    const table = await env.read<number>(flaky(failures)).toTable({ rows: 2 })
    t.is(table, await env.read<number>(flaky(0)).toTable({ rows: 2 }))
  }
})

test('after the last attempt the job fails with its cause, and the environment stays usable', async t => {
  const error = await t.throwsAsync(env.read<number>(flaky(0)).map(throwing(4)).collect(), {
    instanceOf: FunctionError,
    message: /^map: the function threw/,
  })
  t.is((error!.cause as Error).message, 'flaky')
  await t.throwsAsync(env.read<number>(flaky(4)).collect(), { message: 'flaky: read 4 failed' })
  t.is(await env.read<number>(flaky(0)).count(), 40_000)
})

test('a run may say otherwise than its environment', async t => {
  await t.throwsAsync(env.read(flaky(1)).count({ restart: false }))
  const plain = new ExecutionEnvironment()
  await t.throwsAsync(plain.read(flaky(1)).count())
  t.is(await plain.read(flaky(1)).count({ restart }), 40_000)
  t.is(await plain.read(flaky(2)).count({ restart: { failures: 2, delayMs: 0 } }), 40_000)
})

test('sinks are aborted and opened again for each attempt', async t => {
  const calls: string[] = []
  let rows = 0
  const sink: Sink = {
    label: 'noting',
    async open() {
      calls.push('open')
      rows = 0
      return {
        write(batch) {
          rows += batch.length
        },
        commit: async () => void calls.push('commit'),
        abort: async () => void calls.push('abort'),
      }
    },
  }
  const result = await env.read<number>(flaky(2)).to(sink)
  t.deepEqual(calls, ['open', 'abort', 'open', 'abort', 'open', 'commit'])
  t.is(rows, 40_000)
  t.is(result.attempts, 3)
  t.deepEqual(result.rowsWritten, [40_000])
  t.is(result.rowsRead, 40_000)
})

test('files of failed attempts leave nothing behind', async t => {
  const directory = await temporary(t)
  const path = join(directory, 'numbers.jsonl')
  const { attempts } = await env.read<number>(flaky(1)).writeJsonLines(path)
  t.is(attempts, 2)
  t.deepEqual(await readdir(directory), ['numbers.jsonl'])
  t.is((await readFile(path, 'utf8')).trim().split('\n').length, 40_000)
})

test('a job is not tried again once results are visible', async t => {
  let committed = 0
  const sink = (fails: boolean): Sink => ({
    label: 'committing',
    open: async () => ({
      write() {},
      async commit() {
        committed++
        if (fails) throw new Error('cannot commit')
      },
      async abort() {},
    }),
  })
  const numbers = env.from([1, 2])
  await t.throwsAsync(execute([numbers.to(sink(false)), numbers.to(sink(true))]), {
    message: /cannot commit/,
  })
  t.is(committed, 2)
})

test('failed attempts fill no caches, and accumulators begin anew', async t => {
  const seen = counter()
  const cached = env
    .read<number>(flaky(1))
    .map(
      (n, { seen }) => {
        seen.add(1)
        return n
      },
      { with: { seen } },
    )
    .cache()
  t.is(await cached.map(throwing(1)).count(), 40_000)
  t.is(seen.value, 40_000)
  t.is(await cached.count(), 40_000)
})

test('records that were handed on are not handed on again', async t => {
  const taken: number[] = []
  await t.throwsAsync(
    async () => {
      for await (const n of env.read<number>(flaky(1))) taken.push(n)
    },
    { message: 'flaky: read 1 failed' },
  )
  t.true(taken.length > 0)
  t.deepEqual(taken, [...new Set(taken)])
  // Nothing comes out of a sort before all has been read.
  let count = 0
  for await (const _ of env.read<number>(flaky(1)).orderBy(n => n)) count++
  t.is(count, 40_000)
})

test('progress says which attempt, and comes to its end once', async t => {
  const reports: Progress[] = []
  const onProgress = (progress: Progress) => void reports.push(progress)
  await env.read<number>(flaky(2)).count({ onProgress })
  t.deepEqual(
    reports.filter(({ done }) => done).map(({ attempt }) => attempt),
    [3],
  )
  reports.length = 0
  await t.throwsAsync(env.read<number>(flaky(9)).count({ onProgress }))
  t.true(reports.filter(({ done }) => done).length <= 1)
  t.is(
    reports.findIndex(({ done }) => done),
    reports.length - 1,
  )
})

test('mistakes are not tried again', async t => {
  let reads = 0
  const source = flaky(0)
  const counting: Source = {
    ...source,
    read(request) {
      reads++
      return source.read(request)
    },
  }
  const wrong = env.read<{ nope: number }>(counting).groupBy('nope').count()
  await t.throwsAsync(wrong.collect(), { instanceOf: SchemaError })
  t.true(reads <= 1)
  t.throws(() => new ExecutionEnvironment({ restart: true as never }), { message: /restart/ })
})
