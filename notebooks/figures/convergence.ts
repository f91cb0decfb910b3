import { oneOf, shown, trueOrFalse } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { dot, line } from '../charts/plot.js'
import { CATEGORIES, MAIN } from '../charts/theme.js'
import { grouped } from '../data/finite.js'
import { thinned } from '../data/thinned.js'
import type { Figure } from '../display/figure.js'

/** What loops and algorithms that iterate say of themselves; models of such give a list of numbers. */
export interface Iterated {
  /** A number, or a report with named figures, for each iteration. */
  readonly history: ArrayLike<number | Readonly<Record<string, unknown>>>
  readonly converged?: boolean
}

/** Options of `convergence` and `compare`. */
export interface ConvergenceOptions extends ChartOptions {
  /** Which figure of the reports. Default: `change`, else `objective`, else the first aggregate. */
  readonly value?: string
  /** Whether the figures are on a logarithmic scale. Default: where all are above 0. */
  readonly log?: boolean
}

/**
 * How far an iteration was from its end, superstep by superstep.
 *
 * @param result What a loop, an algorithm of gelly or a model of ml gives: something with `history`.
 * @throws {ArgumentError} If there is no history, or no such figure in it.
 * @example
 * const result = { history: [{ superstep: 1, ms: 2, change: 0.5 }, { superstep: 2, ms: 1, change: 0.01 }], converged: true }
 * convergence(result).description // 'change from 0.5 to 0.01 in 2 iterations; converged.'
 */
export function convergence(result: Iterated, options: ConvergenceOptions = {}): Figure {
  return drawn({ '': result }, options, 'convergence')
}

/**
 * How several iterations went, side by side: a line for each.
 *
 * @param results By name: what loops, algorithms or models give.
 * @throws {ArgumentError} If there is no history, or no such figure in one.
 * @example
 * const slow = { history: [5, 4, 3, 2] }
 * const fast = { history: [5, 1] }
 * compare({ slow, fast }).description // 'slow: objective from 5 to 2 in 4 iterations. fast: objective from 5 to 1 in 2 iterations.'
 */
export function compare(
  results: Readonly<Record<string, Iterated>>,
  options: ConvergenceOptions = {},
): Figure {
  if (typeof results !== 'object' || results === null || Array.isArray(results)) {
    throw new ArgumentError(
      `compare: give results by name, such as compare({ first, second }); got ${shown(results)}.`,
    )
  }
  return drawn(results, options, 'compare')
}

interface Curve {
  readonly name: string
  readonly values: readonly number[]
  readonly converged: boolean | undefined
}

function drawn(
  results: Readonly<Record<string, Iterated>>,
  options: ConvergenceOptions,
  figure: string,
): Figure {
  const { value } = options
  if (value !== undefined) oneOf(typeof value, ['string'], figure, 'type of value')
  const histories = Object.entries(results).map(([name, result]) => {
    if (typeof result?.history?.length !== 'number') {
      throw new ArgumentError(
        `${figure}: ${name === '' ? 'the result' : `"${name}"`} has no history; got ${shown(result)}. Give what run() of a loop, an algorithm or fit gives.`,
      )
    }
    return { name, result }
  })
  const of = value ?? usualValue(histories.map(({ result }) => result))
  const parts = chartOptions(options, figure, ['value', 'log'], `${of} by iteration`)
  const curves = histories.map(({ name, result }): Curve => {
    const values = Array.from(result.history, report => figureOf(report, of, figure))
    return { name, values, converged: result.converged }
  })
  const all = curves.flatMap(({ values }) => values)
  const { log = all.length > 0 && all.every(v => v > 0) } = options
  trueOrFalse(log, figure, 'log')
  const usable = (v: number) => Number.isFinite(v) && (!log || v > 0)
  const color = (k: number) => (curves.length === 1 ? MAIN : CATEGORIES[k % CATEGORIES.length]!)
  const marks = curves.flatMap(({ name, values }, k) => {
    const places = thinned(
      values.map((_, at) => at),
      at => values[at]!,
    ).filter(at => usable(values[at]!))
    const x = (at: number) => at + 1
    const y = (at: number) => values[at]!
    const title = (at: number) =>
      `${name === '' ? '' : `${name}\n`}iteration ${at + 1}: ${grouped(values[at]!)}`
    return [
      line(places, { x, y, stroke: color(k), strokeWidth: 1.6 }),
      ...(places.length <= 60 ? [dot(places, { x, y, fill: color(k), r: 2.5, title })] : []),
    ]
  })
  const shownAll = all.filter(usable).length
  return chart({
    ...parts,
    description: curves.every(({ values }) => values.length === 0)
      ? 'No iterations.'
      : curves.map(curve => words(curve, of)).join(' '),
    marks,
    plot: {
      x: { label: 'iteration', ...integerTicks(Math.max(0, ...curves.map(c => c.values.length))) },
      y: {
        label: of,
        grid: true,
        ...(log && shownAll > 0 ? { type: 'log' as const, ticks: 5, tickFormat: '.3~g' } : {}),
      },
      marginLeft: 64,
      marginRight: 24,
    },
    legend: curves.length === 1 ? [] : curves.map(({ name }, k) => [name, color(k)]),
    notes: [
      shownAll < all.length
        ? `${grouped(all.length - shownAll)} of ${grouped(all.length)} values left out: ${log ? 'not above 0, or not finite' : 'not finite'}.`
        : undefined,
    ],
  })
}

/** Iterations are whole. */
function integerTicks(length: number) {
  return length > 0 && length <= 10
    ? { ticks: Array.from({ length }, (_, k) => k + 1), tickFormat: 'd' }
    : { tickFormat: 'd' }
}

const NOT_FIGURES: ReadonlySet<string> = new Set(['superstep', 'ms'])

function usualValue(results: readonly Iterated[]): string {
  const first = results.find(({ history }) => history.length > 0)?.history[0]
  if (first === undefined || typeof first === 'number') return 'objective'
  if ('change' in first) return 'change'
  if ('objective' in first) return 'objective'
  const named = Object.keys(first).filter(
    name => !NOT_FIGURES.has(name) && typeof first[name] === 'number',
  )
  return named[0] ?? 'ms'
}

function figureOf(
  report: number | Readonly<Record<string, unknown>>,
  name: string,
  figure: string,
): number {
  if (typeof report === 'number') return report
  const value = report[name]
  if (typeof value === 'number') return value
  if (value === undefined && !(name in report)) {
    const known = Object.keys(report).filter(key => typeof report[key] === 'number')
    throw new ArgumentError(
      `${figure}: the history has no figure "${name}"; it has ${known.join(', ')}.`,
    )
  }
  return Number.NaN
}

function words({ name, values, converged }: Curve, of: string): string {
  const head = name === '' ? of : `${name}: ${of}`
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return `${head}: no iterations.`
  const times = `${grouped(values.length)} ${values.length === 1 ? 'iteration' : 'iterations'}`
  const end = converged === undefined ? '' : converged ? '; converged' : '; not converged'
  return `${head} from ${grouped(finite[0]!)} to ${grouped(finite.at(-1)!)} in ${times}${end}.`
}
