/** Which of the users' functions another thread can have, and as what text. */
import { readOf } from './analysis.js'
import { FUNCTIONS_BY_NAME } from './globals.js'
import type { UserFunction } from './user-function.js'

/** Captured names that mean nothing: what compilers put around functions to keep their names. */
const HARMLESS: ReadonlySet<string> = new Set(['__name'])

/**
 * Why `fn` cannot run on another thread, as a phrase; `undefined` when it can: it captures nothing,
 * or it is one of JavaScript's own.
 */
export function whyItStays(fn: UserFunction): string | undefined {
  const { call, operation } = fn
  if (call === undefined || nativeName(call) !== undefined) return undefined
  // With a context, functions of one record have two parameters and those of a pair three.
  const read = readOf(fn, call.length > 2 ? 2 : 1)
  if (typeof read === 'string') return `${operation} is ${article(read)}`
  const captures = read.lambda.captures.filter(name => !HARMLESS.has(name))
  if (captures.length > 0) {
    const names = captures.map(name => `\`${name}\``).join(', ')
    // What belongs to the thread, such as `process`, cannot be handed over.
    const own = captures.some(name => name === 'this' || name in globalThis)
    const remedy = own ? '' : handOver(captures)
    return `${operation} captures ${names}${remedy}`
  }
  if (/\b(globalThis|import)\b/.test(read.lambda.source)) {
    return `${operation} uses globalThis or import, which differ between threads`
  }
  return undefined
}

/** The text from which `rebuiltFunction` makes a function that does the same. */
export function sourceOf(call: (...parameters: never[]) => unknown): string {
  return nativeName(call) ?? Function.prototype.toString.call(call)
}

/** The name of one of JavaScript's own functions: `Math.max`. */
export function nativeName(call: unknown): string | undefined {
  return FUNCTIONS_BY_NAME.get(call)
}

function handOver(captures: readonly string[]): string {
  const [first] = captures
  return `; hand ${captures.length > 1 ? 'them' : 'it'} over with { with: { ${captures.length > 1 ? captures.join(', ') : first} } }`
}

function article(reason: string): string {
  return /^(a|an) |code$|read$/.test(reason) ? reason : `a ${reason}`
}
