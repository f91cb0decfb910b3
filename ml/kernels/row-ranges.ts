import type { Rows } from '../data/rows.js'

/** Entries of a range at least: below that a call to another thread costs more than it brings. */
const GRAIN = 32_768

/** Ranges at most. */
const MOST = 64

/**
 * Cuts rows into ranges of about the same number of entries, for kernels that have a result of their own
 * for each range. There are fewer where a result is long, so that adding them up stays cheap. They
 * depend on the data alone, so sums do not depend on the number of threads.
 *
 * @param width How many numbers the result of a range has.
 * @returns Where each begins, with the end at the end; in the form of a team's parts.
 */
export function rowRanges(rows: Rows, width: number): Int32Array {
  const { length } = rows
  const entries = rows.kind === 'dense' ? length * rows.size : rows.values.length
  // A long result is cleared and added up for at least twelve entries of its own length.
  const grain = Math.max(GRAIN, 12 * width)
  const count = Math.max(1, Math.min(MOST, length, Math.floor((entries + length) / grain)))
  const cuts = new Int32Array(count + 1)
  for (let k = 1; k <= count; k++) {
    const wanted = Math.round((length * k) / count)
    const cut =
      rows.kind === 'dense' ? wanted : rowAt(rows.offsets, ((entries + length) * k) / count)
    // Each has a row at least.
    cuts[k] = Math.min(Math.max(cut, cuts[k - 1]! + 1), length - (count - k))
  }
  cuts[count] = length
  return cuts
}

/** The first row with so much work before it: entries, and one for each row. */
function rowAt(offsets: Int32Array, work: number): number {
  let low = 0
  let high = offsets.length - 1
  while (low < high) {
    const row = (low + high) >>> 1
    if (offsets[row]! + row < work) low = row + 1
    else high = row
  }
  return low
}
