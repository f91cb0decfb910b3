import test from 'ava'
import { randomFrom } from '../../support/random.js'
import { equalRecords } from '../../support/table-equal.js'
import { type Example, gradientDescent, type Plane } from './gradient-descent.js'
import { inEverySetting } from './settings.js'

const { array, between } = randomFrom(11)
const examples = array(300, () => {
  const [x, y] = [between(-1, 1), between(-1, 1)]
  return { x, y, label: 3 * x - 2 * y + 0.5 + between(-0.1, 0.1) }
})

const CASES: Readonly<Record<string, readonly Example[]>> = {
  'no examples': [],
  'one example': examples.slice(0, 1),
  'the same example again and again': array(5, () => examples[0]!),
  '300 examples with noise': examples,
}

for (const [name, examples] of Object.entries(CASES)) {
  test(`gradient descent on ${name} ends where a loop over arrays does, within 1e-9`, async t => {
    const start = { a: 0, b: 0, c: 0 }
    const expected = descended(examples, start, 0.5, 1e-6)
    await inEverySetting(async env => {
      const { data, iterations, stoppedBy } = await gradientDescent(
        env.from(examples),
        env.from([start]),
      ).run()
      equalRecords(t, await data.collect(), [expected.model], { tolerance: 1e-9 })
      t.deepEqual(
        { iterations, stoppedBy },
        { iterations: expected.iterations, stoppedBy: 'until' },
      )
    })
  })
}

function descended(
  examples: readonly Example[],
  start: Plane,
  rate: number,
  tolerance: number,
): { model: Plane; iterations: number } {
  let { a, b, c } = start
  const n = Math.max(examples.length, 1)
  for (let iterations = 1; ; iterations++) {
    const g = { a: 0, b: 0, c: 0 }
    for (const { x, y, label } of examples) {
      const error = a * x + b * y + c - label
      g.a += (error * x) / n
      g.b += (error * y) / n
      g.c += error / n
    }
    a -= rate * g.a
    b -= rate * g.b
    c -= rate * g.c
    if (Math.hypot(g.a, g.b, g.c) < tolerance) return { model: { a, b, c }, iterations }
  }
}
