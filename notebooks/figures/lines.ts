import { oneOf, trueOrFalse } from '../../engine/extend.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { dot, line } from '../charts/plot.js'
import { CATEGORIES, MAIN } from '../charts/theme.js'
import { type Axis, axisOf, onlyTick } from '../data/axis.js'
import { type Categories, categoriesOf } from '../data/categories.js'
import { grouped, leftOut } from '../data/finite.js'
import { type ArrowRecord, type ArrowRows, type Rows, Table } from '../data/rows.js'
import { thinned } from '../data/thinned.js'
import type { Figure } from '../display/figure.js'

/** Options of `lines`. */
export interface LinesOptions<T> extends ChartOptions {
  /** The field along the horizontal axis: numbers, dates or names. Records are drawn in its order. */
  readonly x: keyof T & string
  /** The field along the vertical axis; several are a line each. */
  readonly y: (keyof T & string) | readonly (keyof T & string)[]
  /** A field that says which line a record belongs to. */
  readonly series?: keyof T & string
  /** The axes with a logarithmic scale. Default: none. */
  readonly log?: 'x' | 'y' | 'both'
  /** Whether records are marked by points. Default: where there are at most 60. */
  readonly points?: boolean
}

/**
 * A line through the records, or several. A record whose value is missing or NaN interrupts its line.
 *
 * @param data A list of records, or arrays by name.
 * @throws {ArgumentError} If a field is not there, or an option is unknown or wrong.
 * Cost: O(records log records); at most about 2,000 points of a line are drawn, the lowest and the
 *   highest of each stretch, so that no peak is lost.
 * @example
 * const months = [{ month: 1, delay: 9 }, { month: 2, delay: 7 }, { month: 3, delay: 12 }]
 * lines(months, { x: 'month', y: 'delay' }).description // 'delay by month: 3 points from 7 to 12.'
 */
export function lines(data: ArrowRows, options: LinesOptions<ArrowRecord>): Figure
export function lines<T extends object>(data: Rows<T>, options: LinesOptions<T>): Figure
export function lines<T extends object>(data: Rows<T>, options: LinesOptions<T>): Figure {
  const name = 'lines'
  const table = new Table(data, name)
  const { x, y, series, log, points } = options
  const fields = typeof y === 'string' || y === undefined ? [y] : y
  const title = `${fields.join(', ')} by ${x}`
  const parts = chartOptions(options, name, ['x', 'y', 'series', 'log', 'points'], title)
  if (log !== undefined) oneOf(log, ['x', 'y', 'both'], name, 'log')
  if (points !== undefined) trueOrFalse(points, name, 'points')
  const across = axisOf(table.values(x, 'x'), x, log === 'x' || log === 'both')
  const vertical = log === 'y' || log === 'both'
  const kinds = series === undefined ? undefined : categoriesOf(table.values(series, 'series'))
  const drawn = fields.flatMap((field, k) => {
    const up = axisOf(table.values(field, 'y'), field, vertical)
    return seriesOf(across, up, kinds, table.length).map(one => ({
      ...one,
      name: kinds === undefined ? field : fields.length > 1 ? `${one.name} ${field}` : one.name,
      place: kinds === undefined ? k : one.place + k * kinds.names.length,
    }))
  })
  const all = drawn.flatMap(({ points }) => points.filter(({ y }) => !Number.isNaN(y)))
  const lacking = fields.length * table.length - drawn.reduce((sum, { finite }) => sum + finite, 0)
  const colour = (place: number) =>
    drawn.length === 1 ? MAIN : CATEGORIES[place % CATEGORIES.length]!
  const marked = points ?? all.length <= 60
  return chart({
    ...parts,
    description: words(drawn, title),
    marks: drawn.flatMap(({ points, place, name: of }) => [
      line(points, { x: 'x', y: 'y', stroke: colour(place), strokeWidth: 1.6 }),
      ...(marked
        ? [
            dot(
              points.filter(point => !Number.isNaN(point.y)),
              {
                x: 'x',
                y: 'y',
                fill: colour(place),
                r: 2.5,
                title: (point: Point) => `${of}\n${x}: ${said(point.x)}\ny: ${grouped(point.y)}`,
              },
            ),
          ]
        : []),
    ]),
    plot: {
      x: across.scale,
      y: {
        label: fields.join(', '),
        grid: true,
        ...(vertical ? { type: 'log' as const, ticks: 5, tickFormat: '.3~g' } : {}),
        ...onlyTick(all.map(point => point.y)),
      },
      marginLeft: 56,
      marginRight: 24,
    },
    legend: drawn.length === 1 ? [] : drawn.map(({ name: of, place }) => [of, colour(place)]),
    notes: [leftOut(lacking, fields.length * table.length), kinds?.note],
  })
}

interface Point {
  readonly x: number | Date | string
  readonly y: number
}

interface Series {
  readonly name: string
  readonly place: number
  readonly points: readonly Point[]
  /** Records with a value. */
  readonly finite: number
}

function seriesOf(across: Axis, up: Axis, kinds: Categories | undefined, length: number): Series[] {
  const names = kinds?.names ?? ['']
  return names.map((name, place) => {
    const records: number[] = []
    for (let k = 0; k < length; k++) {
      const own = kinds === undefined || kinds.codes[k] === place
      if (own && !Number.isNaN(across.values[k]!)) records.push(k)
    }
    records.sort((a, b) => across.values[a]! - across.values[b]! || a - b)
    const finite = records.filter(k => !Number.isNaN(up.values[k]!)).length
    const points = thinned(records, k => up.values[k]!).map(k => ({
      x: across.at(k),
      y: up.values[k]!,
    }))
    return { name, place, points, finite }
  })
}

function said(x: number | Date | string): string {
  return typeof x === 'number' ? grouped(x) : x instanceof Date ? x.toISOString().slice(0, 10) : x
}

function words(drawn: readonly Series[], title: string): string {
  const values = drawn.flatMap(({ points }) =>
    points.flatMap(({ y }) => (Number.isNaN(y) ? [] : [y])),
  )
  if (values.length === 0) return 'No points.'
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  const count = drawn.reduce((sum, { finite }) => sum + finite, 0)
  const many = drawn.length > 1 ? `${drawn.length} lines, ` : ''
  return `${title}: ${many}${grouped(count)} points from ${grouped(low)} to ${grouped(high)}.`
}
