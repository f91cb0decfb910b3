import { positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'
import { gridEdges } from './grid-edges.js'

/** Options of `cycleGraph`. */
export interface CycleGraphOptions {
  /** At least 2; with 2 vertices there is one edge each way. */
  readonly vertexCount: number
}

/**
 * A ring: each vertex joined with the next and the last with the first, by an edge each way; 2 n
 * edges. `circulantGraph` makes a ring that goes one way.
 *
 * @throws {ArgumentError} If `vertexCount` is not an integer of at least 2.
 * @example
 * await cycleGraph({ vertexCount: 4 }).edges.count() // 8
 */
export function cycleGraph(options: CycleGraphOptions): GeneratedGraph {
  checkOptions(options, ['vertexCount'], 'cycleGraph')
  const { vertexCount } = options
  positiveInteger(vertexCount, 'cycleGraph', 'vertexCount')
  if (vertexCount < 2) throw new ArgumentError('cycleGraph: vertexCount must be at least 2; got 1.')
  return generated(() => gridEdges('cycleGraph', [{ size: vertexCount, wrap: true }]))
}
