import { knownOptions, trueOrFalse } from '../../../engine/extend.js'
import type { DataSet } from '../../../engine/index.js'
import { checkDirection, type EdgeDirection } from '../../direction.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import type { EdgeWeight } from '../../loading/edge-weights.js'
import { loadFor } from '../../loading/load-for.js'
import { along } from '../../topology/along.js'
import { distanceTotals } from '../paths/distance-totals.js'
import { pivotsOf, type SampleOptions } from '../paths/pivots.js'
import type { SearchProgress } from '../search-progress.js'

/** Options of `closeness`. */
export interface ClosenessOptions<K extends VertexId = never, EV = never> extends SampleOptions {
  /**
   * How long an edge is: a field of the edges' values, or a function of the edge; not negative.
   * Default: 1 each.
   */
  readonly weight?: EdgeWeight<K, EV>
  /** Which way edges are followed from the vertex. Default `'out'`. */
  readonly direction?: EdgeDirection
  /** Whether `closeness` is multiplied by the share of vertices that are reached. Default `true`. */
  readonly wassermanFaust?: boolean
  /** Stops the work when aborted; the promise is then rejected with `AbortError`. */
  readonly signal?: AbortSignal
  /** Called about ten times a second with how many searches are done, of how many. */
  readonly onProgress?: SearchProgress
}

/** How close a vertex is to others. */
export interface CloseVertex<K extends VertexId> {
  /** The vertex. */
  id: K
  /** The reciprocal of the mean distance to those it reaches, by their share of all others. */
  closeness: number
  /** The mean over all others of the reciprocal of their distance, 0 where there is no path. */
  harmonic: number
}

/** What `closeness` gives. */
export interface ClosenessResult<K extends VertexId> {
  /** One record per vertex. */
  readonly vertices: DataSet<CloseVertex<K>>
  /** How many vertices were searched from. */
  readonly searches: number
}

/**
 * How near a vertex is to all others, in two ways.
 *
 * With r other vertices that it reaches, of n - 1, and the sum d of their distances, `closeness` is
 * `r / d * r / (n - 1)`: without the second factor, which Wasserman and Faust have added, a vertex of a
 * small component would seem central. `harmonic` is `sum(1 / distance) / (n - 1)`, which needs no such
 * factor. Both are from 0 to 1 without weights; vertices that reach nobody have 0.
 *
 * With `samples`, distances to some vertices stand for those to all.
 *
 * @param options.weight How long an edge is. Default: 1.
 * @param options.direction Distances along out-edges (`'out'`, default), in-edges, or both ways. Some
 *   libraries measure distances *to* the vertex: that is `'in'`.
 * @param options.wassermanFaust Default true.
 * @param options.samples To how many vertices distances are measured. Default: all.
 * @param options.seed For the choice of the samples. Default 1.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If a weight is missing, negative or no finite number; names the edge.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: without weights 32 searches at once, each at most O(vertices + edges) per distance; with
 * weights as many searches of `shortestPaths` as there are vertices. Sources: Wasserman, Faust: Social
 * Network Analysis, 1994; Boldi, Vigna: Axioms for Centrality, 2014; Then et al.: The More the Merrier,
 * 2014; samples: Eppstein, Wang: Fast Approximation of Centrality, 2004.
 * @example
 * const path = Graph.fromEdges([{ from: 1, to: 2 }, { from: 2, to: 3 }], { source: 'from', target: 'to' })
 * const { vertices } = await closeness(path, { direction: 'all' })
 * vertices.filter(v => v.id === 2) // { id: 2, closeness: 1, harmonic: 1 }
 */
export async function closeness<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: ClosenessOptions<K, EV> = {},
): Promise<ClosenessResult<K>> {
  const operation = 'closeness'
  knownOptions(
    options,
    ['weight', 'direction', 'wassermanFaust', 'samples', 'seed', 'signal', 'onProgress'],
    operation,
  )
  const { weight, direction = 'out', wassermanFaust = true, signal, onProgress } = options
  checkDirection(direction, operation)
  trueOrFalse(wassermanFaust, operation, 'wassermanFaust')
  const loaded = await loadFor(operation, graph, signal)
  const weights = weight === undefined ? null : await loaded.weights(weight, operation)
  const topology = await along(loaded.topology, direction)
  const n = topology.vertexCount
  const pivots = pivotsOf(n, options, operation)
  const { reached, totals, reciprocals } = await distanceTotals(topology, pivots, {
    ...{ weights, signal, onProgress },
  })
  // Of a pivot itself nothing is learned.
  const others = new Float64Array(n).fill(pivots.length)
  for (const v of pivots) others[v]!--
  const near = new Float64Array(n)
  const harmonic = new Float64Array(n)
  for (let v = 0; v < n; v++) {
    const count = reached[v]!
    if (count === 0) continue
    near[v] = (count / totals[v]!) * (wassermanFaust ? count / others[v]! : 1)
    harmonic[v] = reciprocals[v]! / others[v]!
  }
  return { vertices: loaded.vertexData({ closeness: near, harmonic }), searches: pivots.length }
}
