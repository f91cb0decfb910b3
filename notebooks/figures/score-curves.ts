/** Curves of scores: what each threshold finds, and how far probabilities are to be believed. */

import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { areaY, dot, line } from '../charts/plot.js'
import { CATEGORIES, MAIN } from '../charts/theme.js'
import { grouped } from '../data/finite.js'
import { thinned } from '../data/thinned.js'
import type { Figure } from '../display/figure.js'

/** As `rocCurve` of `wiesel/ml` gives it. */
export interface RocPoints {
  readonly falsePositiveRates: ArrayLike<number>
  readonly truePositiveRates: ArrayLike<number>
  readonly area: number
}

/** As `precisionRecallCurve` of `wiesel/ml` gives it. */
export interface PrecisionRecallPoints {
  readonly precision: ArrayLike<number>
  readonly recall: ArrayLike<number>
  readonly averagePrecision: number
}

/**
 * Which share of the positive class is found, at the price of which share of the others.
 *
 * @param curves One curve, or several by name; what `rocCurve` gives.
 * @throws {ArgumentError} If one is no such curve, or an option is unknown or wrong.
 * @example
 * const curve = { falsePositiveRates: [0, 0, 1], truePositiveRates: [0, 0.5, 1], area: 0.75 }
 * drawRocCurve(curve).description // 'Area under the curve 0.75...'
 */
export function drawRocCurve(
  curves: RocPoints | Readonly<Record<string, RocPoints>>,
  options: ChartOptions = {},
): Figure {
  const figure = 'drawRocCurve'
  const named = byName<RocPoints>(curves, ['falsePositiveRates', 'truePositiveRates'], figure)
  return drawn(figure, options, 'ROC curve', {
    x: 'share of others found',
    y: 'share of the positive class found',
    diagonal: true,
    curves: named.map(([name, { falsePositiveRates: x, truePositiveRates: y, area }]) => ({
      name,
      x,
      y,
      words: `area under the curve ${grouped(area)}`,
    })),
  })
}

/**
 * Precision by recall: which share of what is found is right, the more is found.
 *
 * @param curves One curve, or several by name; what `precisionRecallCurve` gives.
 * @throws {ArgumentError} If one is no such curve, or an option is unknown or wrong.
 * @example
 * const curve = { precision: [1, 0.5], recall: [0.5, 1], averagePrecision: 0.75 }
 * drawPrecisionRecallCurve(curve).description // 'Average precision 0.75...'
 */
export function drawPrecisionRecallCurve(
  curves: PrecisionRecallPoints | Readonly<Record<string, PrecisionRecallPoints>>,
  options: ChartOptions = {},
): Figure {
  const figure = 'drawPrecisionRecallCurve'
  const named = byName<PrecisionRecallPoints>(curves, ['precision', 'recall'], figure)
  return drawn(figure, options, 'Precision and recall', {
    x: 'recall',
    y: 'precision',
    diagonal: false,
    curves: named.map(([name, { recall: x, precision: y, averagePrecision }]) => ({
      name,
      x,
      y,
      words: `average precision ${grouped(averagePrecision)}`,
    })),
  })
}

interface Drawing {
  readonly x: string
  readonly y: string
  readonly diagonal: boolean
  readonly curves: readonly {
    readonly name: string
    readonly x: ArrayLike<number>
    readonly y: ArrayLike<number>
    readonly words: string
  }[]
}

function drawn(figure: string, options: ChartOptions, title: string, drawing: Drawing): Figure {
  const parts = chartOptions(options, figure, [], title, { width: 460, height: 400 })
  const { curves } = drawing
  const only = curves.length === 1
  const color = (k: number) => (only ? MAIN : CATEGORIES[k % CATEGORIES.length]!)
  const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
  const texts = curves.map(({ name, words }) =>
    name === '' ? sentence(words) : `${name}: ${words}.`,
  )
  const marks = curves.flatMap(({ x, y }, k) => {
    const points = pointsOf(x, y)
    return [
      ...(only && drawing.diagonal && points.length > 1
        ? [areaY(points, { x: 'x', y: 'y', fill: color(k), fillOpacity: 0.12 })]
        : []),
      line(points, { x: 'x', y: 'y', stroke: color(k), strokeWidth: 1.8 }),
      ...(points.length === 1 ? [dot(points, { x: 'x', y: 'y', fill: color(k) })] : []),
    ]
  })
  return chart({
    ...parts,
    description: curves.some(({ x, y }) => pointsOf(x, y).length > 0)
      ? texts.join(' ')
      : 'No curve.',
    marks: [
      ...(drawing.diagonal
        ? [
            line(
              [
                { x: 0, y: 0 },
                { x: 1, y: 1 },
              ],
              {
                x: 'x',
                y: 'y',
                stroke: 'currentColor',
                strokeOpacity: 0.4,
                strokeDasharray: '4 3',
              },
            ),
          ]
        : []),
      ...marks,
    ],
    plot: {
      x: { label: drawing.x, domain: [0, 1], grid: true },
      y: { label: drawing.y, domain: [0, 1], grid: true },
      marginLeft: 48,
      marginRight: 24,
    },
    legend: only ? [] : curves.map(({ name }, k) => [name, color(k)]),
    notes: [...(only ? texts : texts), drawing.diagonal ? 'Dashed: guessing.' : undefined],
  })
}

function pointsOf(x: ArrayLike<number>, y: ArrayLike<number>): { x: number; y: number }[] {
  const places = Array.from({ length: Math.min(x.length, y.length) }, (_, k) => k).filter(
    k => Number.isFinite(x[k]!) && Number.isFinite(y[k]!),
  )
  return thinned(places, k => y[k]!).map(k => ({ x: x[k]!, y: y[k]! }))
}

/** One curve, or several by name. */
function byName<C extends object>(
  curves: unknown,
  arrays: readonly (keyof C & string)[],
  figure: string,
): (readonly [string, C])[] {
  const isCurve = (value: unknown): value is C =>
    typeof value === 'object' &&
    value !== null &&
    arrays.every(
      name => typeof (value as Record<string, ArrayLike<number>>)[name]?.length === 'number',
    )
  if (isCurve(curves)) return [['', curves]]
  const entries = typeof curves === 'object' && curves !== null ? Object.entries(curves) : []
  const wrong = entries.find(([, curve]) => !isCurve(curve))
  if (entries.length > 0 && wrong === undefined) return entries as (readonly [string, C])[]
  throw new ArgumentError(
    `${figure}: give a curve with ${arrays.join(' and ')}, or several by name; got ${shown(wrong?.[1] ?? curves)}.`,
  )
}
