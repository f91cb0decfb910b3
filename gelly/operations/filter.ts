/** Parts of a graph that conditions choose. */
import { type AnyDataSet, deriveField } from '../../engine/extend.js'
import type { RunOptions } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import { evaluated, truths } from '../loading/evaluated.js'
import type { LoadedGraph } from '../loading/loaded-graph.js'
import { type GraphParts, viewed } from './create.js'
import { keepEdges, keepVertices } from './keep.js'

/** A condition, with the values that are handed over to it. */
export interface Condition {
  /** A function of the record, or a formula; `undefined` keeps all. */
  readonly fn: unknown
  readonly options?: object | undefined
}

/** See `Graph.subgraph`, `Graph.filterVertices` and `Graph.filterEdges`. */
export function subgraph<K extends VertexId, VV, EV>(
  graph: GraphParts<K, VV, EV>,
  vertex: Condition | undefined,
  edge: Condition | undefined,
  operation: string,
): GraphParts<K, VV, EV> {
  return viewed(graph, async run => {
    let kept: LoadedGraph<K, VV, EV> = await graph.load(run)
    if (vertex !== undefined) {
      const { vertexCount } = kept.topology
      kept = await keepVertices(
        kept,
        await maskOf(kept.vertices, vertexCount, vertex, operation, run),
      )
    }
    if (edge === undefined) return kept
    const { edgeCount } = kept.topology
    return keepEdges(kept, await maskOf(kept.edges, edgeCount, edge, operation, run))
  })
}

async function maskOf(
  records: AnyDataSet,
  count: number,
  { fn, options }: Condition,
  operation: string,
  run: RunOptions | undefined,
): Promise<Uint8Array> {
  const judged = deriveField(records, 'keep', fn, operation, options)
  return truths(await evaluated(judged, 'keep', count, run), count)
}
