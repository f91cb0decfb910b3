/**
 * Two workers against one, on work of about a second or more: sums by few and by many keys with a
 * function on the way, a join, a sort of a quarter of the records.
 *
 * Rival: one worker, which is to take 1.7 times as long at least. What two threads gain on this
 * machine without any engine says `workers-by-hand`. Run: `npm run bench -- workers`.
 */
import { ExecutionEnvironment } from '../../../engine/index.js'
import { dot, orderedSum, total } from '../answer.js'
import { type Benchmark, type Setting, task } from '../benchmark.js'
import { fractions, integers, permutation } from '../data.js'

export const workers: Benchmark = {
  name: 'workers',
  question: 'two workers against one',
  records: 40_000_000,
  parts: ['group', 'many groups', 'join', 'sort'],
  contenders: { 'two workers': wiesel(2), 'one worker': wiesel(1) },
  goals: { 'one worker': 1 / 1.7 },
  warmUps: 2,
  runs: 4,
}

function wiesel(parallelism: number) {
  return ({ records }: Setting) => {
    const keys = Math.ceil(records / 400)
    // Little data stays on one thread, and the tests of this benchmark want workers all the same.
    const eager = records < 1e6 ? { parallelFrom: 0 } : {}
    const env = new ExecutionEnvironment({ parallelism, ...eager })
    const key = integers(records, keys, 1)
    const value = fractions(records, 2)
    const data = env.fromColumns({ key, value })
    const others = env.fromColumns({ id: permutation(keys, 3), weight: fractions(keys, 4) })
    const values = data.map(r => ({ key: r.key, value: Math.sqrt(r.value) * Math.log1p(r.value) }))
    const finer = env.fromColumns({ key: integers(records, 10 * keys, 5), value })
    const many = finer.map(r => ({ key: r.key, value: Math.sqrt(r.value) * Math.log1p(r.value) }))
    const pairs = data
      .join(others)
      .where('key')
      .equalTo('id')
      .with((d, o) => ({ key: d.key, value: Math.sqrt(d.value * o.weight) }))
      .groupBy('key')
      .sum('value')
    const quarter = Math.ceil(records / 4)
    const some = { key: key.subarray(0, quarter), value: value.subarray(0, quarter) }
    const sorted = env.fromColumns(some).orderBy('value')
    return {
      group: task(() => values.groupBy('key').sum('value').toColumns(), byKey),
      'many groups': task(() => many.groupBy('key').sum('value').toColumns(), byKey),
      join: task(() => pairs.toColumns(), byKey),
      sort: task(
        () => sorted.toColumns(),
        ({ key, value }) => ({ keys: orderedSum(key), values: orderedSum(value) }),
      ),
    }
  }
}

/** Keys may come in any order. */
const byKey = ({ key, value }: { key: ArrayLike<number>; value: ArrayLike<number> }) => ({
  groups: key.length,
  sum: total(value),
  byKey: dot(key, value),
})
