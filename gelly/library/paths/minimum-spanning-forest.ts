import { createPauses, knownOptions } from '../../../engine/extend.js'
import type { DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { finishForest, growForest, startForest } from '../../kernels/spanning-forest.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import { edgeData } from '../edge-data.js'
import type { WorkOptions } from '../options.js'
import { searchProgress } from '../search-progress.js'

/** Options of `minimumSpanningForest`. */
export interface MinimumSpanningForestOptions<K extends VertexId = never, EV = never>
  extends WorkOptions {
  /**
   * What an edge costs: a field of the edges' values, or a function of the edge; may be negative.
   * Default: the edge's value, or 1 where edges have none.
   */
  readonly weight?: EdgeWeight<K, EV>
}

/** What `minimumSpanningForest` gives. */
export interface MinimumSpanningForestResult<K extends VertexId> {
  /** The edges of the forest, in the order in which the graph has them. */
  readonly edges: DataSet<{ source: K; target: K; weight: number }>
  /** One record per vertex; trees are numbered from 0 in the order of their first vertices. */
  readonly vertices: DataSet<{ id: K; tree: number }>
  /** How many trees there are, those of a single vertex included. */
  readonly trees: number
  /** The sum of the weights. */
  readonly totalWeight: number
}

/**
 * The cheapest edges that connect all that is connected: a tree for each connected component.
 *
 * The direction of edges does not count. Of edges that cost the same, the one that comes first in the
 * graph is taken: there is one answer.
 *
 * @param options.weight What an edge costs. Default: its value, or 1.
 * @param options.onProgress Told how many edges have been taken, of one less than vertices.
 * @throws {ArgumentError} If an option is unknown.
 * @throws {SchemaError} If a weight is missing or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(edges * log(vertices)) at most, mostly a few passes over the edges; 12 bytes per vertex, 12
 * per edge. Source: Borůvka 1926, after Nešetřil, Milková, Nešetřilová: Otakar Borůvka on Minimum
 * Spanning Tree Problem, 2001.
 * @example
 * const links = [{ from: 1, to: 2, km: 3 }, { from: 2, to: 3, km: 1 }, { from: 1, to: 3, km: 2 }]
 * const graph = Graph.fromEdges(links, { source: 'from', target: 'to', value: 'km' })
 * const { edges, totalWeight } = await minimumSpanningForest(graph)
 * edges // { source: 2, target: 3, weight: 1 }, { source: 1, target: 3, weight: 2 }
 * totalWeight // 3
 */
export async function minimumSpanningForest<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: MinimumSpanningForestOptions<K, EV> = {},
): Promise<MinimumSpanningForestResult<K>> {
  const operation = 'minimumSpanningForest'
  knownOptions(options, ['weight', 'signal', 'onProgress'], operation)
  const { weight, signal, onProgress } = options
  const loaded = await loadFor(operation, graph, signal)
  const { vertexCount, sources, targets } = loaded.topology
  const weights = await loaded.weights(weight, operation, { negative: true })
  const forest = startForest(vertexCount, sources, targets, weights)
  const pause = createPauses(signal)
  // Edges of the forest; of several trees there are fewer.
  const told = searchProgress(Math.max(0, vertexCount - 1), onProgress)
  do {
    told(forest.chosenCount)
    await pause()
  } while (growForest(forest) > 0)
  const { edges, trees, treeCount } = finishForest(forest)
  const taken = Float64Array.from(edges, edge => weights[edge]!)
  return {
    edges: edgeData(loaded, edges, { weight: taken }),
    vertices: loaded.vertexData({ tree: trees }),
    trees: treeCount,
    totalWeight: taken.reduce((sum, each) => sum + each, 0),
  }
}
