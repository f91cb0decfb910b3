/** What the tests of grouping operators share: nodes, naive groups, runs with and without memory. */
import type { ExecutionContext } from 'ava'
import type { UserFunction } from '../../../../engine/functions/user-function.js'
import type { Key, SortKey } from '../../../../engine/plan/key.js'
import type { PlanNode } from '../../../../engine/plan/node.js'
import { canonicalKey } from '../../../../engine/runtime/keys/key-value.js'
import type { Operator, OperatorContext } from '../../../../engine/runtime/operator.js'
import { createSpillDirectory } from '../../../../engine/runtime/spill/spill-files.js'
import type { RecordBatch } from '../../../../engine/types/batch.js'
import type { Random } from '../../../support/random.js'
import { type RunResult, runOperator } from '../../../support/run-operator.js'
import { equalRecords } from '../../../support/table-equal.js'

/** A record of the tests. */
export type Row = Readonly<Record<string, unknown>>

/** The input of nodes under test; operators never look at it. */
export const input = {} as PlanNode

/** The key of the field `path`. */
export function field(path: string): Key {
  return { kind: 'field', path }
}

/** The key that `call` computes. */
export function by(call: (record: never) => unknown): Key {
  return { kind: 'function', fn: fn(call) }
}

/** One component of an order. */
export function order(path: string, direction: 'ascending' | 'descending' = 'ascending'): SortKey {
  return { key: field(path), direction }
}

/** A user's function. */
export function fn(call: (...parameters: never[]) => unknown, operation = 'test'): UserFunction {
  return { call, handed: {}, operation }
}

/** The naive grouping: records by the canonical text of their keys, groups in order of appearance. */
export function naiveGroups<T>(records: readonly T[], key: (record: T) => unknown): T[][] {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    const text = canonicalKey(key(record))
    const group = groups.get(text)
    if (group === undefined) groups.set(text, [record])
    else group.push(record)
  }
  return [...groups.values()]
}

/** Random records with keys of all kinds, many of them equal, and values with gaps. */
export function randomRows(random: Random, length: number, keys = 50): Row[] {
  const maybe = (value: unknown) => (random.chance(0.1) ? null : value)
  return random.array(length, index => ({
    index,
    int: maybe(random.int(keys)),
    wide: maybe((random.int(keys) - keys / 2) * 40_000_003),
    float: maybe(random.chance(0.05) ? Number.NaN : random.int(keys) / 4),
    text: maybe(random.chance(0.5) ? `t${random.int(keys)}` : 'é'),
    flag: maybe(random.chance(0.3)),
    day: maybe(new Date(random.int(keys) * 86_400_000)),
    nested: maybe({ a: random.int(3) }),
    value: maybe(random.int(1000)),
    real: maybe(random.between(-10, 10)),
  }))
}

/** The fields of `randomRows` to group by. */
export const KEY_FIELDS = ['int', 'wide', 'float', 'text', 'flag', 'day', 'nested'] as const

/**
 * Runs an operator with plenty of memory, where the order counts, and with little, on a real disk;
 * asserts that the second run spilled, kept to its budget and gave the same records.
 */
export async function checkBothWays(
  t: ExecutionContext,
  create: (context: OperatorContext) => Operator,
  batches: readonly RecordBatch[],
  expected: readonly unknown[],
  { budget = 40_000, tolerance = 0 }: { budget?: number; tolerance?: number } = {},
): Promise<RunResult> {
  const roomy = await runOperator(create, [batches])
  equalRecords(t, roomy.records, expected, { tolerance })
  t.is(roomy.counters.get('spilledBytes'), undefined)
  const spill = createSpillDirectory()
  try {
    const tight = await runOperator(create, [batches], { budget, spill })
    t.true((tight.counters.get('spilledBytes') ?? 0) > 0, 'it should have spilled')
    equalRecords(t, tight.records, expected, { tolerance, ordered: false })
    return tight
  } finally {
    await spill.close()
  }
}
