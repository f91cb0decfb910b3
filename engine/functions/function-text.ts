/** A user's function as one short line, for `explain()` and errors. */
import { expressionText } from './expression/expression-text.js'
import type { UserFunction } from './user-function.js'

/**
 * The formula, or the function's own source on one line, shortened to `width` characters.
 *
 * @param width Default 60.
 */
export function functionText({ call, formula, expression }: UserFunction, width = 60): string {
  if (formula !== undefined) return shorten(formula, width)
  if (expression !== undefined) return shorten(expressionText(expression), width)
  if (call === undefined) return '?'
  const source = Function.prototype.toString.call(call)
  if (/\{\s*\[native code\]\s*\}$/.test(source)) return call.name || 'native function'
  return shorten(source, width)
}

function shorten(source: string, width: number): string {
  const line = source.replace(/\s+/g, ' ').trim()
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`
}
