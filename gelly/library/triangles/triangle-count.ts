import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { loadFor } from '../../loading/load-for.js'
import { type WorkOptions, workOptions } from '../options.js'
import { countAllTriangles } from './count-all-triangles.js'

/** What `triangleCount` gives. */
export interface TriangleCountResult {
  /** How many triangles there are, each counted once. */
  readonly triangles: number
}

/**
 * How many triples of vertices are linked to each other, in whatever direction.
 *
 * Loops and parallel edges do not count. The number is exact: with 32-bit numbers of edges it stays
 * below 2^53.
 *
 * Cost: O(edges^1.5) time, 4 bytes per edge and 9 per vertex. Source: Schank, Wagner: Finding, Counting
 * and Listing All Triangles in Large Graphs, 2005, with marks as in Latapy, 2008.
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * await triangleCount(graph) // { triangles: 1 }
 */
export async function triangleCount<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: WorkOptions,
): Promise<TriangleCountResult> {
  const work = workOptions(options, 'triangleCount')
  const loaded = await loadFor('triangleCount', graph, work.signal)
  return { triangles: await countAllTriangles(loaded, work) }
}
