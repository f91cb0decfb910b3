import test from 'ava'
import { ArgumentError } from '../../../engine/errors.js'
import { planNode, type SampleNode } from '../../../engine/plan/node.js'
import { createSample } from '../../../engine/runtime/sample.js'
import { batchesOf, runOperator } from '../../support/run-operator.js'

const input = planNode({ kind: 'source', source: undefined as never })

async function sample(
  length: number,
  size: SampleNode['size'],
  replacement: boolean,
  seed = 1,
  batch = 1000,
): Promise<number[]> {
  const node = planNode({ kind: 'sample', input, size, replacement, seed } as const)
  const numbers = Array.from({ length }, (_, k) => k)
  const { records } = await runOperator(
    context => createSample(node, context),
    [batchesOf(numbers, batch)],
  )
  return records as number[]
}

const settings: readonly [string, SampleNode['size'], boolean][] = [
  ['a fraction', { fraction: 0.3 }, false],
  ['a fraction with replacement', { fraction: 1.7 }, true],
  ['a count', { count: 250 }, false],
  ['a count with replacement', { count: 250 }, true],
]

for (const [name, size, replacement] of settings) {
  test(`${name}: the same for the same seed, however the input is cut`, async t => {
    const one = await sample(2000, size, replacement)
    t.deepEqual(await sample(2000, size, replacement, 1, 37), one)
    t.notDeepEqual(await sample(2000, size, replacement, 2), one)
    t.deepEqual(
      one,
      [...one].sort((a, b) => a - b),
      'in the order of the input',
    )
    t.is(new Set(one).size === one.length, !replacement)
  })

  test(`${name}: every record is equally likely`, async t => {
    const counts = new Float64Array(10)
    let total = 0
    for (let seed = 0; seed < 200; seed++) {
      for (const record of await sample(1000, size, replacement, seed, 300)) {
        counts[Math.floor(record / 100)]!++
        total++
      }
    }
    const expected = 200 * ('count' in size ? size.count : size.fraction * 1000)
    t.true(Math.abs(total / expected - 1) < 0.02, `${total} of ${expected}`)
    // The standard deviation of a tenth is below 90 of 5000 to 34000.
    for (const count of counts) t.true(Math.abs(count - expected / 10) < 450, `${counts}`)
  })
}

test('an exact size is exact, and no larger than an input without replacement', async t => {
  t.is((await sample(1000, { count: 10 }, false)).length, 10)
  t.is((await sample(5, { count: 10 }, false)).length, 5)
  t.is((await sample(5, { count: 10 }, true)).length, 10)
  t.deepEqual(await sample(0, { count: 10 }, true), [])
  t.deepEqual(await sample(10, { count: 0 }, false), [])
  t.deepEqual(await sample(10, { fraction: 0 }, true), [])
  t.is((await sample(10, { fraction: 1 }, false)).length, 10)
})

test('refuses sizes out of range', async t => {
  for (const size of [
    { fraction: 1.1 },
    { fraction: -1 },
    { count: 1.5 },
    { count: -1 },
    { fraction: Number.NaN },
  ]) {
    await t.throwsAsync(sample(1, size, false), { instanceOf: ArgumentError })
  }
})
