/**
 * A function made of its own text, as it came from another thread; see `travel.ts`.
 *
 * Function expressions, arrow functions, methods, and names such as `Math.max`.
 */
export function rebuiltFunction(text: string): (...parameters: never[]) => unknown {
  // Compilers that keep names call this around functions.
  const keepName = (fn: unknown) => fn
  const make = (expression: string) =>
    new Function('__name', `'use strict'\nreturn (${expression}\n)`)(keepName)
  try {
    return make(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const methods = make(`{${text}\n}`) as Record<string, (...parameters: never[]) => unknown>
    return Object.values(methods)[0]!
  }
}
