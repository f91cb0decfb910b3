import test from 'ava'
import { ArgumentError, FunctionError } from '../../../engine/errors.js'
import { createFold } from '../../../engine/functions/fold.js'
import { ingest } from '../../../engine/functions/record-ingest.js'
import type { UserFunction } from '../../../engine/functions/user-function.js'
import type { RecordBatch } from '../../../engine/types/batch.js'
import { type Random, randomFrom } from '../../support/random.js'
import { equalRecords } from '../../support/table-equal.js'

interface Item {
  readonly k: string
  readonly n: number
  readonly x: number
}

type Reducer = (state: never, record: never) => unknown
const items = (call: (state: Item, record: Item) => unknown): Reducer => call
const numbers = (call: (state: number, record: number) => unknown): Reducer => call

const offset = 2
const REDUCERS: Readonly<Record<string, Reducer>> = {
  'sums of fields': items((a, b) => ({ k: a.k, n: a.n + b.n, x: a.x + b.x })),
  'swapped fields': items((a, b) => ({ k: b.k, n: a.x, x: a.n })),
  'a spread': items((a, b) => ({ ...a, n: a.n + b.n })),
  'a captured value': items((a, b) => ({ k: a.k, n: a.n + b.n + offset, x: Math.max(a.x, b.x) })),
  'one of the two': items((a, b) => (a.n >= b.n ? a : b)),
  'the first': items(a => a),
  'the last': items((_, b) => b),
  'a changed state': items((a, b) => Object.assign(a, { n: a.n + b.n })),
  'other fields': items((a, b) => ({ n: a.n + b.n, more: true })),
  'a number that becomes text': items((a, b) => ({ ...a, n: a.n > 5 ? 'many' : a.n + b.n })),
  'a missing value': items((a, b) => ({ ...a, x: b.x > 0 ? null : a.x })),
}
const VALUE_REDUCERS: Readonly<Record<string, Reducer>> = {
  sum: numbers((a, b) => a + b),
  maximum: numbers((a, b) => Math.max(a, b)),
  native: Math.min as Reducer,
  'a number that becomes text': numbers((a, b) => (a > 3 ? 'many' : a + b)),
}

const user = (call: Reducer): UserFunction => ({ call, handed: {}, operation: 'reduce' })

/** Batches with the groups of their records. */
function grouped(random: Random, make: (random: Random, odd: boolean) => unknown) {
  let seen = 0
  return Array.from({ length: 4 }, (_, k) => {
    const records = random.array(1 + random.int(40), () => make(random, k === 2))
    const groups = Int32Array.from(records, () => {
      const group = random.int(Math.min(seen + 1, 9))
      if (group === seen) seen++
      return group
    })
    return { records, groups, batches: [...ingest(records, { codegen: false })] }
  })
}

function fold(fn: UserFunction, codegen: boolean, parts: ReturnType<typeof grouped>): unknown[] {
  const folding = createFold(fn, {}, codegen)
  for (const { batches, groups } of parts) folding.add(groups, groups.length, batches[0]!)
  return recordsOf(folding.finish())
}

function recordsOf(batch: RecordBatch): unknown[] {
  return Array.from({ length: batch.length }, (_, row) => batch.record(row))
}

function naive(call: Reducer, parts: ReturnType<typeof grouped>): unknown[] {
  const states: unknown[] = []
  const reduce = call as unknown as (state: unknown, record: unknown) => unknown
  for (const { batches, groups } of parts) {
    for (const [row, record] of recordsOf(batches[0]!).entries()) {
      const group = groups[row]!
      states[group] = group in states ? reduce(states[group], record) : record
    }
  }
  return states
}

const item = (random: Random, odd: boolean): Item => ({
  k: random.pick(['a', 'b', 'é']),
  n: random.int(4),
  x: odd && random.chance(0.2) ? (null as unknown as number) : random.between(-1, 1),
})
const number = (random: Random, odd: boolean) => (odd ? random.between(0, 3) : random.int(4))

for (const [make, reducers] of [
  [item, REDUCERS],
  [number, VALUE_REDUCERS],
] as const) {
  for (const [name, call] of Object.entries(reducers)) {
    test(`folds ${make === item ? 'records' : 'numbers'}: ${name}`, t => {
      for (let seed = 1; seed <= 30; seed++) {
        const parts = grouped(randomFrom(seed), make)
        // `naive` gets its own parts: a function may change the state.
        const expected = naive(call, parts)
        equalRecords(t, fold(user(call), false, parts), expected)
        equalRecords(t, fold(user(call), true, parts), expected)
      }
    })
  }
}

test('names the record for which a function threw, and refuses async functions', t => {
  const [part] = grouped(randomFrom(1), () => 7)
  const failing = user(() => {
    throw new Error('no')
  })
  for (const codegen of [true, false]) {
    t.throws(() => fold(failing, codegen, [part!]), {
      instanceOf: FunctionError,
      message: 'reduce: the function threw at record 7: no',
    })
    t.throws(
      () =>
        createFold(
          user(async () => 1),
          {},
          codegen,
        ),
      { instanceOf: ArgumentError },
    )
  }
})
