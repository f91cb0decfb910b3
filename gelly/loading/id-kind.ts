import { type Column, shown } from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'

/** The types that ids can have. */
export type IdKind = 'number' | 'string' | 'bigint'

/**
 * The type of the ids in a column; `undefined` for a column without rows.
 *
 * @param describe How an error names a row: `'vertex 3'`, `'the source of edge 7'`.
 * @throws {SchemaError} If an id is missing, is no id, or if the types are mixed; names the row.
 */
export function idKind(
  column: Column,
  describe: (row: number) => string,
  operation: string,
): IdKind | undefined {
  if (column.length === 0) return undefined
  const missing = column.valid?.indexOf(0) ?? -1
  if (missing >= 0) throw notAnId(null, describe(missing), operation)
  switch (column.layout) {
    case 'int32':
      return 'number'
    case 'float64': {
      const row = column.values.findIndex(Number.isNaN)
      if (row >= 0) throw notAnId(Number.NaN, describe(row), operation)
      return 'number'
    }
    case 'dictionary':
    case 'text':
      return 'string'
    default:
      return kindOfAll(column, describe, operation)
  }
}

/** @throws {ArgumentError} If positions of 32 bits do not suffice for `count` vertices or edges. */
export function checkCount(count: number, what: 'vertices' | 'edges', operation: string): void {
  if (count < 2 ** 31) return
  throw new ArgumentError(
    `${operation}: ${count} ${what} are too many; there may be 2147483647, since positions have 32 bits. Filter or sample the ${what} first.`,
  )
}

/** The error for ids of two types. */
export function mixedKinds(
  kind: IdKind,
  id: unknown,
  described: string,
  operation: string,
): SchemaError {
  const error = new SchemaError(
    `${operation}: all ids must have one type; ${described} is ${shown(id)}, others are of type ${kind}. Convert them with map first.`,
  )
  ofMixedKinds.add(error)
  return error
}

const ofMixedKinds = new WeakSet<object>()

/** Whether an error is one of `mixedKinds`. */
export function isOfMixedKinds(error: unknown): error is SchemaError {
  return typeof error === 'object' && error !== null && ofMixedKinds.has(error)
}

function kindOfAll(
  column: Column,
  describe: (row: number) => string,
  operation: string,
): IdKind | undefined {
  let kind: IdKind | undefined
  for (let row = 0; row < column.length; row++) {
    const id = column.get(row)
    const type = typeof id
    const valid = type === 'string' || type === 'bigint' || (type === 'number' && !Number.isNaN(id))
    if (!valid) throw notAnId(id, describe(row), operation)
    kind ??= type as IdKind
    if (kind !== type) throw mixedKinds(kind, id, describe(row), operation)
  }
  return kind
}

function notAnId(id: unknown, described: string, operation: string): SchemaError {
  const is = id === null || id === undefined ? 'is missing' : `is ${shown(id)}`
  return new SchemaError(
    `${operation}: ${described} ${is}; ids are numbers, texts or bigint values. Filter such records out, or convert the ids.`,
  )
}
