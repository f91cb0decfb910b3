import { checkOutput, knownOptions, writeWhole } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { escaped } from './escaped.js'
import { inspected } from './inspected.js'
import { page } from './page.js'

/** What notebooks are given: the same thing in several forms, of which they take the best. */
export interface Bundle {
  readonly 'text/html': string
  readonly 'text/plain': string
}

/** How `save` writes. */
export interface SaveOptions {
  /** Whether an existing file may be replaced. Default `false`. */
  readonly overwrite?: boolean
}

/**
 * Something that shows itself: as the last expression of a cell in notebooks, as text in a terminal, as
 * an element in a page, as a file.
 *
 * Pictures have no scripts unless they say so, need no network, and take the colours of the page around
 * them, light or dark.
 */
export abstract class Displayable {
  /** What it shows, in a line; the title of pages and pictures. */
  abstract readonly title: string

  /** As a piece of HTML. */
  abstract toHTML(): string

  /** As text: a table, or what the picture says in words. */
  abstract toString(): string

  /** As an SVG document; `null` for what is no picture. */
  toSVG(): string | null {
    return null
  }

  /** What notebooks are given. */
  toBundle(): Bundle {
    return { 'text/html': this.toHTML(), 'text/plain': this.toString() }
  }

  /**
   * The same in a form that notebooks show even if they do not trust it: one that somebody else made, or
   * on a web site. Pictures lose tooltips and have a white background.
   */
  portable(): Displayable {
    const svg = this.toSVG()
    return svg === null ? this : new Portable(this, svg)
  }

  /**
   * As an element that is nowhere yet, for pages and for browser notebooks.
   *
   * @param document Default: that of the page.
   * @throws {ArgumentError} Where there is no page.
   */
  node(document: Document | undefined = globalThis.document): Element {
    if (document === undefined) {
      throw new ArgumentError(
        'node: there is no page here. Use toHTML or save, or give a document.',
      )
    }
    const holder = document.createElement('div')
    holder.innerHTML = this.toHTML()
    return holder
  }

  /**
   * Writes it to a file: `.svg` for the picture alone, `.html` for a page.
   *
   * @throws {ArgumentError} If the name ends otherwise, or `.svg` is asked of what is no picture.
   * @throws {InputOutputError} If the file exists and `overwrite` is not `true`, or the disk refuses.
   * @example
   * await histogram([1, 2, 2, 3], { title: 'Sizes' }).save('sizes.svg', { overwrite: true })
   */
  async save(path: string | URL, options: SaveOptions = {}): Promise<void> {
    checkOutput(path, 'save')
    knownOptions(options, ['overwrite'], 'save')
    await writeWhole(path, [this.#file(String(path))], 'save', options)
  }

  /** How Deno's kernel shows it. */
  [Symbol.for('Jupyter.display')](): Bundle {
    return this.toBundle()
  }

  /** How ijavascript shows it. */
  _toMime(): Bundle {
    return this.toBundle()
  }

  /** How Node and tslab show it. */
  [Symbol.for('nodejs.util.inspect.custom')](depth: number, options: { depth?: number }): string {
    return inspected(this, depth, options)
  }

  #file(path: string): string {
    const svg = this.toSVG()
    if (/\.svg$/i.test(path) && svg !== null)
      return `<?xml version="1.0" encoding="utf-8"?>\n${svg}\n`
    if (/\.html?$/i.test(path)) return page(this.title, this.toHTML())
    throw new ArgumentError(
      svg === null
        ? `save: ${path} must end with .html; this is no picture.`
        : `save: ${path} must end with .svg or .html.`,
    )
  }
}

/** A picture as an image within HTML. */
class Portable extends Displayable {
  readonly title: string
  readonly #of: Displayable
  readonly #svg: string

  constructor(of: Displayable, svg: string) {
    super()
    this.title = of.title
    this.#of = of
    this.#svg = svg
  }

  override toHTML(): string {
    const source = `data:image/svg+xml;base64,${base64(this.#svg)}`
    return `<img alt="${escaped(this.#of.toString())}" src="${source}">`
  }

  override toString(): string {
    return this.#of.toString()
  }

  override toSVG(): string {
    return this.#svg
  }
}

function base64(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}
