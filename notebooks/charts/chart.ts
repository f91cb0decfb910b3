import { knownOptions, positiveInteger, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { WriteOnlyDocument } from '../display/document.js'
import type { Figure } from '../display/figure.js'
import { framed } from './framed.js'
import { type Markish, type PlotOptions, plot } from './plot.js'
import { rounded } from './rounded.js'

export { cut, textWidth } from './framed.js'

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
  return framed({
    title,
    description,
    width,
    height,
    legend,
    notes,
    content: `<g font-size="10" text-anchor="middle">${rounded(content.join(''))}</g>`,
  })
}
