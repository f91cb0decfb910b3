/** Stable grouping by small whole numbers in plain TypeScript; the twin of `../assembly/edge-rows.ts`. */

/**
 * Counts `keys` and makes `offsets` the beginnings of their groups.
 *
 * @returns The position of the first key that is not below `groups`, or -1 when all are.
 */
export function countKeys(
  keys: Int32Array,
  length: number,
  offsets: Int32Array,
  groups: number,
): number {
  offsets.fill(0, 0, groups + 1)
  for (let k = 0; k < length; k++) {
    const key = keys[k]!
    if (key < 0 || key >= groups) return k
    offsets[key]!++
  }
  let begin = 0
  for (let group = 0; group <= groups; group++) {
    const size = offsets[group]!
    offsets[group] = begin
    begin += size
  }
  return -1
}

/** Puts positions of `keys` into their groups, in order; leaves `offsets` at the groups' ends. */
export function placePositions(
  keys: Int32Array,
  length: number,
  offsets: Int32Array,
  order: Int32Array,
): void {
  for (let k = 0; k < length; k++) {
    const key = keys[k]!
    const at = offsets[key]!
    offsets[key] = at + 1
    order[at] = k
  }
}

/** Puts `values` into the groups of their keys, in order; leaves `offsets` at the groups' ends. */
export function placeValues(
  keys: Int32Array,
  values: Int32Array,
  length: number,
  offsets: Int32Array,
  placed: Int32Array,
): void {
  for (let k = 0; k < length; k++) {
    const key = keys[k]!
    const at = offsets[key]!
    offsets[key] = at + 1
    placed[at] = values[k]!
  }
}

/** Makes ends of groups their beginnings again. */
export function endsToBegins(offsets: Int32Array, groups: number): void {
  offsets.copyWithin(1, 0, groups)
  offsets[0] = 0
}
