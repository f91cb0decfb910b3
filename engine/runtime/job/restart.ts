/**
 * Trying a job again after a failure. Every attempt begins anew, apart from loops with checkpoints,
 * which go on from the last one. The names are Flink's: fixed delay, and failure rate.
 */
import { AbortError, ArgumentError, MemoryError, PlanError, SchemaError } from '../../errors.js'
import { knownOptions, nonNegativeInteger, positiveInteger } from '../../types/arguments.js'
import { shown } from '../../types/column-writer.js'
import { aborted } from './aborted.js'

/** Again after each failure, but only so often. */
export interface FixedDelayRestart {
  /** How often a job is tried again, at most; it then runs at most once more than that. */
  readonly attempts: number
  /** Before each further attempt, in milliseconds. Default 1000. */
  readonly delayMs?: number
}

/** Again for as long as failures are rare. */
export interface FailureRateRestart {
  /** How many failures within `withinMs` are borne; one more ends the job. */
  readonly failures: number
  /** In milliseconds. Default 60,000. */
  readonly withinMs?: number
  /** Before each further attempt, in milliseconds. Default 1000. */
  readonly delayMs?: number
}

/** Whether and when a job that failed is tried again; `false`: never. */
export type RestartStrategy = false | FixedDelayRestart | FailureRateRestart

/** Time, so that tests need not wait. */
export interface Clock {
  now(): number
  /** Ends early when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>
}

/** What a job may say about its own repetition. */
export interface RestartOptions {
  readonly signal?: AbortSignal | undefined
  /** Whether what the failed attempt did can be undone. Default: always. */
  readonly mayRepeat?: () => boolean
  /** Called before each delay, with the attempt that failed. */
  readonly onFailure?: (attempt: number, error: unknown) => void
  readonly clock?: Clock
}

/**
 * Runs `attempt` (which gets its number, from 1) until it succeeds or the strategy gives up; then
 * what the last attempt threw is thrown.
 *
 * Failures that would come again are not repeated: wrong arguments, fields and plans, too small a
 * memory budget, and a job that was stopped.
 *
 * @throws {AbortError} If the signal is aborted during a delay.
 */
export async function withRestarts<T>(
  attempt: (number: number) => Promise<T>,
  strategy: RestartStrategy,
  { signal, mayRepeat = () => true, onFailure, clock = realClock }: RestartOptions = {},
): Promise<T> {
  const failures: number[] = []
  for (let number = 1; ; number++) {
    try {
      return await attempt(number)
    } catch (error) {
      failures.push(clock.now())
      if (strategy === false || !mayPass(error) || !mayRepeat()) throw error
      if (!isBorne(strategy, failures)) throw error
      onFailure?.(number, error)
      await clock.sleep(strategy.delayMs ?? 1000, signal)
      if (signal?.aborted) throw aborted(signal)
    }
  }
}

/** @throws {ArgumentError} If `restart` is no strategy. */
export function checkRestart(restart: unknown, operation: string): void {
  if (restart === undefined || restart === false) return
  const isObject = typeof restart === 'object' && restart !== null
  if (isObject && 'attempts' in restart) {
    knownOptions(restart, ['attempts', 'delayMs'], `${operation}: restart`)
    nonNegativeInteger(restart.attempts, operation, 'restart.attempts')
    checkTime((restart as FixedDelayRestart).delayMs, operation, 'restart.delayMs')
  } else if (isObject && 'failures' in restart) {
    knownOptions(restart, ['failures', 'withinMs', 'delayMs'], `${operation}: restart`)
    const { withinMs, delayMs } = restart as FailureRateRestart
    positiveInteger(restart.failures, operation, 'restart.failures')
    checkTime(withinMs, operation, 'restart.withinMs')
    checkTime(delayMs, operation, 'restart.delayMs')
  } else {
    throw new ArgumentError(
      `${operation}: restart must be { attempts: 3, delayMs: 1000 }, { failures: 3, withinMs: 60_000, delayMs: 1000 } or false; got ${shown(restart)}.`,
    )
  }
}

const HOPELESS = [ArgumentError, SchemaError, PlanError, MemoryError, AbortError]

function mayPass(error: unknown): boolean {
  return !HOPELESS.some(kind => error instanceof kind)
}

/** @param failures When attempts failed, the last one included. */
function isBorne(
  strategy: FixedDelayRestart | FailureRateRestart,
  failures: readonly number[],
): boolean {
  if ('attempts' in strategy) return failures.length <= strategy.attempts
  const { failures: most, withinMs = 60_000 } = strategy
  const last = failures.at(-1)!
  return failures.filter(time => last - time < withinMs).length <= most
}

/** The longest time that a timer takes; longer ones would end at once. */
const LONGEST = 2 ** 31 - 1

function checkTime(value: number | undefined, operation: string, name: string): void {
  if (value === undefined) return
  if (typeof value === 'number' && value >= 0 && value <= LONGEST) return
  throw new ArgumentError(
    `${operation}: ${name} must be a time of 0 to ${LONGEST} milliseconds; got ${shown(value)}.`,
  )
}

const realClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise(resolve => {
      if (signal?.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      signal?.addEventListener('abort', end)
    }),
}
