import { oneOf, shown, trueOrFalse } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { dot, line, ruleX, text } from '../charts/plot.js'
import { CATEGORIES } from '../charts/theme.js'
import { grouped } from '../data/finite.js'
import { thinned } from '../data/thinned.js'
import type { Figure } from '../display/figure.js'

/** Options of `learningCurve`. */
export interface LearningCurveOptions extends ChartOptions {
  /** What is along the horizontal axis. Default `'iteration'`. */
  readonly x?: string
  /** What is measured. Default `'loss'`. */
  readonly y?: string
  /** Which end is the best one; it is marked on the last curve. Default `'min'`. */
  readonly best?: 'min' | 'max'
  /** Whether values are on a logarithmic scale. Default `false`. */
  readonly log?: boolean
}

/**
 * How a model got better while it learned: on what it learned from, and on what it did not see.
 *
 * @param curves By name, such as `{ training, validation }`: a value for each iteration.
 * @throws {ArgumentError} If there are no curves, or an option is unknown or wrong.
 * @example
 * learningCurve({ training: [3, 2, 1], validation: [3, 2.5, 2.75] }).description
 * // 'training: loss from 3 to 1 in 3 iterations. validation: loss from 3 to 2.75 in 3 iterations; best 2.5 at 2.'
 */
export function learningCurve(
  curves: Readonly<Record<string, ArrayLike<number>>>,
  options: LearningCurveOptions = {},
): Figure {
  const figure = 'learningCurve'
  const named = typeof curves === 'object' && curves !== null ? Object.entries(curves) : []
  const wrong = named.find(([, values]) => typeof values?.length !== 'number')
  if (named.length === 0 || wrong !== undefined || Array.isArray(curves)) {
    throw new ArgumentError(
      `${figure}: give lists of numbers by name, such as { training, validation }; got ${shown(wrong?.[1] ?? curves)}.`,
    )
  }
  const { x = 'iteration', y = 'loss', best = 'min', log = false } = options
  oneOf(best, ['min', 'max'], figure, 'best')
  trueOrFalse(log, figure, 'log')
  const parts = chartOptions(options, figure, ['x', 'y', 'best', 'log'], `${y} by ${x}`)
  const usable = (value: number) => Number.isFinite(value) && (!log || value > 0)
  const color = (k: number) => CATEGORIES[k % CATEGORIES.length]!
  const lists = named.map(([name, values]) => ({ name, values: Array.from(values) }))
  const last = lists.at(-1)!
  const mark = bestOf(last.values, best, usable)
  const marks = lists.flatMap(({ values }, k) => {
    const places = thinned([...values.keys()], at => values[at]!).filter(at => usable(values[at]!))
    return [
      line(places, {
        x: (at: number) => at + 1,
        y: (at: number) => values[at]!,
        stroke: color(k),
        strokeWidth: 1.6,
      }),
    ]
  })
  const at = mark === undefined ? [] : [{ x: mark + 1, y: last.values[mark]! }]
  const right = mark !== undefined && mark > 0.7 * last.values.length
  const lacking = lists.reduce((sum, { values }) => sum + values.filter(v => !usable(v)).length, 0)
  const total = lists.reduce((sum, { values }) => sum + values.length, 0)
  const longest = Math.max(...lists.map(({ values }) => values.length))
  return chart({
    ...parts,
    description: lists.every(({ values }) => !values.some(usable))
      ? 'No values.'
      : lists
          .map((curve, k) => words(curve, x, y, k === lists.length - 1 ? mark : undefined))
          .join(' '),
    marks: [
      ...marks,
      ruleX(at, { x: 'x', strokeOpacity: 0.4, strokeDasharray: '3 3' }),
      dot(at, { x: 'x', y: 'y', r: 4, fill: color(lists.length - 1) }),
      text(at, {
        x: 'x',
        y: 'y',
        text: (d: { x: number; y: number }) => `best ${grouped(d.y)} at ${grouped(d.x)}`,
        textAnchor: right ? 'end' : 'start',
        dx: right ? -8 : 8,
        dy: best === 'min' ? 12 : -12,
      }),
    ],
    plot: {
      x: {
        label: x,
        tickFormat: 'd',
        ...(longest <= 10 ? { ticks: Array.from({ length: longest }, (_, k) => k + 1) } : {}),
      },
      y: {
        label: y,
        grid: true,
        ...(log && lacking < total ? { type: 'log' as const, ticks: 5, tickFormat: '.3~g' } : {}),
      },
      marginLeft: 64,
      marginRight: 24,
      insetBottom: 14,
      insetTop: 14,
    },
    legend: lists.map(({ name }, k) => [name, color(k)]),
    notes: [
      lacking > 0
        ? `${grouped(lacking)} of ${grouped(total)} values left out: ${log ? 'not above 0, or not finite' : 'not finite'}.`
        : undefined,
    ],
  })
}

/** The place of the best value; the first of equal ones. */
function bestOf(
  values: readonly number[],
  best: 'min' | 'max',
  usable: (value: number) => boolean,
): number | undefined {
  let found: number | undefined
  for (const [k, value] of values.entries()) {
    if (!usable(value)) continue
    const better =
      found === undefined || (best === 'min' ? value < values[found]! : value > values[found]!)
    if (better) found = k
  }
  return found
}

function words(
  { name, values }: { readonly name: string; readonly values: readonly number[] },
  x: string,
  y: string,
  best: number | undefined,
): string {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return `${name}: no values.`
  const mark = best === undefined ? '' : `; best ${grouped(values[best]!)} at ${grouped(best + 1)}`
  return `${name}: ${y} from ${grouped(finite[0]!)} to ${grouped(finite.at(-1)!)} in ${grouped(values.length)} ${x}${values.length === 1 ? '' : 's'}${mark}.`
}
