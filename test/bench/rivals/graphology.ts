/** graphology, of which the project's tests have the packages anyway. */
import type { AbstractGraph } from 'graphology-types'
import { type Csr, edgesOnce } from '../graphs/csr.js'

/** The graph with each edge in one direction, directed or not; vertices are called by their positions. */
export async function graphologyOf(graph: Csr, type: 'directed' | 'undirected') {
  const { DirectedGraph, UndirectedGraph } = await import('graphology')
  const made: AbstractGraph = type === 'directed' ? new DirectedGraph() : new UndirectedGraph()
  for (let v = 0; v + 1 < graph.offsets.length; v++) made.addNode(v)
  const { sources, targets } = edgesOnce(graph)
  for (let e = 0; e < sources.length; e++) made.addEdge(sources[e]!, targets[e]!)
  return made
}
