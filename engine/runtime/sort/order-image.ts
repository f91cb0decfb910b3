/**
 * Order images: for the values of a key column unsigned integers in the same order, so that any
 * key can be sorted by digits. Missing values and NaN get the largest numbers, in both directions.
 */
import type { Direction } from '../../plan/key.js'
import type { Column, TextColumn, Validity } from '../../types/column.js'
import type { StepsTo } from '../steps.js'
import { compareValues } from './compare-values.js'
import { mergeSorted } from './merge-sort.js'

/** Rows that are ranked between two pauses. */
const PAUSE = 1 << 16

/** One number of up to 64 bits per row, in two words. */
export interface OrderImage {
  /** The upper words; `null` when 32 bits suffice. */
  readonly high: Uint32Array | null
  readonly low: Uint32Array
  /** How many of the 64 bits are in use, counted from the lowest. */
  readonly bits: number
}

/** The image of `column` for an order in `direction`; the arrays are new. */
export function* orderImage(column: Column, direction: Direction): StepsTo<OrderImage> {
  const ascending = direction === 'ascending'
  switch (column.layout) {
    case 'boolean':
    case 'int32':
      return integerImage(column.values, column.valid, ascending)
    case 'float64':
    case 'timestamp':
      return floatImage(column.values, column.valid, ascending)
    case 'dictionary': {
      const { codes, valid, dictionary } = column
      return integerImage(dictionaryRanks(codes, valid, dictionary.values), valid, ascending)
    }
    default:
      return yield* rankImage(column, direction)
  }
}

/**
 * One image for an order by `first` and then by `second`, or `undefined` when both need more than
 * 64 bits.
 */
export function combinedImage(first: OrderImage, second: OrderImage): OrderImage | undefined {
  if (first.high !== null || second.high !== null) return undefined
  const bits = first.bits + second.bits
  if (bits > 32) return { high: first.low, low: second.low, bits: 32 + first.bits }
  const low = first.low
  const factor = 2 ** second.bits
  const lower = second.low
  for (let k = 0; k < low.length; k++) low[k] = low[k]! * factor + lower[k]!
  return { high: null, low, bits }
}

function integerImage(
  values: Int32Array | Uint8Array,
  valid: Validity,
  ascending: boolean,
): OrderImage {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let k = 0; k < values.length; k++) {
    if (valid !== null && valid[k] === 0) continue
    const value = values[k]!
    if (value < min) min = value
    if (value > max) max = value
  }
  const low = new Uint32Array(values.length)
  if (min > max) return { high: null, low, bits: 0 }
  for (let k = 0; k < values.length; k++) low[k] = ascending ? values[k]! - min : max - values[k]!
  if (valid === null) return { high: null, low, bits: bitLength(max - min) }
  // Missing values come after the largest number, which may need a 33rd bit.
  const missing = max - min + 1
  if (missing < 2 ** 32) {
    for (let k = 0; k < low.length; k++) if (valid[k] === 0) low[k] = missing
    return { high: null, low, bits: bitLength(missing) }
  }
  const high = new Uint32Array(values.length)
  for (let k = 0; k < low.length; k++) {
    if (valid[k] === 1) continue
    high[k] = 1
    low[k] = 0
  }
  return { high, low, bits: 33 }
}

/**
 * The bits of a double, read as an integer, are in the order of the numbers when positive and in
 * the opposite order when negative; so turn all bits of negative ones, and the sign of the others.
 */
function floatImage(values: Float64Array, valid: Validity, ascending: boolean): OrderImage {
  const { length } = values
  const high = new Uint32Array(length)
  const low = new Uint32Array(length)
  const double = new Float64Array(1)
  const words = new Uint32Array(double.buffer)
  const flip = ascending ? 0 : 0xffffffff
  let last = false
  let min = 0xffffffff
  let max = 0
  for (let k = 0; k < length; k++) {
    const value = values[k]!
    if (Number.isNaN(value) || (valid !== null && valid[k] === 0)) {
      last = true
      continue
    }
    double[0] = value + 0 // -0 + 0 is 0
    const upper = words[1]!
    const turn = (upper & 0x80000000) !== 0 ? ~flip : flip
    const h = (upper ^ turn ^ ((upper & 0x80000000) !== 0 ? 0 : 0x80000000)) >>> 0
    high[k] = h
    low[k] = words[0]! ^ turn
    if (h < min) min = h
    if (h > max) max = h
  }
  if (max < min) min = max = 0
  for (let k = 0; k < length; k++) high[k] = high[k]! - min
  const range = max - min
  if (!last) return { high, low, bits: 32 + bitLength(range) }
  for (let k = 0; k < length; k++) {
    const missing = valid !== null && valid[k] === 0
    if (!missing && !Number.isNaN(values[k]!)) continue
    high[k] = range + 1
    low[k] = missing ? 1 : 0
  }
  return { high, low, bits: 32 + bitLength(range + 1) }
}

/** For each row the rank of its string among the strings that occur. */
function dictionaryRanks(
  codes: Int32Array,
  valid: Validity,
  strings: readonly string[],
): Int32Array {
  const ranks = new Int32Array(strings.length).fill(-1)
  const used: number[] = []
  for (let k = 0; k < codes.length; k++) {
    if (valid !== null && valid[k] === 0) continue
    const code = codes[k]!
    if (ranks[code] === 0) continue
    ranks[code] = 0
    used.push(code)
  }
  used.sort((a, b) => (strings[a]! < strings[b]! ? -1 : 1))
  for (let k = 0; k < used.length; k++) ranks[used[k]!] = k
  const ranked = new Int32Array(codes.length)
  for (let k = 0; k < codes.length; k++) {
    if (valid === null || valid[k] === 1) ranked[k] = ranks[codes[k]!]!
  }
  return ranked
}

/** Layouts without an image of their own: sorted by comparison, the image is the rank. */
function* rankImage(column: Column, direction: Direction): StepsTo<OrderImage> {
  const { length } = column
  const compare =
    column.layout === 'text' ? textOrder(column, direction) : valueOrder(column, direction)
  const rows = yield* mergeSorted(length, compare)
  const low = new Uint32Array(length)
  let rank = 0
  for (let k = 1; k < length; k++) {
    if (compare(rows[k - 1]!, rows[k]!) !== 0) rank++
    low[rows[k]!] = rank
    if (k % PAUSE === 0) yield
  }
  return { high: null, low, bits: bitLength(rank) }
}

type RowOrder = (row: number, other: number) => number

function textOrder({ values, valid }: TextColumn, direction: Direction): RowOrder {
  const less = direction === 'ascending' ? -1 : 1
  const texts: RowOrder = (a, b) => {
    const x = values[a]!
    const y = values[b]!
    return x === y ? 0 : x < y ? less : -less
  }
  if (valid === null) return texts
  return (a, b) => (valid[a] === 1 && valid[b] === 1 ? texts(a, b) : valid[b]! - valid[a]!)
}

function valueOrder(column: Column, direction: Direction): RowOrder {
  const values = Array.from({ length: column.length }, (_, row) => column.get(row))
  return (a, b) => compareValues(values[a], values[b], direction)
}

/** Bits that the numbers up to `max` need. */
function bitLength(max: number): number {
  return max >= 2 ** 32 ? 33 : 32 - Math.clz32(max)
}
