import { type AnyDataSet, createRegion, type Region, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { numbersOf } from '../data/numbers.js'
import { readColumns } from '../data/training-data.js'
import { codedIds, type Id } from './ids.js'

/** Where ratings are read from. */
export interface RatingFields {
  readonly user: string
  readonly item: string
  /** `null` where each record counts 1. */
  readonly rating: string | null
  /** Whether ratings are counts of what users did. */
  readonly implicit: boolean
}

/** Ratings by users, or by items: row `k` has the entries from `offsets[k]` up to `offsets[k + 1]`. */
export interface RatingRows {
  readonly offsets: Int32Array
  /** The items of a user, ascending; or the users of an item. */
  readonly indices: Int32Array
  readonly values: Float64Array
}

/** All ratings, both ways round. The arrays lie in the region. */
export interface Ratings {
  readonly region: Region
  /** Ascending. */
  readonly users: readonly Id[]
  /** Ascending. */
  readonly items: readonly Id[]
  readonly byUser: RatingRows
  readonly byItem: RatingRows
}

/**
 * Reads ratings. What they become does not depend on the order of the records.
 *
 * Several ratings of one pair are added up where they are implicit.
 *
 * @throws {ArgumentError} If there are none; if a pair is rated twice and ratings are not implicit; if
 *   they are, and one is below 0 or none is above.
 * @throws {SchemaError} If a field is unknown, or an id or rating cannot be used; names the record.
 * Cost: O(records + users + items), besides sorting the distinct ids.
 */
export async function readRatings(
  data: AnyDataSet,
  { user, item, rating, implicit }: RatingFields,
  operation: string,
  signal?: AbortSignal,
): Promise<Ratings> {
  const names = rating === null ? [user, item] : [user, item, rating]
  const columns = await readColumns(data, names, operation, signal)
  const { length } = columns.get(user)!
  if (length === 0) throw new ArgumentError(`${operation}: there are no records to learn from.`)
  const users = codedIds(columns.get(user)!, user, operation)
  const items = codedIds(columns.get(item)!, item, operation)
  const values =
    rating === null
      ? new Int32Array(length).fill(1)
      : numbersOf(columns.get(rating)!, rating, { operation })
  if (implicit) checkCounts(values, rating!, operation)
  // Sorted by items, then by users: the items of each user ascend.
  const loose = rowsBy(items.ids.length, items.codes, users.codes, values)
  const sorted = turnedRows(loose, users.ids.length)
  const twice = implicit ? undefined : ratedTwice(sorted)
  if (twice !== undefined) {
    const [first, second] = recordsOf(twice, users.codes, items.codes)
    const what = `${shown(items.ids[twice.item])} by ${shown(users.ids[twice.user])}`
    throw new ArgumentError(
      `${operation}: record ${second} rates ${what} again, after record ${first}. Make one rating of them first, such as by groupBy("${user}", "${item}").mean("${rating}").`,
    )
  }
  const byUser = implicit ? addedUp(sorted) : sorted
  const region = createRegion()
  return {
    region,
    users: users.ids,
    items: items.ids,
    byUser: inRegion(byUser, region),
    byItem: inRegion(turnedRows(byUser, items.ids.length), region),
  }
}

function checkCounts(values: ArrayLike<number>, name: string, operation: string): void {
  let most = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (value > most) most = value
    if (value >= 0) continue
    throw new ArgumentError(
      `${operation}: implicit ratings must not be negative, since they say how often something was done; record ${row} has ${value} in field "${name}". Leave such records out with filter, or learn with implicit: false.`,
    )
  }
  if (most > 0) return
  throw new ArgumentError(`${operation}: no rating in field "${name}" is above 0.`)
}

/** Entries as rows by one key; those of a row stay in order. */
function rowsBy(
  count: number,
  keys: Int32Array,
  others: Int32Array,
  values: ArrayLike<number>,
): RatingRows {
  const offsets = new Int32Array(count + 1)
  for (let k = 0; k < keys.length; k++) offsets[keys[k]! + 1]!++
  for (let row = 0; row < count; row++) offsets[row + 1]! += offsets[row]!
  const next = offsets.slice()
  const indices = new Int32Array(keys.length)
  const sorted = new Float64Array(keys.length)
  for (let k = 0; k < keys.length; k++) {
    const at = next[keys[k]!]!++
    indices[at] = others[k]!
    sorted[at] = values[k]!
  }
  return { offsets, indices, values: sorted }
}

/** The same entries as rows by what the indices were; the new indices ascend. */
function turnedRows({ offsets, indices, values }: RatingRows, count: number): RatingRows {
  const rows = new Int32Array(indices.length)
  for (let row = 0; row + 1 < offsets.length; row++) rows.fill(row, offsets[row], offsets[row + 1])
  return rowsBy(count, indices, rows, values)
}

/** A pair that is there twice. */
function ratedTwice({ offsets, indices }: RatingRows): Pair | undefined {
  for (let user = 0; user + 1 < offsets.length; user++) {
    for (let k = offsets[user]! + 1; k < offsets[user + 1]!; k++) {
      if (indices[k] === indices[k - 1]) return { user, item: indices[k]! }
    }
  }
  return undefined
}

interface Pair {
  readonly user: number
  readonly item: number
}

/** The numbers of the records of a pair. */
function recordsOf({ user, item }: Pair, users: Int32Array, items: Int32Array): number[] {
  const records: number[] = []
  for (let record = 0; record < users.length; record++) {
    if (users[record] === user && items[record] === item) records.push(record)
  }
  return records
}

/** One rating for each pair; sums of sorted values do not depend on the order of the records. */
function addedUp({ offsets, indices, values }: RatingRows): RatingRows {
  const starts = new Int32Array(offsets.length)
  const items = new Int32Array(indices.length)
  const sums = new Float64Array(indices.length)
  let count = 0
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let from = offsets[row]!, end = offsets[row + 1]!; from < end; ) {
      let to = from + 1
      while (to < end && indices[to] === indices[from]) to++
      items[count] = indices[from]!
      if (to === from + 1) sums[count] = values[from]!
      else for (const value of values.slice(from, to).sort()) sums[count]! += value
      count++
      from = to
    }
    starts[row + 1] = count
  }
  return { offsets: starts, indices: items.subarray(0, count), values: sums.subarray(0, count) }
}

function inRegion({ offsets, indices, values }: RatingRows, region: Region): RatingRows {
  return {
    offsets: region.int32(offsets),
    indices: region.int32(indices),
    values: region.float64(values),
  }
}
