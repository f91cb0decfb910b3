import { type ChartOptions, chart, chartOptions, cut, textWidth } from '../charts/chart.js'
import { barX, dot, ruleY, tickX } from '../charts/plot.js'
import { MAIN } from '../charts/theme.js'
import { nameOf } from '../data/categories.js'
import { grouped, leftOut } from '../data/finite.js'
import { type ArrowRecord, type ArrowRows, type Rows, Table } from '../data/rows.js'
import type { Figure } from '../display/figure.js'

/** Options of `box`. */
export interface BoxOptions<T> extends ChartOptions {
  /** The field with the numbers. */
  readonly value: keyof T & string
  /** A field with kinds: a box for each, at most 30. Default: one box for all. */
  readonly by?: keyof T & string
}

const MOST = 30
/** Points outside of the whiskers that are drawn for a box. */
const POINTS = 100

/**
 * How numbers are spread: a box from the first to the third quartile with a line at the median, whiskers
 * to the last number within 1.5 times its length (Tukey), and points beyond.
 *
 * @param data A list of records, or arrays by name.
 * @throws {ArgumentError} If a field is not there, or an option is unknown or wrong.
 * @example
 * box([{ delay: 1 }, { delay: 2 }, { delay: 6 }], { value: 'delay' }).description // 'delay: median 2, half of the values from 1.5 to 4.'
 */
export function box(data: ArrowRows, options: BoxOptions<ArrowRecord>): Figure
export function box<T extends object>(data: Rows<T>, options: BoxOptions<T>): Figure
export function box<T extends object>(data: Rows<T>, options: BoxOptions<T>): Figure {
  const figure = 'box'
  const table = new Table(data, figure)
  const { value, by } = options
  const values = table.numbers(value, 'value')
  const kinds = by === undefined ? undefined : table.values(by, 'by')
  const groups = new Map<string, number[]>()
  let lacking = 0
  for (let k = 0; k < table.length; k++) {
    if (!Number.isFinite(values[k]!)) {
      lacking++
      continue
    }
    const name = kinds === undefined ? '' : cut(nameOf(kinds[k]), 24)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [values[k]!])
    else group.push(values[k]!)
  }
  const largest = [...groups].toSorted((a, b) => b[1].length - a[1].length).slice(0, MOST)
  const kept = new Set(largest.map(([name]) => name))
  const boxes = [...groups].flatMap(([name, all]) => (kept.has(name) ? [boxOf(name, all)] : []))
  const title = by === undefined ? `Spread of ${value}` : `${value} by ${by}`
  const height = 60 + boxes.length * 30
  const parts = chartOptions(options, figure, ['value', 'by'], title, { height })
  const outside = boxes.flatMap(({ name, points }) =>
    points.slice(0, POINTS).map(x => ({ name, x })),
  )
  const hidden = boxes.reduce((sum, { points }) => sum + Math.max(0, points.length - POINTS), 0)
  const widest = Math.max(0, ...boxes.map(({ name }) => textWidth(name)))
  const tip = (b: Box) =>
    `${b.name === '' ? value : b.name}: ${grouped(b.count)} values\nmedian ${grouped(b.median)}\nquartiles ${grouped(b.low)} and ${grouped(b.high)}`
  return chart({
    ...parts,
    description:
      boxes
        .slice(0, 12)
        .map(b => words(b, value))
        .join(' ') || 'No values.',
    marks: [
      ruleY(boxes, { x1: 'from', x2: 'to', y: 'name', strokeOpacity: 0.7 }),
      barX(boxes, {
        x1: 'low',
        x2: 'high',
        y: 'name',
        fill: MAIN,
        fillOpacity: 0.75,
        insetTop: 4,
        insetBottom: 4,
        title: tip,
      }),
      tickX(boxes, { x: 'median', y: 'name', strokeWidth: 2, insetTop: 4, insetBottom: 4 }),
      dot(outside, { x: 'x', y: 'name', r: 1.5, fill: 'currentColor', fillOpacity: 0.5 }),
    ],
    plot: {
      x: { label: value, grid: true },
      y: {
        label: null,
        domain: boxes.map(({ name }) => name),
        ...(by === undefined ? { ticks: 0, axis: null } : {}),
      },
      marginLeft: by === undefined ? 20 : Math.min(200, widest + 24),
      marginRight: 24,
      inset: 4,
    },
    notes: [
      leftOut(lacking, table.length),
      hidden > 0 ? `${grouped(hidden)} points beyond the whiskers not drawn.` : undefined,
      groups.size > boxes.length
        ? `The ${MOST} largest of ${grouped(groups.size)} kinds.`
        : undefined,
    ],
  })
}

interface Box {
  readonly name: string
  readonly count: number
  readonly from: number
  readonly low: number
  readonly median: number
  readonly high: number
  readonly to: number
  /** Beyond the whiskers. */
  readonly points: readonly number[]
}

function boxOf(name: string, values: readonly number[]): Box {
  const sorted = Float64Array.from(values).sort()
  const [low, median, high] = [0.25, 0.5, 0.75].map(p => quantile(sorted, p)) as [
    number,
    number,
    number,
  ]
  const reach = 1.5 * (high - low)
  const inside = sorted.filter(value => value >= low - reach && value <= high + reach)
  const [from, to] = [inside[0] ?? low, inside.at(-1) ?? high]
  return {
    name,
    count: sorted.length,
    from: Math.min(from, low),
    low,
    median,
    high,
    to: Math.max(to, high),
    points: [...sorted.filter(value => value < low - reach || value > high + reach)],
  }
}

/** Between two values in proportion (the usual definition, type 7 of Hyndman and Fan). */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1)
  const below = sorted[Math.floor(at)]!
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below)
}

function words({ name, median, low, high }: Box, value: string): string {
  return `${name === '' ? value : name}: median ${grouped(median)}, half of the values from ${grouped(low)} to ${grouped(high)}.`
}
