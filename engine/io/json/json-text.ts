/** Values as JSON text: what JSON cannot hold fails instead of changing silently. */
import { SchemaError } from '../../errors.js'
import { isDate } from '../../types/column-writer.js'
import { SparseVector } from '../../types/sparse-vector.js'

/**
 * The JSON text of one value; `undefined` and functions at the top are `null`.
 *
 * Dates become ISO 8601 texts, vectors and typed arrays become arrays, `NaN` and infinite numbers
 * `null`, as JSON has none of them. A `bigint` becomes a number with all its digits, which readers
 * with 64-bit floats round when they read it.
 *
 * @param where Names operation and field in errors.
 * @throws {SchemaError} For nested `bigint`s, maps, sets, symbols, functions and cycles.
 */
export function jsonText(value: unknown, where: string): string {
  if (typeof value === 'bigint') return value.toString()
  if (Object.is(value, -0)) return '-0'
  try {
    return JSON.stringify(value ?? null, (_, inner) => jsonValue(inner, where)) ?? 'null'
  } catch (error) {
    if (error instanceof SchemaError) throw error
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new SchemaError(`${where} cannot be written as JSON: ${reason}. Map it first.`, {
      cause: error,
    })
  }
}

function jsonValue(value: unknown, where: string): unknown {
  if (typeof value !== 'object') {
    if (typeof value !== 'bigint' && typeof value !== 'function' && typeof value !== 'symbol') {
      return value
    }
    throw unfit(where, `a ${typeof value}`)
  }
  if (value === null || Array.isArray(value) || isDate(value)) return value
  if (value instanceof SparseVector) {
    return { size: value.size, indices: [...value.indices], values: [...value.values] }
  }
  if (value instanceof Map || value instanceof Set) throw unfit(where, 'a Map or Set')
  if (value instanceof BigInt64Array || value instanceof BigUint64Array)
    throw unfit(where, 'bigints')
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as Float64Array)
  }
  return value
}

function unfit(where: string, what: string): SchemaError {
  return new SchemaError(`${where} holds ${what}, which JSON cannot hold. Map it first.`)
}
