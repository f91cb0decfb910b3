import test from 'ava'
import { planNode } from '../../../../engine/plan/node.js'
import { createCross } from '../../../../engine/runtime/join/cross.js'
import { batchesOf, type RunOptions, runOperator } from '../../../support/run-operator.js'

const input = planNode({ kind: 'source', source: undefined as never })
const node = planNode({ kind: 'cross', left: input, right: input, result: { kind: 'pair' } })

function cross(left: unknown[], right: unknown[], options?: RunOptions) {
  return runOperator(
    context => createCross({ kind: 'cross', node, tail: [] }, context),
    [batchesOf(left, 7), batchesOf(right, 7)],
    options,
  )
}

const numbers = (length: number) => Array.from({ length }, (_, k) => k)

test('gives all pairs, the left side outside, in whatever order the sides arrive', async t => {
  const expected = numbers(20).flatMap(l => numbers(33).map(r => [l, r]))
  for (const arrival of ['forwards', 'backwards', 'interleaved'] as const) {
    t.deepEqual((await cross(numbers(20), numbers(33), { arrival })).records, expected)
  }
})

test('gives all pairs when the right side is in a file', async t => {
  const { records, counters } = await cross(numbers(50), numbers(60), { budget: 100 })
  t.true(counters.get('spilledBytes')! > 0)
  const expected = numbers(50).flatMap(l => numbers(60).map(r => [l, r]))
  t.deepEqual(records.map(String).sort(), expected.map(String).sort())
})

test('with an empty side gives nothing', async t => {
  t.deepEqual((await cross([], numbers(3))).records, [])
  t.deepEqual((await cross(numbers(3), [])).records, [])
})

test('many pairs come in batches of limited size', async t => {
  const { batches, records } = await cross(numbers(300), numbers(400))
  t.is(records.length, 120_000)
  t.true(batches.every(batch => batch.length <= 2 * 32_768))
})
