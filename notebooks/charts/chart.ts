import { type Markish, type PlotOptions, plot } from '@observablehq/plot'
import { knownOptions, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { WriteOnlyDocument } from '../display/document.js'
import { escaped } from '../display/escaped.js'
import { Figure } from '../display/figure.js'
import { rounded } from './rounded.js'

/** Options of every chart. */
export interface ChartOptions {
  /** What it shows, in a line. Default: made of the fields' names. */
  readonly title?: string
  /** In pixels. Default 640. */
  readonly width?: number
  /** In pixels, without title, legend and notes. Default 360. */
  readonly height?: number
}

/** The names of `ChartOptions`. */
export const CHART_OPTIONS = ['title', 'width', 'height']

/** A chart to be drawn. */
export interface ChartParts extends Required<ChartOptions> {
  /** What it says, in words. */
  readonly description: string
  readonly marks: readonly Markish[]
  /** Scales and margins, as Observable Plot takes them. */
  readonly plot?: Omit<PlotOptions, 'marks' | 'width' | 'height' | 'document' | 'title'>
  /** Names with their colours. */
  readonly legend?: readonly (readonly [name: string, color: string])[]
  /** What was left out, or how to read it; below the chart. */
  readonly notes?: readonly (string | undefined)[]
}

const TITLE = 24
const LINE = 16
const LEGEND = 20

/**
 * Checks what all charts share.
 *
 * @param further The chart's own options.
 * @throws {ArgumentError} If an option is unknown or out of range.
 */
export function chartOptions(
  options: ChartOptions,
  figure: string,
  further: readonly string[],
  title: string,
  size: { readonly width?: number; readonly height?: number } = {},
): Required<ChartOptions> {
  knownOptions(options, [...further, ...CHART_OPTIONS], figure)
  const { width = size.width ?? 640, height = size.height ?? 360 } = options
  positiveInteger(width, figure, 'width')
  positiveInteger(height, figure, 'height')
  if (options.title !== undefined && typeof options.title !== 'string') {
    throw new ArgumentError(`${figure}: title must be a text; got ${shown(options.title)}.`)
  }
  return { title: options.title ?? title, width, height }
}

/** Draws a chart with title, legend and notes. */
export function chart(parts: ChartParts): Figure {
  const { title, description, width, height, marks, legend = [], notes = [] } = parts
  const document = new WriteOnlyDocument()
  const drawn = plot({
    ...parts.plot,
    document: document as unknown as Document,
    width,
    height,
    marks: [...marks],
    style: { background: 'none' },
  } as PlotOptions) as unknown as { childNodes: readonly unknown[]; tagName: string }
  // Plot's own style sheet would hold for the page around it.
  const content = drawn.childNodes.filter(
    child => (child as { readonly tagName?: string }).tagName !== 'style',
  )
  const rows = legendRows(legend, width)
  const said = notes
    .filter(note => note !== undefined && note !== '')
    .flatMap(note => wrapped(note!, width))
  const top = TITLE + rows.length * LEGEND
  const lines = [
    `<text x="4" y="16" font-size="14" font-weight="600">${escaped(cut(title, Math.floor((width - 8) / 7.2)))}</text>`,
    ...rows.map((row, k) => `<g transform="translate(4,${TITLE + k * LEGEND})">${row}</g>`),
    `<g transform="translate(0,${top})" font-size="10" text-anchor="middle">${rounded(content.join(''))}</g>`,
    ...said.map(
      (note, k) =>
        `<text x="4" y="${top + height + 12 + k * LINE}" fill-opacity="0.7">${escaped(note)}</text>`,
    ),
  ]
  return new Figure({
    title,
    description: [description, ...notes.filter(note => note !== undefined && note !== '')].join(
      ' ',
    ),
    width,
    height: top + height + said.length * LINE + (said.length > 0 ? 4 : 0),
    content: lines.join(''),
  })
}

/** Squares with names, in as many rows as they need. */
function legendRows(
  legend: readonly (readonly [name: string, color: string])[],
  width: number,
): string[] {
  const rows: string[] = []
  let row = ''
  let x = 0
  for (const [name, color] of legend) {
    const text = cut(name, 30)
    const needed = 18 + textWidth(text) + 14
    if (x > 0 && x + needed > width - 8) {
      rows.push(row)
      row = ''
      x = 0
    }
    row += `<rect x="${x}" y="2" width="12" height="12" rx="2" fill="${color}"/><text x="${x + 17}" y="12">${escaped(text)}</text>`
    x = Math.round(x + needed)
  }
  return row === '' ? rows : [...rows, row]
}

/** About how wide a text is, in pixels, at a size of 11. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    width +=
      code > 0x2e80
        ? 11.5
        : /[iljtfr.,:;'|!()[\] ]/.test(character)
          ? 3.8
          : /[mwMW@%]/.test(character)
            ? 10
            : /[A-Z0-9]/.test(character)
              ? 7.2
              : 6.3
  }
  return width
}

/** A text of at most so many characters. */
export function cut(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most
    ? text
    : `${characters.slice(0, Math.max(1, most - 1)).join('')}…`
}

/** A text in lines that fit. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer) > width - 8) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}
