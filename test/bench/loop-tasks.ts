import type { Answer } from './answer.js'
import { type Memory, type Tasks, task } from './benchmark.js'

/** The parts of a benchmark of a loop. */
export const LOOP_PARTS = ['supersteps', 'in all'] as const

/** What one run gave, and how long its supersteps took, in milliseconds. */
export interface LoopRun {
  readonly loopMs: number
}

/**
 * A run timed in two ways: its supersteps alone, and all of it, with the index over the edges that
 * the loop works on.
 */
export function loopTasks<R extends LoopRun>(
  run: () => R | Promise<R>,
  answer: (found: R) => Answer | Promise<Answer>,
  note: (found: R, memory: Memory) => string,
  work: () => number,
): Tasks {
  let loopMs = 0
  const whole = task(
    async () => {
      const found = await run()
      loopMs = found.loopMs
      return found
    },
    answer,
    note,
  )
  const supersteps = async () => {
    await whole.time()
    return loopMs
  }
  return { supersteps: { ...whole, work, time: supersteps }, 'in all': { ...whole, work } }
}

/** The time of all supersteps of a report. */
export function loopTime(history: readonly { readonly ms: number }[]): number {
  return history.reduce((sum, { ms }) => sum + ms, 0)
}
