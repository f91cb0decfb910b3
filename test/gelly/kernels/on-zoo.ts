/** What tests of kernels for paths share: the zoo as topologies. */
import type { EdgeDirection } from '../../../gelly/direction.js'
import { along } from '../../../gelly/topology/along.js'
import { type Topology, topologyOf } from '../../../gelly/topology/topology.js'
import { type ZooGraph, zoo } from '../zoo.js'

/** A graph, which way it is walked, and the topology of that. */
export interface Walked {
  readonly graph: ZooGraph
  readonly direction: EdgeDirection
  readonly topology: Topology
  /** By edge of the topology. */
  readonly weights: Float64Array
  /** For messages. */
  readonly name: string
}

/** A graph in one direction. */
export async function walked(graph: ZooGraph, direction: EdgeDirection): Promise<Walked> {
  const { vertexCount, sources, targets } = graph
  const topology = await along(await topologyOf(vertexCount, sources, targets), direction)
  const weights = new Float64Array(topology.edgeCount)
  for (let k = 0; k < weights.length; k++) weights[k] = graph.weights[k % graph.weights.length]!
  return { graph, direction, topology, weights, name: `${graph.name}, ${direction}` }
}

/** All graphs of the zoo in all directions. */
export async function* walkedZoo(): AsyncGenerator<Walked> {
  for (const graph of zoo)
    for (const direction of ['in', 'out', 'all'] as const) yield walked(graph, direction)
}

/** Distances between all pairs by Floyd and Warshall; `[from][to]`, infinite where there is no path. */
export function floydWarshall({ topology, weights }: Walked, weighted = true): number[][] {
  const { vertexCount, sources, targets } = topology
  const distances = Array.from({ length: vertexCount }, (_, u) =>
    Array.from({ length: vertexCount }, (_, v) => (u === v ? 0 : Number.POSITIVE_INFINITY)),
  )
  for (let k = 0; k < sources.length; k++) {
    const row = distances[sources[k]!]!
    row[targets[k]!] = Math.min(row[targets[k]!]!, weighted ? weights[k]! : 1)
  }
  for (const through of distances.keys()) {
    const onward = distances[through]!
    for (const row of distances) {
      const there = row[through]!
      if (there === Number.POSITIVE_INFINITY) continue
      for (let v = 0; v < vertexCount; v++) row[v] = Math.min(row[v]!, there + onward[v]!)
    }
  }
  return distances
}
