/** Keys: what records are grouped, joined, partitioned and sorted by. */
import type { UserFunction } from '../functions/user-function.js'

/** One component of a key: a field (or a path into nested values), or a function of the record. */
export type Key =
  | {
      readonly kind: 'field'
      readonly path: string
      /** What asked for the field, as the user wrote it, for errors: `groupBy`, `where`. */
      readonly operation?: string
    }
  | { readonly kind: 'function'; readonly fn: UserFunction }

/** `ascending`: numbers from small to large, then NaN, then missing values; descending reverses. */
export type Direction = 'ascending' | 'descending'

/** One component of an order. */
export interface SortKey {
  readonly key: Key
  readonly direction: Direction
}

/** A key as `explain()` shows it. */
export function keyText(key: Key): string {
  return key.kind === 'field' ? key.path : 'key function'
}
