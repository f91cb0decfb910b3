import {
  type Column,
  ColumnWriter,
  createKeyIndex,
  Int32Column,
  type KeyIndex,
  shown,
} from '../../engine/extend.js'
import { ArgumentError, SchemaError } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import { type IdKind, idKind } from './id-kind.js'
import { nearestIds } from './nearest-ids.js'

/**
 * The ids of a graph's vertices by position, and the way back.
 *
 * Where ids are the positions themselves, 0 to n-1 in order, there is no index and nothing to look
 * up.
 */
export class VertexIds<K extends VertexId> {
  /** The ids by position. */
  readonly column: Column
  /** Their type; `undefined` where there are none. */
  readonly kind: IdKind | undefined
  /** Whether each id is its position. */
  readonly arePositions: boolean
  #index: KeyIndex | undefined

  /**
   * @internal Use `vertexIds` or `positionIds`.
   *
   * @param column All different.
   * @param index Of `column`; made when it is first needed unless given.
   */
  constructor(column: Column, kind: IdKind | undefined, index?: KeyIndex) {
    this.column = column
    this.kind = kind
    this.#index = index
    this.arePositions = index === undefined && ascendsFromZero(column)
  }

  /** The number of vertices. */
  get length(): number {
    return this.column.length
  }

  /** The id of the vertex at a position. */
  at(position: number): K {
    return this.column.get(position) as K
  }

  /** The position of a vertex; -1 if there is none of this id. */
  positionOf(id: VertexId): number {
    if (this.arePositions) return isPosition(id, this.length) ? (id as number) : -1
    if (typeof id !== this.kind) return -1
    const writer = new ColumnWriter(1)
    writer.set(0, id)
    return this.#indexed().find([writer.finish(1)], 1)[0]!
  }

  /**
   * The positions of many vertices, -1 where there is none.
   *
   * @returns An array that is valid until the next call.
   */
  positionsOf(ids: Column): Int32Array {
    if (!this.arePositions) return this.#indexed().find([ids], ids.length)
    if (ids instanceof Int32Column && ids.valid === null && withinRange(ids.values, this.length)) {
      return ids.values
    }
    return Int32Array.from({ length: ids.length }, (_, row) => {
      const id = ids.get(row)
      return isPosition(id, this.length) ? (id as number) : -1
    })
  }

  /**
   * The position of a vertex that has to be there.
   *
   * @param operation The name of the algorithm, for the error.
   * @throws {ArgumentError} If there is none of this id; lists the nearest ids.
   */
  require(id: VertexId, operation: string): number {
    const position = this.positionOf(id)
    if (position >= 0) return position
    const nearest = nearestIds(id, this.column)
    const known =
      nearest.length === 0
        ? 'it has no vertices'
        : `the nearest ids are ${nearest.map(shown).join(', ')}`
    throw new ArgumentError(`${operation}: vertex ${shown(id)} is not in the graph; ${known}.`)
  }

  #indexed(): KeyIndex {
    if (this.#index === undefined) {
      this.#index = createKeyIndex(1)
      this.#index.insert([this.column], this.length)
    }
    return this.#index
  }
}

/** The ids 0 to `count` - 1. */
export function positionIds(count: number): VertexIds<number> {
  const values = new Int32Array(count)
  for (let v = 0; v < count; v++) values[v] = v
  return new VertexIds(new Int32Column(values), 'number')
}

/**
 * Ids that are given by position.
 *
 * @throws {SchemaError} If one is there twice, is missing or no id, or types are mixed.
 * Cost: O(vertices); an index unless ids are positions.
 */
export function vertexIds<K extends VertexId>(column: Column, operation: string): VertexIds<K> {
  const kind = idKind(column, row => `the id of vertex ${row}`, operation)
  if (column.length === 0 || ascendsFromZero(column)) return new VertexIds(column, kind)
  const index = createKeyIndex(1)
  const found = index.insert([column], column.length)
  if (index.size < column.length) {
    const again = found.findIndex((position, row) => position !== row)
    throw new SchemaError(
      `${operation}: vertex ${shown(column.get(again))} is there twice, as record ${found[again]} and ${again}; ids must be different. Drop duplicates with distinct('id').`,
    )
  }
  return new VertexIds(column, kind, index)
}

/** Whether a column is 0, 1, 2 and so on; true of one without rows. */
function ascendsFromZero(column: Column): boolean {
  if (column.length === 0) return true
  if (!(column instanceof Int32Column) || column.valid !== null) return false
  const { values } = column
  for (let v = 0; v < values.length; v++) if (values[v] !== v) return false
  return true
}

/** Whether all values are from 0 to `limit` - 1. */
export function withinRange(values: Int32Array, limit: number): boolean {
  let largest = 0
  // As unsigned numbers, negative ones are the largest.
  for (let k = 0; k < values.length; k++) {
    const value = values[k]! >>> 0
    if (value > largest) largest = value
  }
  return values.length === 0 || largest < limit
}

function isPosition(id: unknown, length: number): boolean {
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < length
}
