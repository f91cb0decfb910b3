/** Which way edges are followed: one choice for all algorithms that walk. */
import type { EdgeDirection } from '../direction.js'
import { type Topology, topologyOf } from './topology.js'

/** Topologies with each edge both ways, by the one that they were made of. */
const bothWays = new WeakMap<Topology, Promise<Topology>>()

/**
 * The topology whose `out` leads along edges in a direction.
 *
 * For `'all'` it has twice the edges: edge number e of the graph is e one way and e + m the other;
 * `edgeAlong` takes both back to e. A self-loop is there twice.
 *
 * Cost: nothing for `'out'` and `'in'`; O(vertices + edges) once for `'all'`.
 */
export async function along(topology: Topology, direction: EdgeDirection): Promise<Topology> {
  if (direction === 'out') return topology
  if (direction === 'in') return topology.reversed
  let both = bothWays.get(topology)
  if (both === undefined) {
    both = withBothWays(topology)
    bothWays.set(topology, both)
  }
  return both
}

/** The number, in a graph of `edgeCount` edges, of an edge of what `along` made of it. */
export function edgeAlong(edge: number, edgeCount: number): number {
  return edge < edgeCount ? edge : edge - edgeCount
}

function withBothWays({ vertexCount, edgeCount, sources, targets, region }: Topology) {
  const from = region.int32(2 * edgeCount)
  const to = region.int32(2 * edgeCount)
  from.set(sources)
  from.set(targets, edgeCount)
  to.set(targets)
  to.set(sources, edgeCount)
  return topologyOf(vertexCount, from, to, region)
}
