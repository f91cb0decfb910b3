import { AnyColumn, type Column, type Layout } from '../../types/column.js'
import { isAllMissing, missingColumn } from '../../types/concat.js'

/**
 * A few keys that have between them every type that keys had so far, so that the types of two sides
 * can be compared without a look at all keys.
 */
export class KeyExamples {
  /** Key columns of one row each. */
  readonly rows: (readonly Column[])[] = []
  readonly #seen: Set<Layout>[] = []

  /** Looks at the first `length` keys of `columns`. */
  note(columns: readonly Column[], length: number): void {
    if (length === 0) return
    columns.forEach((column, k) => {
      this.#seen[k] ??= new Set()
      if (this.#seen[k].has(column.layout) || isAllMissing(column)) return
      this.#seen[k].add(column.layout)
      // Of arbitrary values it matters only that there are some.
      const example = column.layout === 'any' ? new AnyColumn([{}]) : column.take(Int32Array.of(0))
      this.rows.push(columns.map((_, other) => (other === k ? example : missingColumn(1))))
    })
  }
}
