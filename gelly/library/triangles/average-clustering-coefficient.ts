import { knownOptions, nonNegativeInteger } from '../../../engine/extend.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { loadFor } from '../../loading/load-for.js'
import { type DirectedWorkOptions, directedWorkOptions } from '../options.js'
import { clusteringCoefficients } from './clustering-coefficients.js'

/** Options of `averageClusteringCoefficient`. */
export interface AverageClusteringCoefficientOptions extends DirectedWorkOptions {
  /** Only vertices with so many neighbours count; 2 leaves out those without a pair. Default: 0. */
  readonly minimumDegree?: number
}

/** What `averageClusteringCoefficient` gives. */
export interface AverageClusteringCoefficientResult {
  /** The mean; NaN when it is over no vertex. */
  readonly average: number
  /** How many vertices the mean is over. */
  readonly vertices: number
}

/**
 * The mean of `localClusteringCoefficient` over all vertices.
 *
 * Vertices of less than two neighbours count as 0, as in Gelly and networkx; `minimumDegree: 2` leaves
 * them out. Loops and parallel edges do not count.
 *
 * Cost: that of `localClusteringCoefficient`. Source: Watts, Strogatz, 1998.
 *
 * @param options.directed Whether arcs between neighbours are counted. Default: false.
 * @throws {ArgumentError} If an option is wrong.
 * @throws {AbortError} If the signal was aborted.
 * @example
 * const graph = Graph.from({ edges: [
 *   { source: 1, target: 2 }, { source: 2, target: 3 }, { source: 3, target: 1 }, { source: 3, target: 4 },
 * ] })
 * const mean = await averageClusteringCoefficient(graph)
 * mean.average.toFixed(3) // '0.583'
 */
export async function averageClusteringCoefficient<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: AverageClusteringCoefficientOptions = {},
): Promise<AverageClusteringCoefficientResult> {
  const name = 'averageClusteringCoefficient'
  knownOptions(options, ['minimumDegree', 'directed', 'signal', 'onProgress'], name)
  const { minimumDegree = 0, ...others } = options
  nonNegativeInteger(minimumDegree, name, 'minimumDegree')
  const { directed, ...work } = directedWorkOptions(others, name)
  const loaded = await loadFor(name, graph, work.signal)
  const { degrees, coefficients } = await clusteringCoefficients(loaded, directed, work)
  let sum = 0
  let vertices = 0
  for (let v = 0; v < degrees.length; v++) {
    if (degrees[v]! < minimumDegree) continue
    sum += coefficients[v]!
    vertices++
  }
  return { average: sum / vertices, vertices }
}
