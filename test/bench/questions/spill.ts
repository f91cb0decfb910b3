/**
 * 20 million records (key, value) grouped, joined and sorted with a memory budget of 64 MiB: does
 * it give the same answer as without a limit, what does it cost, and what does the process hold?
 *
 * Rival: wiesel itself with a budget that holds everything. One run each, no warm-up.
 * Run: `npm run bench -- spill`.
 */
import { count, type DataSet, ExecutionEnvironment, sum } from '../../../engine/index.js'
import { rows } from '../answer.js'
import { type Benchmark, type Setting, task } from '../benchmark.js'

export const spill: Benchmark = {
  name: 'spill',
  question: 'group, join and sort under a budget of 64 MiB',
  records: 20_000_000,
  parts: ['group', 'join', 'sort'],
  contenders: {
    'with 64 MiB': setting => wiesel(setting, '64 MiB'),
    'with 8 GiB': setting => wiesel(setting, '8 GiB'),
  },
  memoryGoal: 700,
  warmUps: 0,
  runs: 1,
}

function wiesel({ records }: Setting, memory: string) {
  const env = new ExecutionEnvironment({ memory })
  const parameters = { with: { keys: Math.ceil(records / 4) } }
  // Made as they are read, so that the data itself takes no memory.
  const data = env.generateSequence(0, records - 1).map(
    (n, { keys }) => ({
      key: (Math.imul(n, 0x9e3779b1) >>> 0) % keys,
      value: (Math.imul(n ^ (n >>> 7), 0x85ebca6b) >>> 8) / 2 ** 24,
    }),
    parameters,
  )
  const others = env
    .generateSequence(0, Math.ceil(records / 4) - 1)
    .map(id => ({ id, weight: (Math.imul(id, 0x27d4eb2f) >>> 16) / 65_536 }))

  const groups = data
    .groupBy('key')
    .aggregate({ n: count(), total: sum('value') })
    .aggregate({
      groups: count(),
      records: sum('n'),
      check: sum((g: { key: number; total: number }) => g.key * g.total),
    })
  const pairs = data
    .join(others)
    .where('key')
    .equalTo('id')
    .with((d, o) => ({ key: d.key, product: d.value * o.weight }))
    .aggregate({
      pairs: count(),
      check: sum((p: { key: number; product: number }) => p.key * p.product),
    })
  const sorted = data
    .orderBy('value')
    .thenBy('key')
    .zipWithIndex()
    .aggregate({
      records: count(),
      keys: sum((r: { index: number; key: number }) => (r.index % 1009) * r.key),
      values: sum((r: { index: number; value: number }) => (r.index % 1009) * r.value),
    })
  return { group: measured(groups), join: measured(pairs), sort: measured(sorted) }
}

function measured<T extends object>(data: DataSet<T>) {
  return task(
    () => data.collect(),
    records => ({ answer: rows(records) }),
    async () => {
      const { nodes } = await data.explain({ format: 'json' })
      const total = nodes.reduce((sum, { actual }) => sum + (actual?.spilledBytes ?? 0), 0)
      return `${Math.round(total / 2 ** 20)} MiB spilled`
    },
  )
}
