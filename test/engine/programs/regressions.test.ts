/** Programs that once gave a wrong answer, or none; found by random programs, then made small. */
import test from 'ava'
import { ExecutionEnvironment } from '../../../engine/index.js'
import { RecordBatch } from '../../../engine/types/batch.js'
import { AnyColumn, Int32Column } from '../../../engine/types/column.js'

test('a spread of the records of a flatMap keeps their fields', async t => {
  const env = new ExecutionEnvironment()
  const spread = env
    .from([{ x: 1 }, { x: 2 }])
    .flatMap(({ x }) => [{ x, y: 0 }])
    .map(r => ({ ...r, z: 3 }))
  t.deepEqual(await spread.collect(), [
    { x: 1, y: 0, z: 3 },
    { x: 2, y: 0, z: 3 },
  ])
})

test('a path into values that are missing in a whole batch is missing there', async t => {
  const env = new ExecutionEnvironment()
  const column = (values: readonly unknown[]) => new AnyColumn(values)
  const users = env.read<{ user: { age: number } | null }>({
    label: 'users',
    facts: async () => ({}),
    read: () => [
      new RecordBatch('object', ['user'], [column([null, null])], 2),
      new RecordBatch('object', ['user'], [column([{ age: 3 }])], 1),
      new RecordBatch('object', ['user'], [new Int32Column(Int32Array.of(0), Uint8Array.of(0))], 1),
    ],
  })
  t.deepEqual(await users.groupBy('user.age').count().collect(), [
    { age: null, count: 3 },
    { age: 3, count: 1 },
  ])
  const ages = [{ age: null }, { age: null }, { age: 3 }, { age: null }]
  t.deepEqual(await users.select('user.age').collect(), ages)
  const interpreted = new ExecutionEnvironment({ codegen: false })
  t.deepEqual(await interpreted.dataSet(users.select('user.age').node).collect(), ages)
})

test('a field called t does not get in the way of generated code, nor does one called formula', async t => {
  const env = new ExecutionEnvironment()
  const derived = env
    .from([{ t: 1, formula: 2 }])
    .derive({ p: 't * 2 + 1', q: r => r.t, r: 'formula + t / 2', s: r => r.formula })
  t.deepEqual(await derived.collect(), [{ t: 1, formula: 2, p: 3, q: 1, r: 2.5, s: 2 }])
})

test('a filter stays above a select that takes its field from within nested values', async t => {
  const nested = new ExecutionEnvironment().from([{ k: 4, u: { q: 'a' } as { q: string } | null }])
  const chosen = nested.selectAs({ w: 'u.q', k: 'k' })
  t.deepEqual(await chosen.filter(r => r.w !== null && r.w < 'b').collect(), [{ w: 'a', k: 4 }])
  t.deepEqual(await chosen.filter('w == "a"').collect(), [{ w: 'a', k: 4 }])
})
