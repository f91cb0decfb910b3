import { oneOf } from '../../engine/extend.js'
import type { DataSet } from '../../engine/index.js'
import { checkDirection, type EdgeDirection, opposite } from '../direction.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'
import { colourClasses } from '../kernels/colour-classes.js'
import { loadFor } from '../loading/load-for.js'
import {
  checkIteration,
  type IterationOptions,
  type IterationOutcome,
  iterated,
} from './converging.js'
import { directionRows } from './direction-rows.js'
import { type InitialLabel, rankedLabels } from './ranked-labels.js'
import { spreadLabels } from './spread-labels.js'
import { withTeam } from './with-team.js'

/** Options of `labelPropagation`. */
export interface LabelPropagationOptions<K extends VertexId = never, VV = never, L = K>
  extends IterationOptions {
  /** What vertices begin with: a field of their values, or a function of the vertex. Default: ids. */
  readonly label?: InitialLabel<K, VV, L>
  /** From whom vertices take labels. Default `'in'`: from those that lead to them. */
  readonly direction?: EdgeDirection
  /** Whether all vertices change at once (default), or groups without neighbours after each other. */
  readonly schedule?: 'synchronous' | 'semiSynchronous'
}

/** A vertex and its community. */
export interface CommunityVertex<K extends VertexId, C> {
  /** The vertex. */
  id: K
  /** What its community is called. */
  community: C
}

/** What `labelPropagation` and `cdlp` give. */
export interface LabelPropagationResult<K extends VertexId, L> extends IterationOutcome {
  /** One record per vertex. */
  readonly vertices: DataSet<CommunityVertex<K, L>>
  /** How many different labels are left. */
  readonly communities: number
}

/**
 * Communities by labels that spread: a vertex takes the label that most of its neighbours have.
 *
 * As in Flink's Gelly: labels come along edges, of equally frequent ones the greatest is taken, and
 * the vertex's own label takes part as if one neighbour had it. So a label that came once is taken
 * only if it is greater than the own one. Parallel edges count each. A community is called by the label
 * that it agreed on, by default the id of a vertex that once spread it. Texts compare as `<` does.
 *
 * Unlike Gelly it stops when no label changes. With all vertices changing at once that may never be:
 * two sides of a bipartite graph can swap labels for ever. Then `maxIterations` ends it and `converged`
 * is false. With `schedule: 'semiSynchronous'` vertices are coloured, and only those of one colour
 * change at once, one colour after the other; where edges go both ways or `direction` is `'all'`,
 * that always converges.
 *
 * @param options.label Numbers, texts, bigint values or booleans. Default: the ids.
 * @param options.direction `'in'` (default), `'out'`, or `'all'`, which heeds no direction.
 * @param options.schedule `'synchronous'` (default) or `'semiSynchronous'`.
 * @param options.maxIterations Default 100.
 * @throws {ArgumentError} If an option is unknown or out of range.
 * @throws {SchemaError} If labels are missing or of mixed types; names the vertex.
 * @throws {AbortError} If the signal was aborted.
 *
 * Cost: O(edges of the vertices that a change may concern) time per iteration; 17 bytes per vertex and
 * 4 more per thread, 8 per edge with `'all'`. The history has how many labels `changed`.
 * Source: Raghavan, Albert, Kumara: Near Linear Time Algorithm to Detect Community Structures, 2007;
 * Cordasco, Gargano: Community Detection via Semi-Synchronous Label Propagation, 2010.
 * @example
 * // Two triangles and a bridge.
 * const edges = [[1, 2], [2, 3], [3, 1], [3, 4], [4, 5], [5, 6], [6, 4]]
 * const graph = Graph.fromEdges(edges.map(([from = 0, to = 0]) => ({ from, to })), { source: 'from', target: 'to' })
 * const { vertices } = await labelPropagation(graph, { direction: 'all', schedule: 'semiSynchronous' })
 * vertices.groupBy('community').count() // { community: 3, count: 3 }, { community: 6, count: 3 }
 */
export async function labelPropagation<K extends VertexId, VV, EV, L = K>(
  graph: Graph<K, VV, EV>,
  options: LabelPropagationOptions<K, VV, L> = {},
): Promise<LabelPropagationResult<K, L>> {
  const operation = 'labelPropagation'
  checkIteration(options, operation, ['label', 'direction', 'schedule'])
  const { label, direction = 'in', schedule = 'synchronous' } = options
  const { maxIterations = 100, signal } = options
  checkDirection(direction, operation)
  oneOf(schedule, ['synchronous', 'semiSynchronous'], operation, 'schedule')
  const loaded = await loadFor(operation, graph, signal)
  const { topology } = loaded
  const ranked = rankedLabels(loaded, label, true, operation)
  const classes = schedule === 'semiSynchronous' ? colourClasses(topology.simple) : undefined
  const labels = ranked.ranks
  const outcome = await withTeam(loaded, signal, (team, scratch) => {
    const rows = directionRows(topology, direction, null, scratch)
    const followers =
      direction === 'all' ? rows : directionRows(topology, opposite(direction), null)
    const spread = { team, scratch, rows, followers, labels, own: 1, classes } as const
    return spreadLabels(spread, step => iterated(operation, options, maxIterations, step))
  })
  return {
    vertices: loaded.vertexData({ community: ranked.labels.take(labels) }),
    communities: new Set(labels).size,
    ...outcome,
  }
}
