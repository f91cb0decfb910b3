import { positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'
import { gridEdges } from './grid-edges.js'

/** Options of `hypercubeGraph`. */
export interface HypercubeGraphOptions {
  /** From 1 to 23. */
  readonly dimensions: number
}

/**
 * A cube of any number of dimensions: 2^d vertices, each joined with the d vertices whose number
 * differs in one bit, by an edge each way; d 2^d edges.
 *
 * @throws {ArgumentError} If `dimensions` is not an integer from 1 to 23.
 * @example
 * await hypercubeGraph({ dimensions: 3 }).edges.count() // 24
 */
export function hypercubeGraph(options: HypercubeGraphOptions): GeneratedGraph {
  checkOptions(options, ['dimensions'], 'hypercubeGraph')
  const { dimensions } = options
  positiveInteger(dimensions, 'hypercubeGraph', 'dimensions')
  if (dimensions > 23) {
    throw new ArgumentError(
      `hypercubeGraph: dimensions must be at most 23, which has 193 million edges; got ${dimensions}.`,
    )
  }
  return generated(() =>
    gridEdges(
      'hypercubeGraph',
      Array.from({ length: dimensions }, () => ({ size: 2 })),
    ),
  )
}
