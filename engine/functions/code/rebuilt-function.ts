/**
 * A function made of its own text, as it came from another thread; see `travel.ts`.
 *
 * Function expressions, arrow functions, methods, and names such as `Math.max`.
 */
export function rebuiltFunction(text: string): (...parameters: never[]) => unknown {
  // Compilers that keep names call this around functions.
  const keepName = (fn: unknown) => fn
  return new Function('__name', `'use strict'\nreturn ${functionExpression(text)}`)(keepName)
}

/** The text of a function as an expression, which that of a method is not by itself. */
export function functionExpression(text: string): string {
  const expression = `(${text}\n)`
  try {
    new Function(`return ${expression}`)
    return expression
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return `Object.values({${text}\n})[0]`
  }
}
