import { knownOptions, nonNegativeInteger } from '../../../engine/extend.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { coreNumbers } from '../../kernels/core-numbers.js'
import { loadFor } from '../../loading/load-for.js'
import { stepsOf } from '../in-ranges.js'
import type { WorkOptions } from '../options.js'
import { subgraphOf } from '../reshape/subgraph-of.js'

/** Options of `kCore`. */
export interface KCoreOptions extends WorkOptions {
  /** How many neighbours each vertex of the result has in it, at least. */
  readonly k: number
}

/**
 * The largest part of a graph in which everyone has at least `k` neighbours; it may be empty.
 *
 * It has the vertices whose core number is at least `k`, and all edges between them, also loops and
 * parallel ones, which do not count as neighbours.
 *
 * Cost: O(vertices + edges). Source: Batagelj, Zaversnik: An O(m) Algorithm for Cores Decomposition of
 * Networks, 2003.
 *
 * @throws {ArgumentError} If `k` is not an integer of at least 0, or an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({
 *   edges: [
 *     { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 *   ],
 * })
 * const core = await kCore(graph, { k: 2 })
 * core.vertices // { id: 1, value: null }, { id: 2, value: null }, { id: 3, value: null }
 */
export async function kCore<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: KCoreOptions,
): Promise<Graph<K, VV, EV>> {
  knownOptions(options, ['k', 'signal', 'onProgress'], 'kCore')
  const { k, ...work } = options ?? {}
  nonNegativeInteger(k, 'kCore', 'k')
  const loaded = await loadFor('kCore', graph, work.signal)
  const { simple, vertexCount } = loaded.topology
  const steps = stepsOf(vertexCount, work)
  const cores = await coreNumbers(simple, new Int32Array(vertexCount), steps)
  return subgraphOf(loaded, v => cores[v]! >= k)
}
