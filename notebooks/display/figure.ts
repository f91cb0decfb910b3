import { Displayable } from './displayable.js'
import { escaped } from './escaped.js'

/** What a picture is made of. */
export interface Picture {
  /** What it shows, in a line. */
  readonly title: string
  /** What it says, in words: for screen readers and terminals. */
  readonly description: string
  readonly width: number
  readonly height: number
  /** Elements of SVG. Ids begin with `ID-`, which is replaced by one of the figure's own. */
  readonly content: string
}

/** Figures are drawn no narrower than this, in pixels, unless they are. */
const LEAST = 520

/** A picture. */
export class Figure extends Displayable {
  override readonly title: string
  /** What it says, in words. */
  readonly description: string
  /** In pixels. */
  readonly width: number
  /** In pixels. */
  readonly height: number
  readonly #content: string
  readonly #id: string

  /** @internal Made by functions such as `histogram`. */
  constructor({ title, description, width, height, content }: Picture) {
    super()
    this.title = title
    this.description = description
    this.width = width
    this.height = height
    this.#id = `w${hashOf(title + content)}`
    this.#content = content.replaceAll('ID-', `${this.#id}-`)
  }

  override toHTML(): string {
    const { width, height } = this
    // On narrow pages text stays readable: the figure moves sideways.
    const style = `min-width:${Math.min(width, LEAST)}px;max-width:100%;height:auto`
    return `<div style="overflow-x:auto">${this.#svg(`width="${width}" height="${height}" style="${style}" tabindex="0"`, '')}</div>`
  }

  /** With a background of its own, light or dark as the reader's system is. */
  override toSVG(): string {
    const { width, height } = this
    const id = this.#id
    const style = `<style>#${id}{color:#1c1c1e}#${id}-back{fill:#fff}</style><rect id="${id}-back" width="${width}" height="${height}"/>`
    return this.#svg(`id="${id}" width="${width}" height="${height}"`, style)
  }

  override toString(): string {
    return this.description === '' ? this.title : `${this.title}\n${this.description}`
  }

  #svg(attributes: string, first: string): string {
    const { title, description, width, height } = this
    const id = this.#id
    return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${width} ${height}" ${attributes} fill="currentColor" font-family="system-ui, sans-serif" font-size="11"><title id="${id}-t">${escaped(title)}</title><desc id="${id}-d">${escaped(description)}</desc>${first}${this.#content}</svg>`
  }
}

/** FNV-1a: a short name for a text, the same everywhere. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let k = 0; k < text.length; k++) {
    hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193)
  }
  return (hash >>> 0).toString(36)
}
