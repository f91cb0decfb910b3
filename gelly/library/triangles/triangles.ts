import type { DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { preparedRows } from '../../kernels/prepared-rows.js'
import { loadFor } from '../../loading/load-for.js'
import { lazyData } from '../lazy-data.js'
import { type WorkOptions, workOptions } from '../options.js'
import { triangleBatches } from './triangle-batches.js'

/** Three vertices that are linked to each other. */
export interface Triangle<K extends VertexId> {
  /** The corner that comes first among the vertices of the graph. */
  a: K
  /** The corner between. */
  b: K
  /** The corner that comes last. */
  c: K
}

/** What `triangles` gives. */
export interface TrianglesResult<K extends VertexId> {
  /** Each triangle once, found anew, piece by piece, by each job that reads them. */
  readonly triangles: DataSet<Triangle<K>>
}

/**
 * All triples of vertices that are linked to each other, in whatever direction.
 *
 * Corners stand in the order of the graph's vertices; the triangles come in the order in which they are
 * found, which is always the same. Loops and parallel edges do not count. `directedTriangles` also tells
 * the directions, `triangleCount` only the number.
 *
 * Triangles are found while they are read, so that they need not fit into memory.
 *
 * Cost: O(edges^1.5) time for each reading; 4 bytes per edge and 9 per vertex. Source: Schank, Wagner,
 * 2005, with marks as in Latapy, 2008.
 *
 * @param options.signal For loading the graph; jobs that read the triangles have their own.
 * @param options.onProgress Whenever triangles are read: how many vertices have been looked at.
 * @throws {ArgumentError} If an option is not known.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const listed = await triangles(graph)
 * listed.triangles // { a: 1, b: 2, c: 3 }
 */
export async function triangles<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: WorkOptions,
): Promise<TrianglesResult<K>> {
  const { signal, onProgress } = workOptions(options, 'triangles')
  const loaded = await loadFor('triangles', graph, signal)
  const fields = { a: 'id', b: 'id', c: 'id' } as const
  const found = lazyData<Triangle<K>>(loaded, 'triangles', fields, async function* (signal) {
    const rows = preparedRows(loaded.topology).ordered
    for await (const { a, b, c } of triangleBatches(rows, signal, onProgress)) yield [a, b, c]
  })
  return { triangles: found }
}
