/** Jobs give the thread back now and then, whatever they are made of. */
import test from 'ava'
import { AbortError, generateSequence } from '../../../../engine/index.js'

test('a loop of short supersteps lets timers run, and hears of an abort', async t => {
  const controller = new AbortController()
  const cooling = generateSequence(1, 100)
    .map(n => ({ n, heat: 1 / n }))
    .iterate({ maxIterations: 10_000_000 }, current =>
      current.map(({ n, heat }) => ({ n, heat: 0.999 * heat })),
    )
  let ticks = 0
  const began = performance.now()
  const timer = setInterval(() => {
    ticks++
    // In time beyond any doubt; without pauses it would be never.
    if (performance.now() - began > 500) controller.abort()
  }, 20)
  await t.throwsAsync(cooling.run({ signal: controller.signal }), { instanceOf: AbortError })
  clearInterval(timer)
  t.true(ticks >= 3, `${ticks} ticks`)
})
