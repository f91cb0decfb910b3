import {
  type Column,
  collectTogether,
  concatColumns,
  createRegion,
  environmentOf,
  isAllMissing,
  missingColumn,
  shown,
} from '../../engine/extend.js'
import { type DataSet, type RecordBatch, type RunOptions, SchemaError } from '../../engine/index.js'
import type { Edge, Vertex, VertexId } from '../elements.js'
import { topologyOf } from '../topology/topology.js'
import { derivedIds } from './derived-ids.js'
import { checkCount, type IdKind, idKind, mixedKinds } from './id-kind.js'
import { LoadedGraph } from './loaded-graph.js'
import { nearestIds } from './nearest-ids.js'
import { type VertexIds, vertexIds } from './vertex-ids.js'

/** What a graph is loaded from. Fields other than those of vertices and edges do not matter. */
export interface GraphSource<K extends VertexId, VV, EV> {
  /** `null`: the ends of all edges. */
  readonly vertices: DataSet<Vertex<K, VV>> | null
  /** The field `value` may be absent. */
  readonly edges: DataSet<Edge<K, EV>>
}

/**
 * Runs the data sets of a graph as one job, and finds the positions of ids.
 *
 * @param operation Named in errors.
 * @throws {SchemaError} If ids are missing, there twice, of mixed types or unknown; names the record.
 * @throws {ArgumentError} If there are too many vertices or edges for positions of 32 bits.
 * Cost: O(vertices + edges), and the jobs.
 */
export async function loadGraph<K extends VertexId, VV, EV>(
  { vertices, edges }: GraphSource<K, VV, EV>,
  operation: string,
  options?: RunOptions,
): Promise<LoadedGraph<K, VV, EV>> {
  const dataSets = vertices === null ? [edges] : [edges, vertices]
  const [edgeBatches, vertexBatches] = await collectTogether(dataSets, operation, options)
  const sources = columnsOf(edgeBatches!, 'source')
  const targets = columnsOf(edgeBatches!, 'target')
  const edgeCount = rowsOf(sources)
  checkCount(edgeCount, 'edges', operation)
  const kind = kindOfEnds(sources, 'source', undefined, operation)
  kindOfEnds(targets, 'target', kind, operation)
  const ids =
    vertexBatches === undefined
      ? derivedIds<K>([...sources, ...targets], kind, operation)
      : idsOf<K>(vertexBatches, operation)
  const region = createRegion()
  const topology = await topologyOf(
    ids.length,
    positionsIn(ids, sources, 'source', region.int32(edgeCount), operation),
    positionsIn(ids, targets, 'target', region.int32(edgeCount), operation),
    region,
  )
  const vertexValues = vertexBatches === undefined ? null : valuesOf(vertexBatches)
  const edgeValues = valuesOf(edgeBatches!)
  return new LoadedGraph(environmentOf(edges), topology, ids, vertexValues, edgeValues)
}

/** The columns of one field, batch by batch. */
export function columnsOf(batches: readonly RecordBatch[], name: string): readonly Column[] {
  return batches.map(batch => batch.find(name) ?? missingColumn(batch.length))
}

/** Rows of all columns together. */
export function rowsOf(all: readonly Column[]): number {
  return all.reduce((sum, column) => sum + column.length, 0)
}

/** The ids of vertices that are given. */
export function idsOf<K extends VertexId>(
  batches: readonly RecordBatch[],
  operation: string,
): VertexIds<K> {
  const columns = columnsOf(batches, 'id')
  checkCount(rowsOf(columns), 'vertices', operation)
  return vertexIds(concatColumns(columns), operation)
}

/** All values in one column; `null` where all are missing. */
export function valuesOf(batches: readonly RecordBatch[]): Column | null {
  if (batches.every(batch => !batch.names.includes('value'))) return null
  const found = columnsOf(batches, 'value')
  return found.every(isAllMissing) ? null : concatColumns(found)
}

/**
 * The one type of all ids at one end of the edges.
 *
 * @param known The type of those at the other end.
 * @throws {SchemaError} If an id is missing or no id, or types are mixed; names the edge.
 */
export function kindOfEnds(
  ends: readonly Column[],
  end: string,
  known: IdKind | undefined,
  operation: string,
): IdKind | undefined {
  let kind = known
  let first = 0
  for (const column of ends) {
    const name = (row: number) => `the ${end} of edge ${first + row}`
    const found = idKind(column, name, operation)
    if (kind !== undefined && found !== undefined && kind !== found) {
      throw mixedKinds(kind, column.get(0), name(0), operation)
    }
    kind ??= found
    first += column.length
  }
  return kind
}

/**
 * The positions of the ids at one end of the edges, into `positions`.
 *
 * @throws {SchemaError} If one is not among the vertices; names the edge and lists the nearest ids.
 */
export function positionsIn(
  ids: VertexIds<VertexId>,
  ends: readonly Column[],
  end: string,
  positions: Int32Array,
  operation: string,
): Int32Array {
  let next = 0
  for (const column of ends) {
    positions.set(ids.positionsOf(column).subarray(0, column.length), next)
    next += column.length
  }
  const first = positions.indexOf(-1)
  if (first < 0) return positions
  const id = concatColumns(ends).get(first) as VertexId
  const name = `the ${end} of edge ${first}`
  if (ids.kind !== undefined && typeof id !== ids.kind) {
    throw mixedKinds(ids.kind, id, name, operation)
  }
  const nearest = nearestIds(id, ids.column).map(shown).join(', ')
  const known = ids.length === 0 ? 'there are no vertices' : `the nearest ids are ${nearest}`
  const dangling = positions.reduce((count, position) => (position < 0 ? count + 1 : count), 0)
  const more = dangling === 1 ? '' : ` So it is with ${dangling} edges.`
  throw new SchemaError(
    `${operation}: ${name}, ${shown(id)}, is not among the vertices; ${known}.${more} Add the vertices, leave such edges out, or give no vertices: then the ends of edges are the vertices.`,
  )
}
