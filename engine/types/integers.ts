/** 64-bit integers as columns: numbers where that is exact, `bigint` values where it is not. */
import {
  AnyColumn,
  type Column,
  Float64Column,
  Int32Column,
  TimestampColumn,
  type Validity,
} from './column.js'

/**
 * A column of 64-bit integers: `int32` or `float64` when every value that is present is a safe
 * integer, arbitrary values (all of them `bigint`) otherwise. Exact either way.
 *
 * @param valid Byte mask of present values; the column keeps it.
 * @param widest Start with this layout, where it is known that other batches need it.
 *
 * Cost: O(n), without a `bigint` per value unless one is beyond 2^53.
 */
export function integers64(
  values: BigInt64Array | BigUint64Array,
  valid: Validity,
  widest: 'int32' | 'float64' | 'any' = 'int32',
): Column {
  const { length } = values
  // Low and high halves, little-endian as all platforms that run JavaScript are.
  const halves = aligned(values)
  let narrow = widest === 'int32'
  for (let k = 0; narrow && k < length; k++) {
    const low = halves[2 * k]!
    if (halves[2 * k + 1] !== low >> 31 && (valid === null || valid[k] === 1)) {
      narrow = false
    }
  }
  // An unsigned value from 2^63 on looks negative here; its halves agree only beyond 2^64 - 2^31.
  if (narrow && !(values instanceof BigUint64Array && anyNegative(halves, valid))) {
    const numbers = new Int32Array(length)
    for (let k = 0; k < length; k++) numbers[k] = halves[2 * k]!
    return new Int32Column(numbers, valid)
  }
  if (widest === 'any') return bigints(values, valid)
  const numbers = new Float64Array(length)
  const unsigned = values instanceof BigUint64Array
  for (let k = 0; k < length; k++) {
    const high = unsigned ? halves[2 * k + 1]! >>> 0 : halves[2 * k + 1]!
    const number = high * 4294967296 + (halves[2 * k]! >>> 0)
    if (!Number.isSafeInteger(number) && (valid === null || valid[k] === 1)) {
      return bigints(values, valid)
    }
    numbers[k] = number
  }
  return new Float64Column(numbers, valid)
}

/**
 * A column of times that are stored as 64-bit counts of `unit` since 1970.
 *
 * Dates hold whole milliseconds, so finer times are rounded down to the millisecond.
 *
 * @param perMillisecond Units in a millisecond: 1, 1000 or 1,000,000.
 */
export function timestamps64(
  values: BigInt64Array,
  perMillisecond: 1 | 1e3 | 1e6,
  valid: Validity,
): TimestampColumn {
  const { length } = values
  const halves = aligned(values)
  const times = new Float64Array(length)
  // value = high * 2^32 + low, and 2^32 = whole * perMillisecond + rest. With |high| <= 2^31 and
  // rest < 10^6 every term stays below 2^53, so the division rounds down exactly.
  const whole = Math.floor(4294967296 / perMillisecond)
  const rest = 4294967296 % perMillisecond
  for (let k = 0; k < length; k++) {
    const low = halves[2 * k]! >>> 0
    const high = halves[2 * k + 1]!
    times[k] = high * whole + Math.floor((high * rest + low) / perMillisecond)
  }
  return new TimestampColumn(times, valid)
}

function bigints(values: BigInt64Array | BigUint64Array, valid: Validity): AnyColumn {
  const present = (row: number) => valid === null || valid[row] === 1
  return new AnyColumn(
    Array.from(values as BigInt64Array, (value, row) => (present(row) ? value : null)),
  )
}

function anyNegative(halves: Int32Array, valid: Validity): boolean {
  for (let k = 0; 2 * k < halves.length; k++) {
    if (halves[2 * k]! < 0 && (valid === null || valid[k] === 1)) return true
  }
  return false
}

function aligned({ buffer, byteOffset, length }: BigInt64Array | BigUint64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length)
}
