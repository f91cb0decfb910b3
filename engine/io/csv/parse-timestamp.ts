/** Dates and times of ISO 8601 from bytes. */
import { byteText } from '../text/text-decoder.js'

const DAY = 86_400_000
/** Days before each month of a year that is no leap year. */
const DAYS_BEFORE = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const DAYS_IN = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Milliseconds since 1970 of `2015-01-31`, `2015-01-31T17:05`, `2015-01-31 17:05:09.123Z` or
 * `2015-01-31T17:05:09+01:00`; NaN when the bytes are none of these or there is no such day.
 *
 * Without a zone the time is UTC, so that a file means the same on every machine. What is finer
 * than a millisecond is cut off, because a `Date` has no room for it.
 */
export function parseTimestamp(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 10) return Number.NaN
  if (bytes[start] === 43 || bytes[start] === 45) return expandedYear(bytes, start, end)
  const year = digits(bytes, start, 4)
  const month = digits(bytes, start + 5, 2)
  const day = digits(bytes, start + 8, 2)
  if (bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return Number.NaN
  if (year < 0 || month < 1 || month > 12 || day < 1) return Number.NaN
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  if (day > DAYS_IN[month]! + (month === 2 ? leap : 0)) return Number.NaN
  const before = year - 1
  const days =
    year * 365 +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) +
    DAYS_BEFORE[month]! +
    (month > 2 ? leap : 0) +
    day -
    719_528 // the same sum for 1970-01-01
  return end === start + 10 ? days * DAY : days * DAY + timeOfDay(bytes, start + 10, end)
}

/** Milliseconds of `T17:05:09.123+01:00` from midnight UTC of its own day; NaN for anything else. */
function timeOfDay(bytes: Uint8Array, start: number, end: number): number {
  if ((bytes[start] !== 84 && bytes[start] !== 32) || end - start < 6) return Number.NaN
  const hour = digits(bytes, start + 1, 2)
  const minute = digits(bytes, start + 4, 2)
  if (bytes[start + 3] !== 58 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return Number.NaN
  let milliseconds = (hour * 60 + minute) * 60_000
  let p = start + 6
  if (p < end && bytes[p] === 58) {
    if (end - p < 3) return Number.NaN
    const second = digits(bytes, p + 1, 2)
    if (second < 0 || second > 59) return Number.NaN
    milliseconds += second * 1000
    p += 3
    if (p < end && bytes[p] === 46) {
      const from = ++p
      for (let unit = 100; p < end && bytes[p]! >= 48 && bytes[p]! <= 57; p++) {
        if (p - from < 3) milliseconds += (bytes[p]! - 48) * unit
        unit /= 10
      }
      if (p === from) return Number.NaN
    }
  }
  if (p === end) return milliseconds
  if (bytes[p] === 90) return p + 1 === end ? milliseconds : Number.NaN
  const sign = bytes[p] === 43 ? 1 : bytes[p] === 45 ? -1 : 0
  if (sign === 0) return Number.NaN
  const rest = end - p - 1
  const colon = rest === 5 && bytes[p + 3] === 58 ? 1 : 0
  if (rest !== 2 && rest !== 4 + colon) return Number.NaN
  const zoneHour = digits(bytes, p + 1, 2)
  const zoneMinute = rest === 2 ? 0 : digits(bytes, p + 3 + colon, 2)
  if (zoneHour < 0 || zoneHour > 23 || zoneMinute < 0 || zoneMinute > 59) return Number.NaN
  return milliseconds - sign * (zoneHour * 60 + zoneMinute) * 60_000
}

/** Years beyond four digits, as `toISOString` writes them: `+012345-01-01T00:00:00.000Z`. */
function expandedYear(bytes: Uint8Array, start: number, end: number): number {
  const text = byteText(bytes, start, Math.min(end, start + 40))
  return /^[+-]\d{6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? Date.parse(text) : Number.NaN
}

/** The number that `count` digits spell; negative when one of them is no digit. */
function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0
  for (let k = start; k < start + count; k++) {
    const digit = bytes[k]! - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}
