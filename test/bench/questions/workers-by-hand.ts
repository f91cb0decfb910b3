/**
 * What a second thread gains without any engine: the sums of `workers` as loops by hand, in two
 * threads and in one, over the same arrays in shared memory.
 *
 * Run: `npm run bench -- workers-by-hand`.
 */
import { dot, total } from '../answer.js'
import { type Benchmark, type Setting, task } from '../benchmark.js'
import { sumThreads } from '../by-hand/sums-in-threads.js'
import { fractions, integers } from '../data.js'

export const workersByHand: Benchmark = {
  name: 'workers-by-hand',
  question: 'sums by key as a loop by hand, in two threads against one',
  records: 40_000_000,
  parts: ['group', 'many groups'],
  contenders: { 'two threads': byHand(2), 'one thread': byHand(1) },
  warmUps: 3,
  runs: 5,
}

function byHand(threads: number) {
  return ({ records }: Setting) => {
    const value = fractions(records, 2)
    const tasksOf = (keys: number, seed: number) => {
      const started = sumThreads({ key: integers(records, keys, seed), value, keys }, threads)
      return task(
        () => started.sums(),
        sums => ({ sum: total(sums), byKey: dot(Array.from(sums.keys()), sums) }),
      )
    }
    const keys = Math.ceil(records / 400)
    return { group: tasksOf(keys, 1), 'many groups': tasksOf(10 * keys, 5) }
  }
}
