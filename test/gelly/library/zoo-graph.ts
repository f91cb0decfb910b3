import { Float64Column } from '../../../engine/extend.js'
import { type Graph, graphOf, topologyOf, type VertexId } from '../../../gelly/index.js'
import { numberIds, stringIds, type ZooGraph } from '../zoo.js'

/** Ways to call the vertices of a zoo's graph. */
export const idKinds: readonly {
  readonly name: string
  readonly make: (graph: ZooGraph) => readonly VertexId[]
}[] = [
  { name: 'number ids', make: numberIds },
  { name: 'string ids', make: stringIds },
]

/** A zoo's graph with ids, by default its positions; edges have their weights as values. */
export async function zooGraph(
  graph: ZooGraph,
  ids: readonly VertexId[] | null = null,
): Promise<Graph<VertexId, null, number>> {
  const topology = await topologyOf(graph.vertexCount, graph.sources, graph.targets)
  const weights = new Float64Column(Float64Array.from(graph.weights))
  return graphOf<VertexId, null, number>(topology, ids, null, weights) as never
}
