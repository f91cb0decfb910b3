import { positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { blockRandom } from './block-random.js'
import { checkOptions, checkSeed } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'

/** Options of `barabasiAlbertGraph`. */
export interface BarabasiAlbertGraphOptions {
  /** More than `degree`. */
  readonly vertexCount: number
  /** With how many older vertices each new one is joined; at least 1. */
  readonly degree: number
  /** An integer. Default 1. */
  readonly seed?: number
}

/**
 * A graph that grows by preferential attachment: vertices come one by one, and each is joined with
 * `degree` different older ones, chosen with a probability in proportion to their degrees. The first
 * `degree + 1` vertices are a star around vertex 0. There is an edge each way, and no parallel ones:
 * 2 degree (n - degree) edges.
 *
 * @throws {ArgumentError} If a number is out of range.
 *
 * Cost: O(edges), expected. Source: Barabási and Albert, "Emergence of scaling in random networks",
 * 1999; drawn as in Batagelj and Brandes 2005: a random end of a random edge.
 * @example
 * await barabasiAlbertGraph({ vertexCount: 100, degree: 2 }).edges.count() // 392
 */
export function barabasiAlbertGraph(options: BarabasiAlbertGraphOptions): GeneratedGraph {
  const operation = 'barabasiAlbertGraph'
  checkOptions(options, ['vertexCount', 'degree', 'seed'], operation)
  const { vertexCount, degree, seed = 1 } = options
  positiveInteger(vertexCount, operation, 'vertexCount')
  positiveInteger(degree, operation, 'degree')
  checkSeed(seed, operation)
  if (degree >= vertexCount) {
    throw new ArgumentError(
      `${operation}: degree must be less than vertexCount, ${vertexCount}; got ${degree}.`,
    )
  }
  return generated(() => grow(vertexCount, degree, seed))
}

function grow(vertexCount: number, degree: number, seed: number): Shape {
  const edgeCount = 2 * degree * (vertexCount - degree)
  const edges = new EdgeWriter('barabasiAlbertGraph', vertexCount, edgeCount)
  const random = blockRandom(seed, 0)
  // Each vertex stands here as often as it has neighbours.
  const ends = new Int32Array(edgeCount)
  let length = 0
  const join = (a: number, b: number): void => {
    edges.addBoth(a, b)
    ends[length++] = a
    ends[length++] = b
  }
  for (let v = 1; v <= degree; v++) join(v, 0)
  const chosenBy = new Int32Array(vertexCount)
  for (let v = degree + 1; v < vertexCount; v++) {
    const older = length
    for (let k = 0; k < degree; ) {
      const target = ends[random.int(older)]!
      if (chosenBy[target] === v) continue
      chosenBy[target] = v
      join(v, target)
      k++
    }
  }
  return edges.shape()
}
