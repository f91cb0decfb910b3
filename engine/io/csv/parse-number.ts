/** Numbers from bytes, without making a text of them where that gives the same number. */
import { byteText, decodeAscii } from '../text/text-decoder.js'

/** 10^k is exact as a float64 up to k = 22. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`))

/**
 * The number that the bytes from `start` up to `end` spell, the same as `Number(text)` gives; NaN
 * when they are not a decimal number. Signs, fractions and exponents are understood; spaces,
 * hexadecimal digits, `Infinity` and the empty text are not.
 *
 * Up to 15 digits the digits are an exact integer m and the value is m / 10^k with an exact 10^k:
 * one division, correctly rounded (Clinger 1990). Up to 19 digits see `divide`; `Number` does the
 * rest.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  const sign = bytes[start]!
  let p = sign === 45 || sign === 43 ? start + 1 : start
  const digitsFrom = p
  let mantissa = 0
  for (; p < end; p++) {
    const digit = bytes[p]! - 48
    if (digit < 0 || digit > 9) break
    mantissa = mantissa * 10 + digit
  }
  let digits = p - digitsFrom
  let scale = 0
  if (p < end && bytes[p] === 46) {
    const fractionFrom = ++p
    for (; p < end; p++) {
      const digit = bytes[p]! - 48
      if (digit < 0 || digit > 9) break
      mantissa = mantissa * 10 + digit
    }
    scale = p - fractionFrom
    digits += scale
  }
  if (digits === 0) return Number.NaN
  if (p < end && !isExponent(bytes, p, end)) return Number.NaN
  if (p === end && scale <= 22) {
    if (digits <= 15) {
      const value = scale === 0 ? mantissa : mantissa / POWERS[scale]!
      return sign === 45 ? -value : value
    }
    const value = digits <= 19 ? parseLong(bytes, digitsFrom, end, digits, scale) : Number.NaN
    if (!Number.isNaN(value)) return sign === 45 ? -value : value
  }
  return Number(decodeAscii(bytes, start, end))
}

/** A number of 16 to 19 digits: the first 15 of them and the rest, each exact, then a division. */
function parseLong(
  bytes: Uint8Array,
  start: number,
  end: number,
  digits: number,
  scale: number,
): number {
  let high = 0
  let low = 0
  let seen = 0
  for (let p = start; p < end; p++) {
    const digit = bytes[p]! - 48
    if (digit < 0) continue // the point
    if (seen++ < 15) high = high * 10 + digit
    else low = low * 10 + digit
  }
  return divide(high, POWERS[digits - 15]!, low, POWERS[scale]!)
}

/** Splits a float64 into two halves of 26 bits (Dekker 1971). */
const SPLITTER = 2 ** 27 + 1

/**
 * (a * b + c) / d, correctly rounded, or NaN where that cannot be told.
 *
 * The product and the remainder of the division are kept as sums of two numbers that are exact
 * (Dekker 1971), which leaves an error below 2^-100 of the result. If the result is the same with
 * an error of 2^-95 added and taken away, it is the nearest float64.
 *
 * @param a Integers, as all of them: below 10^15.
 * @param b At most 10^4.
 * @param c Below `b`.
 * @param d At most 10^22, a power of ten.
 */
function divide(a: number, b: number, c: number, d: number): number {
  const product = a * b
  const rest = productError(a, b, product) + c // exact: an integer of few digits
  const high = product + rest
  const low = rest - (high - product)
  const quotient = high / d
  const back = quotient * d
  const correction = (high - back - productError(quotient, d, back) + low) / d
  const error = quotient * 2 ** -95
  const result = quotient + (correction + error)
  return result === quotient + (correction - error) ? result : Number.NaN
}

/** What `product`, the rounded a * b, lacks: a * b - product, exactly. */
function productError(a: number, b: number, product: number): number {
  const aHigh = a * SPLITTER - (a * SPLITTER - a)
  const aLow = a - aHigh
  const bHigh = b * SPLITTER - (b * SPLITTER - b)
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}

/** NaN and the infinities as JavaScript, Python and R write them; `undefined` for other texts. */
export function parseSpecialNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
): number | undefined {
  if (end - start < 3 || end - start > 9) return undefined
  return SPECIAL.get(byteText(bytes, start, end))
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ...['NaN', 'nan'].map(text => [text, Number.NaN] as const),
  ...['Infinity', 'inf', 'Inf', '+inf'].map(text => [text, Number.POSITIVE_INFINITY] as const),
  ...['-Infinity', '-inf', '-Inf'].map(text => [text, Number.NEGATIVE_INFINITY] as const),
])

/**
 * Whether the bytes of a number say more than the number keeps: leading zeros, as in the postal
 * code 00501, or an integer of so many digits that some would be lost. Such values are codes.
 */
export function isCode(bytes: Uint8Array, start: number, end: number, value: number): boolean {
  if (hasLeadingZero(bytes, start, end)) return true
  const p = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return false
  for (let k = p; k < end; k++) if (bytes[k]! < 48 || bytes[k]! > 57) return false
  return true
}

/** Whether a number begins with a zero that another digit follows. */
export function hasLeadingZero(bytes: Uint8Array, start: number, end: number): boolean {
  const p = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start
  if (bytes[p] !== 48 || p + 1 >= end) return false
  const next = bytes[p + 1]!
  return next >= 48 && next <= 57
}

function isExponent(bytes: Uint8Array, at: number, end: number): boolean {
  let p = at
  if ((bytes[p]! | 32) !== 101) return false
  p++
  if (bytes[p] === 45 || bytes[p] === 43) p++
  if (p >= end) return false
  for (; p < end; p++) if (bytes[p]! < 48 || bytes[p]! > 57) return false
  return true
}
