import { shown } from '../../engine/extend.js'
import { ArgumentError, DataSet } from '../../engine/index.js'

/**
 * Checks what should be a record.
 *
 * @param fields Those that it must have, for the error.
 * @param many What there is for many records.
 * @throws {ArgumentError} Unless it is an object with fields.
 */
export function checkRecord(
  record: unknown,
  operation: string,
  fields: readonly string[],
  many: string,
): Readonly<Record<string, unknown>> {
  const isObject = typeof record === 'object' && record !== null
  const isData = record instanceof DataSet
  if (isObject && !Array.isArray(record) && !ArrayBuffer.isView(record) && !isData) {
    return record as Readonly<Record<string, unknown>>
  }
  const found = record === undefined ? 'nothing' : shown(record)
  const got = isData ? `a data set. For many records there is ${many}` : found
  const named = fields.slice(0, 8).join(', ')
  const more = fields.length > 8 ? ` and ${fields.length - 8} more` : ''
  throw new ArgumentError(
    `${operation}: the record must be an object with ${named}${more}; got ${got}.`,
  )
}
