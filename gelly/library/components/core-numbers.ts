import type { DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { coreNumbers as coresOf } from '../../kernels/core-numbers.js'
import { loadFor } from '../../loading/load-for.js'
import { stepsOf } from '../in-ranges.js'
import { type WorkOptions, workOptions } from '../options.js'

/** What `coreNumbers` gives. */
export interface CoreNumbersResult<K extends VertexId> {
  /** One record per vertex. */
  readonly vertices: DataSet<{ id: K; core: number }>
  /** The largest core number; 0 without vertices. */
  readonly degeneracy: number
}

/**
 * How deep in the graph each vertex lies: the largest k such that it belongs to the k-core.
 *
 * The k-core is what is left when vertices with less than k neighbours are removed again and again; `kCore`
 * gives it as a graph. Directions, loops and parallel edges do not count.
 *
 * Cost: O(vertices + edges) time, 20 bytes per vertex. Source: Batagelj, Zaversnik: An O(m) Algorithm for
 * Cores Decomposition of Networks, 2003.
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const { vertices, degeneracy } = await coreNumbers(graph)
 * degeneracy // 2
 * vertices.filter(v => v.core < 2) // { id: 4, core: 1 }
 */
export async function coreNumbers<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: WorkOptions,
): Promise<CoreNumbersResult<K>> {
  const work = workOptions(options, 'coreNumbers')
  const loaded = await loadFor('coreNumbers', graph, work.signal)
  const { simple, vertexCount } = loaded.topology
  const steps = stepsOf(vertexCount, work)
  const cores = await coresOf(simple, new Int32Array(vertexCount), steps)
  let degeneracy = 0
  for (const core of cores) if (core > degeneracy) degeneracy = core
  return { vertices: loaded.vertexData<{ core: number }>({ core: cores }), degeneracy }
}
