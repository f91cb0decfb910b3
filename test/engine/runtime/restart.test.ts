/**
 * The contract of `restart`, for every operator: run again after it, an operator gives what a fresh
 * one gives, also when it goes to files, and when a constant input does not come again.
 */
import test from 'ava'
import type { PhysicalOperation } from '../../../engine/optimizer/physical.js'
import type { JoinType, PlanNode } from '../../../engine/plan/node.js'
import { createOperator } from '../../../engine/runtime/create-operator.js'
import type { OperatorContext } from '../../../engine/runtime/operator.js'
import type { RecordBatch } from '../../../engine/types/batch.js'
import { type Random, randomFrom } from '../../support/random.js'
import {
  batchesOf,
  type RunOptions,
  runOperator,
  runSupersteps,
} from '../../support/run-operator.js'
import { by, field, fn, input, order } from './group/grouping.js'

const left = input
const right = input
const keys = [field('k')]
const both = { left, right, leftKeys: keys, rightKeys: keys }
const texts = (records: readonly unknown[]) => records.map(record => JSON.stringify(record)).sort()

/** Operators of one input. */
const NODES: Readonly<Record<string, Omit<PlanNode, 'as'> & Record<string, unknown>>> = {
  aggregate: {
    kind: 'aggregate',
    input,
    keys,
    aggregates: [
      { as: 'sum', op: 'sum', input: { kind: 'field', path: 'v' } },
      { as: 'n', op: 'count', input: { kind: 'none' } },
      { as: 'least', op: 'min', input: { kind: 'field', path: 'text' } },
      { as: 'last', op: 'last', input: { kind: 'field', path: 'v' } },
      { as: 'values', op: 'countDistinct', input: { kind: 'field', path: 'v' } },
    ],
  },
  'aggregate by two keys': {
    kind: 'aggregate',
    input,
    keys: [field('k'), by((record: { text: string }) => record.text)],
    aggregates: [{ as: 'mean', op: 'mean', input: { kind: 'field', path: 'v' } }],
  },
  'aggregate of all': {
    kind: 'aggregate',
    input,
    keys: [],
    aggregates: [{ as: 'sum', op: 'sum', input: { kind: 'field', path: 'v' } }],
  },
  reduce: {
    kind: 'reduce',
    input,
    keys,
    fn: fn((a: { k: number; v: number }, b: { v: number }) => ({ k: a.k, v: a.v + b.v })),
  },
  reduceGroup: {
    kind: 'reduceGroup',
    input,
    keys,
    order: [order('v')],
    partial: false,
    fn: fn((records: { k: number; v: number }[]) => records.slice(0, 2)),
  },
  'reduceGroup of all': {
    kind: 'reduceGroup',
    input,
    keys: [],
    order: [],
    partial: false,
    fn: fn((records: unknown[]) => ({ count: records.length })),
  },
  distinct: { kind: 'distinct', input, keys },
  'distinct records': { kind: 'distinct', input, keys: [] },
  first: { kind: 'first', input, count: 20, keys: [], order: [] },
  'first of groups': { kind: 'first', input, count: 2, keys, order: [] },
  'first in an order': { kind: 'first', input, count: 2, keys, order: [order('v', 'descending')] },
  pick: { kind: 'pick', input, keys, by: [field('v')], direction: 'ascending' },
  sort: { kind: 'sort', input, order: [order('v'), order('text')], scope: 'global' },
  'sort of partitions': { kind: 'sort', input, order: [order('v')], scope: 'partition' },
  'first of a sort': { kind: 'sort', input, order: [order('v')], scope: 'global', limit: 10 },
  zipWithIndex: { kind: 'zipWithIndex', input, as: 'number' },
  mapPartition: {
    kind: 'mapPartition',
    input,
    fn: fn((records: unknown[]) => records.slice(0, 9)),
  },
}

/** Operators of two inputs. */
const TWO: Readonly<Record<string, PhysicalOperation>> = {
  union: { kind: 'union', node: { kind: 'union', inputs: [left, right] } } as never,
  coGroup: {
    kind: 'coGroup',
    node: {
      kind: 'coGroup',
      ...both,
      leftOrder: [order('v')],
      rightOrder: [],
      fn: fn((some: unknown[], others: unknown[]) => ({ some, others: others.length })),
    },
  } as never,
  cross: {
    kind: 'cross',
    node: { kind: 'cross', left, right, result: { kind: 'pair' } },
    tail: [],
  } as never,
  ...Object.fromEntries(joins()),
}

function* joins(): Iterable<[string, PhysicalOperation]> {
  for (const type of ['inner', 'left', 'right', 'full', 'semi', 'anti'] satisfies JoinType[]) {
    for (const build of ['left', 'right'] as const) {
      const node = { kind: 'join', ...both, type, result: { kind: 'pair' }, hint: 'auto' }
      const join = { kind: 'join', node, strategy: 'hash', build, tail: [] }
      yield [`${type} join, built ${build}`, join as never]
      const call = (l: { v: number }, r: { v: number }) => l.v < r.v
      const conditional = { ...join, node: { ...node, condition: fn(call) } }
      yield [`${type} join with a condition, built ${build}`, conditional as never]
    }
    const merge = { kind: 'join', strategy: 'sort-merge', build: 'right', tail: [] }
    const node = { kind: 'join', ...both, type, result: { kind: 'pair' }, hint: 'auto' }
    yield [`${type} join by sorting`, { ...merge, node } as never]
  }
}

