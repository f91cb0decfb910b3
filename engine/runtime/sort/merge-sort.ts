import type { StepsTo } from '../steps.js'

/** Pieces of this size are sorted at once. */
const PIECE = 4096
/** Rows that are merged between two pauses. */
const PAUSE = 1 << 15

/**
 * The rows 0..n-1 in the order of a comparison, which may be slow. Stable.
 *
 * Cost: O(n log n) comparisons, twice four bytes per row.
 */
export function* mergeSorted(
  length: number,
  compare: (row: number, other: number) => number,
): StepsTo<Int32Array> {
  let from = new Int32Array(length)
  for (let k = 0; k < length; k++) from[k] = k
  for (let start = 0; start < length; start += PIECE) {
    from.subarray(start, start + PIECE).sort(compare)
    yield
  }
  let to = new Int32Array(length)
  let sincePause = 0
  for (let size = PIECE; size < length; size *= 2) {
    for (let start = 0; start < length; start += 2 * size) {
      const middle = Math.min(start + size, length)
      const end = Math.min(middle + size, length)
      let left = start
      let right = middle
      for (let k = start; k < end; k++) {
        const takeLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0)
        to[k] = takeLeft ? from[left++]! : from[right++]!
        if (++sincePause < PAUSE) continue
        sincePause = 0
        yield
      }
    }
    ;[from, to] = [to, from]
  }
  return from
}
