/**
 * Stable grouping by small whole numbers, in AssemblyScript: counting sort. The twin is
 * `../twins/edge-rows.ts`. Addresses are in bytes.
 */

/**
 * Counts `keys` and makes `offsets` the beginnings of their groups.
 *
 * @returns The position of the first key that is not below `groups`, or -1 when all are.
 */
export function countKeys(keys: usize, length: i32, offsets: usize, groups: i32): i32 {
  memory.fill(offsets, 0, ((groups as usize) + 1) << 2)
  for (let k = 0; k < length; k++) {
    const key = load<u32>(keys + ((k as usize) << 2))
    if (key >= (groups as u32)) return k
    const place = offsets + ((key as usize) << 2)
    store<i32>(place, load<i32>(place) + 1)
  }
  let begin = 0
  for (let group = 0; group <= groups; group++) {
    const place = offsets + ((group as usize) << 2)
    const size = load<i32>(place)
    store<i32>(place, begin)
    begin += size
  }
  return -1
}

/** Puts positions of `keys` into their groups, in order; leaves `offsets` at the groups' ends. */
export function placePositions(keys: usize, length: i32, offsets: usize, order: usize): void {
  for (let k = 0; k < length; k++) {
    const place = offsets + ((load<u32>(keys + ((k as usize) << 2)) as usize) << 2)
    const at = load<i32>(place)
    store<i32>(place, at + 1)
    store<i32>(order + ((at as usize) << 2), k)
  }
}

/** Puts `values` into the groups of their keys, in order; leaves `offsets` at the groups' ends. */
export function placeValues(
  keys: usize,
  values: usize,
  length: i32,
  offsets: usize,
  placed: usize,
): void {
  for (let k = 0; k < length; k++) {
    const place = offsets + ((load<u32>(keys + ((k as usize) << 2)) as usize) << 2)
    const at = load<i32>(place)
    store<i32>(place, at + 1)
    store<i32>(placed + ((at as usize) << 2), load<i32>(values + ((k as usize) << 2)))
  }
}

/** Makes ends of groups their beginnings again. */
export function endsToBegins(offsets: usize, groups: i32): void {
  memory.copy(offsets + 4, offsets, (groups as usize) << 2)
  store<i32>(offsets, 0)
}
