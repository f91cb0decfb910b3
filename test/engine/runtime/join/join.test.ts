import test from 'ava'
import { SchemaError } from '../../../../engine/errors.js'
import type { UserFunction } from '../../../../engine/functions/user-function.js'
import type { Key } from '../../../../engine/plan/key.js'
import {
  type JoinNode,
  type JoinResult,
  type JoinType,
  planNode,
} from '../../../../engine/plan/node.js'
import { createJoin } from '../../../../engine/runtime/join/join.js'
import type { JoinOperation } from '../../../../engine/runtime/join/join-output.js'
import { createSpillDirectory } from '../../../../engine/runtime/spill/spill-files.js'
import { type Random, randomFrom } from '../../../support/random.js'
import { batchesOf, type RunOptions, runOperator } from '../../../support/run-operator.js'

type Row = Record<string, unknown>
type Pair = readonly [Row | null, Row | null]

const input = planNode({ kind: 'source', source: undefined as never })

function fn(call: (...parameters: never[]) => unknown): UserFunction {
  return { call, handed: {}, operation: 'join.filter' }
}

interface Setting {
  readonly type: JoinType
  readonly keys?: readonly string[]
  readonly strategy?: 'hash' | 'sort-merge'
  readonly build?: 'left' | 'right'
  readonly condition?: (left: Row, right: Row) => boolean
  readonly result?: JoinResult
  readonly size?: number
}

function operationOf(setting: Setting): JoinOperation {
  const keys = (setting.keys ?? ['k']).map((path): Key => ({ kind: 'field', path }))
  const node: JoinNode = planNode({
    kind: 'join',
    left: input,
    right: input,
    type: setting.type,
    leftKeys: keys,
    rightKeys: keys,
    ...(setting.condition && { condition: fn(setting.condition as never) }),
    result: setting.result ?? { kind: 'pair' },
    hint: 'auto',
  })
  const { strategy = 'hash', build = 'right' } = setting
  return { kind: 'join', node, strategy, build, tail: [] }
}

async function joined(
  left: readonly Row[],
  right: readonly Row[],
  setting: Setting,
  options: RunOptions = {},
) {
  const size = setting.size ?? 50
  return runOperator(
    context => createJoin(operationOf(setting), context),
    [batchesOf(left, size), batchesOf(right, size)],
    { operation: 'join', ...options },
  )
}

/** Nested loops over the probe side, the build side inside. */
function oracle(left: readonly Row[], right: readonly Row[], setting: Setting): unknown[] {
  const { type, keys = ['k'], build = 'right', condition = () => true } = setting
  const equal = (a: unknown, b: unknown) => a !== null && b !== null && (a === b || Object.is(a, b))
  const match = (l: Row, r: Row) => keys.every(k => equal(l[k], r[k])) && condition(l, r)
  const pairs: Pair[] = []
  const usedLeft = new Set<Row>()
  const usedRight = new Set<Row>()
  const absentLeft = type === 'right' || type === 'full'
  const absentRight = type === 'left' || type === 'full'
  const outer = build === 'right' ? left : right
  for (const a of outer) {
    let found = false
    for (const b of build === 'right' ? right : left) {
      const [l, r] = build === 'right' ? [a, b] : [b, a]
      if (!match(l, r)) continue
      found = true
      usedLeft.add(l)
      usedRight.add(r)
      pairs.push([l, r])
    }
    if (!found && build === 'right' && absentRight) pairs.push([a, null])
    if (!found && build === 'left' && absentLeft) pairs.push([null, a])
  }
  if (build === 'right' && absentLeft)
    for (const r of right) if (!usedRight.has(r)) pairs.push([null, r])
  if (build === 'left' && absentRight)
    for (const l of left) if (!usedLeft.has(l)) pairs.push([l, null])
  if (type === 'semi') return left.filter(l => usedLeft.has(l))
  if (type === 'anti') return left.filter(l => !usedLeft.has(l))
  return pairs
}

/** Records in an order of their own, for strategies that keep none. */
function unordered(records: readonly unknown[]): string[] {
  return records
    .map(record => JSON.stringify(record, (_, v) => (Number.isNaN(v) ? 'NaN' : v)))
    .sort()
}

const keyMakers: Record<string, (random: Random) => unknown> = {
  int: random => random.int(40),
  sparseInt: random => random.int(40) * 1e7,
  float: random => random.pick([Number.NaN, -0, 0, 1.5, 2, 3, null]),
  word: random => random.pick(['a', 'b', 'ä', '', 'c', null]),
  unique: random => random.int(1e9),
}

