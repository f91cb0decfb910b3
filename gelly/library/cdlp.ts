import { knownOptions, positiveInteger } from '../../engine/extend.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { loadFor } from '../loading/load-for.js'
import { iterated, type LongOptions } from './converging.js'
import { directionRows } from './direction-rows.js'
import type { LabelPropagationResult } from './label-propagation.js'
import { rankedLabels } from './ranked-labels.js'
import { spreadLabels } from './spread-labels.js'
import { withTeam } from './with-team.js'

/** Options of `cdlp`. */
export interface CdlpOptions extends LongOptions {
  /** How many iterations are done. Default 10. */
  readonly iterations?: number
}

/**
 * Community detection by label propagation, exactly as LDBC Graphalytics specifies it.
 *
 * Every vertex begins with its id. In each iteration all vertices at once take the label that is most
 * frequent among their neighbours, of equally frequent ones the smallest. Who is a neighbour by an edge
 * in either direction counts twice; for undirected graphs give each edge once, or each both ways. The
 * own label does not count. A vertex without neighbours keeps its label.
 *
 * The number of iterations is fixed: the benchmark compares answers. It does stop before where nothing
 * changes any more, which gives the same answer; then `converged` is true. See `labelPropagation` for
 * communities that settle. The answer does not depend on the parallelism of the environment.
 *
 * @param options.iterations Default 10.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(edges of the vertices that a change may concern) time per iteration; 17 bytes per vertex and
 * 4 more per thread, 8 per edge. The history has how many labels `changed`.
 * Source: Iosup et al.: The LDBC Graphalytics Benchmark, version 1.0.5, section 2.3.4.
 * @example
 * const path = Graph.fromEdges([{ from: 1, to: 2 }, { from: 2, to: 3 }], { source: 'from', target: 'to' })
 * const { vertices } = await cdlp(path, { iterations: 2 })
 * vertices // { id: 1, community: 1 }, { id: 2, community: 2 }, { id: 3, community: 1 }
 */
export async function cdlp<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: CdlpOptions = {},
): Promise<LabelPropagationResult<K, K>> {
  knownOptions(options, ['iterations', 'signal', 'onProgress'], 'cdlp')
  const { iterations = 10, signal } = options
  positiveInteger(iterations, 'cdlp', 'iterations')
  const loaded = await loadFor('cdlp', graph, signal)
  const ranked = rankedLabels(loaded, undefined, false, 'cdlp')
  const labels = ranked.ranks
  const outcome = await withTeam(loaded, signal, (team, scratch) => {
    const rows = directionRows(loaded.topology, 'all', null, scratch)
    const spread = { team, scratch, rows, followers: rows, labels, own: 0 } as const
    return spreadLabels(spread, step => iterated('cdlp', options, iterations, step))
  })
  return {
    vertices: loaded.vertexData({ community: ranked.labels.take(labels) }),
    communities: new Set(labels).size,
    ...outcome,
  }
}
