import test from 'ava'
import fc from 'fast-check'
import { MemoryError } from '../../../../engine/errors.js'
import type { Key } from '../../../../engine/plan/key.js'
import { createDistinct } from '../../../../engine/runtime/group/distinct.js'
import type { OperatorContext } from '../../../../engine/runtime/operator.js'
import { randomFrom } from '../../../support/random.js'
import { batchesOf, runOperator } from '../../../support/run-operator.js'
import { assertRecords } from '../../../support/table-equal.js'
import { by, checkBothWays, field, input, KEY_FIELDS, naiveGroups, randomRows } from './grouping.js'

const run = (keys: readonly Key[]) => (context: OperatorContext) =>
  createDistinct({ kind: 'distinct', input, keys }, context)
const firstOf = <T>(groups: readonly T[][]): T[] => groups.map(group => group[0]!)

test('gives the first record of each key, in the order of the input', async t => {
  const rows = randomRows(randomFrom(1), 2000, 200)
  for (const key of KEY_FIELDS) {
    const { records } = await runOperator(run([field(key)]), [batchesOf(rows, 130)])
    t.notThrows(() => assertRecords(records, firstOf(naiveGroups(rows, row => row[key] ?? null))))
  }
})

test('gives the same records when keys go to disk', async t => {
  const rows = randomRows(randomFrom(2), 6000, 1500)
  const keys = ['int', 'text']
  const expected = firstOf(naiveGroups(rows, row => keys.map(key => row[key])))
  await checkBothWays(t, run(keys.map(field)), batchesOf(rows, 500), expected, { budget: 40_000 })
})

test('key functions and parts of parts work on disk as well', async t => {
  const rows = Array.from({ length: 12_000 }, (_, k) => ({ k, v: `${(k * 31) % 5003}` }))
  const expected = firstOf(naiveGroups(rows, row => row.v))
  const key = by((r: { v: string }) => Number(r.v) + 0.5)
  await checkBothWays(t, run([key]), batchesOf(rows, 1000), expected, { budget: 24_000 })
})

test('without keys whole records count, also when fields or shapes come and go', async t => {
  const record = fc.oneof(
    fc.record({ a: fc.nat(2), b: fc.constantFrom('x', null, 'y') }, { requiredKeys: [] }),
    fc.record({ b: fc.constantFrom('x', 'y'), c: fc.nat(1) }),
    fc.tuple(fc.nat(1), fc.nat(1)),
    fc.nat(2),
  )
  const batches = fc.array(fc.array(record, { maxLength: 8, minLength: 1 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(batches, async batches => {
      const input = batches.flatMap(some => batchesOf(some))
      const seen = input.flatMap(batch =>
        Array.from({ length: batch.length }, (_, row) => ({
          shape: batch.shape,
          record: batch.record(row),
        })),
      )
      const { records } = await runOperator(run([]), [input])
      assertRecords(
        records,
        firstOf(naiveGroups(seen, one => (one.shape === 'value' ? [one.record] : one))).map(
          one => one.record,
        ),
      )
    }),
    { numRuns: 60 },
  )
  t.pass()
})

test('whole records whose fields come later are found on disk', async t => {
  const rows = Array.from({ length: 4000 }, (_, k) => ({ a: k % 1500 }))
  const late = Array.from({ length: 3000 }, (_, k) => ({ a: k % 1500, b: k < 1500 ? null : k % 2 }))
  const batches = [...batchesOf(rows, 500), ...batchesOf(late, 500)]
  const expected = firstOf(
    naiveGroups([...rows, ...late] as { a: number; b?: number }[], row => row),
  )
  await checkBothWays(t, run([]), batches, expected, { budget: 24_000 })
})

test('passes a record on as soon as its key is new', async t => {
  const { batches } = await runOperator(run([field('a')]), [
    batchesOf([{ a: 1 }, { a: 1 }, { a: 2 }], 1),
  ])
  t.deepEqual(
    batches.map(batch => batch.length),
    [1, 1],
  )
})

test('no input gives nothing; a budget of nothing is refused', async t => {
  t.deepEqual((await runOperator(run([]), [[]])).records, [])
  const small = runOperator(run([field('a')]), [batchesOf([{ a: 1 }])], { budget: 64 })
  await t.throwsAsync(small, { instanceOf: MemoryError, message: /64 bytes/ })
})
