import test from 'ava'
import { ExecutionEnvironment } from '../../../../engine/index.js'
import { randomFrom } from '../../../support/random.js'

const random = randomFrom(31)
const LENGTH = 3000
const records = Array.from({ length: LENGTH }, (_, id) => ({
  id,
  /** Many ties, some missing, some no numbers. */
  v: random.int(20) === 0 ? null : random.int(20) === 0 ? Number.NaN : random.int(300) / 4 - 30,
  k: random.int(LENGTH) - LENGTH / 2,
  few: random.int(3),
  s: random.pick(['', 'ada', 'grace', '日本', 'é']),
  day: new Date(random.int(1e9)),
  flag: random.int(2) === 0,
}))

type Field = 'v' | 'k' | 'few'

for (const workers of [2, 3]) {
  test(`records that stay where they are come in order from ${workers} workers`, async t => {
    for (const memory of ['51300KB', '2MB']) {
      const ask = async (parallelism: number, by: Field, direction: 'ascending' | 'descending') => {
        const parallelFrom = parallelism > 1 ? 0 : Number.POSITIVE_INFINITY
        const env = new ExecutionEnvironment({ parallelism, parallelFrom, memory, progress: false })
        const kept = env.from(records).cache()
        await kept.count()
        return kept.orderBy(by, direction).collect()
      }
      for (const by of ['v', 'k', 'few'] as const) {
        for (const direction of ['ascending', 'descending'] as const) {
          const [actual, expected] = [
            await ask(workers, by, direction),
            await ask(1, by, direction),
          ]
          t.deepEqual(actual, expected, `${by} ${direction}, ${memory}`)
        }
      }
    }
  })
}

test('what comes after a sort in workers gets the records in order', async t => {
  const env = new ExecutionEnvironment({ parallelism: 2, parallelFrom: 0, progress: false })
  const x = Float64Array.from({ length: 300_000 }, (_, k) => (k * 7919) % 300_007)
  const id = Int32Array.from(x, (_, k) => k)
  const columns = env.fromColumns({ id, x })
  const sorted = await columns
    .orderBy('x', 'descending')
    .filter(r => r.x % 2 === 0)
    .map(r => ({ x: r.x, id: r.id }))
    .toColumns()
  const expected = x
    .filter(value => value % 2 === 0)
    .sort()
    .reverse()
  t.deepEqual(sorted.x, expected)
  t.true(sorted.id.every((row, k) => x[row] === expected[k]))
  t.deepEqual((await columns.orderBy('x').first(3).toColumns()).x, x.slice().sort().slice(0, 3))
})

test('records of one array that are sorted twice, and with an unequal share, stay complete', async t => {
  const env = new ExecutionEnvironment({ parallelism: 3, parallelFrom: 0, progress: false })
  const key = new Int32Array(100_000).fill(7)
  const id = Int32Array.from(key, (_, k) => k)
  const same = env.fromColumns({ key, id }).orderBy('key')
  t.deepEqual((await same.toColumns()).id, id)
  t.deepEqual((await same.orderBy('id', 'descending').toColumns()).id, id.slice().reverse())
  const none = env.fromColumns({ key: new Int32Array(0), id: new Int32Array(0) })
  t.is(await none.orderBy('key').count(), 0)
  const one = env.fromColumns({ key: new Int32Array(1), id: new Int32Array(1) })
  t.is((await one.orderBy('key').collect()).length, 1)
})
