/**
 * Whether two values are the same: numbers, strings and the like by value (NaN is itself), dates,
 * arrays and plain objects by what they hold, anything else by identity.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const prototype: unknown = Object.getPrototypeOf(a)
  if (prototype !== Object.getPrototypeOf(b)) return false
  if (a instanceof Date) return sameValue(a.getTime(), (b as Date).getTime())
  if (Array.isArray(a) || ArrayBuffer.isView(a)) {
    const [left, right] = [a as ArrayLike<unknown>, b as ArrayLike<unknown>]
    if (left.length !== right.length) return false
    for (let k = 0; k < left.length; k++) if (!sameValue(left[k], right[k])) return false
    return true
  }
  if (prototype !== Object.prototype && prototype !== null) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(
    key =>
      Object.hasOwn(b, key) &&
      sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}