const mixedKey = (random: Random): number | null => (random.chance(0.05) ? null : random.int(40))
/** Keys that a table which is kept can be ordered by. */
const KEYS = [
  mixedKey,
  (random: Random) => random.int(40) - 20,
  (random: Random) => random.pick([Number.NaN, 0, -0, random.int(40), random.int(40) / 2]),
]

function records(random: Random, count: number, key = mixedKey): RecordBatch[] {
  const rows = random.array(count, () => ({
    k: key(random),
    v: random.int(1000),
    text: random.word(1, 2),
  }))
  return [...batchesOf(rows, 50)]
}

const create = (operation: PhysicalOperation) => (context: OperatorContext) =>
  createOperator({ operation, inputs: [] } as never, context)

const OPTIONS: Readonly<Record<string, RunOptions>> = {
  'in memory': {},
  interpreted: { codegen: false },
  'with files': { budget: 20_000 },
}

for (const [name, node] of Object.entries(NODES)) {
  test(`${name} gives after a restart what a fresh operator gives`, async t => {
    const random = randomFrom(7)
    const operation = { kind: node.kind, node } as never
    const supersteps = [900, 1500, 0, 400].map(count => [records(random, count)])
    for (const [how, given] of Object.entries(OPTIONS)) {
      // A single group must fit into memory.
      if (how === 'with files' && name === 'reduceGroup of all') continue
      const options = { ...given, ...(given.budget && { budget: 3 * given.budget }) }
      const again = await runSupersteps(create(operation), supersteps, options)
      for (const [k, inputs] of supersteps.entries()) {
        const fresh = await runOperator(create(operation), inputs, options)
        t.deepEqual(again[k]!.records, fresh.records)
      }
    }
  })
}

test('a chain keeps its loop over restarts', async t => {
  const stages = [{ kind: 'map', fn: fn((r: { v: number }) => ({ twice: r.v * 2 })) }]
  const supersteps = [40, 60].map((count, k) => [records(randomFrom(k), count)])
  const again = await runSupersteps(create({ kind: 'chain', stages } as never), supersteps)
  for (const [k, inputs] of supersteps.entries()) {
    const fresh = await runOperator(create({ kind: 'chain', stages } as never), inputs)
    t.deepEqual(again[k]!.records, fresh.records)
  }
})

for (const [name, operation] of Object.entries(TWO)) {
  test(`${name} gives after a restart what a fresh operator gives`, async t => {
    const random = randomFrom(8)
    const changing = [60, 90, 0, 40].map(count => [records(random, count), records(random, count)])
    await check(t, operation, changing, undefined)
  })
  test(`${name} gives the same with an input that does not change`, async t => {
    const random = randomFrom(9)
    for (const key of KEYS) {
      const constant = records(random, 120, key)
      for (const side of [0, 1]) {
        const supersteps = [60, 90, 0, 40].map(count => {
          const other = records(random, count, key)
          return side === 0 ? [constant, other] : [other, constant]
        })
        const arrivals = key === mixedKey ? undefined : (['interleaved'] as const)
        await check(t, operation, supersteps, [side === 0, side === 1], arrivals)
      }
    }
    // Records in the order of their keys find neighbours.
    const ordered = batchesOf([...new Array(30).keys()].map(k => ({ k, v: 500, text: 'a' })))
    const constant = records(random, 120, KEYS[1])
    await check(
      t,
      operation,
      [
        [ordered, constant],
        [ordered, constant],
      ],
      [false, true],
    )
  })
}

async function check(
  t: import('ava').ExecutionContext,
  operation: PhysicalOperation,
  supersteps: readonly (readonly RecordBatch[])[][],
  constant: readonly boolean[] | undefined,
  arrivals: readonly NonNullable<RunOptions['arrival']>[] = [
    'forwards',
    'backwards',
    'interleaved',
  ],
) {
  for (const [how, options] of Object.entries(OPTIONS)) {
    for (const arrival of arrivals) {
      const all = { ...options, arrival, ...(constant && { constant }) }
      const again = await runSupersteps(create(operation), supersteps, all)
      for (const [k, inputs] of supersteps.entries()) {
        const fresh = await runOperator(create(operation), inputs, { ...options, arrival })
        // What goes to files, and with it the order, depends on the memory that is held.
        const files = how === 'with files'
        const of = (found: readonly unknown[]) => (files ? texts(found) : found)
        t.deepEqual(of(again[k]!.records), of(fresh.records), `${how} ${arrival} ${k}`)
      }
    }
  }
}
