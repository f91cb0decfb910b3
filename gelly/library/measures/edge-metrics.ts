import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { ExactSum } from '../../kernels/exact-sum.js'
import { preparedRows } from '../../kernels/prepared-rows.js'
import { STEP } from '../../kernels/steps.js'
import { loadFor } from '../../loading/load-for.js'
import { stepsOf } from '../in-ranges.js'
import { type WorkOptions, workOptions } from '../options.js'

/** What `edgeMetrics` gives. */
export interface EdgeMetricsResult {
  /** Paths of two edges whose middle is their end of lowest degree. */
  readonly triangleTriplets: bigint
  /** Those, and paths whose middle is of higher degree than one end. */
  readonly rectangleTriplets: bigint
  /** Of `triangleTriplets`: the most with the same middle. */
  readonly maximumTriangleTriplets: bigint
  /** Of `rectangleTriplets`: the most with the same middle. */
  readonly maximumRectangleTriplets: bigint
}

/**
 * How much work it is to find the triangles and rectangles of a graph.
 *
 * Each edge has an end of lower degree; of ends with equal degrees it is the one that comes first among
 * the vertices. A vertex that is the lower end of l edges and the higher end of h has `l (l - 1) / 2`
 * triangle triplets, the pairs that a listing of triangles has to look at, and `l h` more rectangle
 * triplets. Directions, loops and parallel edges do not count.
 *
 * Cost: O(vertices + edges). Source: Chiba, Nishizeki: Arboricity and Subgraph Listing Algorithms, 1985.
 *
 * @throws {ArgumentError} If an option is not known.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const { triangleTriplets, rectangleTriplets } = await edgeMetrics(graph)
 * ;[triangleTriplets, rectangleTriplets] // [1n, 2n]
 */
export async function edgeMetrics<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: WorkOptions,
): Promise<EdgeMetricsResult> {
  const work = workOptions(options, 'edgeMetrics')
  const { topology } = await loadFor('edgeMetrics', graph, work.signal)
  const step = stepsOf(topology.vertexCount, work)
  await step(0)
  const { offsets, order } = preparedRows(topology).ordered
  const { degrees } = preparedRows(topology).degrees
  const [triangles, rectangles] = [new ExactSum(), new ExactSum()]
  let [mostTriangles, mostRectangles] = [0, 0]
  for (let rank = 0; rank < order.length; rank++) {
    if (rank % STEP === 0) await step(rank)
    const low = offsets[rank + 1]! - offsets[rank]!
    const high = degrees[order[rank]!]! - low
    // Rows are no longer than the root of twice the edges, so all this is far below 2^53.
    const triangle = (low * (low - 1)) / 2
    const rectangle = triangle + low * high
    triangles.add(triangle)
    rectangles.add(rectangle)
    mostTriangles = Math.max(mostTriangles, triangle)
    mostRectangles = Math.max(mostRectangles, rectangle)
  }
  return {
    triangleTriplets: triangles.value,
    rectangleTriplets: rectangles.value,
    maximumTriangleTriplets: BigInt(mostTriangles),
    maximumRectangleTriplets: BigInt(mostRectangles),
  }
}
