import { numberFrom, positiveInteger } from '../../engine/extend.js'
import { type ChartOptions, chart, chartOptions } from '../charts/chart.js'
import { dot, text } from '../charts/plot.js'
import { AMOUNTS, MAIN } from '../charts/theme.js'
import { axisOf } from '../data/axis.js'
import { type Categories, categoriesOf, nameOf } from '../data/categories.js'
import { grouped, leftOut } from '../data/finite.js'
import { type ArrowRecord, type ArrowRows, type Rows, Table } from '../data/rows.js'
import { drawnOf, sampled } from '../data/sampled.js'
import type { Figure } from '../display/figure.js'

/** Options of `scatter`. */
export interface ScatterOptions<T> extends ChartOptions {
  /** The field along the horizontal axis. */
  readonly x: keyof T & string
  /** The field along the vertical axis. */
  readonly y: keyof T & string
  /** A field for the colour: kinds, or an amount where it has many different numbers. */
  readonly color?: keyof T & string
  /** A field for the area of points, not negative. */
  readonly size?: keyof T & string
  /** A field with names; they are tooltips, and stand beside points where there are at most 30. */
  readonly label?: keyof T & string
  /** The axes with a logarithmic scale. Default: none. */
  readonly log?: 'x' | 'y' | 'both'
  /** More points than this are drawn as a sample of so many. Default 5,000. */
  readonly most?: number
  /** For the sample. Default 0. */
  readonly seed?: number
}

/**
 * A point for each record.
 *
 * @param data A list of records, or arrays by name.
 * @throws {ArgumentError} If a field is not there, or an option is unknown or wrong.
 * Cost: about 100 bytes for each point that is drawn.
 * @example
 * const sizes = [{ weight: 1, length: 3 }, { weight: 2, length: 5 }, { weight: 4, length: 6 }]
 * scatter(sizes, { x: 'weight', y: 'length' }).description // '3 points; weight from 1 to 4, length from 3 to 6.'
 */
export function scatter(data: ArrowRows, options: ScatterOptions<ArrowRecord>): Figure
export function scatter<T extends object>(data: Rows<T>, options: ScatterOptions<T>): Figure
export function scatter<T extends object>(data: Rows<T>, options: ScatterOptions<T>): Figure {
  const name = 'scatter'
  const table = new Table(data, name)
  const { x, y, color, size, label, log, most = 5000, seed = 0 } = options
  const own = ['x', 'y', 'color', 'size', 'label', 'log', 'most', 'seed']
  const parts = chartOptions(options, name, own, `${y} by ${x}`)
  positiveInteger(most, name, 'most')
  numberFrom(seed, name, 'seed', -Number.MAX_VALUE)
  const across = axisOf(table.values(x, 'x'), x, log === 'x' || log === 'both')
  const up = axisOf(table.values(y, 'y'), y, log === 'y' || log === 'both')
  const sizes = size === undefined ? undefined : table.numbers(size, 'size')
  const colors =
    color === undefined
      ? undefined
      : colouring(table.values(color, 'color'), table.numbers(color, 'color'))
  const names = label === undefined ? undefined : table.values(label, 'label')
  const all: number[] = []
  for (let k = 0; k < table.length; k++) {
    if (!Number.isNaN(across.values[k]!) && !Number.isNaN(up.values[k]!)) all.push(k)
  }
  const drawn = sampled(all, most, seed)
  const tip = (k: number) =>
    [
      ...(names === undefined ? [] : [nameOf(names[k])]),
      `${x}: ${said(across.at(k))}`,
      `${y}: ${said(up.at(k))}`,
      ...(color === undefined ? [] : [`${color}: ${nameOf(table.values(color, 'color')[k])}`]),
      ...(size === undefined ? [] : [`${size}: ${grouped(sizes![k]!)}`]),
    ].join('\n')
  const position = { x: (k: number) => across.at(k), y: (k: number) => up.at(k) }
  const fill = colors === undefined ? MAIN : (k: number) => colors.at(k)
  const marks = [
    dot(drawn, {
      ...position,
      fill,
      fillOpacity: drawn.length > 500 ? 0.5 : 0.8,
      r:
        sizes === undefined
          ? drawn.length > 500
            ? 2
            : 3.5
          : (k: number) => Math.max(0, sizes[k]! || 0),
      title: tip,
    }),
    ...(names !== undefined && drawn.length <= 30
      ? [text(drawn, { ...position, text: (k: number) => nameOf(names[k]), dy: -9 })]
      : []),
  ]
  const scale =
    colors === undefined
      ? {}
      : colors.categories === undefined
        ? { color: { scheme: AMOUNTS as 'viridis', type: 'linear' as const } }
        : { color: { type: 'identity' as const } }
  return chart({
    ...parts,
    description:
      all.length === 0
        ? 'No points.'
        : `${grouped(all.length)} points; ${range(x, across, all)}, ${range(y, up, all)}.`,
    marks,
    plot: {
      x: { ...across.scale, grid: true },
      y: { ...up.scale, grid: true },
      r: { range: [1, 14] },
      ...scale,
      marginLeft: 56,
      inset: 8,
    },
    legend: colors?.categories?.legend ?? [],
    notes: [
      leftOut(table.length - all.length, table.length, 'records'),
      drawnOf(drawn.length, all.length),
      colors?.categories?.note,
      colors !== undefined && colors.categories === undefined
        ? `Colour: ${color}, from ${grouped(colors.low)} (dark) to ${grouped(colors.high)} (bright).`
        : undefined,
      size === undefined ? undefined : `Area: ${size}.`,
    ],
  })
}

/** Different numbers up to this are kinds. */
const FEW = 8

function colouring(values: ArrayLike<unknown>, numbers: Float64Array) {
  const finite = numbers.filter(Number.isFinite)
  const distinct = new Set(finite.subarray(0, 10_000))
  if (finite.length > 0.5 * numbers.length && distinct.size > FEW) {
    const low = finite.reduce((a, b) => Math.min(a, b), Infinity)
    const high = finite.reduce((a, b) => Math.max(a, b), -Infinity)
    return {
      categories: undefined as Categories | undefined,
      low,
      high,
      at: (k: number) => numbers[k]! as number | string,
    }
  }
  const categories = categoriesOf(values)
  const at = (k: number): number | string => categories.legend[categories.codes[k]!]![1]
  return { categories: categories as Categories | undefined, low: 0, high: 0, at }
}

function said(value: number | Date | string): string {
  return typeof value === 'number' ? grouped(value) : nameOf(value)
}

function range(name: string, axis: ReturnType<typeof axisOf>, all: readonly number[]): string {
  if (axis.kind === 'name') return `${axis.names.length} kinds of ${name}`
  let [low, high] = [all[0]!, all[0]!]
  for (const k of all) {
    if (axis.values[k]! < axis.values[low]!) low = k
    if (axis.values[k]! > axis.values[high]!) high = k
  }
  return `${name} from ${said(axis.at(low))} to ${said(axis.at(high))}`
}
