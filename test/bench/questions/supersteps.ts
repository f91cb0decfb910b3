/**
 * What a superstep costs that has next to nothing to do: a body with one operation, on one record.
 *
 * No rival; the limits are microseconds. Run: `npm run bench -- supersteps`.
 */
import { ExecutionEnvironment } from '../../../engine/index.js'
import { type Benchmark, type Setting, task } from '../benchmark.js'

export const supersteps: Benchmark = {
  name: 'supersteps',
  question: 'supersteps of a body that maps one record',
  records: 20_000,
  parts: ['bulk', 'delta'],
  unit: 'superstep',
  contenders: {
    'one worker': setting => wiesel(setting, 1),
    'two workers': setting => wiesel(setting, 2),
  },
  limits: { 'one worker': 50_000, 'two workers': 200_000 },
  warmUps: 1,
  runs: 3,
}

function wiesel({ records: maxIterations }: Setting, parallelism: number) {
  const env = new ExecutionEnvironment({ parallelism, parallelFrom: 0 })
  const start = env.fromColumns({ id: Int32Array.of(1), value: Float64Array.of(0) })
  const next = (r: { id: number; value: number }) => ({ id: r.id, value: r.value + 1 })
  const bulk = start.iterate({ maxIterations }, current => current.map(next))
  const delta = start.iterateDelta({ workset: start, key: 'id', maxIterations }, ({ workset }) => {
    const mapped = workset.map(next)
    return { delta: mapped, workset: mapped }
  })
  return { bulk: counted(() => bulk.collect()), delta: counted(() => delta.collect()) }
}

function counted(work: () => Promise<readonly { readonly value: number }[]>) {
  return task(work, ([record]) => ({ supersteps: record!.value }))
}
