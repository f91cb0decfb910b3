import type { LoopProgress, Progress } from '../../engine/index.js'

/** Progress of algorithms that make many searches. */
export interface PartsProgress {
  readonly done: number
  readonly of: number
}

/** What long work says of itself: jobs, loops, searches. */
export type AnyProgress = Progress | LoopProgress | PartsProgress

/** The loop that was heard of last. */
export interface LoopState {
  readonly name: string
  readonly superstep: number
  /** The most supersteps. Unknown once it has ended. */
  readonly of?: number
  /** Whether it ended by itself; unknown while it runs. */
  readonly converged?: boolean
  /** What is told of each superstep: `change`. */
  readonly measure?: string
  /** Its values, as far as they were heard. */
  readonly values: readonly number[]
}

/** How far work is. */
export interface ProgressState {
  readonly title: string
  readonly state: 'running' | 'done' | 'failed' | 'stopped'
  /** Why it failed or stopped. */
  readonly reason?: string
  /** Since it began. */
  readonly milliseconds: number
  readonly job?: Progress
  readonly parts?: PartsProgress
  readonly loop?: LoopState
}

/** Of more values, every second is forgotten. */
const MOST_VALUES = 480

/** The state after a report. */
export function heard(state: ProgressState, report: AnyProgress): ProgressState {
  if ('of' in report && typeof report.of === 'number') {
    return { ...state, parts: { done: Number(report.done), of: report.of } }
  }
  if (!isJob(report)) return { ...state, loop: nextLoop(state.loop, report as LoopProgress) }
  const { loop } = report
  return { ...state, job: report, ...(loop && { loop: nextLoop(state.loop, loop) }) }
}

/** The state at the end: what the result says of its iterations counts more than what was heard. */
export function ended(state: ProgressState, result: unknown): ProgressState {
  const outcome = outcomeOf(result)
  if (outcome === undefined) {
    // What was heard last of a loop need not be its end; jobs say it in their last report.
    const { loop, ...others } = state
    return { ...others, state: 'done', ...(loop && state.job?.loop && { loop }) }
  }
  const { iterations, converged, history } = outcome
  const last = history.at(-1)
  const measure = measureOf(last)
  const values = history.map(report => figureIn(report, measure))
  const loop: LoopState = {
    name: state.loop?.name ?? '',
    superstep: iterations,
    ...(converged === undefined ? {} : { converged }),
    ...(values.length > 0 && measure !== undefined ? { measure, values } : { values: [] }),
  }
  return { ...state, state: 'done', loop }
}

const isJob = (report: AnyProgress): report is Progress =>
  'phase' in report && typeof report.phase === 'string' && 'rows' in report

function nextLoop(before: LoopState | undefined, report: LoopProgress): LoopState {
  const { name, superstep, maxIterations } = report
  const same = before?.name === name && before.superstep <= superstep
  const measure = measureOf(report)
  const value = figureIn(report, measure)
  const values = same ? before.values : []
  const isNew = !same || before.superstep < superstep
  return {
    name,
    superstep,
    of: maxIterations,
    ...(measure === undefined ? {} : { measure }),
    values: isNew && Number.isFinite(value) ? [...thinner(values), value] : values,
  }
}

const thinner = (values: readonly number[]) =>
  values.length < MOST_VALUES ? values : values.filter((_, k) => k % 2 === 1)

/** Members of a report that say nothing of how far a loop is from its end. */
const NO_MEASURES: ReadonlySet<string> = new Set(['superstep', 'ms', 'maxIterations', 'workset'])

/** The figure of a superstep that tells most: the change, or what else was added up. */
function measureOf(report: unknown): string | undefined {
  if (typeof report === 'number') return 'objective'
  if (typeof report !== 'object' || report === null) return undefined
  const figures = Object.entries(report).filter(([, value]) => typeof value === 'number')
  const names = figures.map(([name]) => name).filter(name => !NO_MEASURES.has(name))
  return ['change', 'objective'].find(name => names.includes(name)) ?? names[0]
}

function figureIn(report: unknown, measure: string | undefined): number {
  if (typeof report === 'number') return report
  const value = (report as Readonly<Record<string, unknown>> | null | undefined)?.[measure ?? '']
  return typeof value === 'number' ? value : Number.NaN
}

/** What results of loops, algorithms and learning have in common. */
function outcomeOf(result: unknown) {
  if (typeof result !== 'object' || result === null) return undefined
  const { iterations, converged, history } = result as Readonly<Record<string, unknown>>
  const isList = Array.isArray(history) || ArrayBuffer.isView(history)
  const reports: readonly unknown[] = isList ? Array.from(history as ArrayLike<unknown>) : []
  // Models have a history and no number of iterations.
  const count = typeof iterations === 'number' ? iterations : reports.length
  if (count === 0) return undefined
  return {
    iterations: count,
    converged: typeof converged === 'boolean' ? converged : undefined,
    history: reports,
  }
}
