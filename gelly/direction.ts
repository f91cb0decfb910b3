import { oneOf } from '../engine/extend.js'

/**
 * Which edges of a vertex are meant: those that reach it, those that leave it, or both; then a
 * self-loop is met twice.
 */
export type EdgeDirection = 'in' | 'out' | 'all'

/** All directions. */
const DIRECTIONS: readonly EdgeDirection[] = ['in', 'out', 'all']

/** @throws {ArgumentError} If `direction` is none. */
export function checkDirection(direction: unknown, operation: string): void {
  oneOf(direction, DIRECTIONS, operation, 'direction')
}

/** The other way round. */
export function opposite(direction: EdgeDirection): EdgeDirection {
  return direction === 'all' ? 'all' : direction === 'in' ? 'out' : 'in'
}
