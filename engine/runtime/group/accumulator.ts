/**
 * Accumulators: the running state of one aggregate for all groups, in arrays by group id. States
 * can leave as columns and be merged again, in any number of pieces; `first` and `last` need the
 * pieces in their order.
 *
 * Missing values do not count. The sum of nothing is 0, its mean, least, greatest and so on are
 * missing. NaN among the values makes sum, mean, min, max and variance NaN. Sums are plain doubles:
 * exact for whole numbers up to 2^53.
 */
import { SchemaError } from '../../errors.js'
import type { TargetAggregate } from '../../functions/group-target.js'
import { type Column, Float64Column, type Validity } from '../../types/column.js'
import { shown } from '../../types/column-writer.js'
import { isAllMissing } from '../../types/concat.js'

/** See the module's documentation. */
export interface Accumulator {
  /** Bytes of the state, estimated for strings and arbitrary values. */
  readonly byteLength: number
  /** Makes room for the groups below `size`. */
  resize(size: number): void
  /** Adds the value of each row to the group `ids[row]`. `column` is absent for a plain count. */
  add(column: Column | undefined, ids: Int32Array, length: number): void
  /** What `add` does when all rows belong to group 0, without a look at ids; just as exact. */
  addToFirst?(column: Column | undefined, length: number): void
  /** The state as loops add to it, until it is resized or has to widen. */
  open?(): TargetAggregate | undefined
  /** Makes group `k` of group `groups[k]`, and forgets all others. */
  take?(groups: Int32Array): void
  /** The states of the groups below `size`. */
  state(size: number): readonly Column[]
  /** Merges states, that of each row into the group `ids[row]`. */
  merge(state: readonly Column[], ids: Int32Array, length: number): void
  /** The results of the groups below `size`. */
  result(size: number): Column
  /** Forgets all groups. */
  reset(): void
}

/** The numbers of a column, with the mask of those that are there. */
export interface Numbers {
  readonly values: Float64Array | Int32Array
  readonly valid: Validity
}

/** The numbers of `column`; throws when it has something else. `what` is the aggregate, for the error. */
export function numbersOf(column: Column, what: string): Numbers {
  if (column.layout === 'int32' || column.layout === 'float64') return column
  if (column.layout !== 'any' || !isAllMissing(column)) {
    const values = new Float64Array(column.length)
    const valid = new Uint8Array(column.length)
    for (let row = 0; row < column.length; row++) {
      const value = column.get(row)
      if (value === null || value === undefined) continue
      if (typeof value !== 'number') {
        throw new SchemaError(
          `${what} must hold numbers; got ${shown(value)}. Convert it in aggregate, such as { x: ${what.split(':')[0]}(record => Number(record.x)) }.`,
        )
      }
      values[row] = value
      valid[row] = 1
    }
    return { values, valid }
  }
  return { values: new Float64Array(column.length), valid: new Uint8Array(column.length) }
}

/** A larger copy when `values` has no room for `size`; at least doubled. */
export function fitted<A extends Float64Array | Int32Array | Uint8Array>(
  values: A,
  size: number,
): A {
  if (size <= values.length) return values
  const larger = new (values.constructor as new (length: number) => A)(
    Math.max(size, 2 * values.length, 16),
  )
  larger.set(values)
  return larger
}

/** A column of `values` below `size`, missing where `counts` says that there was nothing. */
export function presentWhere(
  values: Float64Array,
  counts: Float64Array | Uint8Array,
  size: number,
  least = 1,
): Float64Column {
  return new Float64Column(values.subarray(0, size), maskWhere(counts, size, least))
}

/** The mask of the groups with at least `least`; `null` when that is all of them. */
export function maskWhere(counts: Float64Array | Uint8Array, size: number, least = 1): Validity {
  let valid: Validity = null
  for (let id = 0; id < size; id++) {
    if (counts[id]! >= least) continue
    valid ??= new Uint8Array(size).fill(1)
    valid[id] = 0
  }
  return valid
}
