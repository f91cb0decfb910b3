import { type Column, createKeyIndex, isMissingAt, shown } from '../../engine/extend.js'
import { SchemaError } from '../../engine/index.js'

/** What users and items are known by: numbers, texts or big integers. */
export type Id = number | string | bigint

/** The ids of records as numbers. */
export interface CodedIds {
  /** The distinct ids, ascending: numbers by size, texts by code units. */
  readonly ids: readonly Id[]
  /** By record: which of them. */
  readonly codes: Int32Array
}

/**
 * The ids in a column. What they become does not depend on the order of the records.
 *
 * @throws {SchemaError} If an id is missing or neither a number, a text nor a big integer, or ids are of
 *   several types; names the record.
 */
export function codedIds(column: Column, name: string, operation: string): CodedIds {
  const { length } = column
  const index = createKeyIndex(1)
  const codes = index.insert([column], length).slice(0, length)
  const keys = index.keys()[0]!
  const found: Id[] = []
  for (let code = 0; code < index.size; code++) {
    const id = isMissingAt(keys, code) ? null : keys.get(code)
    if (!isId(id) || typeof id !== typeof (found[0] ?? id)) {
      throw notAnId(id, codes.indexOf(code), name, operation, found[0])
    }
    found.push(id)
  }
  const ids = found.toSorted((a, b) => (a < b ? -1 : 1))
  const place = new Map(ids.map((id, k) => [id, k]))
  const places = Int32Array.from(found, id => place.get(id)!)
  for (let row = 0; row < length; row++) codes[row] = places[codes[row]!]!
  return { ids: Object.freeze(ids), codes }
}

/** Looks ids up, one at a time. */
export class IdTable {
  readonly ids: readonly Id[]
  /** The field they stand in, for errors. */
  readonly name: string
  #places: Map<unknown, number> | undefined

  /** @param ids All of one type. */
  constructor(ids: readonly Id[], name: string) {
    this.ids = ids
    this.name = name
  }

  /**
   * The place of an id, -1 where it is unknown.
   *
   * @param record The number of the record, for the error.
   * @throws {SchemaError} If it is missing, or of another type than the ids are.
   */
  find(id: unknown, operation: string, record?: number): number {
    this.#places ??= new Map(this.ids.map((known, k) => [known, k]))
    const place = this.#places.get(id)
    if (place !== undefined) return place
    if (isId(id) && typeof id === typeof this.ids[0]) return -1
    throw notAnId(id, record, this.name, operation, this.ids[0])
  }
}

function isId(value: unknown): value is Id {
  return typeof value === 'string' || typeof value === 'bigint' || Number.isFinite(value)
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'numbers',
  string: 'texts',
  bigint: 'big integers',
}

/** @param known An id as they should be, where there is one. */
function notAnId(
  id: unknown,
  record: number | undefined,
  name: string,
  operation: string,
  known: Id | undefined,
): SchemaError {
  const where = record === undefined ? `field "${name}" has` : `record ${record} has`
  const field = record === undefined ? '' : ` in field "${name}"`
  const what = id == null ? 'nothing' : shown(id)
  const wanted =
    isId(id) && known !== undefined
      ? `while the other ids are ${KINDS[typeof known]}, such as ${shown(known)}. Make them one type with map.`
      : 'which is no id. Ids are numbers, texts or bigint values; leave other records out with filter.'
  return new SchemaError(`${operation}: ${where} ${what}${field}, ${wanted}`)
}
