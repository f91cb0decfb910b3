import type { DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { loadFor } from '../../loading/load-for.js'
import { type DirectedWorkOptions, directedWorkOptions } from '../options.js'
import { clusteringCoefficients } from './clustering-coefficients.js'

/** What `lcc` gives. */
export interface LccResult<K extends VertexId> {
  /** One record per vertex: its coefficient, from 0 to 1. */
  readonly vertices: DataSet<{ id: K; value: number }>
}

/**
 * The local clustering coefficient exactly as LDBC Graphalytics specifies it: the records of its output
 * files.
 *
 * With N(v) the neighbours of v in either direction, each once: the number of edges (u, w) with both ends
 * in N(v), by |N(v)| (|N(v)| - 1); 0 where |N(v)| is at most 1. For an undirected graph the benchmark
 * counts each edge in both directions, so twice the triangles are divided. These are the numbers of
 * `localClusteringCoefficient`; the benchmark compares them with a tolerance of 0.0001 of the value.
 *
 * Source: Iosup and others: The LDBC Graphalytics Benchmark, version 1.0, section 2.3.5.
 *
 * @param options.directed Whether the graph is one of the benchmark's directed ones. Default: false.
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 1, target: 3 },
 * ] })
 * const { vertices } = await lcc(graph, { directed: true })
 * vertices // { id: 1, value: 0.5 }, { id: 2, value: 0.5 }, { id: 3, value: 0.5 }
 */
export async function lcc<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: DirectedWorkOptions,
): Promise<LccResult<K>> {
  const { directed, ...work } = directedWorkOptions(options, 'lcc')
  const loaded = await loadFor('lcc', graph, work.signal)
  const { coefficients } = await clusteringCoefficients(loaded, directed, work)
  return { vertices: loaded.vertexData({ value: coefficients }) }
}
