/** Tables addressed by the key itself, and the loops that look keys up in them. */

/** How loops find keys by themselves. */
export interface DirectTable {
  /** `id + 1` by `key - base`, 0 where there is none. */
  readonly table: Int32Array
  readonly base: number
  /** The keys by id, with room for more. */
  readonly keys: Int32Array
}

/** Looks up keys of which none is missing, as most joins do: nothing but an access per row. */
export function findDirect(
  ints: Int32Array,
  table: Int32Array,
  base: number,
  length: number,
  ids: Int32Array,
): void {
  const range = table.length
  for (let row = 0; row < length; row++) {
    const slot = ints[row]! - base
    ids[row] = slot >= 0 && slot < range ? table[slot]! - 1 : -1
  }
}

/** The ids of keys from `row` to the first one that is not in the table. */
export function findKnown(
  ints: Int32Array,
  table: Int32Array,
  base: number,
  row: number,
  length: number,
  ids: Int32Array,
): number {
  const range = table.length
  for (; row < length; row++) {
    const slot = ints[row]! - base
    if (slot < 0 || slot >= range) return row
    const id = table[slot]! - 1
    if (id < 0) return row
    ids[row] = id
  }
  return length
}
