import { canGenerateCode } from './code/code-builder.js'
import { rebuiltFunction } from './code/rebuilt-function.js'
import { GLOBALS } from './globals.js'
import { type Names, resolveNames } from './lambda/scope.js'
import { parseFunction } from './lambda/syntax.js'
import { sourceOf } from './travel.js'

/** Whether a function's text alone makes the function; kept per function. */
const closed = new WeakMap<object, boolean>()

/**
 * A copy of `template`, compiled anew from its own text: how loops are compiled around users'
 * functions.
 *
 * V8 learns per function text which functions it calls and which layouts it meets. A loop that
 * every program shares has met many, calls all of them slowly and builds every record that it hands
 * over. A copy meets those of one program only, and they are inlined into it. So a template is
 * written as an ordinary function that takes what it needs, users' functions among it, and the copy
 * is handed the same.
 *
 * The template must use nothing but its parameters and JavaScript's globals. Where code may not be
 * generated, or a build tool has put other names into the template, the template itself is returned:
 * the same answer, only slower.
 *
 * @example
 * const sumOf = (values: number[], of: (value: number) => number) => {
 *   let sum = 0
 *   for (let k = 0; k < values.length; k++) sum += of(values[k])
 *   return sum
 * }
 * ownCopy(sumOf)([1, 2, 3], x => x * x) // 14
 */
export function ownCopy<F extends (...parameters: never[]) => unknown>(template: F): F {
  if (!canGenerateCode() || !isClosed(template)) return template
  return rebuiltFunction(sourceOf(template)) as F
}

/** Whether `template` uses only what it declares and what JavaScript has. */
export function isClosed(template: (...parameters: never[]) => unknown): boolean {
  let known = closed.get(template)
  if (known === undefined) {
    const parsed = parseFunction(template)
    known = typeof parsed !== 'string' && namesAreOwn(resolveNames(parsed.syntax))
    closed.set(template, known)
  }
  return known
}

function namesAreOwn({ own, references }: Names): boolean {
  return (
    own.length === 0 &&
    references.every(
      ({ node: { name }, binding, write }) =>
        binding !== undefined || name === '__name' || (!write && GLOBALS.has(name)),
    )
  )
}
