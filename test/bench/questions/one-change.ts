/**
 * A delta iteration in which each superstep changes one record: does a superstep cost what its
 * workset costs, or what the solution set costs? The vertices of a chain learn one after the other
 * how far they are from its beginning.
 *
 * The rivals are solution sets a tenth and a hundredth as large, for as many supersteps. What counts
 * is the time of the supersteps, without putting the solution set together and giving it out.
 * Run: `npm run bench -- one-change`.
 */
import { ExecutionEnvironment } from '../../../engine/index.js'
import { type Benchmark, type Setting, type Task, task } from '../benchmark.js'

export const oneChange: Benchmark = {
  name: 'one-change',
  question: 'supersteps that change one of all, of a tenth and of a hundredth of the records',
  records: 1_000_000,
  parts: ['one worker', 'two workers'],
  unit: 'superstep',
  contenders: {
    all: setting => chains(setting, 1),
    'a tenth': setting => chains(setting, 10),
    'a hundredth': setting => chains(setting, 100),
  },
  // The larger sets leave the nearest caches, but nothing may be looked at record by record.
  goals: { 'a tenth': 1.5, 'a hundredth': 1.5 },
  warmUps: 1,
  runs: 5,
}

const UNKNOWN = -1

function chains(setting: Setting, share: number) {
  return { 'one worker': chain(setting, share, 1), 'two workers': chain(setting, share, 2) }
}

function chain({ records }: Setting, share: number, parallelism: number): Task {
  const n = Math.ceil(records / share)
  const maxIterations = Math.ceil(records / 100) - 1
  const env = new ExecutionEnvironment({ parallelism, parallelFrom: 0 })
  const vertices = env.fromColumns({
    id: Int32Array.from({ length: n }, (_, v) => v),
    distance: Int32Array.from({ length: n }, (_, v) => (v === 0 ? 0 : UNKNOWN)),
  })
  const edges = env.fromColumns({
    source: Int32Array.from({ length: n - 1 }, (_, v) => v),
    target: Int32Array.from({ length: n - 1 }, (_, v) => v + 1),
  })
  const distances = vertices.iterateDelta(
    {
      workset: env.fromColumns({ id: Int32Array.of(0), distance: Int32Array.of(0) }),
      key: 'id',
      maxIterations,
    },
    ({ solution, workset }) => {
      const reached = workset
        .join(edges)
        .where('id')
        .equalTo('source')
        .with((v, e) => ({ id: e.target, distance: v.distance + 1 }))
        .join(solution)
        .where('id')
        .equalTo('id')
        .filter((_, s) => s.distance < 0)
        .with(v => v)
      return { delta: reached, workset: reached }
    },
  )
  let milliseconds = 0
  const timed = task(
    async () => {
      const { data, history } = await distances.run()
      milliseconds = history.reduce((sum, { ms }) => sum + ms, 0)
      return { supersteps: history.length, ...(await data.toColumns()) }
    },
    ({ supersteps, distance }) => {
      const known = Array.from(distance).filter(d => d !== UNKNOWN)
      return { supersteps, reached: known.length, sum: known.reduce((sum, d) => sum + d, 0) }
    },
  )
  return {
    ...timed,
    time: async () => {
      await timed.time()
      return milliseconds
    },
    work: () => maxIterations,
  }
}
