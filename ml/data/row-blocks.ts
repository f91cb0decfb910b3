import type { DenseRows } from './rows.js'

/**
 * Dense rows that are read a block at a time, straight from where they lie: for who goes over them once
 * or twice and has no need of all of them in a region.
 */
export interface RowBlocks {
  readonly kind: 'blocks'
  /** How many rows there are. */
  readonly length: number
  /** How many features each has. */
  readonly size: number
  /** Writes rows `from` to `to` to the beginning of `target`, row after row, as they are. */
  read(from: number, to: number, target: Float64Array): void
  /**
   * Looks at every value. Who adds values up may leave it until a sum is not finite.
   *
   * @throws {SchemaError} If one is no finite number; names record and field.
   */
  check(): void
}

/** Rows whose values are known to be finite. */
export function blocksOf({ length, size, values }: DenseRows): RowBlocks {
  return {
    kind: 'blocks',
    length,
    size,
    read: (from, to, target) => target.set(values.subarray(from * size, to * size)),
    check() {},
  }
}