function sideOf(random: Random, length: number, k: string, j: string): Row[] {
  return random.array(length, row => ({
    k: keyMakers[k]!(random),
    j: keyMakers[j]!(random),
    row,
    text: random.word(),
  }))
}

const types: readonly JoinType[] = ['inner', 'left', 'right', 'full', 'semi', 'anti']

for (const type of types) {
  test(`${type}: hash join like nested loops, order included`, async t => {
    for (let seed = 1; seed <= 15; seed++) {
      const random = randomFrom(seed)
      const k = random.pick(Object.keys(keyMakers))
      const j = random.pick(Object.keys(keyMakers))
      const left = sideOf(random, random.int(200), k, j)
      const right = sideOf(random, random.int(200), k, j)
      const setting: Setting = {
        type,
        keys: random.pick([['k'], ['k', 'j']]),
        build: random.pick(['left', 'right']),
        size: 1 + random.int(100),
        ...(random.chance(0.5) && {
          condition: (l: Row, r: Row) => ((l.row as number) + (r.row as number)) % 3 === 0,
        }),
      }
      const arrival = random.pick(['forwards', 'backwards', 'interleaved'] as const)
      const { records } = await joined(left, right, setting, { arrival })
      t.deepEqual(records, oracle(left, right, setting), `seed ${seed}`)
    }
  })

  test(`${type}: with a tiny budget hash join goes to files and finds the same`, async t => {
    let spilled = 0
    for (let seed = 1; seed <= 8; seed++) {
      const random = randomFrom(seed)
      const k = random.pick(Object.keys(keyMakers))
      const left = sideOf(random, 100 + random.int(300), k, 'int')
      const right = sideOf(random, 100 + random.int(300), k, 'int')
      const setting: Setting = {
        type,
        build: random.pick(['left', 'right']),
        ...(random.chance(0.5) && {
          condition: (l: Row, r: Row) => ((l.row as number) + (r.row as number)) % 3 === 0,
        }),
      }
      const arrival = random.pick(['forwards', 'backwards', 'interleaved'] as const)
      const { records, counters } = await joined(left, right, setting, { arrival, budget: 5000 })
      t.deepEqual(unordered(records), unordered(oracle(left, right, setting)), `seed ${seed}`)
      if (counters.get('spilledBytes')! > 0) spilled++
    }
    t.is(spilled, 8)
  })

  test(`${type}: sort-merge join finds the same, with and without files`, async t => {
    for (let seed = 1; seed <= 15; seed++) {
      const random = randomFrom(seed)
      const k = random.pick(Object.keys(keyMakers))
      const j = random.pick(Object.keys(keyMakers))
      const left = sideOf(random, random.int(300), k, j)
      const right = sideOf(random, random.int(300), k, j)
      const setting: Setting = {
        type,
        strategy: 'sort-merge',
        keys: random.pick([['k'], ['k', 'j']]),
        build: random.pick(['left', 'right']),
        ...(random.chance(0.5) && {
          condition: (l: Row, r: Row) => ((l.row as number) + (r.row as number)) % 3 === 0,
        }),
      }
      const budget = random.pick([2 ** 30, 12_000])
      const { records, counters } = await joined(left, right, setting, { budget })
      t.deepEqual(unordered(records), unordered(oracle(left, right, setting)), `seed ${seed}`)
      if (budget < 2 ** 30 && left.length > 200) t.true(counters.get('spilledBytes')! > 0)
    }
  })
}

test('one key that is larger than the budget on both sides is joined in blocks', async t => {
  const left = Array.from({ length: 300 }, (_, row) => ({ k: row % 100 === 0 ? 2 : 1, row }))
  const right = Array.from({ length: 300 }, (_, row) => ({ k: row % 50 === 0 ? 3 : 1, row }))
  for (const type of types) {
    for (const strategy of ['hash', 'sort-merge'] as const) {
      const setting: Setting = { type, strategy, condition: (l, r) => l.row !== r.row, size: 40 }
      const expected = unordered(oracle(left, right, setting))
      const { records } = await joined(left, right, setting, { budget: 6000 })
      t.deepEqual(unordered(records), expected, `${type} ${strategy}`)
    }
  }
})

test('files on a disk give the same as files in memory, and the same again', async t => {
  const random = randomFrom(4)
  const left = sideOf(random, 3000, 'int', 'word')
  const right = sideOf(random, 500, 'int', 'word')
  const setting: Setting = { type: 'full', keys: ['k', 'j'] }
  const spill = createSpillDirectory()
  const one = await joined(left, right, setting, { budget: 20_000, spill })
  const other = await joined(left, right, setting, { budget: 20_000 })
  await spill.close()
  t.true(one.counters.get('spilledBytes')! > 0)
  t.deepEqual(one.records, other.records)
  t.deepEqual(unordered(one.records), unordered(oracle(left, right, setting)))
})

