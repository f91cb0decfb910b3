import { type Column, collectTogether } from '../../engine/extend.js'
import type { DataSet, RunOptions } from '../../engine/index.js'
import type { Vertex, VertexId } from '../elements.js'
import { derivedIds } from '../loading/derived-ids.js'
import { checkCount } from '../loading/id-kind.js'
import {
  columnsOf,
  idsOf,
  kindOfEnds,
  positionsIn,
  rowsOf,
  valuesOf,
} from '../loading/load-graph.js'
import type { VertexIds } from '../loading/vertex-ids.js'
import { type Topology, topologyOf } from '../topology/topology.js'

/** An edge between a vertex of the top and one of the bottom. */
export interface BipartiteEdge<KT extends VertexId, KB extends VertexId, EV> {
  readonly top: KT
  readonly bottom: KB
  readonly value: EV
}

/** What a bipartite graph is loaded from; vertices that are `null` are the ends of edges. */
export interface BipartiteSource<KT extends VertexId, KB extends VertexId, VT, VB, EV> {
  readonly top: DataSet<Vertex<KT, VT>> | null
  readonly bottom: DataSet<Vertex<KB, VB>> | null
  readonly edges: DataSet<BipartiteEdge<KT, KB, EV>>
}

/** One side of a bipartite graph. */
export interface Side<K extends VertexId> {
  readonly ids: VertexIds<K>
  /** By position; `null` where no vertex has a value. */
  readonly values: Column | null
}

/** A bipartite graph in memory. */
export interface LoadedBipartite<KT extends VertexId, KB extends VertexId> {
  readonly top: Side<KT>
  readonly bottom: Side<KB>
  /** Sources are positions of the top, targets of the bottom: both count from 0. */
  readonly topology: Topology
  readonly edgeValues: Column | null
}

/**
 * Runs the data sets of a bipartite graph as one job, and finds the positions of ids.
 *
 * @throws {SchemaError} If ids are missing, there twice, of mixed types on one side or unknown.
 */
export async function loadBipartite<KT extends VertexId, KB extends VertexId, VT, VB, EV>(
  { top, bottom, edges }: BipartiteSource<KT, KB, VT, VB, EV>,
  options?: RunOptions,
): Promise<LoadedBipartite<KT, KB>> {
  const operation = 'BipartiteGraph'
  const given = [edges, top, bottom].filter(data => data !== null)
  const [edgeBatches, ...rest] = await collectTogether(given, operation, options)
  const side = <K extends VertexId>(name: 'top' | 'bottom', isGiven: boolean) => {
    const ends = columnsOf(edgeBatches!, name)
    const kind = kindOfEnds(ends, name, undefined, operation)
    const batches = isGiven ? rest.shift() : undefined
    const ids =
      batches === undefined ? derivedIds<K>(ends, kind, operation) : idsOf<K>(batches, operation)
    const count = rowsOf(ends)
    checkCount(count, 'edges', operation)
    const positions = positionsIn(ids, ends, name, new Int32Array(count), operation)
    return { ids, values: batches === undefined ? null : valuesOf(batches), positions }
  }
  const tops = side<KT>('top', top !== null)
  const bottoms = side<KB>('bottom', bottom !== null)
  const places = Math.max(tops.ids.length, bottoms.ids.length)
  const topology = await topologyOf(places, tops.positions, bottoms.positions)
  return { top: tops, bottom: bottoms, topology, edgeValues: valuesOf(edgeBatches!) }
}
