/** Communities that users give, as numbers by vertex. */
import {
  type Column,
  collectTogether,
  concatColumns,
  createKeyIndex,
  shown,
} from '../../../engine/extend.js'
import { ArgumentError, type DataSet, SchemaError } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { VertexIds } from '../../loading/vertex-ids.js'

/** A vertex and its community, whatever that is called; there may be more fields. */
export interface CommunityRecord<K extends VertexId> {
  readonly id: K
  readonly community: unknown
}

/** See the module's documentation. */
export interface NumberedCommunities {
  /** By vertex: from 0 without gaps. */
  readonly numbers: Int32Array
  readonly count: number
  /** By number: what users call it. */
  readonly names: Column
}

/**
 * The communities of all vertices of a graph.
 *
 * @throws {SchemaError} If a vertex is missing, there twice, or not in the graph; names it.
 */
export async function numberedCommunities<T extends CommunityRecord<VertexId>>(
  ids: VertexIds<VertexId>,
  communities: DataSet<T>,
  operation: string,
): Promise<NumberedCommunities> {
  const { id, community } = await communityColumns(communities, operation)
  const index = createKeyIndex(1)
  const found = index.insert([community], community.length)
  const numbers = new Int32Array(ids.length).fill(-1)
  const positions = ids.positionsOf(id)
  for (let row = 0; row < id.length; row++) {
    const position = positions[row]!
    if (position < 0) {
      throw new SchemaError(`${operation}: vertex ${shown(id.get(row))} is not in the graph.`)
    }
    if (numbers[position] !== -1) throw givenTwice(id.get(row), operation)
    numbers[position] = found[row]!
  }
  const missing = numbers.indexOf(-1)
  if (missing >= 0) {
    throw new SchemaError(`${operation}: vertex ${shown(ids.at(missing))} has no community.`)
  }
  const names = community.length === 0 ? community : index.keys()[0]!
  return { numbers, count: index.size, names }
}

/** The ids and communities of a data set, row by row. */
export async function communityColumns<T extends CommunityRecord<VertexId>>(
  communities: DataSet<T>,
  operation: string,
): Promise<{ readonly id: Column; readonly community: Column }> {
  if (typeof communities?.select !== 'function') {
    throw new ArgumentError(
      `${operation}: communities must be a data set with id and community, such as vertices of louvain; got ${shown(communities)}.`,
    )
  }
  const records = communities as unknown as DataSet<CommunityRecord<VertexId>>
  const [batches] = await collectTogether([records.select('id', 'community')], operation)
  const column = (index: number) => concatColumns(batches!.map(batch => batch.columns[index]!))
  return { id: column(0), community: column(1) }
}

/** The error for a vertex that is there twice. */
export function givenTwice(id: unknown, operation: string): SchemaError {
  return new SchemaError(`${operation}: vertex ${shown(id)} is there twice.`)
}
