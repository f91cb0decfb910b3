import { tslabKernel } from './kernels.js'

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
  const tslab = tslabKernel()
  if (tslab === undefined || depth !== options.depth) return shown.toString()
  tslab.display.html(shown.toHTML())
  return ''
}
