import test from 'ava'
import { FunctionError, MemoryError } from '../../../engine/errors.js'
import { planNode } from '../../../engine/plan/node.js'
import { createMapPartition } from '../../../engine/runtime/map-partition.js'
import { batchesOf, runOperator } from '../../support/run-operator.js'

const input = planNode({ kind: 'source', source: undefined as never })
const numbers = (length: number) => Array.from({ length }, (_, k) => k)

function mapPartition(call: (records: unknown[]) => unknown) {
  const fn = { call: call as never, handed: {}, operation: 'mapPartition' }
  return planNode({ kind: 'mapPartition', input, fn })
}

test('mapPartition sees each partition once and whole, also when it waited in a file', async t => {
  const node = mapPartition(records => [{ sum: (records as number[]).reduce((a, b) => a + b) }])
  const batches = [
    ...batchesOf(numbers(1000), 100, 1),
    ...batchesOf(numbers(10), 5, 0),
    ...batchesOf([1000], 5, 1),
  ]
  for (const budget of [2 ** 20, 4500]) {
    const result = await runOperator(context => createMapPartition(node, context), [batches], {
      budget,
    })
    t.deepEqual(result.records, [{ sum: 45 }, { sum: 500_500 }])
    t.deepEqual(
      result.batches.map(batch => batch.partition),
      [0, 1],
    )
  }
})

test('mapPartition is called once for no records at all', async t => {
  const node = mapPartition(records => ({ length: records.length }))
  const { records } = await runOperator(context => createMapPartition(node, context), [[]])
  t.deepEqual(records, [{ length: 0 }])
})

test('mapPartition says which partition failed, and how much memory one would need', async t => {
  const failing = mapPartition(() => {
    throw new Error('boom')
  })
  await t.throwsAsync(
    runOperator(context => createMapPartition(failing, context), [batchesOf([1], 1, 3)]),
    { instanceOf: FunctionError, message: /partition 3: boom/ },
  )
  const node = mapPartition(() => [])
  await t.throwsAsync(
    runOperator(context => createMapPartition(node, context), [batchesOf(numbers(1000), 10)], {
      budget: 2000,
      operation: 'mapPartition',
    }),
    { instanceOf: MemoryError, message: /^mapPartition: the memory budget of 2000 bytes/ },
  )
})
