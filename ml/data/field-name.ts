import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'

/**
 * Checks the name of a field.
 *
 * @param option What the user calls it, for the error.
 * @throws {ArgumentError} Unless it is a text that is not empty.
 */
export function fieldName(name: unknown, operation: string, option: string): string {
  if (typeof name === 'string' && name !== '') return name
  throw new ArgumentError(
    `${operation}: ${option} must be the name of a field; got ${name === undefined ? 'nothing' : shown(name)}.`,
  )
}
