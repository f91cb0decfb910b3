/** How ranges are cut into parts of about the same work. */
import { MAXIMUM_PARTS } from '../kernels/call-board.js'

/** Parts of a call are never more than this, so that a call costs nothing beside its work. */
const MOST_PARTS = 256

/**
 * Where the parts of a range begin, with its end at the end: part k is from `parts[k]` to
 * `parts[k + 1]`. Parts depend on the data alone, not on who does them.
 */
export type Parts = Int32Array

/** Cuts the range from 0 to `length` into parts of at least `grain`, all about the same. */
export function evenParts(length: number, grain: number): Parts {
  const count = partCount(length, grain)
  return Int32Array.from({ length: count + 1 }, (_, k) => Math.round((length * k) / count))
}

/**
 * Cuts rows into parts of about the same number of entries, at least `grain`; a row itself counts as
 * one more. A row is never cut.
 *
 * @param offsets Where each row begins; one more than there are rows.
 */
export function rowParts(offsets: Int32Array, grain: number): Parts {
  const rows = offsets.length - 1
  const first = offsets[0] ?? 0
  const work = rows < 0 ? 0 : offsets[rows]! - first + rows
  const count = partCount(work, grain)
  const parts = new Int32Array(count + 1)
  parts[count] = Math.max(rows, 0)
  for (let k = 1; k < count; k++) {
    const wanted = (work * k) / count
    let low = parts[k - 1]!
    let high = rows
    while (low < high) {
      const row = (low + high) >>> 1
      if (offsets[row]! - first + row < wanted) low = row + 1
      else high = row
    }
    parts[k] = low
  }
  return parts
}

function partCount(work: number, grain: number): number {
  return Math.max(1, Math.min(MOST_PARTS, MAXIMUM_PARTS, Math.floor(work / grain)))
}
