import test from 'ava'
import { AbortError, ArgumentError } from '../../../engine/errors.js'
import { runLoop } from '../../../engine/extend.js'

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
