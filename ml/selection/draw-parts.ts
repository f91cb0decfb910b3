/** Which part each record belongs to: random, seeded, in proportion. */
import type { Column } from '../../engine/extend.js'
import { isMissingAt, Random, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import { type WholeData, wholeField } from './whole-data.js'

/** How records are spread over parts. */
export interface Drawing {
  /** The share of each part; they add up to 1. */
  readonly shares: readonly number[]
  readonly seed: number
  /** A field whose values each part has in the same proportion. */
  readonly stratify?: string | undefined
  /** A field whose values are never spread over several parts. */
  readonly group?: string | undefined
  /** Whether groups go by size, the largest first, so that parts are of about one size. */
  readonly bySize?: boolean
}

/**
 * By record the number of its part.
 *
 * Records are shuffled, those of one stratum together, and each goes to the part that lacks most of its
 * share so far: after any number of records all parts have their share but for a record or two.
 *
 * Groups stay whole; with both, they go where strata lack most.
 *
 * @throws {ArgumentError} If there are fewer records or groups than parts.
 * @throws {SchemaError} If a field is unknown or a value cannot be told from others.
 */
export function drawParts(whole: WholeData, drawing: Drawing, operation: string): Int32Array {
  const { shares, seed, stratify, group } = drawing
  const { length } = whole.batch
  if (length < shares.length) {
    throw new ArgumentError(
      `${operation}: there must be a record for each of the ${shares.length} parts; there are ${length}.`,
    )
  }
  const random = new Random(seed)
  if (group !== undefined) return grouped(whole, group, drawing, random, operation)
  const order = shuffled(length, random)
  if (stratify !== undefined) {
    const { codes, count } = codesOf(wholeField(whole, stratify, operation), stratify, operation)
    sortByCode(order, codes, count)
  }
  const parts = new Int32Array(length)
  const lacking = new Lacking(shares, length)
  for (const row of order) parts[row] = lacking.next(1)
  return parts
}

/** The rows of each part, ascending. */
export function rowsOfParts(parts: Int32Array, count: number): Int32Array[] {
  const sizes = new Int32Array(count)
  for (const part of parts) sizes[part]!++
  const rows = Array.from(sizes, size => new Int32Array(size))
  sizes.fill(0)
  for (let row = 0; row < parts.length; row++) {
    const part = parts[row]!
    rows[part]![sizes[part]!++] = row
  }
  return rows
}

/** Whole groups, each to the part that lacks most records. */
function grouped(
  whole: WholeData,
  field: string,
  { shares, stratify, bySize = false }: Drawing,
  random: Random,
  operation: string,
): Int32Array {
  const { codes, count } = codesOf(wholeField(whole, field, operation), field, operation)
  if (count < shares.length) {
    throw new ArgumentError(
      `${operation}: there must be a group for each of the ${shares.length} parts; field "${field}" has ${count} values.`,
    )
  }
  const sizes = new Int32Array(count)
  for (const code of codes) sizes[code]!++
  const order = shuffled(count, random)
  if (bySize || stratify !== undefined) order.sort((a, b) => sizes[b]! - sizes[a]!)
  if (stratify !== undefined) {
    const strata = codesOf(wholeField(whole, stratify, operation), stratify, operation)
    const partOf = stratified(order, { codes, count }, strata, shares)
    return codes.map(code => partOf[code]!)
  }
  const partOf = new Int32Array(count)
  const lacking = new Lacking(shares, codes.length)
  // Parts without a group are served first once there are no more groups than such parts.
  order.forEach((code, k) => {
    partOf[code] = lacking.next(sizes[code]!, count - k)
  })
  return codes.map(code => partOf[code]!)
}

/**
 * By group its part: the one in which the strata of its records lack most, so that the squared distances from
 * their shares, summed over parts and strata, grow least. The largest groups go first.
 */
function stratified(
  order: Int32Array,
  groups: Codes,
  strata: Codes,
  shares: readonly number[],
): Int32Array {
  const kinds = strata.count
  const own = new Float64Array(groups.count * kinds)
  const totals = new Float64Array(kinds)
  for (let row = 0; row < groups.codes.length; row++) {
    own[groups.codes[row]! * kinds + strata.codes[row]!]!++
    totals[strata.codes[row]!]!++
  }
  const taken = shares.map(() => new Float64Array(kinds))
  const empty = new Set(shares.keys())
  const partOf = new Int32Array(groups.count)
  for (const [k, group] of order.entries()) {
    let best = -1
    let least = Number.POSITIVE_INFINITY
    for (const [part, share] of shares.entries()) {
      // Parts without a group are served first once there are no more groups than such parts.
      if (empty.size >= order.length - k && !empty.has(part)) continue
      let excess = 0
      for (let kind = 0; kind < kinds; kind++) {
        const count = own[group * kinds + kind]!
        if (count > 0) excess += count * (taken[part]![kind]! / totals[kind]! - share)
      }
      if (excess < least - 1e-9) {
        least = excess
        best = part
      }
    }
    partOf[group] = best
    empty.delete(best)
    for (let kind = 0; kind < kinds; kind++) taken[best]![kind]! += own[group * kinds + kind]!
  }
  return partOf
}

/** Values as numbers, and how many there are. */
interface Codes {
  readonly codes: Int32Array
  readonly count: number
}

/** Which part lacks most of its share. */
class Lacking {
  readonly #shares: readonly number[]
  readonly #taken: Float64Array
  readonly #total: number
  #sum = 0

  constructor(shares: readonly number[], total: number) {
    this.#shares = shares
    this.#taken = new Float64Array(shares.length)
    this.#total = total
  }

  /**
   * Gives the part some more.
   *
   * @param size How many records.
   * @param left How many such gifts are to come, this one included. Default: as many as are needed.
   */
  next(size: number, left = Number.POSITIVE_INFINITY): number {
    const taken = this.#taken
    const empty = left < Number.POSITIVE_INFINITY ? taken.filter(each => each === 0).length : 0
    // Records one by one are compared with their share so far, groups with that of all.
    const sum = left < Number.POSITIVE_INFINITY ? this.#total : this.#sum + size
    let best = -1
    let most = Number.NEGATIVE_INFINITY
    for (let part = 0; part < taken.length; part++) {
      if (empty >= left && taken[part] !== 0) continue
      const lack = this.#shares[part]! * sum - taken[part]!
      // Sums of shares are rounded: what is nearly the same is the same.
      if (lack > most + 1e-9) {
        most = lack
        best = part
      }
    }
    taken[best]! += size
    this.#sum += size
    return best
  }
}

/** The numbers below `length` in random order (Fisher and Yates 1938, Durstenfeld 1964). */
export function shuffled(length: number, random: Random): Int32Array {
  const order = Int32Array.from({ length }, (_, k) => k)
  for (let last = length - 1; last > 0; last--) {
    const other = random.int(last + 1)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}

/** Sorts rows by their codes, keeping the order of those with the same one (counting sort). */
function sortByCode(rows: Int32Array, codes: Int32Array, count: number): void {
  const next = new Int32Array(count + 1)
  for (const code of codes) next[code + 1]!++
  for (let code = 0; code < count; code++) next[code + 1]! += next[code]!
  const before = rows.slice()
  for (const row of before) rows[next[codes[row]!]!++] = row
}

/** The distinct values of a column as numbers, in the order in which they appear. */
function codesOf(column: Column, name: string, operation: string): Codes {
  const found = new Map<unknown, number>()
  const codes = new Int32Array(column.length)
  for (let row = 0; row < codes.length; row++) {
    const value = isMissingAt(column, row) ? null : column.get(row)
    const key = value instanceof Date ? value.getTime() : value
    let code = found.get(key)
    if (code === undefined) {
      if (key === null || typeof key === 'object') {
        throw new SchemaError(
          `${operation}: record ${row} has ${key === null ? 'nothing' : shown(value)} in field "${name}"; a text, number, switch or date is needed.`,
        )
      }
      code = found.size
      found.set(key, code)
    }
    codes[row] = code
  }
  return { codes, count: found.size }
}
