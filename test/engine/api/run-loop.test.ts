import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { AbortError, ArgumentError, PlanError } from '../../../engine/errors.js'
import { Float64Column, type RunLoopOptions, runLoop, valueBatch } from '../../../engine/extend.js'

test('a kernel step runs under the driver of all loops', async t => {
  const values = new Float64Array(4).fill(1)
  const { iterations, stoppedBy, converged, history, name } = await runLoop(
    { name: 'halve', maxIterations: 100, until: ({ aggregate }) => aggregate('sum') < 0.1 },
    ({ superstep, add }) => {
      for (let k = 0; k < values.length; k++) values[k]! /= 2
      add(
        'sum',
        values.reduce((a, b) => a + b, 0),
      )
      return { changed: values.length, workset: superstep }
    },
  )
  t.is(iterations, 6)
  t.is(stoppedBy, 'until')
  t.true(converged)
  t.is(name, 'halve')
  t.like(history[1], { superstep: 2, sum: 1, changed: 4, workset: 2 })
})

test('a step may end the loop itself, and may be asynchronous', async t => {
  const { iterations, stoppedBy } = await runLoop({}, async ({ superstep, aggregate, add }) => {
    await Promise.resolve()
    t.is(aggregate('n'), superstep === 1 ? null : superstep - 1)
    add('n', superstep)
    return { done: superstep === 7 }
  })
  t.is(iterations, 7)
  t.is(stoppedBy, 'untilEmpty')
})

test('the maximum ends it, and is not convergence', async t => {
  const { iterations, converged } = await runLoop({ maxIterations: 3 }, () => {})
  t.is(iterations, 3)
  t.false(converged)
})

test('it stops when it is aborted, and what a step throws comes out', async t => {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('enough')), 20)
  await t.throwsAsync(
    runLoop({ maxIterations: Infinity, signal: controller.signal }, () => {}),
    { instanceOf: AbortError, message: /enough/ },
  )
  await t.throwsAsync(
    runLoop({ maxIterations: 2 }, () => {
      throw new Error('broken')
    }),
    { message: 'broken' },
  )
})

test('progress comes now and then', async t => {
  let reports = 0
  await runLoop({ maxIterations: 10, onProgress: () => reports++ }, () => {})
  t.true(reports >= 1)
})

test('options and steps are checked', async t => {
  await t.throwsAsync(
    runLoop({ maxIterations: -1 }, () => {}),
    { instanceOf: ArgumentError },
  )
  await t.throwsAsync(
    runLoop({ maxIteration: 1 } as never, () => {}),
    { message: /maxIterations/ },
  )
  await t.throwsAsync(runLoop({ maxIterations: 1 }, 5 as never), {
    message: /step must be a function/,
  })
})

test('a killed loop goes on from its checkpoint when the program is the same', async t => {
  const directory = await mkdtemp(join(tmpdir(), 'wiesel-run-loop-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  const run = (failIn: number, factor: number) => {
    const values = Float64Array.of(1, 2)
    const options: RunLoopOptions = {
      name: 'grow',
      maxIterations: 6,
      checkpoint: { directory, everySupersteps: 2 },
      state: {
        program: { factor, start: [1, 2] },
        save: () => ({ values: [valueBatch(new Float64Column(values))] }),
        load: ({ values: saved }) => values.set((saved![0]!.columns[0] as Float64Column).values),
      },
    }
    return runLoop(options, async ({ superstep, add, aggregate, breathe }) => {
      await breathe()
      if (superstep === failIn) throw new Error('killed')
      for (let k = 0; k < 2; k++) values[k] = values[k]! * factor + (aggregate('sum') ?? 0)
      add('sum', values[0])
    }).then(report => ({ report, values }))
  }
  const whole = await run(0, 2)
  await t.throwsAsync(run(6, 2), { message: /killed/ })
  await t.throwsAsync(run(0, 3), {
    instanceOf: PlanError,
    message: /^grow: the checkpoint in ".*" is of another program: the plan differs at "factor"/,
  })
  const { report, values } = await run(0, 2)
  t.deepEqual(values, whole.values)
  t.deepEqual(
    report.history.map(({ superstep, sum }) => [superstep, sum]),
    whole.report.history.slice(4).map(({ superstep, sum }) => [superstep, sum]),
  )
  t.deepEqual(await readdir(directory), [])
})

test('checkpoints need a state', async t => {
  await t.throwsAsync(
    runLoop({ maxIterations: 1, checkpoint: { directory: 'x' } }, () => {}),
    {
      instanceOf: ArgumentError,
      message: /^runLoop: checkpoint needs to know what to write/,
    },
  )
})

test('nothing pending ends the loop', async t => {
  const { stoppedBy, iterations } = await runLoop({ maxIterations: 9 }, ({ superstep }) => {
    return { pending: 3 - superstep }
  })
  t.is(stoppedBy, 'emptyWorkset')
  t.is(iterations, 3)
})
