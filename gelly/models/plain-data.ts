/**
 * Whether a copy of `value` in another thread is as good as the value itself: numbers, strings and
 * the like, typed arrays, and arrays and plain objects of these.
 */
export function plainData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function'
  if (ArrayBuffer.isView(value)) return true
  if (Array.isArray(value)) return value.every(plainData)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  return Object.values(value).every(plainData)
}
