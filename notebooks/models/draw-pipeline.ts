import { nonNegativeInteger } from '../../engine/extend.js'
import type { AnyEstimator, AnyModel } from '../../ml/index.js'
import { framed } from '../charts/framed.js'
import { fitted, measured } from '../charts/measured.js'
import { titleOption } from '../charts/title-option.js'
import { grouped } from '../data/finite.js'
import { escaped } from '../display/escaped.js'
import type { Figure } from '../display/figure.js'
import { type Piped, type PipelineStep, pipedOf } from './pipeline-steps.js'

/** Options of `drawPipeline`. */
export interface DrawPipelineOptions {
  /** What it shows, in a line. Default: whether it is fitted, and how many steps there are. */
  readonly title?: string
  /** How many parameters of a step are written; the others are counted. Default 6. */
  readonly parameters?: number
}

/** In pixels. */
const WIDTH = 440
const BOX = 340
const LEFT = 8
const LINE = 16
const ARROW = 34

/** The widest name of a parameter. */
const NAMES = 110

/**
 * A pipeline as a card: its steps from top to bottom, with their parameters; once it is fitted, with what
 * they have learned, and the fields that each reads and adds.
 *
 * @param pipeline A pipeline, any other estimator, or a model.
 * @throws {ArgumentError} If it is neither, or an option is unknown or wrong.
 * @example
 * const late = pipeline(standardScaler({ features: ['distance', 'hours'] }), linearRegression({ label: 'delay' }))
 * drawPipeline(late).description // 'Not fitted. 2 steps: standardScaler, linearRegression.'
 * drawPipeline(await late.fit(flights)).description // 'Fitted. 2 steps: ... It reads distance, hours and adds features, prediction.'
 */
export function drawPipeline(
  pipeline: AnyEstimator | AnyModel,
  options: DrawPipelineOptions = {},
): Figure {
  const figure = 'drawPipeline'
  const { parameters: most = 6 } = options
  const title = titleOption(options, figure, ['parameters'])
  nonNegativeInteger(most, figure, 'parameters')
  const piped = pipedOf(pipeline, figure)
  const { fitted: isFitted, steps } = piped
  const number = `${grouped(steps.length)} ${steps.length === 1 ? 'step' : 'steps'}`
  const parts: string[] = []
  let y = 4
  if (isFitted) {
    parts.push(fieldsSVG('reads', readsOf(steps), y))
    y += LINE + ARROW
    parts.push(arrowSVG(y))
  }
  for (const [k, step] of steps.entries()) {
    if (k > 0) {
      y += ARROW
      parts.push(arrowSVG(y))
      const { adds } = steps[k - 1]!
      if (adds.length > 0) parts.push(besideSVG(`adds ${adds.join(', ')}`, y))
    }
    const box = boxSVG(step, most, y)
    parts.push(box.content)
    y += box.height
  }
  const last = steps.at(-1)
  if (last !== undefined && last.adds.length > 0) {
    y += ARROW
    parts.push(arrowSVG(y), fieldsSVG('adds', last.adds, y))
    y += LINE + 4
  }
  return framed({
    title: title ?? `Pipeline of ${number}, ${isFitted ? 'fitted' : 'not fitted'}`,
    description: words(piped, number),
    width: WIDTH,
    height: y + 4,
    content: parts.join(''),
  })
}

function boxSVG({ name, facts }: PipelineStep, most: number, top: number) {
  const shown = facts.slice(0, most)
  const hidden = facts.length - shown.length
  const widest = Math.max(0, ...shown.map(([key]) => measured(key, 11)))
  const at = LEFT + 12 + Math.min(NAMES, widest) + 14
  const room = LEFT + BOX - 10 - at
  const y = (row: number) => top + 18 + row * LINE
  const rows = shown.map(
    ([key, value], k) =>
      `<text x="${LEFT + 12}" y="${y(k + 1)}" fill-opacity="0.7">${escaped(fitted(key, NAMES, 11))}</text><text x="${at}" y="${y(k + 1)}">${escaped(fitted(value, room, 11))}</text>`,
  )
  const more =
    hidden === 0
      ? ''
      : `<text x="${LEFT + 12}" y="${y(shown.length + 1)}" fill-opacity="0.7">… ${grouped(hidden)} more</text>`
  const height = 30 + (shown.length + (hidden > 0 ? 1 : 0)) * LINE
  const tip = [name, ...facts.map(([key, value]) => `${key}: ${value}`)].join('\n')
  return {
    height,
    content: `<g><title>${escaped(tip)}</title><rect x="${LEFT}" y="${top}" width="${BOX}" height="${height}" rx="5" fill="currentColor" fill-opacity="0.05" stroke="currentColor" stroke-opacity="0.55"/><text x="${LEFT + 12}" y="${y(0)}" font-size="12" font-weight="600">${escaped(fitted(name, BOX - 24, 12, true))}</text>${rows.join('')}${more}</g>`,
  }
}

/** An arrow that ends here. */
function arrowSVG(y: number): string {
  const x = LEFT + BOX / 2
  return `<path d="M${x},${y - ARROW + 3}V${y - 7}" stroke="currentColor" stroke-opacity="0.6"/><polygon points="${x},${y - 1} ${x - 3.5},${y - 8} ${x + 3.5},${y - 8}" fill-opacity="0.6"/>`
}

/** What goes along an arrow. */
function besideSVG(text: string, y: number): string {
  const x = LEFT + BOX / 2 + 10
  return `<text x="${x}" y="${y - ARROW / 2 + 4}" fill-opacity="0.8">${escaped(fitted(text, WIDTH - x - 4, 11))}</text>`
}

/** The fields at the beginning or the end. */
function fieldsSVG(verb: string, fields: readonly string[], y: number): string {
  const text = fitted(`${verb} ${fields.join(', ')}`, WIDTH - 2 * LEFT, 11)
  const x = LEFT + BOX / 2
  const half = measured(text, 11) / 2
  // Beside the middle, where it would leave the picture.
  const middle = Math.max(LEFT + half, Math.min(x, WIDTH - LEFT - half))
  return `<text x="${middle}" y="${y + 12}" text-anchor="middle"><title>${escaped(fields.join(', '))}</title>${escaped(text)}</text>`
}

/** The fields that no step before adds. */
function readsOf(steps: readonly PipelineStep[]): string[] {
  const made = new Set<string>()
  const reads = new Set<string>()
  for (const step of steps) {
    for (const field of step.reads) if (!made.has(field)) reads.add(field)
    for (const field of step.adds) made.add(field)
  }
  return [...reads]
}

function words({ fitted: isFitted, steps }: Piped, number: string): string {
  const names = steps.map(({ name }) => name).join(', ')
  if (!isFitted) return `Not fitted. ${number}: ${names}.`
  const adds = [...new Set(steps.flatMap(step => step.adds))]
  return `Fitted. ${number}: ${names}. It reads ${readsOf(steps).join(', ')} and adds ${adds.join(', ')}.`
}
