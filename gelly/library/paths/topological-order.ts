import { columnsSource, shown } from '../../../engine/extend.js'
import { ArgumentError, type DataSet } from '../../../engine/index.js'
import type { VertexId } from '../../elements.js'
import type { Graph } from '../../graph.js'
import { cycleAmong, topologicalOrder as orderOf } from '../../kernels/topological-order.js'
import { loadFor } from '../../loading/load-for.js'
import { stepsOf } from '../in-ranges.js'
import { type WorkOptions, workOptions } from '../options.js'

/** Options of `topologicalOrder` and `findCycle`. */
export interface TopologicalOrderOptions extends WorkOptions {}

/** What `topologicalOrder` gives. */
export interface TopologicalOrderResult<K extends VertexId> {
  /**
   * One record per vertex, in an order in which every edge leads forward. The level of a vertex is the
   * number of edges of the longest path to it.
   */
  readonly vertices: DataSet<{ id: K; level: number }>
  /** How many levels there are. */
  readonly levels: number
}

/**
 * The vertices of a graph without cycles in an order in which every edge leads forward.
 *
 * @throws {ArgumentError} If there is a cycle, shows it; if an option is unknown.
 *
 * Cost: O(vertices + edges) time, 12 bytes per vertex. Source: Kahn: Topological Sorting of Large
 * Networks, 1962.
 * @example
 * const tasks = [{ before: 'shop', after: 'cook' }, { before: 'cook', after: 'eat' }]
 * const { vertices } = await topologicalOrder(Graph.fromEdges(tasks, { source: 'before', target: 'after' }))
 * vertices // { id: 'shop', level: 0 }, { id: 'cook', level: 1 }, { id: 'eat', level: 2 }
 */
export async function topologicalOrder<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: TopologicalOrderOptions = {},
): Promise<TopologicalOrderResult<K>> {
  const { loaded, order, levels } = await ordered(graph, options, 'topologicalOrder')
  if (order.length < levels.length) {
    const cycle = cycleAmong(loaded.topology.in, levels).map(v => loaded.ids.at(v))
    throw new ArgumentError(
      `topologicalOrder: the graph has a cycle, ${shownCycle(cycle)}. Remove one of its edges, or use stronglyConnectedComponents.`,
    )
  }
  const id = loaded.ids.column.take(order)
  const level = order.map(v => levels[v]!)
  return {
    vertices: loaded.environment.read(columnsSource({ id, level }, 'topologicalOrder')),
    levels: level.reduce((most, each) => Math.max(most, each + 1), 0),
  }
}

/**
 * A cycle, as its vertices along the edges; the last one leads back to the first. `null` if there is
 * none.
 *
 * @throws {ArgumentError} If an option is unknown.
 *
 * Cost: as `topologicalOrder`.
 * @example
 * const links = [{ from: 1, to: 2 }, { from: 2, to: 3 }, { from: 3, to: 2 }]
 * await findCycle(Graph.fromEdges(links, { source: 'from', target: 'to' })) // [3, 2]
 */
export async function findCycle<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: TopologicalOrderOptions = {},
): Promise<readonly K[] | null> {
  const { loaded, order, levels } = await ordered(graph, options, 'findCycle')
  if (order.length === levels.length) return null
  return cycleAmong(loaded.topology.in, levels).map(v => loaded.ids.at(v))
}

async function ordered<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options: TopologicalOrderOptions,
  operation: string,
) {
  const work = workOptions(options, operation)
  const loaded = await loadFor(operation, graph, work.signal)
  const { out, inDegrees, vertexCount } = loaded.topology
  return { loaded, ...(await orderOf(out, inDegrees, stepsOf(vertexCount, work))) }
}

/** At most so many vertices of a cycle are shown. */
const SHOWN = 8

function shownCycle(cycle: readonly VertexId[]): string {
  const ids = cycle.slice(0, SHOWN).map(shown)
  const rest = cycle.length > SHOWN ? [`and ${cycle.length - SHOWN} more`] : []
  return [...ids, ...rest, `back to ${shown(cycle[0])}`].join(', ')
}
