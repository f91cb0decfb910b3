/** Graphs of the zoo as users have them, and as graphology has them, for tests of paths. */
import { DirectedGraph, MultiDirectedGraph } from 'graphology'
import { Graph, type VertexId } from '../../../gelly/index.js'
import { environments } from '../environments.js'
import { numberIds, simpleGraph, stringIds, type ZooGraph, zoo } from '../zoo.js'

/** A graph of the zoo with ids. */
export interface PathCase {
  readonly name: string
  readonly zooGraph: ZooGraph
  /** By position. */
  readonly ids: readonly VertexId[]
  /** The values of edges are their weights. */
  readonly graph: Graph<VertexId, null, number>
  /** The same graph; nodes are positions, edges are numbers, weights an attribute. */
  readonly rival: DirectedGraph | MultiDirectedGraph
  /** Whether there are no loops and parallel edges; `rival` is no multigraph then. */
  readonly simple: boolean
}

/** Each graph of the zoo: with numbers as ids, and with texts in an environment with workers. */
export const pathCases: readonly PathCase[] = zoo.flatMap(zooGraph => [
  pathCase(zooGraph, numberIds(zooGraph), 0),
  pathCase(zooGraph, stringIds(zooGraph), 1),
])

function pathCase(zooGraph: ZooGraph, ids: readonly VertexId[], environment: 0 | 1): PathCase {
  const { name, env } = environments[environment]
  const { sources, targets, weights } = zooGraph
  const vertices = env.from(ids.map(id => ({ id })))
  const edges = env.from(
    sources.map((source, k) => ({
      source: ids[source]!,
      target: ids[targets[k]!]!,
      value: weights[k]!,
    })),
  )
  const graph = Graph.from({ vertices, edges }) as unknown as Graph<VertexId, null, number>
  const simple = simpleGraph(zooGraph).sources.length === sources.length
  const rival = simple ? new DirectedGraph() : new MultiDirectedGraph()
  for (const position of ids.keys()) rival.addNode(position)
  for (const [k, source] of sources.entries()) {
    rival.addEdgeWithKey(k, source, targets[k], { weight: weights[k] })
  }
  return {
    name: `${zooGraph.name}, ${typeof ids[0]}, ${name}`,
    zooGraph,
    ids,
    graph,
    rival,
    simple,
  }
}

/** Whether two numbers are equal but for the order of additions. */
export function near(found: number, expected: number): boolean {
  return found === expected || Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
}
