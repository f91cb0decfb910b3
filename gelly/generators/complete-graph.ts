import { positiveInteger } from '../../engine/extend.js'
import { EdgeWriter } from '../topology/edge-writer.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Options of `completeGraph`. */
export interface CompleteGraphOptions {
  /** At least 1. */
  readonly vertexCount: number
}

/**
 * An edge from each vertex to each other one: n (n - 1) edges, by source, then by target.
 *
 * @throws {ArgumentError} If `vertexCount` is not an integer of at least 1, or there would be more
 * than 2^28 edges.
 * @example
 * await completeGraph({ vertexCount: 4 }).edges.count() // 12
 */
export function completeGraph(options: CompleteGraphOptions): GeneratedGraph {
  checkOptions(options, ['vertexCount'], 'completeGraph')
  const { vertexCount } = options
  positiveInteger(vertexCount, 'completeGraph', 'vertexCount')
  return generated(() => {
    const edges = new EdgeWriter('completeGraph', vertexCount, vertexCount * (vertexCount - 1))
    for (let u = 0; u < vertexCount; u++) {
      for (let v = 0; v < vertexCount; v++) if (u !== v) edges.add(u, v)
    }
    return edges.shape()
  })
}
