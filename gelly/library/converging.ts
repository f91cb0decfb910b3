/** What algorithms share that go on until little changes. */
import {
  type KernelStep,
  knownOptions,
  numberFrom,
  positiveInteger,
  type RunLoopOptions,
  runLoop,
} from '../../engine/extend.js'
import type { IterationReport } from '../../engine/index.js'

/** Options of long work. */
export interface LongOptions extends Pick<RunLoopOptions, 'signal' | 'onProgress'> {}

/** Options of algorithms that iterate a certain number of times at most. */
export interface IterationOptions extends LongOptions {
  /** The most iterations. */
  readonly maxIterations?: number
}

/** Options of algorithms that approach their answer. */
export interface ConvergingOptions extends IterationOptions {
  /** They have converged when all scores together change by at most this much. */
  readonly tolerance?: number
}

/** How an iteration went. */
export interface IterationOutcome
  extends Pick<IterationReport, 'iterations' | 'converged' | 'history'> {}

const SHARED = ['maxIterations', 'signal', 'onProgress']

/**
 * Checks the names of options, and those that iterations share.
 *
 * @param further The algorithm's own options.
 * @throws {ArgumentError} If an option is unknown or out of range.
 */
export function checkIteration(
  options: ConvergingOptions,
  operation: string,
  further: readonly string[],
): void {
  knownOptions(options, [...further, ...SHARED], operation)
  const { maxIterations, tolerance } = options
  if (maxIterations !== undefined && maxIterations !== Infinity) {
    positiveInteger(maxIterations, operation, 'maxIterations')
  }
  if (tolerance !== undefined) numberFrom(tolerance, operation, 'tolerance', 0, Number.MAX_VALUE)
}

/** Runs the loop of an algorithm, and leaves the options out that are not given. */
export async function iterated(
  name: string,
  { signal, onProgress }: LongOptions,
  maxIterations: number,
  step: KernelStep,
): Promise<IterationOutcome> {
  const report = await runLoop(
    {
      name,
      maxIterations,
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    },
    step,
  )
  const { iterations, converged, history } = report
  return { iterations, converged, history }
}
