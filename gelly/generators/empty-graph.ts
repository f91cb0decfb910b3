import { nonNegativeInteger } from '../../engine/extend.js'
import { EdgeWriter } from '../topology/edge-writer.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Options of `emptyGraph`. */
export interface EmptyGraphOptions {
  /** At least 0. */
  readonly vertexCount: number
}

/**
 * Vertices 0, 1, ... without edges.
 *
 * @throws {ArgumentError} If `vertexCount` is not an integer of at least 0.
 * @example
 * await emptyGraph({ vertexCount: 3 }).vertices.count() // 3
 */
export function emptyGraph(options: EmptyGraphOptions): GeneratedGraph {
  checkOptions(options, ['vertexCount'], 'emptyGraph')
  const { vertexCount } = options
  nonNegativeInteger(vertexCount, 'emptyGraph', 'vertexCount')
  return generated(() => new EdgeWriter('emptyGraph', vertexCount, 0).shape())
}
