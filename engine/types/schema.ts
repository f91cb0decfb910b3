import { SchemaError } from '../errors.js'
import { type DataType, typeName } from './data-type.js'

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
        : `it has ${known.join(', ')}`
  return new SchemaError(`${operation}: field "${name}" is not in the data; ${has}.`)
}
