import { type ChartOptions, chart, chartOptions, cut, textWidth } from '../charts/chart.js'
import { cell, text } from '../charts/plot.js'
import { AMOUNTS } from '../charts/theme.js'
import { nameOf } from '../data/categories.js'
import { grouped, leftOut } from '../data/finite.js'
import { type ArrowRecord, type ArrowRows, type Rows, Table } from '../data/rows.js'
import type { Figure } from '../display/figure.js'

/** Options of `heatmap`. */
export interface HeatmapOptions<T> extends ChartOptions {
  /** The field for columns. */
  readonly x: keyof T & string
  /** The field for rows. */
  readonly y: keyof T & string
  /** The field with the amounts; their mean is shown where a cell has several. Default: how many records. */
  readonly value?: keyof T & string
}

/** More columns or rows than this are left out. */
const MOST = 60
/** More cells than this have no text. */
const WRITTEN = 150

/**
 * A cell for each pair of values of two fields, the brighter the larger the amount.
 *
 * @param data A list of records, or arrays by name. Columns and rows are in the order of numbers and
 *   dates; texts as they come.
 * @throws {ArgumentError} If a field is not there, or an option is unknown or wrong.
 * @example
 * const hours = [{ day: 1, hour: 8, delay: 4 }, { day: 1, hour: 9, delay: 9 }, { day: 2, hour: 8, delay: 2 }]
 * heatmap(hours, { x: 'hour', y: 'day', value: 'delay' }).description // '2 columns by 2 rows; delay from 2 to 9...'
 */
export function heatmap(data: ArrowRows, options: HeatmapOptions<ArrowRecord>): Figure
export function heatmap<T extends object>(data: Rows<T>, options: HeatmapOptions<T>): Figure
export function heatmap<T extends object>(data: Rows<T>, options: HeatmapOptions<T>): Figure {
  const figure = 'heatmap'
  const table = new Table(data, figure)
  const { x, y, value } = options
  const [across, down] = [table.values(x, 'x'), table.values(y, 'y')]
  const amounts = value === undefined ? undefined : table.numbers(value, 'value')
  const columns = orderOf(across)
  const rows = orderOf(down)
  const sums = new Map<string, { x: string; y: string; sum: number; count: number }>()
  let lacking = 0
  for (let k = 0; k < table.length; k++) {
    const amount = amounts === undefined ? 1 : amounts[k]!
    if (!Number.isFinite(amount)) {
      lacking++
      continue
    }
    const place = { x: nameOf(across[k]), y: nameOf(down[k]) }
    if (!columns.has(place.x) || !rows.has(place.y)) continue
    const key = `${place.x}\n${place.y}`
    const found = sums.get(key) ?? { ...place, sum: 0, count: 0 }
    sums.set(key, found)
    found.sum += amount
    found.count++
  }
  const cells = [...sums.values()].map(({ x, y, sum, count }) => ({
    x: columns.label(x),
    y: rows.label(y),
    amount: amounts === undefined ? count : sum / count,
  }))
  type Cell = (typeof cells)[number]
  const low = cells.reduce((a, { amount }) => Math.min(a, amount), Infinity)
  const high = cells.reduce((a, { amount }) => Math.max(a, amount), -Infinity)
  const of = value ?? 'records'
  const widest = Math.max(0, ...rows.labels.map(textWidth))
  const across45 = columns.labels.some(name => textWidth(name) > 560 / columns.labels.length - 4)
  const height = Math.max(120, 70 + rows.labels.length * 20 + (across45 ? 60 : 0))
  const parts = chartOptions(options, figure, ['x', 'y', 'value'], `${of} by ${x} and ${y}`, {
    height: Math.min(height, 900),
  })
  const written = cells.length <= WRITTEN && columns.labels.length <= 16
  return chart({
    ...parts,
    description:
      cells.length === 0
        ? 'No cells.'
        : `${columns.labels.length} columns by ${rows.labels.length} rows; ${of} from ${grouped(low)} to ${grouped(high)}.`,
    marks: [
      cell(cells, {
        x: 'x',
        y: 'y',
        fill: 'amount',
        inset: 0.5,
        title: (d: Cell) => `${x} ${d.x}, ${y} ${d.y}: ${grouped(d.amount)}`,
      }),
      ...(written
        ? [
            text(cells, {
              x: 'x',
              y: 'y',
              text: (d: Cell) => short(d.amount),
              fill: (d: Cell) => ((d.amount - low) / (high - low || 1) > 0.6 ? '#111' : '#fff'),
            }),
          ]
        : []),
    ],
    plot: {
      x: {
        label: x,
        domain: columns.labels,
        ...(across45 ? { tickRotate: -45, ticks: spaced(columns.labels) } : {}),
      },
      y: { label: y, domain: rows.labels },
      color: {
        scheme: AMOUNTS as 'viridis',
        type: 'linear',
        ...(low === high ? { domain: [low - 1, high + 1] } : {}),
      },
      marginLeft: Math.min(180, Math.max(40, widest + 24)),
      marginBottom: across45 ? 90 : 36,
    },
    notes: [
      cells.length === 0
        ? undefined
        : `Colour: ${of}, from ${grouped(low)} (dark) to ${grouped(high)} (bright).`,
      leftOut(lacking, table.length, 'records'),
      columns.hidden > 0 ? `${grouped(columns.hidden)} columns not shown.` : undefined,
      rows.hidden > 0 ? `${grouped(rows.hidden)} rows not shown.` : undefined,
    ],
  })
}

/** The values of a field in order, as many as are shown. */
function orderOf(values: ArrayLike<unknown>) {
  const distinct = new Map<string, unknown>()
  for (let k = 0; k < values.length; k++) {
    const name = nameOf(values[k])
    if (!distinct.has(name)) distinct.set(name, values[k])
  }
  const entries = [...distinct]
  const ordered = entries.every(([, value]) => typeof value === 'number' || value instanceof Date)
    ? entries.toSorted((a, b) => Number(a[1]) - Number(b[1]))
    : entries
  const names = ordered.slice(0, MOST).map(([name]) => name)
  const labels = new Map<string, string>()
  const used = new Set<string>()
  for (const name of names) {
    let label = cut(name, 20)
    while (used.has(label)) label += ' '
    used.add(label)
    labels.set(name, label)
  }
  return {
    labels: [...labels.values()],
    hidden: ordered.length - names.length,
    has: (name: string) => labels.has(name),
    label: (name: string) => labels.get(name)!,
  }
}

/** As many of the labels as have room when they are turned. */
function spaced(labels: readonly string[]): string[] {
  const step = Math.ceil(labels.length / 34)
  return labels.filter((_, k) => k % step === 0)
}

function short(value: number): string {
  if (Math.abs(value) >= 1e6) return `${grouped(Math.round(value / 1e5) / 10)}M`
  if (Math.abs(value) >= 1e4) return `${grouped(Math.round(value / 1e3))}k`
  return grouped(Number(value.toPrecision(3)))
}
