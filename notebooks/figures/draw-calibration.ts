import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { dot, line } from '../charts/plot.js'
import { MAIN } from '../charts/theme.js'
import { grouped } from '../data/finite.js'
import type { Figure } from '../display/figure.js'

/** As `calibrationCurve` of `wiesel/ml` gives it: a point for each bin of probabilities. */
export interface CalibrationPoints {
  readonly predicted: ArrayLike<number>
  readonly observed: ArrayLike<number>
  readonly counts: ArrayLike<number>
}

/**
 * How far probabilities are to be believed: how often what was given a probability came true.
 *
 * @param curve What `calibrationCurve` gives.
 * @throws {ArgumentError} If it is none, or an option is unknown or wrong.
 * @example
 * const curve = { predicted: [0.1, 0.9], observed: [0.2, 0.7], counts: [10, 30] }
 * drawCalibration(curve).description // '2 bins; the share that came true is off by 0.175 on average...'
 */
export function drawCalibration(curve: CalibrationPoints, options: ChartOptions = {}): Figure {
  const figure = 'drawCalibration'
  const { predicted, observed, counts } = curve ?? {}
  if (
    !lengthOf(predicted, predicted) ||
    !lengthOf(observed, predicted) ||
    !lengthOf(counts, predicted)
  ) {
    throw new ArgumentError(
      `${figure}: give what calibrationCurve of wiesel/ml gives, with predicted, observed and counts; got ${shown(curve)}.`,
    )
  }
  const parts = chartOptions(options, figure, [], 'Calibration', { width: 460, height: 400 })
  const points = Array.from({ length: predicted.length }, (_, k) => ({
    x: predicted[k]!,
    y: observed[k]!,
    count: counts[k]!,
  })).filter(({ x, y, count }) => Number.isFinite(x) && Number.isFinite(y) && count > 0)
  type Point = (typeof points)[number]
  const all = points.reduce((sum, { count }) => sum + count, 0)
  const off = points.reduce((sum, { x, y, count }) => sum + Math.abs(x - y) * count, 0) / all
  const bins = `${grouped(points.length)} ${points.length === 1 ? 'bin' : 'bins'}`
  return chart({
    ...parts,
    description:
      points.length === 0
        ? 'No bins.'
        : `${bins}; the share that came true is off by ${grouped(off)} on average.`,
    marks: [
      line(
        [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
        { x: 'x', y: 'y', stroke: 'currentColor', strokeOpacity: 0.4, strokeDasharray: '4 3' },
      ),
      line(points, { x: 'x', y: 'y', stroke: MAIN }),
      dot(points, {
        x: 'x',
        y: 'y',
        r: 'count',
        fill: MAIN,
        fillOpacity: 0.8,
        title: (d: Point) =>
          `probability ${grouped(d.x)}: ${grouped(d.y)} of ${grouped(d.count)} came true`,
      }),
    ],
    plot: {
      x: { label: 'probability given', domain: [0, 1], grid: true },
      y: { label: 'share that came true', domain: [0, 1], grid: true },
      r: { range: [2, 10] },
      marginLeft: 48,
      marginRight: 24,
    },
    notes: ['Dashed: as it should be. Area: records.'],
  })
}

function lengthOf(
  values: ArrayLike<number> | undefined,
  as: ArrayLike<number> | undefined,
): values is ArrayLike<number> {
  return typeof values?.length === 'number' && values.length === as?.length
}
