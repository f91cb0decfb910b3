import type { Topology } from '../topology/topology.js'
import type { ArcRows } from './arc-rows.js'

/** Edges by what they are in the simple graph. */
export interface Shape {
  /** Pairs of vertices with arcs one way. */
  readonly oneWay: number
  /** Pairs of vertices with arcs both ways. */
  readonly bothWays: number
  /** Edges from a vertex to itself, however often. */
  readonly loops: number
  /** Edges that another one with the same source and target, no loop, comes before. */
  readonly parallel: number
}

/** What the edges of a topology are. O(edges). */
export function shapeOf({ sources, targets, edgeCount }: Topology, { arcs }: ArcRows): Shape {
  let both = 0
  for (let k = 0; k < arcs.length; k++) if (arcs[k] === 3) both++
  let loops = 0
  for (let k = 0; k < edgeCount; k++) if (sources[k] === targets[k]) loops++
  const oneWay = (arcs.length - both) / 2
  const bothWays = both / 2
  return { oneWay, bothWays, loops, parallel: edgeCount - loops - oneWay - 2 * bothWays }
}
