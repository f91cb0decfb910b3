import type { AbstractGraph, Attributes } from 'graphology-types'
import type { RunOptions } from '../../engine/index.js'
import type { VertexId } from '../elements.js'
import type { Graph } from '../graph.js'

/**
 * The graph as one of graphology, for its algorithms, layouts and drawings: a directed multigraph
 * with self-loops allowed. Keys of nodes are the ids as texts. Fields of a value that is a record
 * become attributes; any other value becomes the attribute `value`.
 *
 * @returns A graph of graphology, whose package is loaded here.
 * @throws {SchemaError} If the graph cannot be loaded.
 *
 * Cost: O(vertices + edges); graphology takes some 500 bytes for each edge.
 * @example
 * const star = await toGraphology(starGraph({ vertexCount: 4 }))
 * star.order // 4
 * star.neighbors('0') // ['1', '2', '3']
 */
export async function toGraphology<K extends VertexId, VV, EV>(
  graph: Graph<K, VV, EV>,
  options?: RunOptions,
): Promise<AbstractGraph> {
  const { topology, ids, vertexValues, edgeValues } = await graph.load(options)
  const { MultiDirectedGraph } = await import('graphology')
  const made: AbstractGraph = new MultiDirectedGraph()
  const { vertexCount, sources, targets } = topology
  const keys = Array.from({ length: vertexCount }, (_, v) => String(ids.at(v)))
  for (let v = 0; v < vertexCount; v++) {
    made.addNode(keys[v], attributesOf(vertexValues?.get(v)))
  }
  for (let k = 0; k < sources.length; k++) {
    made.addEdge(keys[sources[k]!], keys[targets[k]!], attributesOf(edgeValues?.get(k)))
  }
  return made
}

/** A value as attributes. */
export function attributesOf(value: unknown): Attributes {
  if (value === null || value === undefined) return {}
  const plain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
  return plain ? { ...value } : { value }
}
