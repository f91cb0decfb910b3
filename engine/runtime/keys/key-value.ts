/**
 * Arbitrary values as keys. Equal are: equal primitives (NaN equals NaN, -0 equals 0), dates of
 * one time, and objects, arrays, typed arrays, maps and sets with equal contents. Fields of an
 * object count whatever their order, and a missing field is like one that is `null`.
 */
import { SchemaError } from '../../errors.js'
import { isDate } from '../../types/column-writer.js'
import { SparseVector } from '../../types/sparse-vector.js'

/**
 * A text that is the same for objects that are equal as keys, and different otherwise.
 *
 * @param value An object; primitives are their own canonical form and get a tagged text.
 * @throws {SchemaError} If the value is a function or an instance of a class that is not known;
 * such values have no contents that could be compared.
 */
export function canonicalKey(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return value === 0 ? '0' : String(value)
    case 'bigint':
      return `${value}n`
    case 'boolean':
      return String(value)
    case 'undefined':
      return 'null'
    case 'object':
      return value === null ? 'null' : canonicalObject(value)
    default:
      throw unusable(value)
  }
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonicalKey).join()}]`
  if (isDate(value)) return `d${value.getTime()}`
  if (value instanceof SparseVector)
    return `s${value.size}:${value.indices.join()}:${numbers(value.values)}`
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const typed = value as unknown as ArrayLike<number | bigint>
    return `${Object.prototype.toString.call(value)}${numbers(typed)}`
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => `${canonicalKey(key)}:${canonicalKey(item)}`)
    return `m{${entries.sort().join()}}`
  }
  if (value instanceof Set) return `t{${[...value].map(canonicalKey).sort().join()}}`
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw unusable(value)
  const record = value as Readonly<Record<string, unknown>>
  const fields: string[] = []
  for (const name of Object.keys(record).sort()) {
    const field = record[name]
    if (field !== null && field !== undefined) {
      fields.push(`${JSON.stringify(name)}:${canonicalKey(field)}`)
    }
  }
  return `{${fields.join()}}`
}

function numbers(values: ArrayLike<number | bigint>): string {
  return Array.from(values, canonicalKey).join()
}

function unusable(value: unknown): SchemaError {
  const what =
    typeof value === 'object' && value !== null
      ? `an instance of ${value.constructor?.name || 'a class'}`
      : `a ${typeof value}`
  return new SchemaError(
    `key: ${what} has no contents to compare. Use a key function that gives numbers, strings, dates or plain objects.`,
  )
}
