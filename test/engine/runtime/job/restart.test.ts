import test from 'ava'
import {
  AbortError,
  ArgumentError,
  FunctionError,
  InputOutputError,
  MemoryError,
  PlanError,
  SchemaError,
  WieselError,
  WorkerError,
} from '../../../../engine/errors.js'
import {
  type Clock,
  checkRestart,
  type RestartStrategy,
  withRestarts,
} from '../../../../engine/runtime/job/restart.js'

/** A clock whose sleeps take no time; attempts may let it run. */
class FakeClock implements Clock {
  time = 0
  readonly slept: number[] = []
  now() {
    return this.time
  }
  async sleep(milliseconds: number) {
    this.slept.push(milliseconds)
    this.time += milliseconds
  }
}

/** Fails at the given times (in ms, after a beginning at 0), then succeeds. */
async function attempts(
  strategy: RestartStrategy,
  failures: number,
  { each = 0, error = () => new Error('flaky') as Error } = {},
) {
  const clock = new FakeClock()
  const numbers: number[] = []
  const outcome = await withRestarts(
    async number => {
      numbers.push(number)
      clock.time += each
      if (number <= failures) throw error()
      return 'done'
    },
    strategy,
    { clock },
  ).catch((error: Error) => error)
  return { outcome, numbers, slept: clock.slept }
}

test('without a strategy a failure is final', async t => {
  const { outcome, numbers, slept } = await attempts(false, 1)
  t.true(outcome instanceof Error)
  t.deepEqual([numbers, slept], [[1], []])
})

test('fixed delay: again so many times, each after the delay', async t => {
  const good = await attempts({ attempts: 3, delayMs: 50 }, 3)
  t.deepEqual(good, { outcome: 'done', numbers: [1, 2, 3, 4], slept: [50, 50, 50] })
  const bad = await attempts({ attempts: 2 }, 3)
  t.is((bad.outcome as Error).message, 'flaky')
  t.deepEqual(
    [bad.numbers, bad.slept],
    [
      [1, 2, 3],
      [1000, 1000],
    ],
  )
  t.deepEqual((await attempts({ attempts: 0 }, 1)).numbers, [1])
})

test('failure rate: again for as long as failures are rare enough', async t => {
  const strategy = { failures: 2, withinMs: 1000, delayMs: 0 }
  t.deepEqual((await attempts(strategy, 3, { each: 0 })).numbers, [1, 2, 3])
  t.deepEqual((await attempts(strategy, 3, { each: 499 })).numbers, [1, 2, 3])
  t.is((await attempts(strategy, 50, { each: 500 })).outcome, 'done')
  // The delays count, too.
  t.is((await attempts({ ...strategy, delayMs: 500 }, 50)).outcome, 'done')
  const byDefault = await attempts({ failures: 1 }, 2, { each: 59_000 })
  t.deepEqual(
    [byDefault.numbers, byDefault.slept],
    [
      [1, 2, 3],
      [1000, 1000],
    ],
  )
  t.deepEqual((await attempts({ failures: 1 }, 2, { each: 58_999 })).numbers, [1, 2])
})

test('failures that would come again are final', async t => {
  for (const Kind of [ArgumentError, SchemaError, PlanError, MemoryError, AbortError]) {
    const { numbers } = await attempts({ attempts: 3 }, 1, { error: () => new Kind('no') })
    t.deepEqual(numbers, [1], Kind.name)
  }
  for (const Kind of [WorkerError, InputOutputError, FunctionError, WieselError, TypeError]) {
    const { numbers } = await attempts({ attempts: 3 }, 1, { error: () => new Kind('maybe') })
    t.deepEqual(numbers, [1, 2], Kind.name)
  }
})

test('what cannot be undone is not done again', async t => {
  let runs = 0
  const run = async () => {
    runs++
    throw new Error('flaky')
  }
  const strategy = { attempts: 9, delayMs: 0 }
  await t.throwsAsync(withRestarts(run, strategy, { mayRepeat: () => runs < 3 }))
  t.is(runs, 3)
})

test('an abort ends the delay at once', async t => {
  const stop = new AbortController()
  const began = performance.now()
  const fails = () => Promise.reject(new Error('flaky'))
  const job = withRestarts(fails, { attempts: 1, delayMs: 60_000 }, { signal: stop.signal })
  setTimeout(() => stop.abort(new Error('enough')), 10)
  await t.throwsAsync(job, { instanceOf: AbortError, message: /enough/ })
  t.true(performance.now() - began < 10_000)
})

test('wrong strategies are refused at the door', t => {
  for (const good of [
    undefined,
    false,
    { attempts: 0 },
    { failures: 1, withinMs: 5, delayMs: 0 },
  ]) {
    t.notThrows(() => checkRestart(good, 'run'))
  }
  const bad: (readonly [unknown, RegExp])[] = [
    [true, /restart must be \{ attempts: 3, delayMs: 1000 \}, .* got true/],
    [3, /got 3/],
    [null, /got null/],
    [{}, /restart must be/],
    [{ delayMs: 3 }, /restart must be/],
    [{ attempts: -1 }, /restart\.attempts/],
    [{ attempts: 1.5 }, /restart\.attempts/],
    [{ attempts: 1, delayMs: -1 }, /restart\.delayMs must be a time .* got -1/],
    [{ attempts: 1, delayMs: Infinity }, /restart\.delayMs/],
    [{ attempts: 1, delay: 1 }, /delay/],
    [{ attempts: 1, failures: 1 }, /failures/],
    [{ failures: 0 }, /restart\.failures/],
    [{ failures: 1, withinMs: '1' }, /restart\.withinMs/],
  ]
  for (const [restart, message] of bad) {
    t.throws(() => checkRestart(restart, 'run'), { instanceOf: ArgumentError, message })
  }
})
