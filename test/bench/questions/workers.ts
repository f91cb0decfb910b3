/**
 * Two workers against one, on work of a second or more: sums by key with a function on the way, a
 * join, a sort.
 *
 * Rival: one worker, which is to take 1.7 times as long at least.
 * Run: `npm run bench -- workers`.
 */
import { ExecutionEnvironment } from '../../../engine/index.js'
import { dot, orderedSum, total } from '../answer.js'
import { type Benchmark, type Setting, task } from '../benchmark.js'
import { fractions, integers, permutation } from '../data.js'

export const workers: Benchmark = {
  name: 'workers',
  question: 'two workers against one',
  records: 20_000_000,
  parts: ['group', 'join', 'sort'],
  contenders: { 'two workers': wiesel(2), 'one worker': wiesel(1) },
  goals: { 'one worker': 1 / 1.7 },
  warmUps: 1,
  runs: 3,
}

function wiesel(parallelism: number) {
  return ({ records }: Setting) => {
    const keys = Math.ceil(records / 40)
    // Little data stays on one thread, and the tests of this benchmark want workers all the same.
    const eager = records < 1e6 ? { parallelFrom: 0 } : {}
    const env = new ExecutionEnvironment({ parallelism, ...eager })
    const data = env.fromColumns({
      key: integers(records, keys, 1),
      value: fractions(records, 2),
    })
    const others = env.fromColumns({ id: permutation(keys, 3), weight: fractions(keys, 4) })
    const groups = data
      .map(r => ({ key: r.key, value: Math.sqrt(r.value) * Math.log1p(r.value) }))
      .groupBy('key')
      .sum('value')
    const pairs = data
      .join(others)
      .where('key')
      .equalTo('id')
      .with((d, o) => ({ key: d.key, value: Math.sqrt(d.value * o.weight) }))
      .groupBy('key')
      .sum('value')
    const sorted = data.orderBy('value')
    return {
      group: task(() => groups.toColumns(), byKey),
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
