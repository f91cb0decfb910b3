import { ArgumentError } from '../../../engine/index.js'

/** @throws {ArgumentError} If options have no `source`, as where there are none. */
export function needsSource(
  options: { readonly source?: unknown } | undefined,
  operation: string,
): void {
  if (options?.source !== undefined && options.source !== null) return
  throw new ArgumentError(
    `${operation}: source is missing. Name the vertex to begin at, such as { source: 'JFK' }.`,
  )
}
