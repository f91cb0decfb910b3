import type { DataSet } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { preparedRows } from '../kernels/prepared-rows.js'
import { loadFor } from '../loading/load-for.js'
import { type SignalOptions, signalOptions } from './options.js'

/** How many neighbours one vertex has. */
export interface NeighbourCounts<K extends VertexId> {
  /** The vertex. */
  id: K
  /** Distinct neighbours in either direction; who is linked both ways counts once. */
  degree: number
  /** Distinct vertices that it has edges to. */
  outDegree: number
  /** Distinct vertices that have edges to it. */
  inDegree: number
}

/** What `vertexDegrees` gives. */
export interface VertexDegreesResult<K extends VertexId> {
  /** One record per vertex, also for those without neighbours. */
  readonly vertices: DataSet<NeighbourCounts<K>>
}

/**
 * How many neighbours each vertex has: the degrees that clustering, cores and similarity go by.
 *
 * Loops and parallel edges do not count. `graph.outDegrees()` and its kin count edges instead.
 *
 * Cost: O(vertices + edges).
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const graph = Graph.from({ edges: [{ source: 1, target: 2 }, { source: 2, target: 1 }, { source: 2, target: 2 }] })
 * const { vertices } = await vertexDegrees(graph)
 * vertices.filter(v => v.id === 2) // { id: 2, degree: 1, outDegree: 1, inDegree: 1 }
 */
export async function vertexDegrees<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: SignalOptions,
): Promise<VertexDegreesResult<K>> {
  const { signal } = signalOptions(options, 'vertexDegrees')
  const loaded = await loadFor('vertexDegrees', graph, signal)
  const { degrees, outDegrees, inDegrees } = preparedRows(loaded.topology).degrees
  return {
    vertices: loaded.vertexData<Omit<NeighbourCounts<K>, 'id'>>({
      degree: degrees,
      outDegree: outDegrees,
      inDegree: inDegrees,
    }),
  }
}
