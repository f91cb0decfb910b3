import { ArgumentError } from '../errors.js'
import { Loop, type SuperstepState } from '../plan/loop.js'
import { IterationDriver, type StepOutcome } from '../runtime/iteration/driver.js'
import type { IterationReport } from '../runtime/iteration/report.js'
import { aborted } from '../runtime/job/aborted.js'
import { createPauses } from '../runtime/job/pauses.js'
import type { LoopProgress } from '../runtime/job/progress.js'
import { type StepsTo, takeSteps, wait } from '../runtime/steps.js'
import { shown } from '../types/column-writer.js'
import { type IterateOptions, loopOptions } from './loop-options.js'

/** Options of a loop whose step is a kernel. */
export interface RunLoopOptions extends Omit<IterateOptions, 'checkpoint'> {
  /** Stops the loop when aborted; it then fails with `AbortError`. */
  readonly signal?: AbortSignal
  /** Called after supersteps, about ten times a second. */
  readonly onProgress?: (progress: LoopProgress) => void
}

/** What a kernel step is told, and where it says what it did. */
export interface KernelSuperstep extends Pick<SuperstepState, 'superstep'> {
  /** Adds a value to an aggregate of this superstep. */
  add(name: string, value?: unknown): void
  /** An aggregate of the superstep before; `null` when there is none. */
  aggregate<A = number>(name: string): A | null
}

/** What a kernel step may say it came to; `done: true` ends the loop. */
export interface KernelOutcome extends Pick<StepOutcome, 'workset' | 'changed'> {
  readonly done?: boolean
}

/** One superstep over flat arrays that the library holds. */
export type KernelStep = (
  superstep: KernelSuperstep,
  // biome-ignore lint/suspicious/noConfusingVoidType: a step need not return anything.
) => KernelOutcome | undefined | void | Promise<KernelOutcome | undefined | void>

/** Progress is reported this often at most. */
const PROGRESS_MS = 100

/**
 * Runs a loop whose step is a function over flat arrays instead of a dataflow, under the same driver
 * as `iterate`: it counts supersteps, adds up aggregates, decides when to stop, says why, and keeps
 * the history. Pauses between supersteps, so that the thread hears of an abort.
 *
 * @param step Called once per superstep; may be asynchronous.
 * @returns How the loop went. `stoppedBy` is `'untilEmpty'` when the step said that it is done.
 * @throws {ArgumentError} If an option is wrong.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * let x = 1
 * const { iterations, converged } = await runLoop(
 *   { maxIterations: 50, until: ({ aggregate }) => aggregate('change') < 1e-12 },
 *   ({ add }) => {
 *     const better = (x + 2 / x) / 2
 *     add('change', Math.abs(better - x))
 *     x = better
 *   },
 * )
 * converged // true
 * x.toFixed(6) // '1.414214'
 */
export async function runLoop(options: RunLoopOptions, step: KernelStep): Promise<IterationReport> {
  const { signal, onProgress, ...given } = options
  const checked = loopOptions(given, 'runLoop', true)
  if (typeof step !== 'function') {
    throw new ArgumentError(`runLoop: the step must be a function; got ${shown(step)}.`)
  }
  let nextReport = 0
  const driver = new IterationDriver(new Loop(options.name ?? 'runLoop'), checked, {
    superstep({ name }, report, maxIterations) {
      const now = performance.now()
      if (now < nextReport) return
      nextReport = now + PROGRESS_MS
      onProgress?.({ ...report, name, maxIterations })
    },
    ended() {},
  })
  if (signal?.aborted) throw aborted(signal)
  return takeSteps(driver.run({ run: () => kernelStep(driver, step) }), createPauses(signal))
}

function* kernelStep(driver: IterationDriver, step: KernelStep): StepsTo<StepOutcome> {
  const { superstep, aggregates } = driver
  const returned = step({
    superstep,
    add: (name, value) => aggregates.add(name, value),
    aggregate: <A>(name: string) => aggregates.previous(name) as A | null,
  })
  const outcome = returned instanceof Promise ? yield* wait(returned) : returned
  const { done = false, ...counts } = outcome ?? {}
  return done ? { ...counts, criterion: 0 } : counts
}
