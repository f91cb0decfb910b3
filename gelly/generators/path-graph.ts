import { positiveInteger } from '../../engine/extend.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'
import { gridEdges } from './grid-edges.js'

/** Options of `pathGraph`. */
export interface PathGraphOptions {
  /** At least 1. */
  readonly vertexCount: number
}

/**
 * A line: each vertex joined with the next, by an edge each way; 2 (n - 1) edges.
 *
 * @throws {ArgumentError} If `vertexCount` is not an integer of at least 1.
 * @example
 * await pathGraph({ vertexCount: 4 }).edges.count() // 6
 */
export function pathGraph(options: PathGraphOptions): GeneratedGraph {
  checkOptions(options, ['vertexCount'], 'pathGraph')
  const { vertexCount } = options
  positiveInteger(vertexCount, 'pathGraph', 'vertexCount')
  return generated(() => gridEdges('pathGraph', [{ size: vertexCount }]))
}
