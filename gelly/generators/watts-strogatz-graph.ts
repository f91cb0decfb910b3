import { positiveInteger } from '../../engine/extend.js'
import { ArgumentError } from '../../engine/index.js'
import { EdgeWriter, type Shape } from '../topology/edge-writer.js'
import { blockRandom } from './block-random.js'
import { checkOptions, checkProbability, checkSeed } from './checks.js'
import { type GeneratedGraph, generated } from './generated.js'
import { PairSet } from './pair-set.js'

/** Options of `wattsStrogatzGraph`. */
export interface WattsStrogatzGraphOptions {
  /** More than `degree`. */
  readonly vertexCount: number
  /** Neighbours of each vertex on the ring: an even number, at least 2. */
  readonly degree: number
  /** Of each edge to get another end. */
  readonly probability: number
  /** An integer. Default 1. */
  readonly seed?: number
}

/**
 * A small world: a ring in which each vertex is joined with the `degree` nearest ones; then each of
 * these joints gets, with `probability`, a random vertex as its far end, one that is not joined with
 * the near end yet. There is an edge each way: n degree edges, no loops, no parallel ones.
 *
 * @throws {ArgumentError} If a number is out of range, or `degree` is odd.
 *
 * Cost: O(edges), expected. Source: Watts and Strogatz, "Collective dynamics of small-world
 * networks", 1998.
 * @example
 * await wattsStrogatzGraph({ vertexCount: 100, degree: 4, probability: 0.1 }).edges.count() // 400
 */
export function wattsStrogatzGraph(options: WattsStrogatzGraphOptions): GeneratedGraph {
  const operation = 'wattsStrogatzGraph'
  checkOptions(options, ['vertexCount', 'degree', 'probability', 'seed'], operation)
  const { vertexCount, degree, probability, seed = 1 } = options
  positiveInteger(vertexCount, operation, 'vertexCount')
  positiveInteger(degree, operation, 'degree')
  checkProbability(probability, operation, 'probability')
  checkSeed(seed, operation)
  if (degree % 2 !== 0) {
    throw new ArgumentError(
      `${operation}: degree must be even, half of it to each side; got ${degree}.`,
    )
  }
  if (degree >= vertexCount) {
    throw new ArgumentError(
      `${operation}: degree must be less than vertexCount, ${vertexCount}; got ${degree}.`,
    )
  }
  return generated(() => smallWorld(vertexCount, degree, probability, seed))
}

function smallWorld(n: number, degree: number, probability: number, seed: number): Shape {
  const edges = new EdgeWriter('wattsStrogatzGraph', n, n * degree)
  const random = blockRandom(seed, 0)
  const joined = new PairSet((n * degree) / 2)
  const pairOf = (a: number, b: number) => Math.min(a, b) * n + Math.max(a, b)
  const degrees = new Int32Array(n).fill(degree)
  for (let step = 1; step <= degree / 2; step++) {
    for (let u = 0; u < n; u++) joined.add(pairOf(u, (u + step) % n))
  }
  for (let step = 1; step <= degree / 2; step++) {
    for (let u = 0; u < n; u++) {
      const near = (u + step) % n
      let end = near
      // A vertex that is joined with all others has no other end to choose.
      if (random.next() < probability && degrees[u]! < n - 1) {
        do end = random.int(n)
        while (end === u || joined.has(pairOf(u, end)))
        joined.delete(pairOf(u, near))
        joined.add(pairOf(u, end))
        degrees[near]!--
        degrees[end]!++
      }
      edges.addBoth(u, end)
    }
  }
  return edges.shape()
}