test('a frequent key gives its pairs in batches of limited size', async t => {
  const rows = Array.from({ length: 600 }, (_, row) => ({ k: 1, row }))
  const { batches, records } = await joined(rows, rows, { type: 'inner' })
  t.is(records.length, 360_000)
  t.true(batches.every(batch => batch.length <= 2 * 32_768))
})

test('a result function and what follows it see both records', async t => {
  const operation = {
    ...operationOf({
      type: 'left',
      result: { kind: 'map', fn: fn((l: Row, r: Row | null) => ({ a: l.a, b: r?.b ?? -1 })) },
    }),
    tail: [{ kind: 'filter', fn: fn((r: Row) => r.a !== 2) }] as const,
  }
  const left = [1, 2, 3].map(a => ({ k: a, a }))
  const right = [{ k: 3, b: 30 }]
  const { records } = await runOperator(
    context => createJoin(operation, context),
    [batchesOf(left), batchesOf(right)],
  )
  t.deepEqual(records, [
    { a: 1, b: -1 },
    { a: 3, b: 30 },
  ])
})

test('what follows a semi join gets left records', async t => {
  const operation = {
    ...operationOf({ type: 'semi' }),
    tail: [{ kind: 'map', fn: fn((l: Row) => ({ twice: 2 * (l.k as number) })) }] as const,
  }
  const { records } = await runOperator(
    context => createJoin(operation, context),
    [batchesOf([{ k: 1 }, { k: 2 }]), batchesOf([{ k: 2 }, { k: 2 }])],
  )
  t.deepEqual(records, [{ twice: 4 }])
})

test('an empty side matches nothing', async t => {
  const rows = [{ k: 1 }, { k: 2 }]
  for (const strategy of ['hash', 'sort-merge'] as const) {
    const run = async (left: Row[], right: Row[], type: JoinType) =>
      (await joined(left, right, { type, strategy })).records
    t.deepEqual(
      await run(rows, [], 'left'),
      rows.map(row => [row, null]),
    )
    t.deepEqual(
      await run([], rows, 'full'),
      rows.map(row => [null, row]),
    )
    t.deepEqual(await run(rows, [], 'anti'), rows)
    t.deepEqual(await run(rows, [], 'semi'), [])
    t.deepEqual(await run([], [], 'full'), [])
  }
})

test('int32, float64 and mixed keys match by value, dictionaries by their strings', async t => {
  const left = [...batchesOf([{ k: 1 }]), ...batchesOf([{ k: 2.5 }]), ...batchesOf([{ k: null }])]
  const right = [...batchesOf([{ k: 2.5 }]), ...batchesOf([{ k: 1 }]), ...batchesOf([{ k: 'x' }])]
  for (const strategy of ['hash', 'sort-merge'] as const) {
    const { records } = await runOperator(
      context => createJoin(operationOf({ type: 'inner', strategy }), context),
      [left, right],
    )
    t.deepEqual(
      records,
      [1, 2.5].map(k => [{ k }, { k }]),
    )
  }
})

test('refuses keys that can never be equal, in whatever order they come', async t => {
  const numbers = [{ k: 1 }]
  const strings = [{ k: 'a' }]
  for (const strategy of ['hash', 'sort-merge'] as const) {
    for (const arrival of ['forwards', 'backwards'] as const) {
      for (const budget of [2 ** 20, 100]) {
        const run = joined(numbers, strings, { type: 'inner', strategy }, { arrival, budget })
        const error = await t.throwsAsync(run)
        if (budget > 100) {
          t.true(error instanceof SchemaError)
          t.regex(error.message, /join: k of the left \(int32\) .* k of the right \(string\)/)
        }
      }
    }
  }
})

test('refuses keys of different length and fields that are not there', async t => {
  const operation = operationOf({ type: 'inner', keys: ['k', 'j'] })
  const node = { ...operation.node, rightKeys: operation.node.rightKeys.slice(1) }
  await t.throwsAsync(
    runOperator(context => createJoin({ ...operation, node }, context), [[], []]),
    { instanceOf: SchemaError, message: /got 2 on the left and 1 on the right/ },
  )
  await t.throwsAsync(joined([{ a: 1 }], [{ k: 1 }], { type: 'inner' }), {
    instanceOf: SchemaError,
    message: /it has a/,
  })
})
