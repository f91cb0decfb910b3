import { countText, shown } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import type { Graph, LoadedGraph, VertexId } from '../../gelly/index.js'

/** A graph of any ids and values. */
export type AnyGraph = Graph<VertexId, unknown, unknown>

/** What is drawn of a graph: its vertices by position, and each pair of neighbours once. */
export interface DrawnGraph {
  readonly loaded: LoadedGraph<VertexId, unknown, unknown>
  readonly count: number
  /** By pair: one end, and the other. */
  readonly sources: Int32Array
  readonly targets: Int32Array
  /** By vertex: neighbours, each once. */
  readonly degrees: Int32Array
  /** Edges that are not drawn, in words. */
  readonly note: string | undefined
}

/**
 * Loads a graph to be drawn.
 *
 * @throws {ArgumentError} If it is none.
 * @throws {AbortError} If the signal was aborted before.
 */
export async function drawnGraph(
  graph: AnyGraph,
  figure: string,
  signal?: AbortSignal,
): Promise<DrawnGraph> {
  if (typeof (graph as Partial<AnyGraph> | null | undefined)?.load !== 'function') {
    throw new ArgumentError(
      `${figure}: the graph must be a Graph; got ${shown(graph)}. Make one with Graph.from or Graph.fromEdges.`,
    )
  }
  const loaded = await graph.load(signal === undefined ? {} : { signal })
  const { vertexCount: count, simple, edgeCount } = loaded.topology
  const { offsets, neighbours } = simple
  const pairs = (offsets[count] ?? 0) / 2
  const [sources, targets] = [new Int32Array(pairs), new Int32Array(pairs)]
  const degrees = new Int32Array(count)
  let pair = 0
  for (let v = 0; v < count; v++) {
    degrees[v] = offsets[v + 1]! - offsets[v]!
    for (let k = offsets[v]!; k < offsets[v + 1]!; k++) {
      const other = neighbours[k]!
      if (other <= v) continue
      sources[pair] = v
      targets[pair++] = other
    }
  }
  const note =
    pairs === edgeCount
      ? undefined
      : `${countText(edgeCount)} edges between ${countText(pairs)} pairs; each pair is drawn as one line, loops are not.`
  return { loaded, count, sources, targets, degrees, note }
}
