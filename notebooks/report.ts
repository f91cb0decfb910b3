import type { ShownForms } from '../engine/extend.js'
import { knownOptions, shown } from '../engine/extend.js'
import { ArgumentError, DataSet } from '../engine/index.js'
import { Displayable } from './display/displayable.js'
import { escaped } from './display/escaped.js'
import { ownIds } from './display/own-ids.js'
import { table } from './figures/table.js'

/** What a section of a report may be. */
export type ReportContent =
  | string
  | Displayable
  | { toString(): string }
  | Promise<string | Displayable | { toString(): string }>

/** A section under a heading. */
export interface ReportSection {
  /** The heading. */
  readonly title: string
  /** Texts are paragraphs; figures, tables, models and whatever else shows itself. */
  readonly content: ReportContent | readonly ReportContent[]
}

/** Options of `report`. */
export interface ReportOptions {
  /** The heading of the page. */
  readonly title: string
  /** What it is about, below the heading. */
  readonly summary?: string
  /** One after the other. */
  readonly sections: readonly (ReportSection | ReportContent)[]
}

/** A page that holds all that is in it, and needs no network. */
export class Report extends Displayable {
  override readonly title: string
  readonly #html: string
  readonly #text: string

  /** @internal Made by `report`. */
  constructor(title: string, html: string, text: string) {
    super()
    this.title = title
    this.#html = html
    this.#text = text
  }

  override toHTML(): string {
    return this.#html
  }

  override toString(): string {
    return this.#text
  }
}

/**
 * Puts figures, tables, models and words into one page, in the order given; `save` writes it.
 *
 * @param options.sections Each is something that shows itself, a text, or `{ title, content }` with a
 *   heading. Promises are awaited; data sets run, and show their first ten records.
 * @throws {ArgumentError} If there is no title, or a section is something that does not show itself.
 * @example
 * const page = await report({
 *   title: 'Sizes',
 *   sections: ['Three sizes.', { title: 'How they are spread', content: histogram([1, 2, 4]) }],
 * })
 * await page.save('sizes.html', { overwrite: true })
 */
export async function report(options: ReportOptions): Promise<Report> {
  knownOptions(options, ['title', 'summary', 'sections'], 'report')
  const { title, summary, sections } = options
  if (typeof title !== 'string' || title === '') {
    throw new ArgumentError(
      `report: title must be a text; got ${title === undefined ? 'nothing' : shown(title)}.`,
    )
  }
  if (!Array.isArray(sections)) {
    throw new ArgumentError(`report: sections must be a list; got ${shown(sections)}.`)
  }
  const html = [`<h1>${escaped(title)}</h1>`]
  const text = [title]
  const headings = sections.flatMap(section => (isSection(section) ? [section.title] : []))
  if (summary !== undefined) {
    html.push(`<p>${escaped(summary)}</p>`)
    text.push(summary)
  }
  if (headings.length > 2) html.push(contents(headings))
  const taken = new Set(headings.map((_, k) => `section-${k + 1}`))
  let number = 0
  for (const section of sections) {
    if (!isSection(section)) {
      await add(section, html, text, taken)
      continue
    }
    html.push(`<h2 id="section-${++number}">${escaped(section.title)}</h2>`)
    text.push(`\n${section.title}`)
    const all = Array.isArray(section.content) ? section.content : [section.content]
    for (const content of all) await add(content, html, text, taken)
  }
  return new Report(title, html.join('\n'), text.join('\n'))
}

function contents(headings: readonly string[]): string {
  const links = headings.map(
    (heading, k) => `<li><a href="#section-${k + 1}">${escaped(heading)}</a></li>`,
  )
  return `<nav aria-label="contents"><ul>${links.join('')}</ul></nav>`
}

function isSection(section: unknown): section is ReportSection {
  return (
    typeof section === 'object' &&
    section !== null &&
    'content' in section &&
    typeof (section as ReportSection).title === 'string'
  )
}

async function add(
  given: ReportContent,
  html: string[],
  text: string[],
  taken: Set<string>,
): Promise<void> {
  const content = await given
  text.push(String(content))
  if (typeof content === 'string') {
    html.push(`<p>${escaped(content)}</p>`)
    return
  }
  const form = content instanceof DataSet ? (await firstRecords(content)).toHTML() : formOf(content)
  html.push(`<div style="margin:1rem 0">${ownIds(form, taken)}</div>`)
}

const FIRST = 10

/** Data sets run, and show their first records. */
async function firstRecords(data: DataSet<unknown>): Promise<Displayable> {
  const records = (await data.first(FIRST + 1).collect()) as Record<string, unknown>[]
  if (records.length <= FIRST) return table(records)
  return table(records.slice(0, FIRST), { caption: `The first ${FIRST} records` })
}

/** The HTML of something that shows itself. */
function formOf(content: unknown): string {
  if (content instanceof Displayable) return content.toHTML()
  const display = (content as { [name: symbol]: (() => ShownForms) | undefined } | null)?.[
    Symbol.for('Jupyter.display')
  ]
  const forms = typeof display === 'function' ? display.call(content) : undefined
  if (forms?.['text/html'] !== undefined) return forms['text/html']
  throw new ArgumentError(
    `report: a section is ${shown(content)}, which does not show itself. Give a figure, a table, a model or a text.`,
  )
}
