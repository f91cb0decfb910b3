import { knownOptions } from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../direction.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { gatherSum } from '../kernels/gather-sum.js'
import type { EdgeWeight } from '../loading/edge-weights.js'
import { loadFor } from '../loading/load-for.js'
import { directionRows } from './direction-rows.js'

/** Options of `degreeCentrality`. */
export interface DegreeCentralityOptions<K extends VertexId = never, EV = never> {
  /** A field of the edges' values, or a function of the edge; not negative. Default: 1 each. */
  readonly weight?: EdgeWeight<K, EV>
  /** Which edges count. Default `'all'`. */
  readonly direction?: EdgeDirection
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
}

/** A vertex and its degree. */
export interface DegreeVertex<K extends VertexId> {
  /** The vertex. */
  id: K
  /** Its edges; with weights, the sum of theirs. */
  degree: number
  /** `degree` by the number of other vertices. */
  score: number
}

/**
 * Central is who has many edges: degrees, also divided by the number of other vertices.
 *
 * Scores are from 0 to 1 for `'in'` and `'out'` in graphs without loops, parallel edges and weights. A
 * self-loop counts once in either direction, so twice for `'all'`. A vertex that is alone has 0.
 *
 * @param options.weight What an edge counts; the sum is also called strength. Default: 1.
 * @param options.direction `'in'`, `'out'` or `'all'` (default), which adds them.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 *
 * Cost: O(vertices + edges). Source: Freeman: Centrality in Social Networks, 1978.
 * @example
 * const star = Graph.fromEdges([{ from: 1, to: 2 }, { from: 1, to: 3 }], { source: 'from', target: 'to' })
 * const { vertices } = await degreeCentrality(star)
 * vertices.first(2) // { id: 1, degree: 2, score: 1 }, { id: 2, degree: 1, score: 0.5 }
 */
export async function degreeCentrality<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: DegreeCentralityOptions<K, EV> = {},
): Promise<{ readonly vertices: DataSet<DegreeVertex<K>> }> {
  knownOptions(options, ['weight', 'direction', 'signal'], 'degreeCentrality')
  const { weight, direction = 'all', signal } = options
  checkDirection(direction, 'degreeCentrality')
  const loaded = await loadFor('degreeCentrality', graph, signal)
  const n = loaded.topology.vertexCount
  const weights = weight === undefined ? null : await loaded.weights(weight, 'degreeCentrality')
  const degree = new Float64Array(n)
  const rows = directionRows(loaded.topology, direction, weights)
  gatherSum(rows, new Float64Array(n).fill(1), degree, 0, n)
  const score = degree.map(sum => (n > 1 ? sum / (n - 1) : 0))
  return { vertices: loaded.vertexData({ degree, score }) }
}
