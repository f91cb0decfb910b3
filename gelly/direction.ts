import { oneOf } from '../engine/extend.js'

/**
 * Which edges of a vertex are meant: those that reach it, those that leave it, or both; then a
 * self-loop is met twice.
 */
export type EdgeDirection = 'in' | 'out' | 'all'

/** @throws {ArgumentError} If `direction` is none. */
export function checkDirection(direction: EdgeDirection, operation: string): void {
  oneOf(direction, ['in', 'out', 'all'], operation, 'direction')
}
