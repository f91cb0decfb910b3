import { knownOptions, oneOf } from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { preparedRows } from '../kernels/prepared-rows.js'
import { loadFor } from '../loading/load-for.js'
import type { SignalOptions } from './options.js'

/** Options of `degreeDistribution`. */
export interface DegreeDistributionOptions extends SignalOptions {
  /** Neighbours in either direction ('all'), those with arcs to them ('out') or from them ('in'). Default: 'all'. */
  readonly direction?: 'all' | 'out' | 'in'
}

/** How many vertices have one degree. */
export interface DegreeCount {
  /** The number of distinct neighbours. */
  degree: number
  /** Vertices that have so many. */
  vertices: number
  /** Their share of all vertices. */
  share: number
  /** The share of vertices with so many or more. */
  atLeast: number
}

/** What `degreeDistribution` gives. */
export interface DegreeDistributionResult {
  /** Each degree that occurs, ascending. */
  readonly degrees: DataSet<DegreeCount>
}

/**
 * How many vertices there are of each degree.
 *
 * Degrees are numbers of distinct neighbours: loops and parallel edges do not count. Drawn with logarithms
 * on both axes, `atLeast` over `degree` is a straight line where the degrees follow a power law.
 *
 * Cost: O(vertices + edges).
 *
 * @throws {ArgumentError} If an option is wrong.
 * @throws {AbortError} If the signal was aborted before the work began.
 * @example
 * const star = Graph.from({ edges: [{ source: 0, target: 1 }, { source: 0, target: 2 }, { source: 0, target: 3 }] })
 * const { degrees } = await degreeDistribution(star)
 * degrees // { degree: 1, vertices: 3, share: 0.75, atLeast: 1 }, { degree: 3, vertices: 1, share: 0.25, atLeast: 0.25 }
 */
export async function degreeDistribution<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: DegreeDistributionOptions = {},
): Promise<DegreeDistributionResult> {
  const name = 'degreeDistribution'
  knownOptions(options, ['direction', 'signal'], name)
  const { direction = 'all', signal } = options
  oneOf(direction, ['all', 'out', 'in'], name, 'direction')
  const { topology, environment } = await loadFor(name, graph, signal)
  const { degrees, outDegrees, inDegrees } = preparedRows(topology).degrees
  const counts = countsOf({ all: degrees, out: outDegrees, in: inDegrees }[direction])
  const degree = Int32Array.from(counts.keys()).sort()
  const vertices = degree.map(each => counts.get(each)!)
  const share = Float64Array.from(vertices, count => count / topology.vertexCount)
  const atLeast = new Float64Array(degree.length)
  let above = 0
  for (let k = degree.length - 1; k >= 0; k--) {
    above += vertices[k]!
    atLeast[k] = above / topology.vertexCount
  }
  return { degrees: environment.fromColumns({ degree, vertices, share, atLeast }) }
}

function countsOf(values: Int32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
