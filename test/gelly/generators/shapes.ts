/** What tests of generated graphs look at. */
import type { Topology } from '../../../gelly/topology/topology.js'

/** Anything that loads, such as a graph. */
export interface Loads {
  load(): Promise<{ readonly topology: Topology }>
}

/** Edges such as '0-1', sorted. */
export async function edgesOf(graph: Loads): Promise<string[]> {
  return (await edgesInOrder(graph)).sort()
}

/** Edges such as '0-1', in their order. */
export async function edgesInOrder(graph: Loads): Promise<string[]> {
  const { sources, targets } = (await graph.load()).topology
  return Array.from(sources, (source, k) => `${source}-${targets[k]}`)
}

/** Edges that leave each vertex. */
export async function degrees(graph: Loads): Promise<number[]> {
  return [...(await graph.load()).topology.outDegrees]
}

/** Whether there is neither a loop nor a parallel edge. */
export async function isSimple(graph: Loads): Promise<boolean> {
  const edges = await edgesOf(graph)
  const loops = edges.filter(edge => edge.split('-')[0] === edge.split('-')[1])
  return loops.length === 0 && new Set(edges).size === edges.length
}

/** Whether each edge is there the other way, too. */
export async function isSymmetric(graph: Loads): Promise<boolean> {
  const edges = await edgesOf(graph)
  const reversed = edges.map(edge => edge.split('-').reverse().join('-')).sort()
  return edges.every((edge, k) => edge === reversed[k])
}
