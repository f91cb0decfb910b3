import { isMissingAt, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import { type WholeData, wholeField } from './whole-data.js'

/** Records in order of time, and where they are cut. */
export interface TimeOrder {
  /** The rows, the earliest first; those of one time in their own order. */
  readonly rows: Int32Array
  /** Where each cut is: what stands before it is earlier than what stands behind it. Ascending. */
  readonly cuts: readonly number[]
}

/**
 * Orders records by time and cuts them at given shares. A cut goes to the nearest place where time
 * changes, so that no time is on both sides.
 *
 * @param shares Of all records, how many are before each cut; ascending.
 * @throws {ArgumentError} If there are not times enough for all cuts.
 * @throws {SchemaError} If the field is unknown, or holds something that is no number or date.
 */
export function byTime(
  whole: WholeData,
  field: string,
  shares: readonly number[],
  operation: string,
): TimeOrder {
  const column = wholeField(whole, field, operation)
  const times = new Float64Array(column.length)
  for (let row = 0; row < times.length; row++) {
    const value = isMissingAt(column, row) ? null : column.get(row)
    const time = value instanceof Date ? value.getTime() : value
    if (typeof time !== 'number' || Number.isNaN(time)) {
      throw new SchemaError(
        `${operation}: record ${row} has ${value === null ? 'nothing' : shown(value)} in field "${field}", which is neither a number nor a date.`,
      )
    }
    times[row] = time
  }
  const rows = Int32Array.from(times, (_, row) => row)
  // Sorting is stable.
  rows.sort((a, b) => times[a]! - times[b]!)
  const cuts: number[] = []
  for (const share of shares) {
    const cut = nearestChange(rows, times, Math.round(share * rows.length), cuts.at(-1) ?? 0)
    if (cut === undefined) {
      throw new ArgumentError(
        `${operation}: field "${field}" has too few different times for ${shares.length + 1} parts.`,
      )
    }
    cuts.push(cut)
  }
  return { rows, cuts }
}

/** The place nearest to `wanted`, behind `least`, where the time is another than before. */
function nearestChange(
  rows: Int32Array,
  times: Float64Array,
  wanted: number,
  least: number,
): number | undefined {
  const isChange = (place: number) =>
    place > least && place < rows.length && times[rows[place]!] !== times[rows[place - 1]!]
  for (let distance = 0; distance <= rows.length; distance++) {
    if (isChange(wanted - distance)) return wanted - distance
    if (isChange(wanted + distance)) return wanted + distance
  }
  return undefined
}
