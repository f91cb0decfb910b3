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

/** Ratings one by one. */
interface Triples {
  readonly users: Int32Array
  readonly items: Int32Array
  readonly values: ArrayLike<number>
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
  const order = sortedBy(users.codes, users.ids.length, sortedBy(items.codes, items.ids.length))
  const sorted = taken({ users: users.codes, items: items.codes, values }, order)
  const pairs = implicit ? addedUp(sorted) : sorted
  if (!implicit) {
    refuseTwice(sorted, order, operation, row => ({
      what: `${shown(items.ids[items.codes[row]!])} by ${shown(users.ids[users.codes[row]!])}`,
      fields: `"${user}", "${item}"`,
      rating: rating!,
    }))
  }
  const turned = taken(pairs, sortedBy(pairs.items, items.ids.length))
  const region = createRegion()
  return {
    region,
    users: users.ids,
    items: items.ids,
    byUser: rowsOf(region, users.ids.length, pairs.users, pairs.items, pairs.values),
    byItem: rowsOf(region, items.ids.length, turned.items, turned.users, turned.values),
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

/** The places of codes from 0 to `count - 1`, ascending by code; those of one code as in `order`. */
function sortedBy(codes: Int32Array, count: number, order?: Int32Array): Int32Array {
  const next = new Int32Array(count + 1)
  for (let k = 0; k < codes.length; k++) next[codes[k]! + 1]!++
  for (let code = 0; code < count; code++) next[code + 1]! += next[code]!
  const sorted = new Int32Array(codes.length)
  for (let k = 0; k < codes.length; k++) {
    const place = order === undefined ? k : order[k]!
    sorted[next[codes[place]!]!++] = place
  }
  return sorted
}

function taken({ users, items, values }: Triples, order: Int32Array): Triples {
  const result = {
    users: new Int32Array(order.length),
    items: new Int32Array(order.length),
    values: new Float64Array(order.length),
  }
  for (let k = 0; k < order.length; k++) {
    const place = order[k]!
    result.users[k] = users[place]!
    result.items[k] = items[place]!
    result.values[k] = values[place]!
  }
  return result
}

/** One rating for each pair; sums of sorted values do not depend on the order of the records. */
function addedUp({ users, items, values }: Triples): Triples {
  const [ownUsers, ownItems] = [new Int32Array(users.length), new Int32Array(users.length)]
  const sums = new Float64Array(users.length)
  let count = 0
  for (let from = 0; from < users.length; ) {
    let to = from + 1
    while (to < users.length && users[to] === users[from] && items[to] === items[from]) to++
    ownUsers[count] = users[from]!
    ownItems[count] = items[from]!
    if (to === from + 1) sums[count] = values[from]!
    else
      for (const value of Array.prototype.slice.call(values, from, to).sort()) sums[count]! += value
    count++
    from = to
  }
  return {
    users: ownUsers.subarray(0, count),
    items: ownItems.subarray(0, count),
    values: sums.subarray(0, count),
  }
}

/** @throws {ArgumentError} If a pair is there twice. */
function refuseTwice(
  { users, items }: Triples,
  order: Int32Array,
  operation: string,
  words: (row: number) => {
    readonly what: string
    readonly fields: string
    readonly rating: string
  },
): void {
  for (let k = 1; k < users.length; k++) {
    if (users[k] !== users[k - 1] || items[k] !== items[k - 1]) continue
    const { what, fields, rating } = words(order[k]!)
    throw new ArgumentError(
      `${operation}: record ${order[k]} rates ${what} again, after record ${order[k - 1]}. Make one rating of them first, such as by groupBy(${fields}).mean("${rating}").`,
    )
  }
}

function rowsOf(
  region: Region,
  count: number,
  rows: Int32Array,
  indices: Int32Array,
  values: ArrayLike<number>,
): RatingRows {
  const offsets = region.int32(count + 1)
  for (let k = 0; k < rows.length; k++) offsets[rows[k]! + 1]!++
  for (let row = 0; row < count; row++) offsets[row + 1]! += offsets[row]!
  return { offsets, indices: region.int32(indices), values: region.float64(values) }
}
