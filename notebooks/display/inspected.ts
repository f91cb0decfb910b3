/** What tslab puts into the global scope of its cells. */
interface Tslab {
  require(name: 'tslab'): { readonly display: { html(html: string): void } }
}

/**
 * What `console.log` and a REPL print of something that shows itself. tslab prints the last expression
 * of a cell in this way and has no other: there, a thing that stands alone is shown instead.
 *
 * @param depth How deep it may be looked into from here; what stands alone has all of it.
 */
export function inspected(
  shown: { toHTML(): string; toString(): string },
  depth: number,
  options: { readonly depth?: number },
): string {
  const { __tslab__: tslab } = globalThis as { __tslab__?: Tslab }
  if (tslab === undefined || depth !== options.depth) return shown.toString()
  tslab.require('tslab').display.html(shown.toHTML())
  return ''
}
