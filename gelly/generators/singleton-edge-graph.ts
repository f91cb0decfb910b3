import { positiveInteger } from '../../engine/extend.js'
import { EdgeWriter } from '../topology/edge-writer.js'
import { checkOptions } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Options of `singletonEdgeGraph`. */
export interface SingletonEdgeGraphOptions {
  /** At least 1. */
  readonly pairCount: number
}

/**
 * Pairs of vertices, 0 with 1, 2 with 3, ..., each joined by an edge each way and with nothing else.
 *
 * @throws {ArgumentError} If `pairCount` is not an integer of at least 1.
 * @example
 * await singletonEdgeGraph({ pairCount: 5 }).vertices.count() // 10
 */
export function singletonEdgeGraph(options: SingletonEdgeGraphOptions): GeneratedGraph {
  checkOptions(options, ['pairCount'], 'singletonEdgeGraph')
  const { pairCount } = options
  positiveInteger(pairCount, 'singletonEdgeGraph', 'pairCount')
  return generated(() => {
    const edges = new EdgeWriter('singletonEdgeGraph', 2 * pairCount, 2 * pairCount)
    for (let v = 0; v < 2 * pairCount; v += 2) edges.addBoth(v, v + 1)
    return edges.shape()
  })
}
