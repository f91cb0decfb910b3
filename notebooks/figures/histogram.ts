import { positiveInteger, shown, trueOrFalse } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { rectY, ruleY } from '../charts/plot.js'
import { MAIN } from '../charts/theme.js'
import { finiteOf, grouped, leftOut } from '../data/finite.js'
import { refuseDataSets, type Values } from '../data/rows.js'
import type { Figure } from '../display/figure.js'

/** Options of `histogram`. */
export interface HistogramOptions extends ChartOptions {
  /** About how many bins; their bounds are round numbers. Default: by the number of values, at most 60. */
  readonly bins?: number
  /** Whether the counts are on a logarithmic scale. Default `false`. */
  readonly log?: boolean
  /** What the values are; below the axis. */
  readonly label?: string
}

/**
 * How values are spread: a bar for each range of values, as high as there are values in it.
 *
 * @param values Numbers. What is no finite number is left out, and the figure says so.
 * @throws {ArgumentError} If the values are no list, or an option is unknown or wrong.
 * Cost: O(values); the picture has as many elements as bins.
 * @example
 * const figure = histogram([1, 2, 2, 3, 9], { title: 'Sizes' })
 * figure.description // '5 values from 1 to 9; median 2, mean 3.4.'
 */
export function histogram(values: Values, options: HistogramOptions = {}): Figure {
  const name = 'histogram'
  refuseDataSets(values, name)
  if (typeof values !== 'object' || values === null || typeof values.length !== 'number') {
    throw new ArgumentError(`${name}: the values must be a list of numbers; got ${shown(values)}.`)
  }
  const { bins, log = false, label = 'value' } = options
  const parts = chartOptions(options, name, ['bins', 'log', 'label'], `Histogram of ${label}`)
  if (bins !== undefined) positiveInteger(bins, name, 'bins')
  trueOrFalse(log, name, 'log')
  const { numbers, others } = finiteOf(values)
  const sorted = numbers.toSorted()
  const ranges = binned(
    sorted,
    bins ?? Math.min(60, Math.max(5, Math.ceil(2 * Math.cbrt(sorted.length)))),
  )
  const most = Math.max(1, ...ranges.map(({ count }) => count))
  return chart({
    ...parts,
    description: words(sorted),
    marks: [
      rectY(
        ranges.filter(({ count }) => count > 0),
        {
          x1: 'from',
          x2: 'to',
          y1: log ? 0.5 : 0,
          y2: 'count',
          fill: MAIN,
          insetLeft: 0.5,
          insetRight: 0.5,
          title: (range: Bin) =>
            `${grouped(range.from)} to ${grouped(range.to)}: ${grouped(range.count)}`,
        },
      ),
      ruleY([log ? 0.5 : 0]),
    ],
    plot: {
      x: { label, nice: false },
      y: {
        label: 'count',
        grid: true,
        ...(ranges.length === 0 && !log ? { domain: [0, 1] } : {}),
        ...(most < 10 && !log ? { interval: 1, tickFormat: ',' } : {}),
        ...(log
          ? {
              type: 'log' as const,
              domain: [0.5, most],
              ticks: countTicks(most),
              tickFormat: grouped,
            }
          : {}),
      },
      marginLeft: 56,
    },
    notes: [leftOut(others, values.length)],
  })
}

/**
 * Ticks of a logarithmic axis of counts: 1, 2, 5 up to ten, then 1, 3, 10, 30 and so on; of many powers of ten,
 * these alone. Of others the scale would leave out numbers.
 */
function countTicks(most: number): number[] {
  const powers = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, k) => 10 ** k)
  const steps = powers.length > 3 ? [1] : powers.length > 1 ? [1, 3] : [1, 2, 5]
  return powers.flatMap(power => steps.map(step => step * power)).filter(tick => tick <= most)
}

interface Bin {
  readonly from: number
  readonly to: number
  count: number
}

/** Ranges between round numbers. */
function binned(sorted: Float64Array, wanted: number): Bin[] {
  if (sorted.length === 0) return []
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  if (low === high) return [{ from: low - 0.5, to: low + 0.5, count: sorted.length }]
  const step = roundStep((high - low) / wanted)
  const start = Math.floor(low / step)
  const end = Math.max(start + 1, Math.ceil(high / step))
  const bins = Array.from({ length: end - start }, (_, k) => ({
    from: multiple(start + k, step),
    to: multiple(start + k + 1, step),
    count: 0,
  }))
  for (const value of sorted) {
    bins[Math.min(bins.length - 1, Math.max(0, Math.floor(value / step) - start))]!.count++
  }
  return bins
}

/** The next larger of 1, 2, 5 times a power of ten. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  return (step <= power ? 1 : step <= 2 * power ? 2 : step <= 5 * power ? 5 : 10) * power
}

function multiple(count: number, step: number): number {
  return Number((count * step).toPrecision(12))
}

function words(sorted: Float64Array): string {
  if (sorted.length === 0) return 'No values.'
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  const middle = (sorted.length - 1) / 2
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
  return `${grouped(sorted.length)} values from ${grouped(sorted[0]!)} to ${grouped(sorted.at(-1)!)}; median ${grouped(median)}, mean ${grouped(mean)}.`
}
