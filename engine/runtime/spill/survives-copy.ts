/** How deep values may be nested to be written to a file; deeper ones stay in memory. */
const DEEPEST = 32

/**
 * Whether a structured copy of `value` would be exactly like it: primitives, and plain objects,
 * arrays, dates, maps, sets and typed arrays of such. Functions, symbols, instances of classes and
 * accessors would be lost, refused or changed.
 */
export function survivesCopy(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) {
    return typeof value !== 'function' && typeof value !== 'symbol'
  }
  if (depth > DEEPEST) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (Array.isArray(value)) {
    if (prototype !== Array.prototype || Object.keys(value).length !== value.length) return false
    return value.every(item => survivesCopy(item, depth + 1))
  }
  if (prototype === Object.prototype) {
    if (Object.getOwnPropertySymbols(value).length > 0) return false
    const properties = Object.getOwnPropertyDescriptors(value)
    for (const { value: item, enumerable, get, set } of Object.values(properties)) {
      if (!enumerable || get !== undefined || set !== undefined) return false
      if (!survivesCopy(item, depth + 1)) return false
    }
    return true
  }
  if (Object.keys(value).length > 0 && !ArrayBuffer.isView(value)) return false
  if (prototype === Date.prototype) return true
  if (prototype === Map.prototype) {
    const items = [...(value as Map<unknown, unknown>)].flat()
    return items.every(item => survivesCopy(item, depth + 1))
  }
  if (prototype === Set.prototype) {
    return [...(value as Set<unknown>)].every(item => survivesCopy(item, depth + 1))
  }
  return (
    (value instanceof Float64Array && prototype === Float64Array.prototype && isLocal(value)) ||
    (value instanceof Int32Array && prototype === Int32Array.prototype && isLocal(value)) ||
    (value instanceof Uint8Array && prototype === Uint8Array.prototype && isLocal(value)) ||
    (value instanceof Float32Array && prototype === Float32Array.prototype && isLocal(value))
  )
}

function isLocal(view: ArrayBufferView): boolean {
  return view.buffer instanceof ArrayBuffer
}
