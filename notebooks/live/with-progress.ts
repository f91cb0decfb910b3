import { knownOptions, shown } from '../../engine/extend.js'
import { AbortError, ArgumentError } from '../../engine/index.js'
import { CLOCK, type Clock } from './clock.js'
import { LiveDisplay } from './display.js'
import { onInterrupt } from './interrupts.js'
import { type Outlet, outletHere } from './outlet.js'
import { type AnyProgress, ended, heard, type ProgressState } from './progress-state.js'
import { ProgressView } from './progress-view.js'

/** What work is given: the options that jobs, algorithms and `fit` have in common. */
export interface WatchedRun {
  /** Aborted by the Stop button of a notebook. */
  readonly signal: AbortSignal
  /** Takes reports of any kind. */
  readonly onProgress: (progress: AnyProgress) => void
}

/** Options of `withProgress`. */
export interface WithProgressOptions {
  /** What is being done. Default `'Working'`. */
  readonly title?: string
  /** Stops the work as well. */
  readonly signal?: AbortSignal
  /** On a page: the element in which it is shown. */
  readonly into?: Element
}

/** The time goes on also where nothing is reported. */
const TICK_MS = 500

/**
 * Runs something long and shows how far it is: what it does, rows per second, the superstep of loops and
 * how much still changes; in the end whether it is done, failed or was stopped, and what it took.
 *
 * In notebooks it is an output that changes, and is saved as it was last; the Stop button stops the work
 * and leaves the kernel and its variables as they are. On a terminal it is a line.
 *
 * @param work Gets what it hands on to one job, or to several one after the other.
 * @returns What the work returns; it fails as the work fails.
 * @throws {AbortError} If it was stopped.
 * @throws {ArgumentError} On a page without `into`.
 * @example
 * await withProgress(run => flights.count(run), { title: 'Counting' }) // ...
 * await withProgress(run => kMeans({ features: ['distance'], k: 2 }).fit(flights, run)) // ...
 */
export async function withProgress<T>(
  work: (run: WatchedRun) => Promise<T>,
  options: WithProgressOptions = {},
): Promise<T> {
  const operation = 'withProgress'
  knownOptions(options, ['title', 'signal', 'into'], operation)
  if (typeof work !== 'function') {
    throw new ArgumentError(
      `${operation}: give a function that begins the work, such as run => data.count(run); got ${shown(work)}.`,
    )
  }
  const { title = 'Working', signal } = options
  if (typeof title !== 'string') {
    throw new ArgumentError(`${operation}: title must be a text; got ${shown(title)}.`)
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new ArgumentError(`${operation}: signal must be an AbortSignal; got ${shown(signal)}.`)
  }
  const outlet = outletHere(operation, options.into, globalThis.process?.stderr)
  return watched(work, title, signal, outlet, CLOCK)
}

/** As `withProgress`, with a place and a clock. */
export async function watched<T>(
  work: (run: WatchedRun) => Promise<T>,
  title: string,
  given: AbortSignal | undefined,
  outlet: Outlet,
  clock: Clock,
): Promise<T> {
  const began = clock.now()
  const controller = new AbortController()
  const signal = given ? AbortSignal.any([given, controller.signal]) : controller.signal
  const forget = onInterrupt(() => controller.abort(new AbortError('by the Stop button')))
  let state: ProgressState = { title, state: 'running', milliseconds: 0 }
  const view = () => new ProgressView({ ...state, milliseconds: clock.now() - began })
  const live = new LiveDisplay(outlet, view(), clock)
  let callOff = (): void => undefined
  const tick = () => {
    live.update(view())
    callOff = clock.after(TICK_MS, tick)
  }
  callOff = clock.after(TICK_MS, tick)
  const onProgress = (report: AnyProgress) => {
    state = heard(state, report)
    live.update(view())
  }
  try {
    const result = await work({ signal, onProgress })
    state = ended(state, result)
    return result
  } catch (error) {
    const stopped = signal.aborted
    const reason = reasonOf(stopped ? signal.reason : error)
    state = { ...state, state: stopped ? 'stopped' : 'failed', reason }
    throw error
  } finally {
    callOff()
    forget()
    // That it cannot be shown does not make the work fail.
    await live.done(view()).catch(() => undefined)
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
