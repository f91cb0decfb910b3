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
  const ends = {
    sources: columns(edgeBatches!, 'source'),
    targets: columns(edgeBatches!, 'target'),
  }
  checkCount(rowsOf(ends.sources), 'edges', operation)
  const edgeKind = kindOfEnds(ends, operation)
  let ids: VertexIds<K>
  let vertexValues: Column | null = null
  if (vertexBatches === undefined) {
    ids = derivedIds([...ends.sources, ...ends.targets], edgeKind, operation)
  } else {
    const idColumns = columns(vertexBatches, 'id')
    checkCount(rowsOf(idColumns), 'vertices', operation)
    ids = vertexIds(concatColumns(idColumns), operation)
    vertexValues = valuesOf(vertexBatches)
  }
  const region = createRegion()
  const sources = region.int32(rowsOf(ends.sources))
  const targets = region.int32(sources.length)
  fillPositions(ends.sources, ids, sources)
  fillPositions(ends.targets, ids, targets)
  refuseDangling(ends, sources, targets, ids, operation)
  const topology = await topologyOf(ids.length, sources, targets, region)
  const edgeValues = valuesOf(edgeBatches!)
  return new LoadedGraph(environmentOf(edges), topology, ids, vertexValues, edgeValues)
}

interface Ends {
  readonly sources: readonly Column[]
  readonly targets: readonly Column[]
}

function columns(batches: readonly RecordBatch[], name: string): readonly Column[] {
  return batches.map(batch => batch.find(name) ?? missingColumn(batch.length))
}

function rowsOf(all: readonly Column[]): number {
  return all.reduce((sum, column) => sum + column.length, 0)
}

/** All values in one column; `null` where all are missing. */
function valuesOf(batches: readonly RecordBatch[]): Column | null {
  const found = batches.map(batch => batch.find('value') ?? missingColumn(batch.length))
  return found.every(isAllMissing) ? null : concatColumns(found)
}

/** The one type of all ends. */
function kindOfEnds({ sources, targets }: Ends, operation: string): IdKind | undefined {
  let kind: IdKind | undefined
  for (const [end, all] of [
    ['source', sources],
    ['target', targets],
  ] as const) {
    let first = 0
    for (const column of all) {
      const name = (row: number) => `the ${end} of edge ${first + row}`
      const found = idKind(column, name, operation)
      if (kind !== undefined && found !== undefined && kind !== found) {
        throw mixedKinds(kind, column.get(0), name(0), operation)
      }
      kind ??= found
      first += column.length
    }
  }
  return kind
}

function fillPositions(
  all: readonly Column[],
  ids: VertexIds<VertexId>,
  positions: Int32Array,
): void {
  let next = 0
  for (const column of all) {
    positions.set(ids.positionsOf(column).subarray(0, column.length), next)
    next += column.length
  }
}

function refuseDangling(
  ends: Ends,
  sources: Int32Array,
  targets: Int32Array,
  ids: VertexIds<VertexId>,
  operation: string,
): void {
  let dangling = 0
  let first = -1
  for (let k = 0; k < sources.length; k++) {
    if (sources[k]! >= 0 && targets[k]! >= 0) continue
    dangling++
    if (first < 0) first = k
  }
  if (first < 0) return
  const end = sources[first]! < 0 ? 'source' : 'target'
  const id = concatColumns(end === 'source' ? ends.sources : ends.targets).get(first) as VertexId
  const name = `the ${end} of edge ${first}`
  if (ids.kind !== undefined && typeof id !== ids.kind) {
    throw mixedKinds(ids.kind, id, name, operation)
  }
  const nearest = nearestIds(id, ids.column).map(shown).join(', ')
  const known = ids.length === 0 ? 'there are no vertices' : `the nearest ids are ${nearest}`
  const more = dangling === 1 ? '' : ` ${dangling} edges have such ends.`
  throw new SchemaError(
    `${operation}: ${name}, ${shown(id)}, is not among the vertices; ${known}.${more} Add these vertices, leave such edges out, or leave the vertices out: then the ends of edges are the vertices.`,
  )
}
