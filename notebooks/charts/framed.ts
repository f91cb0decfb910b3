import { escaped } from '../display/escaped.js'
import { Figure } from '../display/figure.js'
import { broken } from './measured.js'

/** A picture with what stands around it. */
export interface FramedParts {
  readonly title: string
  /** What it says, in words. */
  readonly description: string
  /** Of the picture itself. */
  readonly width: number
  readonly height: number
  /** Elements of SVG, within that width and height. */
  readonly content: string
  /** Names with their colours. */
  readonly legend?: readonly (readonly [name: string, color: string])[]
  /** What was left out, or how to read it; below the picture. */
  readonly notes?: readonly (string | undefined)[]
}

/** A description that says that there is nothing stands in the middle of the picture. */
const NOTHING = /^No [a-z ]+\.$/

const TITLE = 24
const TITLE_LINE = 18
const LINE = 16
const LEGEND = 20

/** Puts a title and a legend above a picture, and notes below it. */
export function framed(parts: FramedParts): Figure {
  const { title, description, width, height, content, legend = [], notes = [] } = parts
  const rows = legendRows(legend, width)
  const said = notes
    .filter(note => note !== undefined && note !== '')
    .flatMap(note => wrapped(note!, width))
  // What does not fit in two lines is in the title of the whole picture.
  const heading = broken(title, width - 8, 14, 2, true)
  const above = TITLE + Math.max(0, heading.length - 1) * TITLE_LINE
  const top = above + rows.length * LEGEND
  const lines = [
    ...heading.map(
      (line, k) =>
        `<text x="4" y="${16 + k * TITLE_LINE}" font-size="14" font-weight="600">${escaped(line)}</text>`,
    ),
    ...rows.map((row, k) => `<g transform="translate(4,${above + k * LEGEND})">${row}</g>`),
    `<g transform="translate(0,${top})">${content}</g>`,
    ...(NOTHING.test(description)
      ? [
          `<text x="${width / 2}" y="${top + height / 2}" text-anchor="middle" fill-opacity="0.7">${escaped(description)}</text>`,
        ]
      : []),
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
