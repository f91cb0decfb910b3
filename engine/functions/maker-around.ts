import { canGenerateCode } from './code/code-builder.js'
import { isClosed } from './own-copy.js'
import { sourceOf } from './travel.js'

/**
 * Like `ownCopy`, as text for other threads: that of a function that takes what follows the first
 * parameter of `template`, and calls it with `functions` before. For `GeneratedKernel`.
 *
 * @param functions By name, the text of each as an expression.
 * @returns `undefined` where code may not be generated or the template uses other names than its own.
 */
export function makerAround<F extends object>(
  template: (functions: F, ...values: never[]) => unknown,
  functions: { readonly [N in keyof F]: string },
): string | undefined {
  if (!canGenerateCode() || !isClosed(template)) return undefined
  const members = Object.entries<string>(functions).map(([name, text]) => `${name}: ${text}`)
  return `(...values) => (${sourceOf(template)})({ ${members.join(',\n')} }, ...values)`
}
