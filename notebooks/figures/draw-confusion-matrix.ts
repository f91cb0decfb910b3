import { oneOf, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { type ChartOptions, chart, chartOptions, cut, textWidth } from '../charts/chart.js'
import { cell, type Markish, text } from '../charts/plot.js'
import { grouped } from '../data/finite.js'
import type { Figure } from '../display/figure.js'

/** Counts by class, as `confusionMatrix` of `wiesel/ml` gives them. */
export interface CountsByClass {
  readonly classes: readonly unknown[]
  /** Row by row: a row for each true class, a column for each predicted one. */
  readonly counts: ArrayLike<number>
}

/** Options of `drawConfusionMatrix`. */
export interface DrawConfusionMatrixOptions extends ChartOptions {
  /** What shares and colours are of: all records of the true class (default), of the predicted one, or all. */
  readonly normalize?: 'actual' | 'predicted' | 'all'
}

/** More classes than this are not written out. */
const WRITTEN = 12
/** Cells of more classes have no tooltips: they would weigh more than the picture. */
const TOLD = 16
/** More than this cannot be told apart. */
const MOST = 60

const [RIGHT, WRONG] = ['#1f6fb2', '#b8551a']

/**
 * How often which class was predicted for which: counts and shares, the darker the more.
 *
 * @param matrix What `confusionMatrix` gives.
 * @throws {ArgumentError} If it is none, or an option is unknown or wrong.
 * @example
 * const matrix = { classes: ['cat', 'dog'], counts: [5, 1, 2, 8] }
 * drawConfusionMatrix(matrix).description // '13 of 16 right (81.25 %). cat: 5 of 6 found; dog: 8 of 10 found...'
 */
export function drawConfusionMatrix(
  matrix: CountsByClass,
  options: DrawConfusionMatrixOptions = {},
): Figure {
  const figure = 'drawConfusionMatrix'
  const { classes, counts } = matrix ?? {}
  if (!Array.isArray(classes) || counts?.length !== classes.length ** 2) {
    throw new ArgumentError(
      `${figure}: give what confusionMatrix of wiesel/ml gives, with classes and counts; got ${shown(matrix)}.`,
    )
  }
  const { normalize = 'actual' } = options
  oneOf(normalize, ['actual', 'predicted', 'all'], figure, 'normalize')
  const size = Math.min(classes.length, MOST)
  const side = Math.max(200, Math.min(560, 70 + size * 56))
  const parts = chartOptions(options, figure, ['normalize'], 'Confusion matrix', {
    width: side + 110,
    height: side + 20,
  })
  const names = unique(classes.slice(0, size).map(name => cut(String(name), 14)))
  const at = (row: number, column: number) => counts[row * classes.length + column]!
  const places = Array.from({ length: classes.length }, (_, k) => k)
  const sum = (of: (k: number) => number) => places.reduce((total, k) => total + of(k), 0)
  const rows = places.map(row => sum(column => at(row, column)))
  const columns = places.map(column => sum(row => at(row, column)))
  const all = sum(row => rows[row]!)
  const whole = (row: number, column: number) =>
    normalize === 'all' ? all : normalize === 'actual' ? rows[row]! : columns[column]!
  const cells = Array.from({ length: size * size }, (_, k) => {
    const [row, column] = [Math.floor(k / size), k % size]
    const count = at(row, column)
    const share = whole(row, column) > 0 ? count / whole(row, column) : 0
    return { actual: names[row]!, predicted: names[column]!, count, share, right: row === column }
  })
  type Cell = (typeof cells)[number]
  const turned = names.some(name => textWidth(name) > side / size - 4)
  const spaced = names.filter((_, k) => k % Math.ceil(size / 36) === 0)
  const percent = ({ share }: Cell) => `${grouped(Math.round(share * 1000) / 10)} %`
  const position = { x: 'predicted', y: 'actual' }
  // Cells are a colour over the page's own, so that text on them can be read on light and dark.
  const ink = ({ share }: Cell) => (share > 0.7 ? 'white' : 'currentColor')
  const right = sum(k => at(k, k))
  return chart({
    ...parts,
    description: words(classes, rows, right, all, k => at(k, k)),
    marks: [
      ...[true, false].map(fine =>
        size > TOLD
          ? manyCells(
              cells.filter(({ right, count }) => right === fine && count > 0),
              fine ? RIGHT : WRONG,
            )
          : cell(
              cells.filter(({ right }) => right === fine),
              {
                ...position,
                fill: fine ? RIGHT : WRONG,
                fillOpacity: ({ share }: Cell) => opacityOf(share),
                inset: 1,
                title: (d: Cell) =>
                  `${d.actual} predicted as ${d.predicted}: ${grouped(d.count)} (${percent(d)})`,
              },
            ),
      ),
      ...(size <= WRITTEN
        ? [
            text(cells, {
              ...position,
              text: (d: Cell) => grouped(d.count),
              fill: ink,
              dy: -6,
              fontSize: 12,
              fontWeight: 600,
            }),
            text(cells, { ...position, text: percent, fill: ink, dy: 9 }),
          ]
        : []),
    ],
    plot: {
      x: {
        label: 'predicted',
        type: 'band',
        domain: names,
        ...(turned ? { tickRotate: -45, ticks: spaced } : {}),
      },
      y: { label: 'actual', type: 'band', domain: names, ...(turned ? { ticks: spaced } : {}) },
      color: { type: 'identity' },
      opacity: { type: 'identity' },
      padding: 0,
      marginLeft: 100,
      marginBottom: turned ? 90 : 44,
    },
    notes: [
      `Shares are of ${normalize === 'all' ? 'all records' : normalize === 'actual' ? 'the true class' : 'the predicted class'}.`,
      size < classes.length ? `The first ${size} of ${classes.length} classes.` : undefined,
    ],
  })
}

/** How much of the colour a cell has. */
function opacityOf(share: number): number {
  return Math.round(100 * (0.06 + 0.94 * share)) / 100
}

/** Cells in one path for each shade: thousands of elements would weigh ten times as much. */
function manyCells(
  cells: readonly { readonly actual: string; readonly predicted: string; readonly share: number }[],
  color: string,
): Markish {
  return (_index, { x, y }, _channels, _size, context) => {
    const { document } = context as unknown as { readonly document: Document }
    const [across, down] = [x as Band, y as Band]
    const [width, height] = [across.bandwidth() - 1, down.bandwidth() - 1].map(tenth)
    const shades = new Map<number, string[]>()
    for (const { actual, predicted, share } of cells) {
      const shade = opacityOf(Math.round(share * SHADES) / SHADES)
      const path = shades.get(shade) ?? []
      shades.set(shade, path)
      path.push(
        `M${tenth(across(predicted)!)},${tenth(down(actual)!)}h${width}v${height}h-${width}z`,
      )
    }
    const group = document.createElementNS(SVG, 'g')
    group.setAttribute('fill', color)
    for (const [shade, path] of shades) {
      const drawn = document.createElementNS(SVG, 'path')
      drawn.setAttribute('d', path.join(''))
      drawn.setAttribute('fill-opacity', String(shade))
      group.appendChild(drawn)
    }
    return group as SVGElement
  }
}

const SVG = 'http://www.w3.org/2000/svg'
const SHADES = 20

/** A scale of names. */
interface Band {
  (name: string): number | undefined
  bandwidth(): number
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** Names that are alike once they are cut get a number. */
function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map(name => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} ${times}`
  })
}

function words(
  classes: readonly unknown[],
  rows: readonly number[],
  right: number,
  all: number,
  found: (k: number) => number,
): string {
  if (all === 0) return 'No records.'
  const each = classes
    .slice(0, 10)
    .map((name, k) => `${String(name)}: ${grouped(found(k))} of ${grouped(rows[k]!)} found`)
  return `${grouped(right)} of ${grouped(all)} right (${grouped((100 * right) / all)} %). ${each.join('; ')}.`
}
