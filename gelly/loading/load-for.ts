import { createPauses, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { GraphData } from '../graph-data.js'
import type { LoadedGraph } from './loaded-graph.js'

/**
 * The graph that an algorithm was given, in memory.
 *
 * @throws {ArgumentError} If it is none.
 * @throws {AbortError} If the signal is aborted.
 */
export async function loadFor<K extends VertexId, VV, EV>(
  operation: string,
  graph: GraphData<K, VV, EV>,
  signal?: AbortSignal,
): Promise<LoadedGraph<K, VV, EV>> {
  if (typeof (graph as Partial<typeof graph> | null | undefined)?.load !== 'function') {
    throw new ArgumentError(
      `${operation}: the graph must be a Graph; got ${shown(graph)}. Make one with Graph.from or Graph.fromEdges.`,
    )
  }
  const loaded = await graph.load(signal === undefined ? {} : { signal })
  // A graph that is there already is loaded at once.
  await createPauses(signal)()
  return loaded
}
