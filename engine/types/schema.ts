import { SchemaError } from '../errors.js'
import { type DataType, typeName } from './data-type.js'
import { nearestFirst } from './nearest.js'

/**
 * What a record looks like to a function: an object with named fields, a tuple whose fields are
 * named '0', '1', ..., or a plain value, kept in one field named 'value'.
 */
export type RecordShape = 'object' | 'tuple' | 'value'

/** One field of a schema. */
export interface Field {
  readonly name: string
  readonly type: DataType
  /** Whether some values may be missing; they read as `null`. */
  readonly nullable: boolean
}

/** Names and types of the fields of a record, in order. */
export interface Schema {
  readonly shape: RecordShape
  readonly fields: readonly Field[]
}

/** The name of the one field of plain values. */
export const VALUE = 'value'

/** A schema as one line: `{ origin: string, delay: float64? }`. */
export function schemaText({ shape, fields }: Schema): string {
  const text = (field: Field) => typeName(field.type) + (field.nullable ? '?' : '')
  if (shape === 'value') return fields.map(text).join()
  if (shape === 'tuple') return `[${fields.map(text).join(', ')}]`
  return `{ ${fields.map(field => `${field.name}: ${text(field)}`).join(', ')} }`
}

/** More names than this are hard to read; then the nearest ones are shown. */
const SHOWN_NAMES = 40

function namesText(name: string, known: readonly string[]): string {
  if (known.length <= SHOWN_NAMES) return known.join(', ')
  const nearest = nearestFirst(name, known).slice(0, 5)
  return `${known.length} fields, the nearest are ${nearest.join(', ')}`
}

/**
 * The error for a path such as `user.zip` whose first field is there; says where it ends.
 *
 * @param values Those of the first field.
 */
export function unknownProperty(
  operation: string,
  path: string,
  values: readonly unknown[],
): SchemaError {
  const [outer, ...keys] = path.split('.')
  let at = outer
  let inside = values
  for (const key of keys) {
    const objects = inside.filter(isObject)
    if (!objects.some(object => key in object)) {
      const known = [...new Set(objects.flatMap(object => Object.keys(object)))]
      const has =
        known.length === 0 ? `"${at}" holds no objects` : `"${at}" has ${namesText(key, known)}`
      return new SchemaError(`${operation}: field "${path}" is not in the data; ${has}.`)
    }
    inside = objects.map(object => object[key])
    at += `.${key}`
  }
  return new SchemaError(`${operation}: field "${path}" is not in the data.`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/**
 * The error for a field that is not there; lists those that are.
 *
 * @param operation The name of the operation as the user wrote it.
 */
export function unknownField(
  operation: string,
  name: string,
  known: readonly string[],
  shape: RecordShape = 'object',
): SchemaError {
  const has =
    shape === 'value'
      ? 'the records are plain values without fields'
      : known.length === 0
        ? 'it has no fields'
        : `it has ${namesText(name, known)}`
  return new SchemaError(`${operation}: field "${name}" is not in the data; ${has}.`)
}
