import { Int32Column } from '../../../engine/extend.js'
import { type DataSet, int32 } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { preparedRows } from '../../kernels/prepared-rows.js'
import { loadFor } from '../../loading/load-for.js'
import { lazyData } from '../lazy-data.js'
import { type WorkOptions, workOptions } from '../options.js'
import { triangleBatches } from './triangle-batches.js'
import type { Triangle } from './triangles.js'

/** Three vertices that are linked to each other, and how. */
export interface DirectedTriangle<K extends VertexId> extends Triangle<K> {
  /** Six bits, one for each arc that may be: a→b 16, b→a 32, a→c 4, c→a 8, b→c 1, c→b 2. */
  arcs: number
}

/** What `directedTriangles` gives. */
export interface DirectedTrianglesResult<K extends VertexId> {
  /** Each triangle once, found anew, piece by piece, by each job that reads them. */
  readonly triangles: DataSet<DirectedTriangle<K>>
}

/**
 * As `triangles`, with the arcs that there are between the corners.
 *
 * `arcs` has two bits for each pair of corners, those of Gelly: a→b is 16 and b→a 32, a→c 4 and c→a 8, b→c
 * 1 and c→b 2. So 63 has all arcs, and the cycles are 25 and 38. Loops and parallel edges do not count.
 *
 * Cost: that of `triangles`, and 3 more bytes per edge.
 *
 * @param options.signal For loading the graph; jobs that read the triangles have their own.
 * @param options.onProgress Whenever triangles are read: how many vertices have been looked at.
 * @throws {ArgumentError} If an option is not known.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const listed = await directedTriangles(graph)
 * listed.triangles // { a: 1, b: 2, c: 3, arcs: 25 }
 */
export async function directedTriangles<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: WorkOptions,
): Promise<DirectedTrianglesResult<K>> {
  const name = 'directedTriangles'
  const { signal, onProgress } = workOptions(options, name)
  const loaded = await loadFor(name, graph, signal)
  const fields = { a: 'id', b: 'id', c: 'id', arcs: int32 } as const
  const found = lazyData<DirectedTriangle<K>>(loaded, name, fields, async function* (signal) {
    const rows = preparedRows(loaded.topology).orderedArcs
    for await (const { a, b, c, arcs } of triangleBatches(rows, signal, onProgress)) {
      yield [a, b, c, new Int32Column(arcs)]
    }
  })
  return { triangles: found }
}
