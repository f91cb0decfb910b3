import { Displayable } from '../display/displayable.js'
import { escaped } from '../display/escaped.js'

/** A box with a heading, for what is no picture. */
export class Card extends Displayable {
  override readonly title: string
  readonly #text: string
  readonly #body: string

  /**
   * @param body HTML.
   * @internal Made for objects that show themselves.
   */
  constructor(title: string, text: string, body: string) {
    super()
    this.title = title
    this.#text = text
    this.#body = body
  }

  override toHTML(): string {
    return `<div style="display:inline-block;max-width:100%;box-sizing:border-box;border:1px solid rgba(128,128,128,.5);border-radius:6px;padding:8px 14px;font:13px/1.5 system-ui,sans-serif;color:inherit;overflow-x:auto"><div style="font-weight:600">${escaped(this.title)}</div>${this.#body}</div>`
  }

  override toString(): string {
    return this.#text
  }
}

/** Names with what they are, one below the other. */
export function factsHTML(facts: Readonly<Record<string, string>>): string {
  const rows = Object.entries(facts).map(
    ([name, value]) =>
      `<tr><td style="padding:0 14px 0 0;opacity:.7">${escaped(name)}</td><td style="padding:0">${escaped(value)}</td></tr>`,
  )
  return rows.length === 0
    ? ''
    : `<table style="border-collapse:collapse;color:inherit;font:inherit"><tbody>${rows.join('')}</tbody></table>`
}

/** Lines that keep their spaces. */
export function linesHTML(text: string): string {
  return `<pre style="margin:4px 0 0;font:12px/1.45 ui-monospace,monospace;color:inherit;background:none;white-space:pre">${escaped(text)}</pre>`
}
