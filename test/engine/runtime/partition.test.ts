import test from 'ava'
import { FunctionError } from '../../../engine/errors.js'
import type { Key } from '../../../engine/plan/key.js'
import { type Partitioning, type PartitionNode, planNode } from '../../../engine/plan/node.js'
import { createPartition } from '../../../engine/runtime/partition.js'
import { randomFrom } from '../../support/random.js'
import { batchesOf, type RunOptions, runOperator } from '../../support/run-operator.js'

const input = planNode({ kind: 'source', source: undefined as never })
const field = (path: string): Key => ({ kind: 'field', path })

interface Row {
  readonly k: number | null
  readonly row: number
}

async function partitioned(
  rows: readonly unknown[],
  by: Partitioning,
  partitions: number,
  options?: RunOptions,
) {
  const node: PartitionNode = planNode({ kind: 'partition', input, by, partitions })
  const result = await runOperator(
    context => createPartition(node, context),
    [batchesOf(rows, 40)],
    { operation: 'partitionCustom', ...options },
  )
  const parts = Array.from({ length: partitions }, (): Row[] => [])
  for (const batch of result.batches) {
    for (let row = 0; row < batch.length; row++)
      parts[batch.partition]!.push(batch.record(row) as Row)
  }
  const order = result.batches.map(batch => batch.partition)
  return { ...result, parts, order }
}

const random = randomFrom(6)
const rows = random.array(
  1000,
  (row): Row => ({ k: random.chance(0.1) ? null : random.int(90), row }),
)
const hash: Partitioning = { kind: 'hash', keys: [field('k')] }
const range: Partitioning = {
  kind: 'range',
  order: [{ key: field('k'), direction: 'descending' }],
}

test('rebalance deals records out in turn', async t => {
  const { parts } = await partitioned(rows, { kind: 'rebalance' }, 3)
  t.deepEqual(
    parts.map(part => part.length),
    [334, 333, 333],
  )
  t.deepEqual(
    parts[1]!.slice(0, 3).map(({ row }) => row),
    [1, 4, 7],
  )
})

test('hash keeps equal keys together and their order, and uses all partitions', async t => {
  for (const budget of [2 ** 30, 9000]) {
    const { parts, order, counters } = await partitioned(rows, hash, 4, { budget })
    if (budget < 2 ** 30) t.true(counters.get('spilledBytes')! > 0)
    t.deepEqual(order, [...order].sort())
    for (const part of parts) {
      t.true(part.length > 50)
      t.deepEqual(
        part,
        [...part].sort((a, b) => a.row - b.row),
      )
    }
    for (let k = 0; k < 90; k++) {
      t.true(parts.filter(part => part.some(row => row.k === k)).length <= 1)
    }
    t.is(parts.flat().length, rows.length)
  }
})

test('range makes partitions of similar size whose keys do not overlap', async t => {
  for (const budget of [2 ** 30, 9000]) {
    const { parts } = await partitioned(rows, range, 4, { budget })
    const keys = parts.map(part => part.map(({ k }) => k ?? -1))
    for (let k = 0; k < 4; k++) t.true(keys[k]!.length > 150 && keys[k]!.length < 350, `${k}`)
    for (let k = 1; k < 4; k++) t.true(Math.min(...keys[k - 1]!) > Math.max(...keys[k]!))
    t.is(parts.flat().length, rows.length)
  }
})

test('a function chooses the partition, and must choose one there is', async t => {
  const custom = (call: (key: never, partitions: number) => unknown): Partitioning => ({
    kind: 'custom',
    key: field('k'),
    fn: { call: call as never, handed: {}, operation: 'partitionCustom' },
  })
  const byRemainder = custom((key: number | null, partitions) => (key ?? 0) % partitions)
  const { parts } = await partitioned(rows, byRemainder, 3)
  for (const [k, part] of parts.entries()) t.true(part.every(row => (row.k ?? 0) % 3 === k))
  for (const wrong of [3, -1, 0.5, '1', undefined, Number.NaN]) {
    await t.throwsAsync(
      partitioned(
        rows,
        custom(() => wrong),
        3,
      ),
      {
        instanceOf: FunctionError,
        message: /whole number from 0 to 2/,
      },
    )
  }
})

test('nothing and one record', async t => {
  for (const by of [{ kind: 'rebalance' } as const, hash, range]) {
    t.deepEqual((await partitioned([], by, 2)).records, [])
    t.deepEqual((await partitioned([{ k: 1 }], by, 2)).records, [{ k: 1 }])
  }
})
