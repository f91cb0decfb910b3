import type { DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { loadFor } from '../../loading/load-for.js'
import { type DirectedWorkOptions, directedWorkOptions } from '../options.js'
import { clusteringCoefficients } from './clustering-coefficients.js'

/** How densely the neighbours of one vertex are linked. */
export interface ClusteredVertex<K extends VertexId> {
  /** The vertex. */
  id: K
  /** Its distinct neighbours. */
  degree: number
  /** Edges between them: the triangles of the vertex; with `directed`, the arcs. */
  links: number
  /** `links` by the number that there could be. */
  coefficient: number
}

/** What `localClusteringCoefficient` gives. */
export interface LocalClusteringCoefficientResult<K extends VertexId> {
  /** One record per vertex. */
  readonly vertices: DataSet<ClusteredVertex<K>>
}

/**
 * How close the neighbours of each vertex are to being neighbours of each other.
 *
 * Without directions: `2 links / (degree (degree - 1))`, where links are triangles. With `directed`:
 * `links / (degree (degree - 1))`, where links are the arcs between neighbours, who are those in either
 * direction, each once. So both are from 0 to 1, and equal where each edge goes both ways.
 *
 * A vertex of less than two neighbours has no pair that could be linked. Its coefficient is 0, as in
 * networkx and LDBC Graphalytics (Gelly gave NaN, which spoils every mean); `degree` tells it apart.
 * Loops and parallel edges do not count.
 *
 * Cost: O(edges^1.5) time, 5 bytes per edge and 21 per vertex. Source: Watts, Strogatz: Collective
 * Dynamics of Small-World Networks, 1998; triangles as in Latapy, 2008.
 *
 * @param options.directed Whether arcs between neighbours are counted. Default: false.
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * // A triangle, and one more vertex.
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const { vertices } = await localClusteringCoefficient(graph)
 * vertices.filter(v => v.id === 3) // { id: 3, degree: 3, links: 1, coefficient: 0.3333333333333333 }
 */
export async function localClusteringCoefficient<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: DirectedWorkOptions,
): Promise<LocalClusteringCoefficientResult<K>> {
  const { directed, ...work } = directedWorkOptions(options, 'localClusteringCoefficient')
  const loaded = await loadFor('localClusteringCoefficient', graph, work.signal)
  const found = await clusteringCoefficients(loaded, directed, work)
  const { degrees, links, coefficients } = found
  return { vertices: loaded.vertexData({ degree: degrees, links, coefficient: coefficients }) }
}
