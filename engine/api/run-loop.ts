import { ArgumentError } from '../errors.js'
import { partsFingerprint } from '../optimizer/fingerprint.js'
import { checkFileSystem } from '../optimizer/loop-fingerprints.js'
import { type CheckpointOptions, Loop, type SuperstepState } from '../plan/loop.js'
import { LoopCheckpoints } from '../runtime/checkpoint/loop-checkpoints.js'
import {
  IterationDriver,
  type NamedBatches,
  type StepOutcome,
} from '../runtime/iteration/driver.js'
import type { IterationReport } from '../runtime/iteration/report.js'
import { aborted } from '../runtime/job/aborted.js'
import { createPauses } from '../runtime/job/pauses.js'
import type { LoopProgress } from '../runtime/job/progress.js'
import { type StepsTo, takeSteps, wait } from '../runtime/steps.js'
import { SOLO } from '../runtime/team.js'
import { shown } from '../types/column-writer.js'
import { type IterateOptions, loopOptions } from './loop-options.js'

/** Options of a loop whose step is a kernel. */
export interface RunLoopOptions extends IterateOptions {
  /** Where the step stands between two supersteps; `checkpoint` needs it. */
  readonly state?: KernelState
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
  /**
   * For steps that take long: to be awaited now and then. Lets the event loop run when it is time.
   *
   * @throws {AbortError} If the signal was aborted.
   */
  breathe(): Promise<void>
}

/** What a kernel step holds from one superstep to the next, for checkpoints. */
export interface KernelState {
  /**
   * What the answer depends on, by names that errors use: functions (their source counts), options,
   * data. A checkpoint is refused where one of them has changed.
   */
  readonly program: Readonly<Record<string, unknown>>
  /** All that the next superstep needs. Written at once: the arrays need not be copied. */
  save(): NamedBatches
  /** Goes on from what `save` gave; instead of what there is at the beginning. */
  load(saved: NamedBatches): void
}

/** What a kernel step may say it came to; `done: true` or `pending: 0` ends the loop. */
export interface KernelOutcome extends Pick<StepOutcome, 'workset' | 'changed' | 'pending'> {
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
 * With `checkpoint` and `state` it goes on where a killed run of the same program stood, as loops of
 * data sets do; at the end the checkpoints are removed.
 *
 * @param step Called once per superstep; may be asynchronous.
 * @returns How the loop went. `stoppedBy` is `'untilEmpty'` when the step said that it is done,
 *   `'emptyWorkset'` when nothing is pending.
 * @throws {ArgumentError} If an option is wrong.
 * @throws {PlanError} If a checkpoint is of another program, or there is no file system for it.
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
  const { signal, onProgress, state, ...given } = options
  const checked = loopOptions(given, 'runLoop', true)
  if (typeof step !== 'function') {
    throw new ArgumentError(`runLoop: the step must be a function; got ${shown(step)}.`)
  }
  const loop = new Loop(options.name ?? 'runLoop')
  const checkpoints = await checkpointsOf(loop, checked.checkpoint, state)
  let nextReport = 0
  const driver = new IterationDriver(loop, checked, {
    superstep({ name }, report, maxIterations) {
      const now = performance.now()
      if (now < nextReport) return
      nextReport = now + PROGRESS_MS
      onProgress?.({ ...report, name, maxIterations })
    },
    ended() {},
  })
  if (signal?.aborted) throw aborted(signal)
  const breathe = createPauses(signal)
  const run = () => kernelStep(driver, step, breathe)
  const steps = driver.run({ run, ...(state && savedSteps(state)) }, checkpoints)
  const report = await takeSteps(steps, breathe)
  await checkpoints?.clear()
  return report
}

async function checkpointsOf(
  loop: Loop,
  options: CheckpointOptions | undefined,
  state: KernelState | undefined,
): Promise<LoopCheckpoints | undefined> {
  if (options === undefined) return undefined
  if (state === undefined) {
    throw new ArgumentError(
      `${loop.name}: checkpoint needs to know what to write. Give state: { program, save, load }, or leave checkpoint out.`,
    )
  }
  checkFileSystem(loop.name)
  const fingerprint = await partsFingerprint(state.program)
  return new LoopCheckpoints({ loop, options, fingerprint }, SOLO)
}

/** What the driver asks for to write and read checkpoints. */
function savedSteps({ save, load }: KernelState) {
  return {
    *save(): StepsTo<NamedBatches> {
      return save()
    },
    *load(saved: NamedBatches): StepsTo<void> {
      load(saved)
    },
  }
}

function* kernelStep(
  driver: IterationDriver,
  step: KernelStep,
  breathe: () => Promise<void>,
): StepsTo<StepOutcome> {
  const { superstep, aggregates } = driver
  const returned = step({
    superstep,
    breathe,
    add: (name, value) => aggregates.add(name, value),
    aggregate: <A>(name: string) => aggregates.previous(name) as A | null,
  })
  const outcome = returned instanceof Promise ? yield* wait(returned) : returned
  const { done = false, ...counts } = outcome ?? {}
  return done ? { ...counts, criterion: 0 } : counts
}
