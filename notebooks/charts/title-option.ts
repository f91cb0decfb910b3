import { knownOptions, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'

/**
 * The title that was given, of pictures that are as large as what is in them.
 *
 * @param further The picture's own options.
 * @throws {ArgumentError} If an option is unknown, or the title is no text.
 */
export function titleOption(
  options: { readonly title?: string },
  figure: string,
  further: readonly string[],
): string | undefined {
  knownOptions(options, ['title', ...further], figure)
  const { title } = options
  if (title === undefined || typeof title === 'string') return title
  throw new ArgumentError(`${figure}: title must be a text; got ${shown(title)}.`)
}
