/** Arguments that plain JavaScript can leave out or mistake, with an error at once that says so. */
import { knownOptions, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'

/** @throws {ArgumentError} Unless it is a function. */
export function needsFunction(fn: unknown, operation: string): void {
  if (typeof fn === 'function') return
  throw new ArgumentError(`${operation}: needs a function; got ${shown(fn)}.`)
}

/** @throws {ArgumentError} Unless it can be iterated, and is no text. */
export function needsList(list: unknown, what: string, operation: string): void {
  const iterable = typeof (list as Iterable<unknown> | null | undefined)?.[Symbol.iterator]
  if (iterable === 'function' && typeof list !== 'string') return
  throw new ArgumentError(
    `${operation}: ${what} must be an array or another iterable; got ${shown(list)}. Put a single one into an array.`,
  )
}

/**
 * Checks the parts that a graph is made of.
 *
 * @param example What a right one looks like.
 * @throws {ArgumentError} If they are no object, one is not known, or there are no edges.
 */
export function needsParts(
  parts: unknown,
  known: readonly string[],
  example: string,
  operation: string,
): void {
  const object = typeof parts === 'object' && parts !== null && !Array.isArray(parts)
  if (object) knownOptions(parts, known, operation)
  if (object && (parts as { readonly edges?: unknown }).edges !== undefined) return
  const found = object ? 'there are none' : `got ${shown(parts)}`
  throw new ArgumentError(`${operation}: needs edges, such as ${example}; ${found}.`)
}
