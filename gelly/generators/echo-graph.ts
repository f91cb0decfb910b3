import { positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { checkOptions } from './checks.js'
import { circulantEdges } from './circulant-graph.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Options of `echoGraph`. */
export interface EchoGraphOptions {
  /** At least 2. */
  readonly vertexCount: number
  /** Neighbours of each vertex, less than `vertexCount`. */
  readonly degree: number
}

/**
 * Each vertex is joined with the `degree` vertices that are farthest from it on a ring: a circulant
 * graph with one range of offsets around n / 2, so that each edge is there both ways. Walks swing
 * between far and near, like an echo.
 *
 * @throws {ArgumentError} If a number is out of range, or `vertexCount` and `degree` are both even or
 * both odd: then no range has its middle at n / 2.
 * @example
 * await echoGraph({ vertexCount: 10, degree: 3 }).edges.count() // 30
 */
export function echoGraph(options: EchoGraphOptions): GeneratedGraph {
  checkOptions(options, ['vertexCount', 'degree'], 'echoGraph')
  const { vertexCount, degree } = options
  positiveInteger(vertexCount, 'echoGraph', 'vertexCount')
  positiveInteger(degree, 'echoGraph', 'degree')
  if (degree >= vertexCount) {
    throw new ArgumentError(
      `echoGraph: degree must be less than vertexCount, ${vertexCount}; got ${degree}.`,
    )
  }
  if (vertexCount % 2 === degree % 2) {
    const both = degree % 2 === 0 ? 'even' : 'odd'
    throw new ArgumentError(
      `echoGraph: one of vertexCount and degree must be even and one odd; ${vertexCount} and ${degree} are both ${both}.`,
    )
  }
  const offset = (vertexCount - degree + 1) / 2
  return generated(() => circulantEdges('echoGraph', vertexCount, [{ offset, length: degree }]))
}
