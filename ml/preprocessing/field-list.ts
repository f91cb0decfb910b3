import { shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'

/**
 * Checks a list of names of fields.
 *
 * @throws {ArgumentError} If there is none, one is no name, or one is there twice.
 */
export function fieldList(fields: unknown, operation: string): readonly string[] {
  const good = (name: unknown) => typeof name === 'string' && name !== ''
  if (!Array.isArray(fields) || fields.length === 0 || !fields.every(good)) {
    throw new ArgumentError(
      `${operation}: fields must be a list of names of fields; got ${fields === undefined ? 'nothing' : shown(fields)}.`,
    )
  }
  const twice = fields.find((name, k) => fields.indexOf(name) !== k)
  if (twice === undefined) return Object.freeze([...fields])
  throw new ArgumentError(`${operation}: fields has ${shown(twice)} twice.`)
}
