import { positiveInteger } from '../../engine/extend.js'
import { EdgeWriter } from '../topology/edge-writer.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Options of `starGraph`. */
export interface StarGraphOptions {
  /** The hub counts. At least 1. */
  readonly vertexCount: number
}

/**
 * A hub, vertex 0, joined with each other vertex, by an edge each way: 2 (n - 1) edges.
 *
 * @throws {ArgumentError} If `vertexCount` is not an integer of at least 1.
 * @example
 * await starGraph({ vertexCount: 3 }).edges.select('source', 'target')
 * // [{ source: 0, target: 1 }, { source: 1, target: 0 }, { source: 0, target: 2 }, { source: 2, target: 0 }]
 */
export function starGraph(options: StarGraphOptions): GeneratedGraph {
  checkOptions(options, ['vertexCount'], 'starGraph')
  const { vertexCount } = options
  positiveInteger(vertexCount, 'starGraph', 'vertexCount')
  return generated(() => {
    const edges = new EdgeWriter('starGraph', vertexCount, 2 * (vertexCount - 1))
    for (let v = 1; v < vertexCount; v++) edges.addBoth(0, v)
    return edges.shape()
  })
}
