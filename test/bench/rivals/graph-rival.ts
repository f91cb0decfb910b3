/** Graph libraries as contenders: what is slow is timed once. */
import type { Answer } from '../answer.js'
import type { Task, Tasks } from '../benchmark.js'
import { LOADING } from '../graph-tasks.js'

/** A run that takes longer is not repeated: its time is told again. */
const SLOW_MS = 2000

/** A library with its graph, and one algorithm on it. */
export interface GraphRival<G, R> {
  readonly part: string
  /** Edges, each in both directions. */
  readonly edges: number
  readonly load: () => G
  readonly run: (graph: G) => R
  readonly answer: (result: R) => Answer
}

/** The two parts of an algorithm of a library in this process. */
export function rivalTasks<G, R>({ part, edges, ...rival }: GraphRival<G, R>): Tasks {
  let graph: G | undefined
  let result: R | undefined
  const load = async () => {
    graph = undefined
    const began = performance.now()
    graph = rival.load()
    return performance.now() - began
  }
  const run = async () => {
    if (graph === undefined) await load()
    result = undefined
    const began = performance.now()
    result = rival.run(graph!)
    return performance.now() - began
  }
  return {
    [LOADING]: onceIfSlow({ time: load, answer: async () => ({ edges }), edges }),
    [part]: onceIfSlow({ time: run, answer: async () => rival.answer(result as R), edges }),
  }
}

/** A task per edge that is done once if it is slow, and says so. */
export function onceIfSlow({
  time,
  answer,
  edges,
}: Pick<Task, 'time' | 'answer'> & { readonly edges: number }): Task {
  let slow: number | undefined
  return {
    async time() {
      if (slow !== undefined) return slow
      const taken = await time()
      if (taken > SLOW_MS) slow = taken
      return taken
    },
    answer,
    work: () => edges,
    note: async () => (slow === undefined ? '' : 'timed once'),
  }
}
