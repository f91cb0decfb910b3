import { numberFrom, positiveInteger } from '../../engine/extend.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { dot, ruleY } from '../charts/plot.js'
import { MAIN } from '../charts/theme.js'
import { grouped, leftOut } from '../data/finite.js'
import { type ArrowRecord, type ArrowRows, type Rows, Table } from '../data/rows.js'
import { drawnOf, sampled } from '../data/sampled.js'
import type { Figure } from '../display/figure.js'

/** Options of `residuals`. */
export interface ResidualsOptions<T> extends ChartOptions {
  /** The field with what was to be predicted. */
  readonly label: keyof T & string
  /** The field with the prediction. Default `'prediction'`. */
  readonly prediction?: keyof T & string
  /** More points than this are drawn as a sample of so many. Default 5,000. */
  readonly most?: number
  /** For the sample. Default 0. */
  readonly seed?: number
}

/**
 * How far predictions were off, by prediction: without pattern where the model is right.
 *
 * @param data Records with label and prediction, such as `await model.predict(test).collect()`.
 * @throws {ArgumentError} If a field is not there, or an option is unknown or wrong.
 * @example
 * const guessed = [{ delay: 3, prediction: 2 }, { delay: 5, prediction: 7 }]
 * residuals(guessed, { label: 'delay' }).description // '2 predictions, off by -0.5 on average; half of them by less than 1.5.'
 */
export function residuals(data: ArrowRows, options: ResidualsOptions<ArrowRecord>): Figure
export function residuals<T extends object>(data: Rows<T>, options: ResidualsOptions<T>): Figure
export function residuals<T extends object>(data: Rows<T>, options: ResidualsOptions<T>): Figure {
  const figure = 'residuals'
  const table = new Table(data, figure)
  const { label, prediction = 'prediction' as keyof T & string, most = 5000, seed = 0 } = options
  const own = ['label', 'prediction', 'most', 'seed']
  const parts = chartOptions(options, figure, own, `Residuals of ${label}`)
  positiveInteger(most, figure, 'most')
  numberFrom(seed, figure, 'seed', -Number.MAX_VALUE)
  const truth = table.numbers(label, 'label')
  const guesses = table.numbers(prediction, 'prediction')
  const all: { x: number; y: number }[] = []
  for (let k = 0; k < table.length; k++) {
    const [x, y] = [guesses[k]!, truth[k]! - guesses[k]!]
    if (Number.isFinite(x) && Number.isFinite(y)) all.push({ x, y })
  }
  const drawn = sampled(all, most, seed)
  return chart({
    ...parts,
    description: words(all.map(({ y }) => y)),
    marks: [
      dot(drawn, {
        x: 'x',
        y: 'y',
        r: drawn.length > 500 ? 2 : 3,
        fill: MAIN,
        fillOpacity: drawn.length > 500 ? 0.35 : 0.7,
        title: (d: { x: number; y: number }) => `predicted ${grouped(d.x)}, off by ${grouped(d.y)}`,
      }),
      ruleY([0]),
    ],
    plot: {
      x: { label: 'prediction', grid: true },
      y: { label: `${label} − prediction`, grid: true },
      marginLeft: 56,
      inset: 6,
    },
    notes: [
      leftOut(table.length - all.length, table.length, 'records'),
      drawnOf(drawn.length, all.length),
    ],
  })
}

function words(off: readonly number[]): string {
  if (off.length === 0) return 'No predictions.'
  const mean = off.reduce((sum, value) => sum + value, 0) / off.length
  const sizes = off.map(Math.abs).toSorted((a, b) => a - b)
  const middle = (sizes.length - 1) / 2
  const median = (sizes[Math.floor(middle)]! + sizes[Math.ceil(middle)]!) / 2
  return `${grouped(off.length)} ${off.length === 1 ? 'prediction' : 'predictions'}, off by ${grouped(mean)} on average; half of them by less than ${grouped(median)}.`
}
