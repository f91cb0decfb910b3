/** Rows of neighbours for algorithms that let their users choose the direction. */
import { oneOf } from '../../engine/extend.js'
import { bothWays, type WeightedRows, weightedRows } from '../kernels/weighted-rows.js'
import type { Topology } from '../topology/topology.js'

/**
 * Which neighbours count: those that lead to the vertex, those that it leads to, or both, an edge
 * each.
 */
export type Direction = 'in' | 'out' | 'both'

/** @throws {ArgumentError} Unless `value` is a direction. */
export function checkDirection(value: unknown, operation: string): void {
  oneOf(value, ['in', 'out', 'both'], operation, 'direction')
}

/**
 * The neighbours of each vertex in a direction.
 *
 * @param weights By edge; `null` for 1 each.
 */
export function directionRows(
  topology: Topology,
  direction: Direction,
  weights: Float64Array | null,
): WeightedRows {
  if (direction === 'both') return bothWays(topology, weights)
  if (weights !== null) {
    return weightedRows(direction === 'in' ? topology.inEdges : topology.outEdges, weights)
  }
  return { ...(direction === 'in' ? topology.in : topology.out), weights: null }
}

/** The other way round: rows of those who have the vertex as a neighbour. */
export function opposite(direction: Direction): Direction {
  return direction === 'both' ? 'both' : direction === 'in' ? 'out' : 'in'
}
