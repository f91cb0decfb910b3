import { oneOf, positiveInteger, trueOrFalse } from '../../engine/extend.js'
import { type ChartOptions, chart, chartOptions, cut, textWidth } from '../charts/chart.js'
import { barX, barY, ruleX, ruleY, text } from '../charts/plot.js'
import { CATEGORIES, MAIN } from '../charts/theme.js'
import { categoriesOf, nameOf } from '../data/categories.js'
import { grouped, leftOut } from '../data/finite.js'
import { type ArrowRecord, type ArrowRows, type Rows, Table } from '../data/rows.js'
import type { Figure } from '../display/figure.js'

/** Options of `bars`. */
export interface BarsOptions<T> extends ChartOptions {
  /** The field with the names of the bars. */
  readonly name: keyof T & string
  /** The field with their lengths; those of one name are added up. */
  readonly value: keyof T & string
  /** A field with kinds that each bar is put together of. */
  readonly color?: keyof T & string
  /** How bars are ordered: as the data are (default), or by length, the longest first. */
  readonly order?: 'data' | 'value'
  /** Whether bars lie. Default: where the names need room. */
  readonly horizontal?: boolean
  /** The most bars; the shortest of more are left out. Default 40. */
  readonly most?: number
}

/**
 * A bar for each name, as long as its value.
 *
 * @param data A list of records, or arrays by name.
 * @throws {ArgumentError} If a field is not there, or an option is unknown or wrong.
 * @example
 * const sizes = [{ city: 'Oslo', people: 700 }, { city: 'Bern', people: 130 }]
 * bars(sizes, { name: 'city', value: 'people' }).description // '2 bars; Oslo has the most with 700, Bern the least with 130.'
 */
export function bars(data: ArrowRows, options: BarsOptions<ArrowRecord>): Figure
export function bars<T extends object>(data: Rows<T>, options: BarsOptions<T>): Figure
export function bars<T extends object>(data: Rows<T>, options: BarsOptions<T>): Figure {
  const figure = 'bars'
  const table = new Table(data, figure)
  const { name, value, color, order = 'data', most = 40 } = options
  const own = ['name', 'value', 'color', 'order', 'horizontal', 'most']
  oneOf(order, ['data', 'value'], figure, 'order')
  positiveInteger(most, figure, 'most')
  const names = table.values(name, 'name')
  const values = table.numbers(value, 'value')
  const kinds = color === undefined ? undefined : categoriesOf(table.values(color, 'color'))
  const sums = new Map<string, number[]>()
  let lacking = 0
  for (let k = 0; k < table.length; k++) {
    if (!Number.isFinite(values[k]!)) {
      lacking++
      continue
    }
    const key = nameOf(names[k])
    const parts = sums.get(key) ?? new Array<number>(kinds?.names.length ?? 1).fill(0)
    sums.set(key, parts)
    parts[kinds?.codes[k] ?? 0]! += values[k]!
  }
  const all = [...sums].map(([of, parts]) => ({ of, parts, total: sum(parts) }))
  const byLength = all.toSorted((a, b) => b.total - a.total)
  const longest = new Set(byLength.slice(0, most))
  const drawn = (order === 'value' ? byLength : all).filter(bar => longest.has(bar))
  const widest = Math.max(0, ...drawn.map(({ of }) => textWidth(cut(of, 24))))
  const { horizontal = drawn.length * (widest + 8) > (options.width ?? 640) - 70 } = options
  trueOrFalse(horizontal, figure, 'horizontal')
  const room = Math.max(120, 40 + drawn.length * 20)
  const size = horizontal ? { height: Math.min(900, room) } : {}
  const chartParts = chartOptions(options, figure, own, `${value} by ${name}`, size)
  const label = (of: string) => cut(of, 24)
  const pieces = drawn.flatMap(({ of, parts }) =>
    parts.map((length, k) => ({ of, length, kind: k })).filter(({ length }) => length !== 0),
  )
  const fill = ({ kind }: { readonly kind: number }) =>
    kinds === undefined ? MAIN : CATEGORIES[kind % CATEGORIES.length]!
  const title = ({ of, length, kind }: { of: string; length: number; kind: number }) =>
    `${of}${kinds === undefined ? '' : `, ${kinds.names[kind]}`}: ${grouped(length)}`
  const domain = drawn.map(({ of }) => of)
  const band = { label: null, domain, tickFormat: label }
  const empty = drawn.length === 0 ? { domain: [0, 1] } : {}
  const lengths = { label: value, grid: true, nice: true, ...empty }
  return chart({
    ...chartParts,
    description: words(byLength),
    marks: horizontal
      ? [
          barX(pieces, { x: 'length', y: 'of', fill, title }),
          ...(kinds === undefined
            ? [
                ...[1, -1].map(side =>
                  text(
                    pieces.filter(({ length }) => length * side > 0),
                    {
                      x: 'length',
                      y: 'of',
                      text: d => grouped(d.length),
                      textAnchor: side > 0 ? 'start' : 'end',
                      dx: 3 * side,
                    },
                  ),
                ),
              ]
            : []),
          ruleX([0]),
        ]
      : [barY(pieces, { x: 'of', y: 'length', fill, title }), ruleY([0])],
    plot: horizontal
      ? {
          x: lengths,
          y: band,
          marginLeft: Math.min(200, widest + 24),
          marginRight: 48,
          insetLeft: pieces.some(({ length }) => length < 0) ? 40 : 0,
          color: { type: 'identity' },
        }
      : { x: band, y: lengths, marginLeft: 56, color: { type: 'identity' } },
    legend: kinds?.legend ?? [],
    notes: [
      leftOut(lacking, table.length, 'records'),
      drawn.length < all.length
        ? `The ${drawn.length} longest of ${grouped(all.length)} bars.`
        : undefined,
      kinds?.note,
    ],
  })
}

function sum(parts: readonly number[]): number {
  return parts.reduce((a, b) => a + b, 0)
}

function words(bars: readonly { readonly of: string; readonly total: number }[]): string {
  const [first, last] = [bars[0], bars.at(-1)]
  if (first === undefined || last === undefined) return 'No bars.'
  if (bars.length === 1) return `One bar; ${first.of} has ${grouped(first.total)}.`
  return `${grouped(bars.length)} bars; ${first.of} has the most with ${grouped(first.total)}, ${last.of} the least with ${grouped(last.total)}.`
}
